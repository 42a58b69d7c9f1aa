import Foundation
import Synchronization
import TestSupport

/// A socket as systemd would listen on, of the test's own (sd_notify(3)).
final class NotifySocket: Sendable {
  let path: String
  private let folder: Folder
  private let socket: Int32
  private let lines = Mutex<[String]>([])

  init() throws {
    folder = try Folder()
    path = folder.path("notify")
    socket = Glibc.socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) == 0 }
    }
    guard isBound else { throw CocoaError(.fileWriteUnknown) }
  }

  deinit { close(socket) }

  /// Every line that was said so far.
  var heard: [String] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 {
      let text = String(decoding: buffer[..<count], as: UTF8.self)
      lines.withLock { $0 += text.split(separator: "\n").map(String.init) }
    }
    return lines.withLock(\.self)
  }
}
