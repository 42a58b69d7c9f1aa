internal import Foundation

/// Bytes of a mail as text (邮件文字): what a charset says is a hint, and not always a true one.
enum MailText {
  /// A text by the charset that it claims, or by the one that its bytes speak for.
  static func decoded(_ bytes: [UInt8], charset: String?) -> String {
    let label = charset.map(iconvName)
    let utf8 = utf8(bytes)
    if utf8.doubts == 0, isSurelyUTF8(bytes) || label == nil || label == "UTF-8" {
      return cleaned(utf8.text)
    }
    // Mails of Chinese offices that are no UTF-8 are GB18030, whatever they call themselves.
    let names = [label, "GB18030"].compactMap { $0 }.filter { $0 != "UTF-8" }
    let others = names.compactMap { converted(bytes, from: $0) }
    let all = label == "UTF-8" || label == nil ? [utf8] + others : others + [utf8]
    let best = all.enumerated().min {
      ($0.element.doubts, $0.offset) < ($1.element.doubts, $1.offset)
    }
    return cleaned(best?.element.text ?? utf8.text)
  }

  /// A text on one line without control characters.
  static func onOneLine(_ text: String) -> String {
    let words = cleaned(text).split { $0 == "\n" || $0 == "\t" || $0 == " " || $0 == "\u{3000}" }
    return words.joined(separator: " ")
  }

  /// Lines that end in LF, no control characters, nothing that has no width.
  static func cleaned(_ text: String) -> String {
    let whole = text.replacingOccurrences(of: "\r\n", with: "\n")
    var scalars = String.UnicodeScalarView()
    for scalar in whole.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x09: scalars.append(scalar)
      case 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: scalars.append("\n")
      case 0xA0: scalars.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF:
        continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// A text in a charset, with how many of its characters could not be read.
  private typealias Reading = (text: String, doubts: Int)

  private static func utf8(_ bytes: [UInt8]) -> Reading {
    var whole = bytes[...]
    // Only the first bytes of a long mail are read, and they may end in the middle of a character.
    let tail = bytes.suffix(3)
    if let lead = tail.lastIndex(where: { $0 >= 0xC0 }) {
      let length = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : 2
      if bytes.count - lead < length { whole = bytes[..<lead] }
    }
    let text = String(decoding: whole, as: UTF8.self)
    return (text, text.unicodeScalars.count { $0 == "\u{FFFD}" })
  }

  /// Whether a text that is valid in UTF-8 can hardly be anything else: two bytes of GBK may happen
  /// to be a Greek letter, three in a row a Chinese one by no accident that matters.
  private static func isSurelyUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { $0 < 0x80 } || bytes.contains { $0 >= 0xE0 }
  }

  private static func converted(_ bytes: [UInt8], from name: String) -> Reading? {
    let converter = iconv_open("UTF-8", name)
    // glibc answers (iconv_t)-1 where it lacks a charset.
    guard let converter, Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var output: [UInt8] = []
    var (rest, doubts) = (bytes[...], 0)
    while !rest.isEmpty {
      let (read, written) = step(converter, rest)
      output += written
      rest = rest.dropFirst(read)
      guard read == 0 else { continue }
      // The last character may have been cut in the middle.
      if rest.count > 3 {
        doubts += 1
        output += [0xEF, 0xBF, 0xBD]
      }
      rest = rest.dropFirst()
    }
    return (String(decoding: output, as: UTF8.self), doubts)
  }

  private static func step(
    _ converter: iconv_t, _ rest: ArraySlice<UInt8>
  ) -> (read: Int, written: [UInt8]) {
    var output = [UInt8](repeating: 0, count: 4096)
    let (read, written) = rest.withUnsafeBytes { source in
      output.withUnsafeMutableBytes { target in
        var (left, room) = (source.count, target.count)
        // iconv never writes to its input; its signature is older than const.
        var input = UnsafeMutableRawPointer(mutating: source.baseAddress)?
          .assumingMemoryBound(to: CChar.self)
        var sink = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = iconv(converter, &input, &left, &sink, &room)
        return (source.count - left, target.count - room)
      }
    }
    return (read, Array(output.prefix(written)))
  }

  /// The name glibc knows a charset by; `gb2312` and `gbk` are read as GB18030, which holds both.
  private static func iconvName(of label: String) -> String {
    let name = label.uppercased().filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0))
    }
    if name == "UTF8" || name == "UTF-8" || name == "UNICODE-1-1-UTF-8" { return "UTF-8" }
    if ["US-ASCII", "ASCII", "ANSI_X3.4-1968", "ISO-8859-1", "DEFAULT", "UNKNOWN-8BIT", "8BIT", ""]
      .contains(name)
    {
      // What programs write that do not know.
      return "UTF-8"
    }
    if name.contains("GB") || name == "CP936" || name == "WINDOWS-936" || name == "EUC-CN" {
      return name.contains("HZ") ? name : "GB18030"
    }
    if name == "BIG5" { return "BIG5-HKSCS" }
    return String(name.prefix(40))
  }
}
