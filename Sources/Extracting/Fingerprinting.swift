internal import Vocabulary

/// What makes two items the same text (指纹).
enum Fingerprinting {
  /// Fewer than these letters and digits are too few: every letter titled 投诉 would be one.
  private static let fewest = 60

  /// The fingerprint of a body, nil where it is too short; the title, which gets edited, is left
  /// out.
  static func of(_ body: String) -> Fingerprint? {
    let folded = folded(body)
    guard folded.count >= fewest else { return nil }
    return Fingerprint(rawValue: Hash.hex(Array(Scalars.string(folded).utf8)))
  }

  /// Letters and digits alone, full width as half, capitals as small letters.
  static func folded(_ text: String) -> [UInt32] {
    text.unicodeScalars.compactMap { scalar in
      let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
      if value < 0x80 {
        let byte = ASCII.lowered(UInt8(value))
        return ASCII.isLetter(byte) || ASCII.isDigit(byte) ? UInt32(byte) : nil
      }
      if Scalars.isHan(value) { return value }
      return scalar.properties.isAlphabetic ? value : nil
    }
  }
}
