/// What a text may tell of people is taken out here, before an item exists (隐私处理).
///
/// Who wrote it goes without a trace; numbers that lead to a person are replaced by a word in
/// brackets (`[电话]`). A bracketed word rather than stars, because stars keep digits that narrow a
/// number down, and because a reader of the mail sees at once what stood there.
enum Privacy {
  /// The text without authors, and with telephones, identity cards, bank cards, mail addresses and
  /// accounts masked. Service, document and order numbers stay.
  static func scrubbed(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 == 0x40 || $0 == 0x3A || ASCII.isDigit($0) })
    else {
      return text
    }
    var scalars = ByLines.removed(from: text.unicodeScalars.map(\.value))
    if scalars.contains(where: { $0 == 0x40 || $0 == 0xFF20 }) {
      scalars = AccountMasking.mailMasked(scalars)
    }
    scalars = AccountMasking.accountsMasked(scalars)
    scalars = NumberMasking.masked(scalars)
    return Scalars.string(SignOff.removed(from: scalars))
  }
}

/// Texts as numbers of Unicode scalars, which are quick to compare and to count.
enum Scalars {
  /// The text of scalars.
  static func string(_ scalars: [UInt32]) -> String {
    String(unsafeUninitializedCapacity: scalars.count * 4) { bytes in
      var count = 0
      for scalar in scalars {
        for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}")
          ?? UTF8.encodedReplacementCharacter
        {
          bytes[count] = byte
          count += 1
        }
      }
      return count
    }
  }

  /// The scalars of a word.
  static func of(_ word: String) -> [UInt32] { word.unicodeScalars.map(\.value) }

  /// Whether a scalar is a Chinese character.
  static func isHan(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(scalar) || (0x3400...0x4DBF).contains(scalar)
      || (0x20000...0x3FFFF).contains(scalar)
  }

  /// Whether a scalar is a letter or digit of ASCII, full width included.
  static func isLatin(_ scalar: UInt32) -> Bool {
    let plain = (0xFF01...0xFF5E).contains(scalar) ? scalar - 0xFEE0 : scalar
    return plain < 0x80 && (ASCII.isLetter(UInt8(plain)) || ASCII.isDigit(UInt8(plain)))
  }

  /// Whether a scalar is white space.
  static func isSpace(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x0A || scalar == 0x09 || scalar == 0x3000 || scalar == 0xA0
  }
}

/// Words looked up at a place of a text, quickly where none begins.
struct WordSet: Sendable {
  /// With what words begin, asked of every character of a text: false for nearly all of them.
  struct Beginnings: Sendable {
    private var filter = [Bool](repeating: false, count: 4096)

    /// The beginnings of some words.
    init(of words: [[UInt32]]) {
      for word in words { filter[Int(word[0] & 4095)] = true }
    }

    /// The beginnings of several sets, and some characters more.
    init(of sets: [WordSet], _ more: Set<UInt32>) {
      self.init(of: more.map { [WordSet.upper($0)] })
      for place in filter.indices where sets.contains(where: { $0.beginnings.filter[place] }) {
        filter[place] = true
      }
    }

    /// Whether a word may begin like this, whatever the case of ASCII letters.
    func contains(_ scalar: UInt32) -> Bool { filter[Int(WordSet.upper(scalar) & 4095)] }
  }

  private let byFirst: [UInt32: [[UInt32]]]
  /// With what the words begin.
  let beginnings: Beginnings

  /// Words, of which the longest at a place is found.
  init(_ words: String) {
    let words = words.split(whereSeparator: \.isWhitespace).map { Scalars.of(String($0)) }
    beginnings = Beginnings(of: words)
    byFirst = Dictionary(grouping: words) { $0[0] }
      .mapValues { $0.sorted { $0.count > $1.count } }
  }

  /// The length of the longest word that begins at a place, whatever the case of ASCII letters.
  func length(in text: [UInt32], at index: Int) -> Int? {
    guard beginnings.contains(text[index]) else { return nil }
    guard let words = byFirst[WordSet.upper(text[index])] else { return nil }
    return words.first { word in
      guard index + word.count <= text.count else { return false }
      for offset in word.indices where WordSet.upper(text[index + offset]) != word[offset] {
        return false
      }
      return true
    }?.count
  }

  /// Whether a text ends with one of the words, at a place.
  func endsText(_ text: [UInt32], before end: Int) -> Bool {
    for length in 1...8 where end - length >= 0 {
      if let found = self.length(in: text, at: end - length), found == length { return true }
    }
    return false
  }

  private static func upper(_ scalar: UInt32) -> UInt32 {
    (0x61...0x7A).contains(scalar) ? scalar - 0x20 : scalar
  }
}
