internal import Vocabulary

/// A place in a text that may hold a date, in Unicode scalars folded to plain digits and signs.
struct DateCursor {
  let text: [UInt32]
  var index: Int

  /// A text from its start; full-width signs become plain ones, Chinese numerals stay.
  init(_ string: String, atMost limit: Int = 4000) {
    text = string.unicodeScalars.prefix(limit).map { DateCursor.folded($0.value) }
    index = 0
  }

  private static func folded(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xFF01...0xFF5E: scalar - 0xFEE0
    case 0x3000, 0xA0, 0x09, 0x0A, 0x0D: 0x20
    case 0x2010...0x2015, 0x2212: 0x2D
    case 0x61...0x7A: scalar - 0x20
    default: scalar
    }
  }

  var isAtEnd: Bool { index >= text.count }

  /// The scalar some places on; 0 past the end.
  func peek(_ offset: Int = 0) -> UInt32 {
    let place = index + offset
    return place >= 0 && place < text.count ? text[place] : 0
  }

  /// Whether a scalar is a plain digit.
  static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  mutating func skipSpace() {
    while peek() == 0x20 { index += 1 }
  }

  /// Goes to the last sign of what has the shape of a date and is none, so that its pieces are not
  /// taken for another: the 00:00 of 0000-00-00 00:00.
  mutating func skipBroken() {
    while index + 1 < text.count, DateCursor.isDigit(peek(1)) || DateCursor.joints.contains(peek(1))
    {
      index += 1
    }
  }

  private static let joints = Set("-/.:年月日时分秒T ".unicodeScalars.map(\.value))

  /// Takes a word if it stands here (capitals for ASCII letters).
  mutating func take(_ word: String) -> Bool {
    var offset = 0
    for scalar in word.unicodeScalars {
      guard peek(offset) == scalar.value else { return false }
      offset += 1
    }
    index += offset
    return true
  }

  /// Takes the first of some words that stands here, and says which.
  mutating func take(firstOf words: [String]) -> Int? {
    for (place, word) in words.enumerated() where take(word) { return place }
    return nil
  }

  /// Takes a run of plain digits of a permitted length; a longer run is none.
  mutating func number(_ lengths: ClosedRange<Int>) -> (value: Int, digits: Int)? {
    var (value, count) = (0, 0)
    while DateCursor.isDigit(peek(count)), count < 18 {
      value = value * 10 + Int(peek(count) - 0x30)
      count += 1
    }
    guard lengths.contains(count) else { return nil }
    index += count
    return (value, count)
  }

  /// Takes exactly so many digits, whatever follows.
  mutating func digits(_ count: Int) -> Int? {
    var value = 0
    for offset in 0..<count {
      guard DateCursor.isDigit(peek(offset)) else { return nil }
      value = value * 10 + Int(peek(offset) - 0x30)
    }
    index += count
    return value
  }

  /// Takes a small number in Chinese numerals (十二, 二十, 半 not among them) up to 99.
  mutating func chineseNumber() -> Int? {
    let start = index
    var (tens, ones): (Int?, Int?) = (nil, nil)
    while let digit = ChineseDigit.value(peek()) {
      ones = digit
      index += 1
      if peek() == 0x5341 || ChineseDigit.value(peek()) != nil { break }
    }
    if peek() == 0x5341 {
      tens = ones ?? 1
      ones = nil
      index += 1
      if let digit = ChineseDigit.value(peek()) {
        ones = digit
        index += 1
      }
    }
    if index == start { return nil }
    return (tens ?? 0) * 10 + (ones ?? 0)
  }
}

/// Chinese numerals for single digits.
enum ChineseDigit {
  /// What a scalar stands for, 0 to 9; 十 and larger ones are no digits.
  static func value(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x3007, 0x96F6, 0x25CB, 0x25EF: 0
    case 0x4E00, 0x58F9, 0x5E7A: 1
    case 0x4E8C, 0x4E24, 0x8D30, 0x8CB3: 2
    case 0x4E09, 0x53C1: 3
    case 0x56DB, 0x8086: 4
    case 0x4E94, 0x4F0D: 5
    case 0x516D, 0x9646: 6
    case 0x4E03, 0x67D2: 7
    case 0x516B, 0x634C: 8
    case 0x4E5D, 0x7396: 9
    default: nil
    }
  }
}
