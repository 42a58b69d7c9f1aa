/// Which charset a page is really in, and what made us believe it.
///
/// Pages lie both ways, so what the bytes can be weighs more than what the page says of them.
struct CharsetGuess {
  var charset: Charset
  /// `feed`, `BOM`, `header`, `meta` or `content`.
  var reason: String

  /// As in `GB18030 (meta)`.
  var description: String { "\(charset.name) (\(reason))" }

  /// A guess from the feed's word, the header, the page's own word and the bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>, header: String?, feed: String?) {
    if let named = feed.flatMap({ Charset(label: $0) }) {
      self.init(named, "feed")
    } else if let marked = CharsetGuess.mark(bytes) {
      self.init(marked, "BOM")
    } else {
      let said = CharsetGuess.sayings(bytes, header: header)
      self = CharsetGuess.weigh(bytes, said) ?? said.first ?? Self(.windows1252, "content")
    }
  }

  private init(_ charset: Charset, _ reason: String) {
    self.charset = charset
    self.reason = reason
  }

  private static func mark(_ bytes: UnsafeBufferPointer<UInt8>) -> Charset? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LE }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BE }
    return nil
  }

  /// What the header and the page say, in the order in which a browser believes them.
  private static func sayings(
    _ bytes: UnsafeBufferPointer<UInt8>, header: String?
  ) -> [CharsetGuess] {
    var said: [CharsetGuess] = []
    if let header, let label = CharsetLabel.inHeader(header), let charset = Charset(label: label) {
      said.append(Self(charset, "header"))
    }
    if let label = CharsetLabel.inPage(bytes), let charset = Charset(label: label) {
      // A page whose meta could be read byte by byte is not in UTF-16.
      let isWide = charset == .utf16LE || charset == .utf16BE
      said.append(Self(isWide ? .utf8 : charset, "meta"))
    }
    return said
  }

  private static func weigh(
    _ bytes: UnsafeBufferPointer<UInt8>, _ said: [CharsetGuess]
  ) -> CharsetGuess? {
    let traits = ByteTraits(bytes)
    if let wide = traits.wide { return from(wide, said) }
    if !traits.hasHighBytes { return from(.utf8, said) }
    if traits.isUTF8(whenDeclared: said.first?.charset) { return from(.utf8, said) }
    let declared = said.map(\.charset).filter { $0 != .utf8 }
    if let own = declared.first(where: \.isChinese), traits.isPlausible(own, against: true) {
      return from(own, said)
    }
    if let likely = traits.likelyChinese { return from(likely, said) }
    if let other = declared.first { return from(other, said) }
    return nil
  }

  private static func from(_ charset: Charset, _ said: [CharsetGuess]) -> CharsetGuess {
    said.first { $0.charset == charset } ?? Self(charset, "content")
  }
}

/// Where a header or a page names its charset.
enum CharsetLabel {
  /// The `charset` parameter of a `Content-Type` header.
  static func inHeader(_ header: String) -> String? {
    value(after: "charset", in: Array(header.utf8)[...])
  }

  /// The charset of an XML declaration or a `meta` tag in the first 4 KiB.
  static func inPage(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let head = Array(bytes.prefix(4096))[...]
    if let start = ASCII.find("<?xml", in: head), let end = ASCII.find("?>", in: head[start...]),
      let label = value(after: "encoding", in: head[start..<end])
    {
      return label
    }
    var rest = head
    while let start = ASCII.find("<meta", in: rest) {
      let end = rest[start...].firstIndex(of: 0x3E) ?? rest.endIndex
      if let label = value(after: "charset", in: rest[start..<end]) { return label }
      rest = rest[end...]
    }
    return nil
  }

  private static func value(after name: String, in bytes: ArraySlice<UInt8>) -> String? {
    guard let found = ASCII.find(name, in: bytes) else { return nil }
    var rest = bytes[(found + name.utf8.count)...].drop { $0 == 0x20 || $0 == 0x09 }
    guard rest.first == 0x3D else { return nil }
    rest = rest.dropFirst().drop { [0x20, 0x09, 0x22, 0x27].contains($0) }
    let label = rest.prefix { ASCII.isWord($0) || $0 == 0x2D || $0 == 0x3A }
    return label.isEmpty ? nil : String(decoding: label, as: UTF8.self)
  }
}
