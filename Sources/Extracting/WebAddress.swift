/// An http(s) address taken apart (网址, RFC 3986), as pages write them: with spaces and Chinese.
struct WebAddress: Hashable {
  /// `http` or `https`.
  var scheme: String
  /// Host, and port unless it is the scheme's own; small letters.
  var authority: String
  /// Begins with `/`.
  var path: String
  /// Without `?`; nil where there is none.
  var query: String?
  /// Without `#`; nil where there is none.
  var fragment: String?

  /// An absolute address, or nil where it is none of http(s).
  init?(_ written: String) {
    let text = WebAddress.escaped(written)
    guard let colon = text.utf8.firstIndex(of: 0x3A) else { return nil }
    let scheme = text[..<colon].lowercased()
    let rest = text[text.index(after: colon)...]
    guard scheme == "http" || scheme == "https", rest.hasPrefix("//") else { return nil }
    let afterSlashes = rest.dropFirst(2)
    let end =
      afterSlashes.utf8.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }
      ?? afterSlashes.endIndex
    let authority = WebAddress.authority(String(afterSlashes[..<end]), scheme: scheme)
    guard let authority else { return nil }
    self.scheme = scheme
    self.authority = authority
    (path, query, fragment) = WebAddress.parts(String(afterSlashes[end...]))
    path = WebAddress.withoutDots(path.isEmpty ? "/" : path)
  }

  /// A link as a page writes it, seen from the page's address; nil where it leads to no page.
  ///
  /// A query is written in the page's charset, as browsers do (WHATWG URL, 4.4): a site whose pages
  /// are GBK finds nothing under the UTF-8 of 停水.
  init?(link written: String, from origin: WebAddress, charset: Charset = .utf8) {
    let link = WebAddress.escaped(written, queryIn: charset)
    if let scheme = WebAddress.scheme(of: link) {
      guard scheme == "http" || scheme == "https" else { return nil }
      self.init(link)
      return
    }
    if link.hasPrefix("//") {
      self.init(origin.scheme + ":" + link)
      return
    }
    self = origin
    let (path, query, fragment) = WebAddress.parts(link)
    self.fragment = fragment
    if path.isEmpty {
      if query != nil { self.query = query }
      return
    }
    self.query = query
    self.path = WebAddress.withoutDots(path.hasPrefix("/") ? path : origin.folder + path)
  }

  /// The address as it is written to a server and to people.
  var text: String {
    scheme + "://" + authority + path + (query.map { "?" + $0 } ?? "")
      + (fragment.map { "#" + $0 } ?? "")
  }

  private var folder: String {
    path.utf8.lastIndex(of: 0x2F).map { String(path[...$0]) } ?? "/"
  }

  private static func scheme(of link: String) -> String? {
    let name = link.utf8.prefix {
      ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
    }
    guard let first = name.first, ASCII.isLetter(first),
      name.endIndex < link.endIndex, link.utf8[name.endIndex] == 0x3A
    else { return nil }
    return Substring(name).lowercased()
  }

  private static func authority(_ written: String, scheme: String) -> String? {
    // A name and password in an address is nobody's public page.
    guard !written.isEmpty, !written.contains("@") else { return nil }
    let lowered = written.lowercased()
    let port = scheme == "http" ? ":80" : ":443"
    let host = lowered.hasSuffix(port) ? String(lowered.dropLast(port.count)) : lowered
    return host.isEmpty ? nil : host
  }

  private static func parts(_ text: String) -> (path: String, query: String?, fragment: String?) {
    var rest = text[...]
    var fragment: String?
    if let hash = rest.utf8.firstIndex(of: 0x23) {
      fragment = String(rest[rest.index(after: hash)...])
      rest = rest[..<hash]
    }
    guard let mark = rest.utf8.firstIndex(of: 0x3F) else { return (String(rest), nil, fragment) }
    return (String(rest[..<mark]), String(rest[rest.index(after: mark)...]), fragment)
  }

  private static func withoutDots(_ path: String) -> String {
    let hasDots = zip(path.utf8, path.utf8.dropFirst()).contains { $0 == 0x2F && $1 == 0x2E }
    guard hasDots else { return path }
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for segment in segments {
      if segment == ".." { _ = kept.popLast() } else if segment != "." { kept.append(segment) }
    }
    if let last = segments.last, last == "." || last == ".." { kept.append("") }
    return "/" + kept.joined(separator: "/")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x3C && byte != 0x3E && byte != 0x60
  }

  /// A link with its white space trimmed, line breaks dropped and what is not ASCII written in `%`.
  private static func escaped(_ written: String, queryIn charset: Charset = .utf8) -> String {
    guard !written.utf8.allSatisfy(isPlain) else { return written }
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in encoded(written, queryIn: charset).drop(while: { $0 <= 0x20 }) {
      if byte == 0x0A || byte == 0x0D || byte == 0x09 { continue }
      if isPlain(byte) || byte == 0x20 {
        bytes.append(byte)
      } else {
        bytes += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    while bytes.last == 0x20 { bytes.removeLast() }
    guard bytes.contains(0x20) else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: bytes.flatMap { $0 == 0x20 ? Array("%20".utf8) : [$0] }, as: UTF8.self)
  }

  /// A link's bytes, its query in a charset; what that lacks is a numeric reference.
  private static func encoded(_ written: String, queryIn charset: Charset) -> [UInt8] {
    guard charset.encodesQueries, let mark = written.utf8.firstIndex(of: 0x3F),
      written.utf8[mark...].contains(where: { $0 >= 0x80 })
    else { return Array(written.utf8) }
    let end = written.utf8[mark...].firstIndex(of: 0x23) ?? written.utf8.endIndex
    var bytes = Array(written.utf8[..<mark])
    for character in written[mark..<end].unicodeScalars {
      bytes += Encoding.bytes(of: character, in: charset)
    }
    return bytes + written.utf8[end...]
  }
}
