import Vocabulary

/// Addresses on the web as files write them (网址), taken apart no further than their checks need.
enum WebAddress {
  /// What is wrong with an address.
  enum Fault {
    case scheme
    case blank
    case secret
    case host
  }

  /// `scheme://user@host:port/rest`.
  struct Parts {
    var scheme: String
    var user: String?
    var host: String
    var port: Int?
    var rest: String
  }

  static let blank = Phrase(
    zh: "网址里有空格或全角符号：请去掉，或写成 %20 之类的编码",
    en: "a blank or a full-width sign in the address: delete it, or write it as %20")
  static let secret = Phrase(
    zh: "网址里不能带用户名和口令，它们会出现在邮件和日志里",
    en: "no user or password in an address: mails and logs would show them")
  static let host = Phrase(
    zh: "网址里的主机名或端口不对", en: "the address has no proper host or port")

  static func fault(in text: String, schemes: [String]) -> Fault? {
    guard let scheme = text.firstRange(of: "://").map({ text[..<$0.lowerBound].lowercased() }),
      schemes.contains(scheme)
    else { return .scheme }
    guard !text.unicodeScalars.contains(where: isOutOfPlace) else { return .blank }
    guard let parts = parts(text) else { return .host }
    return parts.user == nil ? nil : .secret
  }

  /// The parts of an address; nil where host or port cannot be.
  static func parts(_ text: String) -> Parts? {
    guard let sign = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<sign.lowerBound].lowercased()
    let authority = text[sign.upperBound...].prefix { !"/?#".contains($0) }
    let rest = text[authority.endIndex...]
    let at = authority.lastIndex(of: "@")
    let user = at.map { String(authority[..<$0]) }
    let place = at.map { authority[authority.index(after: $0)...] } ?? authority
    guard let (host, port) = hostAndPort(place) else { return nil }
    return Parts(scheme: scheme, user: user, host: host, port: port, rest: String(rest))
  }

  private static func hostAndPort(_ text: Substring) -> (String, Int?)? {
    var (host, tail) = (text, Substring())
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
      guard IPText.bytes(String(text[text.index(after: text.startIndex)..<close]))?.count == 16
      else { return nil }
      (host, tail) = (text[...close], text[text.index(after: close)...])
    } else {
      host = text.prefix { $0 != ":" }
      tail = text[host.endIndex...]
      guard isHost(host) else { return nil }
    }
    guard !tail.isEmpty else { return (String(host), nil) }
    let digits = tail.dropFirst()
    guard tail.first == ":", (1...5).contains(digits.count), let port = Int(digits),
      (1...65_535).contains(port)
    else { return nil }
    return (String(host), port)
  }

  /// Letters, digits, hyphens and dots; Chinese domains may be written in Chinese.
  private static func isHost(_ host: Substring) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return host.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
              || scalar == "_"
          }
      }
  }

  private static func isOutOfPlace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.value < 0x21
      || "<>\"\\".unicodeScalars.contains(scalar) || (0xFF01...0xFF5E).contains(scalar.value)
      || "，。、“”‘’".unicodeScalars.contains(scalar)
  }
}

/// IP addresses as people write them (IP 地址).
enum IPText {
  /// 4 or 16 bytes in network order; nil where it is no address.
  static func bytes(_ text: String) -> [UInt8]? {
    text.contains(":") ? six(text) : four(text)
  }

  /// Whether anything stands behind a block's prefix.
  static func hasHostBits(_ network: Network) -> Bool {
    network.bytes.enumerated().contains { index, byte in
      let kept = min(8, max(0, network.prefix - index * 8))
      return byte & UInt8(truncatingIfNeeded: 0xFF >> kept) != 0
    }
  }

  private static func four(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    // 010 means 8 to some programs and 10 to others.
    let isPlain = parts.allSatisfy { part in
      (1...3).contains(part.utf8.count) && part.allSatisfy { ("0"..."9").contains($0) }
        && (part.count == 1 || part.first != "0")
    }
    let bytes = parts.compactMap { UInt8($0) }
    return isPlain && parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func six(_ text: String) -> [UInt8]? {
    guard let gap = text.firstRange(of: "::") else {
      let groups = groups(text[...])
      return groups?.count == 16 ? groups : nil
    }
    guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
      head.count + tail.count <= 14
    else { return nil }
    return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    var bytes: [UInt8] = []
    for group in text.split(separator: ":", omittingEmptySubsequences: false) {
      guard (1...4).contains(group.utf8.count), group.allSatisfy(\.isHexDigit),
        let number = UInt16(group, radix: 16)
      else { return nil }
      bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
    }
    return bytes
  }
}
