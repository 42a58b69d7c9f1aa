import Testing

@testable import Fetching

@Suite struct `A robots.txt` {
  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var target: String
    var isAllowed: Bool
    var testDescription: String { "\(file.replacing("\n", with: " | ")) → \(target)" }

    init(_ file: String, _ target: String, _ isAllowed: Bool) {
      (self.file, self.target, self.isAllowed) = (file, target, isAllowed)
    }
  }

  static let all = "User-agent: *\n"
  static let cases = [
    Case("", "/a", true),
    Case(all + "Disallow:", "/a", true),
    Case(all + "Disallow: /", "/a", false),
    Case(all + "Disallow: /", "/robots.txt", true),
    Case(all + "Disallow: /a", "/ab", false),
    Case(all + "Disallow: /a", "/b", true),
    Case(all + "Disallow: /A", "/a", true),
    // Longest wins, and of two as long the one that allows.
    Case(all + "Disallow: /a\nAllow: /a/b", "/a/b/c", true),
    Case(all + "Allow: /a\nDisallow: /a/b", "/a/b/c", false),
    Case(all + "Disallow: /a\nAllow: /a", "/a", true),
    Case(all + "Allow: /a\nDisallow: /a", "/a", true),
    Case(all + "Allow: /$\nDisallow: /", "/", true),
    Case(all + "Allow: /$\nDisallow: /", "/a", false),
    // Stars and ends.
    Case(all + "Disallow: /*.php", "/x/y.php?z=1", false),
    Case(all + "Disallow: /*.php$", "/x/y.php?z=1", true),
    Case(all + "Disallow: /*.php$", "/x/y.php", false),
    Case(all + "Disallow: /*.php$", "/a.php/b.php", false),
    Case(all + "Disallow: *", "/a", false),
    Case(all + "Disallow: /a*b*c", "/a1b2d", true),
    Case(all + "Disallow: /a*b*c", "/a1b2bc", false),
    Case(all + "Disallow: /a$b", "/a$b", false),
    Case(all + "Disallow: /*?*page=", "/list?x=1&page=2", false),
    // Groups.
    Case("User-agent: huiyin\nDisallow: /a\n" + all + "Disallow: /", "/b", true),
    Case(all + "Disallow: /\nUser-agent: HuiYin/2.0\nDisallow: /a", "/b", true),
    Case("User-agent: other\nDisallow: /\n", "/a", true),
    Case("User-agent: huiyinbot\nDisallow: /\n", "/a", true),
    Case("User-agent: other\nUser-agent: huiyin\nDisallow: /a", "/a", false),
    Case(
      "User-agent: huiyin\nDisallow: /a\n\nUser-agent: x\n\nUser-agent: huiyin\nDisallow: /b",
      "/b", false),
    Case("User-agent: huiyin\n\n" + all + "Disallow: /", "/a", false),
    Case("Disallow: /\n" + all, "/a", true),
    Case(all + "Sitemap: https://h.example/s.xml\nDisallow: /a", "/a", false),
    // Writing.
    Case("\u{FEFF}user-AGENT : *  # us\r\n dIsAllow:/a # why\r\n", "/a", false),
    Case("User-agent: *\rDisallow: /a\r", "/a", false),
    Case(all + "Disallow: /留言", "/%e7%95%99%E8%A8%80/1", false),
    Case(all + "Disallow: /%7Ea", "/~a", false),
    Case(all + "Disallow: /a%2Fb", "/a/b", true),
    Case(all + "Disallow: /a%2fb", "/a%2Fb", false),
    Case(all + "nonsense\nDisallow /a\n: x\nDisallow: /b", "/b", false),
  ]

  @Test(arguments: cases) func `allows and disallows as RFC 9309 says`(given: Case) {
    let ruling = Robots(Array(given.file.utf8), product: "huiyin").ruling(on: given.target)
    #expect((ruling == .allowed) == given.isAllowed)
  }

  @Test func `names the line that decided`() {
    let robots = Robots(Array("User-agent: *\nDisallow: /a*z$\n".utf8), product: "huiyin")
    #expect(robots.ruling(on: "/abcz") == .disallowed(by: "Disallow: /a*z$"))
  }

  @Test(arguments: [
    ("User-agent: *\nCrawl-delay: 2.5", 2.5), ("User-agent: *\nCrawl-delay: soon", nil),
    ("User-agent: *\nCrawl-delay: -1", nil), ("User-agent: *\nCrawl-delay: inf", nil),
    ("User-agent: x\nCrawl-delay: 9\nUser-agent: huiyin\nCrawl-delay: 3", 3),
    ("User-agent: huiyin\nDisallow:\nUser-agent: *\nCrawl-delay: 3", nil),
  ])
  func `asks for a delay`(file: String, delay: Double?) {
    #expect(Robots(Array(file.utf8), product: "huiyin").crawlDelay == delay)
  }

  @Test func `full of stars takes steps by the lengths alone`() throws {
    let stars = String(repeating: "*a", count: 900)
    let pattern = try #require(RobotsPattern(Array("/\(stars)$".utf8)))
    let path = Array(("/" + String(repeating: "a", count: 8000) + "b").utf8)
    let (isMatch, steps) = pattern.match(path)
    #expect(!isMatch)
    #expect(steps <= 4 * (path.count + pattern.length))
  }

  @Test func `of random bytes never traps`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = Robots(Array("User-agent: *\nDisallow: /".utf8) + bytes, product: "huiyin").ruling(
        on: "/a")
    }
  }
}
