internal import CGMime
internal import Foundation

/// The text of headers (邮件头文字, RFC 2047), as people's mail programs really write them.
enum HeaderText {
  /// A header on one line: what was folded is put together again.
  static func unfolded(_ raw: some Collection<UInt8>) -> [UInt8] {
    raw.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
  }

  /// A header read: encoded words, or bytes that nothing says the charset of.
  static func decoded(_ header: [UInt8]) -> String {
    let isPlain = header.allSatisfy { $0 < 0x80 }
    let bytes = isPlain ? header : Array(MailText.decoded(header, charset: nil).utf8)
    let read = (widened(bytes) + [0]).withUnsafeBytes {
      g_mime_utils_header_decode_text(
        nil, $0.baseAddress?.assumingMemoryBound(to: CChar.self))
    }
    guard let read else { return "" }
    defer { g_free(read) }
    return MailText.onOneLine(String(cString: read))
  }

  /// The Message-IDs in a header, in order, each once.
  static func identifiers(in header: [UInt8]) -> [String] {
    var found: [String] = []
    var rest = header[...]
    while found.count < 100, let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[(open + 1)...]
      let inside = rest.prefix { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }
      guard rest.dropFirst(inside.count).first == UInt8(ascii: ">"),
        (3...250).contains(inside.count)
      else { continue }
      let id = "<\(String(decoding: inside, as: UTF8.self))>"
      if !found.contains(id) { found.append(id) }
    }
    return found
  }

  /// The bare address in a header, small letters; empty where there is none.
  static func address(in header: [UInt8]) -> String {
    var room = [CChar](repeating: 0, count: 400)
    let isFound = (Array(header.prefix(2000)) + [0]).withUnsafeBytes {
      huiyin_mime_address(
        $0.baseAddress?.assumingMemoryBound(to: CChar.self), &room, room.count)
    }
    guard isFound != 0 else { return "" }
    let address = room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return MailText.onOneLine(String(decoding: address, as: UTF8.self)).lowercased()
  }

  /// Encoded words as GMime reads them rightly.
  ///
  /// Those that call themselves GB2312 or GBK hold characters of GB18030 beside. And some programs
  /// break a subject in the middle of a character: what one word began the next one ends.
  private static func widened(_ header: [UInt8]) -> [UInt8] {
    let text = String(decoding: header.prefix(20_000), as: UTF8.self)
    var output = ""
    var rest = text[...]
    var open: (label: String, bytes: Data)?
    func close() {
      guard let word = open else { return }
      output += "=?\(word.label)?B?\(word.bytes.base64EncodedString())?="
      open = nil
    }
    while let word = rest.firstMatch(of: encodedWord) {
      let between = rest[..<word.range.lowerBound]
      let label = charset(String(word.output.1))
      let bytes = Data(base64Encoded: padded(word.output.2)) ?? Data()
      if let before = open, before.label == label, between.allSatisfy({ $0 == " " || $0 == "\t" }) {
        open = (label, before.bytes + bytes)
      } else {
        close()
        output += between
        open = (label, bytes)
      }
      rest = rest[word.range.upperBound...]
    }
    close()
    return Array((output + rest).utf8)
  }

  /// RFC 2047, section 4.1; the other encoding, Q, is never broken within a character by programs
  /// that are in use.
  private static var encodedWord: Regex<(Substring, Substring, Substring)> {
    #/=\?([A-Za-z0-9_.:*\-]{1,40})\?[bB]\?([A-Za-z0-9+\/=]*)\?=/#
  }

  private static func charset(_ label: String) -> String {
    let name = label.lowercased()
    return name.hasPrefix("gb") || name == "x-gbk" || name == "cp936" ? "gb18030" : name
  }

  private static func padded(_ payload: Substring) -> String {
    let bare = payload.prefix { $0 != "=" }
    return bare + String(repeating: "=", count: (4 - bare.count % 4) % 4)
  }
}
