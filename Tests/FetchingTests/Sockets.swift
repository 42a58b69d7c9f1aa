import Foundation
import Glibc

/// The little of BSD sockets that the tests' servers need.
enum Sockets {
  struct Refused: Error {
    var errno: Int32
  }

  /// POLLRDHUP, which Glibc's module leaves out: the other side has left.
  static let left: Int16 = 0x2000

  /// A socket on a free port, and that port.
  static func bound(to host: String, type: __socket_type) throws -> (socket: Int32, port: Int) {
    let made = socket(AF_INET, Int32(type.rawValue), 0)
    guard made >= 0 else { throw Refused(errno: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, host, &address.sin_addr)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        bind(made, plain, length) == 0 ? getsockname(made, plain, &length) : -1
      }
    }
    guard result == 0 else { throw Refused(errno: errno) }
    return (made, Int(UInt16(bigEndian: address.sin_port)))
  }

  /// Whether a server listens on a port of loopback by now.
  static func listens(on port: Int) -> Bool {
    let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(made) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(made, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  /// Sends all of it; false where the other side is gone.
  static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Runs something beside the test on a small stack.
  static func thread(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.stackSize = 256 << 10
    thread.start()
  }
}
