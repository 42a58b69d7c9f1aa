import Glibc
import Vocabulary

/// The bytes of a file that a spreadsheet program saved, as text (表格文件的编码): UTF-8 with or without
/// a byte order mark, or GB18030, which Excel writes where the system speaks Chinese.
enum SpreadsheetText {
  /// The text; nil where the bytes are neither.
  static func text(_ bytes: [UInt8]) -> String? {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return String(validating: body, as: UTF8.self) ?? fromGB18030(Array(body))
  }

  /// Strict: a byte that is none of it makes the whole no GB18030.
  private static func fromGB18030(_ bytes: [UInt8]) -> String? {
    guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else { return nil }
    let converter = iconv_open("UTF-8", "GB18030")
    // glibc answers (iconv_t)-1 where it lacks a charset.
    guard let converter, Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    // Two bytes become three at most, four become four.
    var output = [UInt8](repeating: 0, count: bytes.count * 2 + 4)
    let written = bytes.withUnsafeBytes { source -> Int? in
      output.withUnsafeMutableBytes { target in
        var (left, room) = (source.count, target.count)
        // iconv never writes to its input; its signature is older than const.
        var input = UnsafeMutableRawPointer(mutating: source.baseAddress)?
          .assumingMemoryBound(to: CChar.self)
        var sink = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        let result = iconv(converter, &input, &left, &sink, &room)
        return result == -1 || left > 0 ? nil : target.count - room
      }
    }
    return written.flatMap { String(validating: output[..<$0], as: UTF8.self) }
  }
}
