import Fetching
import Testing
import Vocabulary

@Suite struct `The policy of addresses` {
  static let closed: [(String, [UInt8])] = [
    ("unspecified", [0, 0, 0, 0]), ("this network", [0, 1, 2, 3]), ("private 10", [10, 20, 0, 1]),
    ("carrier's NAT", [100, 64, 0, 1]), ("metadata of a cloud", [100, 100, 100, 200]),
    ("loopback", [127, 0, 0, 1]), ("loopback's end", [127, 255, 255, 254]),
    ("metadata", [169, 254, 169, 254]), ("private 172", [172, 31, 255, 255]),
    ("protocols", [192, 0, 0, 8]), ("private 192", [192, 168, 1, 1]), ("bench", [198, 19, 0, 1]),
    ("multicast", [224, 0, 0, 251]), ("reserved", [240, 0, 0, 1]),
    ("broadcast", [255, 255, 255, 255]), ("v6 unspecified", six()), ("v6 loopback", six(last: 1)),
    ("v6 mapped loopback", six([10: 0xFF, 11: 0xFF, 12: 127, 15: 1])),
    ("v6 mapped private", six([10: 0xFF, 11: 0xFF, 12: 10, 15: 1])),
    ("v6 compatible", six([12: 127, 15: 1])),
    ("NAT64 of private", six([1: 0x64, 2: 0xFF, 3: 0x9B, 12: 192, 13: 168, 15: 1])),
    ("NAT64 of one's own", six([1: 0x64, 2: 0xFF, 3: 0x9B, 5: 1, 15: 1])),
    ("6to4 of private", six([0: 0x20, 1: 0x02, 2: 10, 5: 1])),
    ("Teredo", six([0: 0x20, 1: 0x01, 15: 1])),
    ("documentation", six([0: 0x20, 1: 1, 2: 13, 3: 0xB8])),
    ("unique local", six([0: 0xFD, 15: 1])), ("link-local", six([0: 0xFE, 1: 0x80, 15: 1])),
    ("old site-local", six([0: 0xFE, 1: 0xC0, 15: 1])),
    ("v6 multicast", six([0: 0xFF, 1: 2, 15: 1])),
  ]

  @Test(arguments: closed) func `closes what is not the open internet`(name: String, bytes: [UInt8])
  {
    #expect(!AddressPolicy(allowing: []).allows(bytes), "\(name)")
  }

  @Test(arguments: [
    [8, 8, 8, 8], [100, 63, 255, 255], [100, 128, 0, 0], [172, 15, 0, 1], [172, 32, 0, 1],
    [192, 167, 1, 1], [223, 255, 255, 255], six([0: 0x24, 1: 0x08, 15: 1]),
    six([10: 0xFF, 11: 0xFF, 12: 8, 15: 8]), six([1: 0x64, 2: 0xFF, 3: 0x9B, 12: 8, 15: 8]),
  ])
  func `opens the rest`(bytes: [UInt8]) {
    #expect(AddressPolicy(allowing: []).allows(bytes))
  }

  @Test func `opens the networks that the set-up names, in each of their forms`() {
    let policy = AddressPolicy(allowing: [
      Network(bytes: [10, 20, 0, 0], prefix: 16), Network(bytes: Self.six([0: 0xFD]), prefix: 8),
    ])
    #expect(policy.allows([10, 20, 255, 1]))
    #expect(!policy.allows([10, 21, 0, 1]))
    #expect(policy.allows(Self.six([10: 0xFF, 11: 0xFF, 12: 10, 13: 20, 15: 1])))
    #expect(policy.allows(Self.six([0: 0xFD, 15: 1])))
    #expect(!policy.allows([127, 0, 0, 1]))
  }

  static func six(_ bytes: [Int: UInt8] = [:], last: UInt8? = nil) -> [UInt8] {
    var address = [UInt8](repeating: 0, count: 16)
    for (place, byte) in bytes { address[place] = byte }
    if let last { address[15] = last }
    return address
  }
}

@Suite struct `An address on the web` {
  @Test(arguments: [
    ("http://h.example", "http://h.example/", "h.example", 80, "/"),
    ("HTTPS://H.Example:443/a?b#c", "https://H.Example:443/a?b", "h.example", 443, "/a?b"),
    ("http://h.example:8080/", "http://h.example:8080/", "h.example", 8080, "/"),
    ("http://h.example/a b", "http://h.example/a%20b", "h.example", 80, "/a%20b"),
    (
      "http://h.example/留言?p=一", "http://h.example/%e7%95%99%e8%a8%80?p=%e4%b8%80", "h.example", 80,
      "/%e7%95%99%e8%a8%80?p=%e4%b8%80"
    ),
    ("http://留言.example/", "http://xn--xoyo45b.example/", "xn--xoyo45b.example", 80, "/"),
    (
      "http://%E7%95%99%E8%A8%80.example/", "http://xn--xoyo45b.example/", "xn--xoyo45b.example",
      80,
      "/"
    ),
    ("http://2130706433/", "http://127.0.0.1/", "127.0.0.1", 80, "/"),
    ("http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1", 80, "/"),
    ("http://[::1]:81/", "http://[::1]:81/", "::1", 81, "/"),
  ])
  func `is read as libcurl reads it`(
    written: String, url: String, host: String, port: Int, target: String
  ) throws {
    let address = try WebAddress(written)
    #expect(address.url.lowercased() == url.lowercased())
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.target.lowercased() == target)
  }

  @Test(arguments: [
    ("", WebAddress.Flaw.unreadable), ("h.example/a", .unreadable), ("http://", .unreadable),
    ("file:///etc/passwd", .scheme), ("ftp://h.example/", .scheme),
    ("javascript:alert(1)", .unreadable),
    ("http://h.example/a\r\nX: 1", .controlCharacter),
    ("http://h.example/\u{0}", .controlCharacter),
    ("http://u:p@h.example/", .login), ("http://u@h.example/", .login),
    ("http://h.example:99999/", .unreadable),
    ("http://h.example/" + String(repeating: "a", count: 9000), .tooLong),
  ])
  func `is refused with its flaw`(written: String, flaw: WebAddress.Flaw) {
    #expect(throws: flaw) { try WebAddress(written) }
  }
}
