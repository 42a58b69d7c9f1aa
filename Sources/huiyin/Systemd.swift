import Foundation
import ServiceLifecycle

/// Tells the service manager how things stand (sd_notify(3)): one datagram to `NOTIFY_SOCKET`.
struct Systemd: Sendable {
  private let path = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"]

  /// Feeds the watchdog of `WatchdogSec=`.
  var feedWatchdog: @Sendable () -> Void {
    { say("WATCHDOG=1") }
  }

  /// Says a line of state; does nothing where no service manager listens.
  func say(_ state: String) {
    guard let path, var address = Systemd.address(of: path) else { return }
    let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return }
    defer { close(socket) }
    let bytes = Array(state.utf8)
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = sendto(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL), generic, length)
      }
    }
  }

  private static func address(of path: String) -> sockaddr_un? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(path.utf8)
    // A leading @ stands for the NUL of Linux's abstract names.
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < room else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }
}

/// Says that the daemon is ready, with its ledger open and its set-up valid, as the services start,
/// and that it is stopping when it is told to.
struct Readiness: Service {
  let systemd: Systemd

  func run() async throws {
    systemd.say("READY=1")
    try? await gracefulShutdown()
    systemd.say("STOPPING=1")
  }
}
