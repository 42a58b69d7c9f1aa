/// What a server's robots.txt asks of us (爬虫协议), by RFC 9309.
package struct Robots: Sendable, Hashable {
  /// Whether an address may be fetched, with the line that says so.
  package enum Ruling: Sendable, Hashable {
    /// No line speaks against it.
    case allowed
    /// This line asks us not to, as in `Disallow: /search`.
    case disallowed(by: String)
  }

  /// One `Allow` or `Disallow`.
  struct Line: Sendable, Hashable {
    var allows: Bool
    var pattern: RobotsPattern

    /// As the file writes it.
    var written: String { "\(allows ? "Allow" : "Disallow"): \(pattern.written)" }
  }

  /// How long to wait between two requests, in seconds; nil where nothing is asked. `Crawl-delay`
  /// is no part of the RFC, but those who write it mean it.
  package private(set) var crawlDelay: Double?
  private var lines: [Line] = []

  /// A server that asks nothing of anybody.
  package static let silent = Robots()

  private init() {}

  /// What the file asks of a product by its token: the groups that name it, all of them together,
  /// else those for `*`.
  package init(_ bytes: some Sequence<UInt8>, product: String) {
    var reader = RobotsReader(product: product)
    reader.read(bytes)
    let ours = reader.hasOwnGroup ? reader.own : reader.any
    lines = ours.lines
    crawlDelay = ours.crawlDelay
  }

  /// In how many steps a ruling must be found. A file of half a megabyte takes a tenth of it, but for
  /// one that is made to take time: long patterns with stars, against a long address of that server.
  static let mostSteps = 1 << 20

  /// Whether path and query may be fetched: the longest pattern decides, and of two equally long
  /// ones the one that allows (RFC 9309, 2.2.2). Where that cannot be found in reasonable time, the
  /// line that was being looked at disallows it.
  package func ruling(on target: String) -> Ruling {
    guard target != "/robots.txt" else { return .allowed }
    let path = RobotsPattern.normalised(target.utf8)
    var decisive: Line?
    var left = Self.mostSteps
    for line in lines {
      let (isMatch, steps) = line.pattern.match(path, within: left)
      left -= steps
      guard left > 0 else { return .disallowed(by: line.written) }
      guard isMatch else { continue }
      guard let best = decisive else {
        decisive = line
        continue
      }
      let longer = line.pattern.length > best.pattern.length
      let ties = line.pattern.length == best.pattern.length && line.allows
      if longer || ties { decisive = line }
    }
    guard let decisive, !decisive.allows else { return .allowed }
    return .disallowed(by: decisive.written)
  }
}

/// Reads the lines of a robots.txt into the group that names us and the group for everybody.
struct RobotsReader {
  /// What one or several groups ask.
  struct Group {
    var lines: [Robots.Line] = []
    var crawlDelay: Double?
  }

  private let product: String
  private(set) var own = Group()
  private(set) var any = Group()
  private(set) var hasOwnGroup = false
  private var speaksOfUs = false
  private var speaksOfAll = false
  /// Whether the last line named an agent, so that the next name joins the same group.
  private var isNaming = false

  init(product: String) { self.product = product.lowercased() }

  mutating func read(_ bytes: some Sequence<UInt8>) {
    var rest = Array(bytes)[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    for line in rest.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      read(line: line.prefix { $0 != UInt8(ascii: "#") })
    }
  }

  private mutating func read(line: ArraySlice<UInt8>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let key = String(decoding: Self.trimmed(line[..<colon]), as: UTF8.self).lowercased()
    let value = Self.trimmed(line[line.index(after: colon)...])
    if key == "user-agent" { return name(String(decoding: value, as: UTF8.self)) }
    switch key {
    case "allow": add(value, allows: true)
    case "disallow": add(value, allows: false)
    case "crawl-delay": slow(to: Double(String(decoding: value, as: UTF8.self)))
    default: return  // a Sitemap or an unknown line neither ends a group nor belongs to one
    }
    isNaming = false
  }

  private mutating func name(_ agent: String) {
    if !isNaming { (speaksOfUs, speaksOfAll) = (false, false) }
    isNaming = true
    // Only the product token counts: "Huiyin/2.0 (…)" means us as well (RFC 9309, 2.2.1).
    let token = agent.prefix { $0.isASCII && ($0.isLetter || $0 == "_" || $0 == "-") }.lowercased()
    if agent.hasPrefix("*") { speaksOfAll = true }
    guard token == product else { return }
    (speaksOfUs, hasOwnGroup) = (true, true)
  }

  private mutating func add(_ value: ArraySlice<UInt8>, allows: Bool) {
    guard speaksOfUs || speaksOfAll, let pattern = RobotsPattern(value) else { return }
    let line = Robots.Line(allows: allows, pattern: pattern)
    if speaksOfUs { own.lines.append(line) }
    if speaksOfAll { any.lines.append(line) }
  }

  private mutating func slow(to seconds: Double?) {
    guard let seconds, seconds.isFinite, seconds >= 0 else { return }
    if speaksOfUs { own.crawlDelay = max(own.crawlDelay ?? 0, seconds) }
    if speaksOfAll { any.crawlDelay = max(any.crawlDelay ?? 0, seconds) }
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let start = text.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return [] }
    return start[...last]
  }
}
