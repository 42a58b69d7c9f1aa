/// Small questions asked of bytes, without making text of them first.
enum ASCII {
  /// Whether a byte is a letter, a digit or `_`.
  static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 0x5F }
  /// Whether a byte is a letter.
  static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }
  /// Whether a byte is a digit.
  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  /// Whether a byte is white space in HTML.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }
  /// The small letter of a letter, any other byte as it is.
  static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Where ASCII ends, from a place on: the next byte with its high bit set, or the end.
  static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= raw.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let high = eight & 0x8080_8080_8080_8080
      guard high == 0 else { return index + high.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < raw.count, raw[index] < 0x80 { index += 1 }
    return index
  }

  /// Where small letters first stand in bytes, whatever the case of these.
  static func find(_ word: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let word = Array(word.utf8)
    guard let first = word.first, bytes.count >= word.count else { return nil }
    for start in bytes.startIndex...(bytes.endIndex - word.count)
    where lowered(bytes[start]) == first {
      let isHere = word.indices.allSatisfy { lowered(bytes[start + $0]) == word[$0] }
      if isHere { return start }
    }
    return nil
  }
}
