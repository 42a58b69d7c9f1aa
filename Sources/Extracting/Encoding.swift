internal import Glibc

/// Characters written in the charset of a page, for the queries of its links.
enum Encoding {
  /// The bytes of a character; `%26%23…%3B`, a numeric reference, where the charset has none.
  static func bytes(of character: Unicode.Scalar, in charset: Charset) -> [UInt8] {
    let own = Array(String(character).utf8)
    if own.count == 1 { return own }
    return converted(own, to: charset) ?? Array("%26%23\(character.value)%3B".utf8)
  }

  private static func converted(_ bytes: [UInt8], to charset: Charset) -> [UInt8]? {
    // What only GB18030 holds, the GBK that pages mean by gb2312 does not: browsers ask the same.
    let name = charset == .gb18030 ? "CP936" : charset.iconv
    let converter = iconv_open(name, "UTF-8")
    // glibc answers (iconv_t)-1 where it lacks a charset.
    guard let converter, Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: 16)
    let written = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, left) = (input.baseAddress, input.count)
        var (to, room) = (output.baseAddress, output.count)
        return iconv(converter, &from, &left, &to, &room) == 0 ? output.count - room : nil
      }
    }
    return written.map { output.prefix($0).map { UInt8(bitPattern: $0) } }
  }
}
