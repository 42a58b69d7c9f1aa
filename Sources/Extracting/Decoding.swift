internal import Glibc

/// A page's bytes as clean UTF-8: no byte cuts the text, whatever is wrong with it.
enum Decoding {
  /// The page in UTF-8, without mark, NULs and control characters; what cannot be read is U+FFFD.
  static func utf8(_ bytes: UnsafeBufferPointer<UInt8>, from charset: Charset) -> [UInt8] {
    if charset == .utf8 { return cleaned(bytes) }
    return converted(bytes, from: charset).withUnsafeBufferPointer { cleaned($0) }
  }

  /// A text of any origin made safe for parsers: valid UTF-8 without control characters.
  static func cleaned(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count * 3) { buffer, count in
      // What stays is copied in runs: up to `start` all is done, from there to `index` all stays.
      var (index, start) = (0, 0)
      while true {
        index = plainEnd(of: bytes, from: index)
        guard index < bytes.count else { break }
        let length = UTF8Shape.length(of: bytes, at: index)
        if stays(bytes, at: index, length) {
          index += length
          continue
        }
        copy(bytes[start..<index], to: buffer, &count)
        // A control character and a mark are dropped and no space put there: it must not part a
        // word.
        let isCharacter = length > 0 && !isForbidden(bytes, at: index, length)
        if !isCharacter { unreadable.withUnsafeBufferPointer { copy($0[...], to: buffer, &count) } }
        index += max(1, length)
        start = index
      }
      copy(bytes[start..<index], to: buffer, &count)
    }
  }

  private static func copy(
    _ run: Slice<UnsafeBufferPointer<UInt8>>, to buffer: UnsafeMutableBufferPointer<UInt8>,
    _ count: inout Int
  ) {
    let rest = UnsafeMutableBufferPointer(rebasing: buffer[count...])
    count += rest.update(fromContentsOf: run) - rest.startIndex
  }

  /// Where what may stay as it is ends, as far as eight bytes at a time tell.
  private static func plainEnd(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= raw.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // A high bit in any byte, or a borrow out of one below 0x20, or one that is 0x7F.
      let low = eight &- 0x2020_2020_2020_2020
      let delete = (eight ^ 0x7F7F_7F7F_7F7F_7F7F) &- 0x0101_0101_0101_0101
      guard (eight | low | delete) & 0x8080_8080_8080_8080 == 0 else { return index }
      index += 8
    }
    return index
  }

  private static func stays(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ length: Int
  ) -> Bool {
    let byte = bytes[index]
    if byte < 0x80 {
      return byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }
    let isMark = length == 3 && byte == 0xEF && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF
    return length > 0 && !isMark && !isForbidden(bytes, at: index, length)
  }

  /// U+FFFE and U+FFFF, at which XML parsers stop.
  private static func isForbidden(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ length: Int
  ) -> Bool {
    length == 3 && bytes[index] == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
  }

  private static func converted(
    _ bytes: UnsafeBufferPointer<UInt8>, from charset: Charset
  ) -> [UInt8] {
    let converter = iconv_open("UTF-8", charset.iconv)
    // glibc answers (iconv_t)-1 where it lacks a charset; UTF-8 with marks of doubt is what is left.
    guard let converter, Int(bitPattern: converter) != -1 else { return Array(bytes) }
    defer { iconv_close(converter) }
    var output = [UInt8](repeating: 0, count: bytes.count * 2 + 64)
    var filled = 0
    var rest = bytes
    while !rest.isEmpty {
      if output.count - filled < rest.count + 64 {
        output.append(contentsOf: [UInt8](repeating: 0, count: output.count))
      }
      let (read, written, isStuck) = step(converter, rest, into: &output, at: filled)
      filled += written
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(read))
      guard isStuck, let stuck = rest.first else { continue }
      // Only the byte that cannot begin a character goes, so that a `<` after it stays.
      let stand: [UInt8] = charset == .gb18030 && stuck == 0x80 ? [0xE2, 0x82, 0xAC] : unreadable
      // A step may have filled the buffer to its last byte.
      output.replaceSubrange(filled..<min(filled + 3, output.count), with: stand)
      filled += 3
      let isWide = charset == .utf16LE || charset == .utf16BE
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(isWide ? 2 : 1))
    }
    output.removeLast(output.count - filled)
    return output
  }

  private static let unreadable: [UInt8] = [0xEF, 0xBF, 0xBD]

  private static func step(
    _ converter: iconv_t, _ rest: UnsafeBufferPointer<UInt8>, into output: inout [UInt8],
    at filled: Int
  ) -> (read: Int, written: Int, isStuck: Bool) {
    output.withUnsafeMutableBytes { target in
      let free = target.count - filled
      var (left, room) = (rest.count, free)
      // iconv never writes to its input; its signature is older than const.
      var input = UnsafeMutableRawPointer(mutating: rest.baseAddress)?
        .assumingMemoryBound(to: CChar.self)
      var sink = target.baseAddress?.advanced(by: filled).assumingMemoryBound(to: CChar.self)
      let result = iconv(converter, &input, &left, &sink, &room)
      let isStuck = result == -1 && errno != E2BIG
      return (rest.count - left, free - room, isStuck)
    }
  }
}

/// The shape of well-formed UTF-8 (RFC 3629).
enum UTF8Shape {
  /// How many bytes the character takes that begins there; 0 where none does.
  @inline(__always)
  static func length(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    switch lead {
    case 0..<0x80: return 1
    case 0xE1...0xEC: return tail(bytes, index, 2) ? 3 : 0  // Chinese, nearly always
    case 0xC2...0xDF: return tail(bytes, index, 1) ? 2 : 0
    case 0xE0...0xEF:
      guard tail(bytes, index, 2) else { return 0 }
      let next = bytes[index + 1]
      let isOverlong = lead == 0xE0 && next < 0xA0
      let isSurrogate = lead == 0xED && next > 0x9F
      return isOverlong || isSurrogate ? 0 : 3
    case 0xF0...0xF4:
      guard tail(bytes, index, 3) else { return 0 }
      let next = bytes[index + 1]
      return (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F) ? 0 : 4
    default: return 0
    }
  }

  private static func tail(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ count: Int
  ) -> Bool {
    guard index + count < bytes.count else { return false }
    for offset in 1...count where bytes[index + offset] & 0xC0 != 0x80 { return false }
    return true
  }
}
