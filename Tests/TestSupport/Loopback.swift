import Foundation

/// Ports of this machine's loopback, for servers of a test's own.
package enum Loopback {
  /// There is none to be had.
  package struct NoPort: Error {}

  /// A socket that listens on a free port.
  package static func listen() throws -> (socket: Int32, port: Int) {
    let listener = try bound(to: 0)
    guard Foundation.listen(listener.socket, 64) == 0 else { throw NoPort() }
    return listener
  }

  /// A port that nobody listens on just now. It lies below those that the kernel gives to whoever
  /// connects or listens without naming one, so that nobody takes it before its server does.
  package static func freePort() throws -> Int {
    for _ in 1...200 {
      guard let (socket, port) = try? bound(to: .random(in: 10_000...32_000)) else { continue }
      close(socket)
      return port
    }
    throw NoPort()
  }

  private static func bound(to port: UInt16) throws -> (socket: Int32, port: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard listener >= 0, isBound else {
      close(listener)
      throw NoPort()
    }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }
}
