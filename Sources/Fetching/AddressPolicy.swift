internal import Glibc
package import Vocabulary

/// Which addresses may be connected (可访问地址): the open internet, and what the set-up names.
///
/// Feeds are written by people and pages by strangers, and either may point inside: at the office's
/// own servers, at the machine itself, at a cloud's metadata. The check is made on the address just
/// before the socket, so that neither a name that changes its mind nor a redirect gets round it.
package struct AddressPolicy: Sendable {
  private let allowed: [Network]

  /// A policy that allows these networks beside the open internet.
  package init(allowing networks: [Network]) { allowed = networks }

  /// Whether an address may be connected: 4 or 16 bytes in network byte order.
  package func allows(_ address: [UInt8]) -> Bool {
    guard address.count == 4 || address.count == 16 else { return false }
    if allowed.contains(where: { $0.contains(address) }) { return true }
    if let inner = Self.embedded(in: address) { return allows(inner) }
    let closed = address.count == 4 ? Self.closed4 : Self.closed6
    return !closed.contains { $0.contains(address) }
  }

  /// The IPv4 address that an IPv6 one stands for: mapped, compatible, NAT64 and 6to4.
  private static func embedded(in address: [UInt8]) -> [UInt8]? {
    guard address.count == 16 else { return nil }
    if carriers.contains(where: { $0.contains(address) }) { return Array(address[12...]) }
    return sixToFour.contains(address) ? Array(address[2..<6]) : nil
  }

  // ::ffff:0:0/96 (RFC 4291), ::ffff:0:0:0/96 (RFC 6052), 64:ff9b::/96 (RFC 6052).
  private static let carriers = [
    Network(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0], prefix: 96),
    Network(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0], prefix: 96),
    Network(bytes: [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 12), prefix: 96),
  ]
  private static let sixToFour = Network(
    bytes: [0x20, 0x02] + [UInt8](repeating: 0, count: 14), prefix: 16)

  /// The special-purpose addresses of RFC 6890 that are not the open internet, and multicast.
  private static let closed4: [Network] = [
    Network(bytes: [0, 0, 0, 0], prefix: 8),
    Network(bytes: [10, 0, 0, 0], prefix: 8),
    Network(bytes: [100, 64, 0, 0], prefix: 10),  // carriers' NAT; 100.100.100.200 is metadata
    Network(bytes: [127, 0, 0, 0], prefix: 8),
    Network(bytes: [169, 254, 0, 0], prefix: 16),  // 169.254.169.254 is metadata
    Network(bytes: [172, 16, 0, 0], prefix: 12),
    Network(bytes: [192, 0, 0, 0], prefix: 24),
    Network(bytes: [192, 0, 2, 0], prefix: 24),
    Network(bytes: [192, 168, 0, 0], prefix: 16),
    Network(bytes: [198, 18, 0, 0], prefix: 15),
    Network(bytes: [198, 51, 100, 0], prefix: 24),
    Network(bytes: [203, 0, 113, 0], prefix: 24),
    Network(bytes: [224, 0, 0, 0], prefix: 3),  // multicast, reserved, broadcast
  ]
  private static let closed6: [Network] = [
    Network(bytes: [UInt8](repeating: 0, count: 16), prefix: 96),  // unspecified, loopback
    block6([0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01], 48),  // NAT64 of a network's own (RFC 8215)
    block6([0x01, 0x00], 64),
    block6([0x20, 0x01, 0x00, 0x00], 23),  // Teredo and other protocols' own
    block6([0x20, 0x01, 0x0D, 0xB8], 32),
    block6([0xFC, 0x00], 7),
    block6([0xFE, 0x80], 10),
    block6([0xFE, 0xC0], 10),
    block6([0xFF, 0x00], 8),
  ]

  private static func block6(_ start: [UInt8], _ prefix: Int) -> Network {
    Network(bytes: start + [UInt8](repeating: 0, count: 16 - start.count), prefix: prefix)
  }
}

extension AddressPolicy {
  /// Whether a socket address may be connected; families other than IP may not.
  func allows(_ address: UnsafePointer<sockaddr>) -> Bool {
    guard let bytes = Self.bytes(of: address) else { return false }
    return allows(bytes)
  }

  /// The address of a socket in network byte order; nil where it is not IP.
  static func bytes(of address: UnsafePointer<sockaddr>) -> [UInt8]? {
    // `sin_addr` lies 4 bytes in, `sin6_addr` 8, behind family, port and flow.
    let raw = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET: return [UInt8](UnsafeRawBufferPointer(start: raw + 4, count: 4))
    case AF_INET6: return [UInt8](UnsafeRawBufferPointer(start: raw + 8, count: 16))
    default: return nil
    }
  }

  /// An address as people write it.
  static func text(of address: [UInt8]) -> String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = address.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, address, &buffer, socklen_t(buffer.count)) != nil else { return "?" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The bytes of an address as people write it; nil where it is none.
  static func bytes(of text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
    return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
  }
}
