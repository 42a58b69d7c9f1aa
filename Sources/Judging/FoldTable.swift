/// What each character counts as when words are looked for (归一): a code for every scalar of
/// the basic plane.
///
/// Case, full width, traditional characters and compatible digits fall together, because they read
/// the same; invisible characters fall away, because nobody reads them. Words and texts go through
/// the same table, so it decides only what is equal, never what a rule means.
struct FoldTable: Sendable {
  /// The code of what is dropped: zero-width characters, combining marks, control characters.
  static let ignored: UInt16 = 0
  /// The code of every horizontal space.
  static let space: UInt16 = 0x20
  /// From here on, the codes of the enclosed numbers 10 to 20, which are two digits each. Unicode
  /// promises that these are no characters.
  static let ten: UInt16 = 0xFDD0

  /// No mark has this code or a higher one, so that ideographs need not be looked up.
  static let endOfMarks: UInt32 = 0x2700

  /// Made once; 128 KiB and the marks.
  static let shared = FoldTable()

  private(set) var codes: [UInt16]
  /// Marks that people put between characters to get past a word list (停-水, 停·水).
  private(set) var marks = [Bool](repeating: false, count: Int(endOfMarks))

  private init() {
    codes = (0...0xFFFF).map { UInt16($0) }
    foldLetters()
    foldWidth()
    foldDigits()
    foldVariants()
    foldSpaces()
    dropInvisible()
    nameMarks()
  }

  /// The code of a scalar beyond the basic plane.
  static func code(beyond scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x1D7CE...0x1D7FF: 0x30 + (scalar - 0x1D7CE) % 10
    case 0x1F3FB...0x1F3FF, 0xE0000...0xE01EF: UInt32(ignored)
    default: scalar
    }
  }

  private mutating func foldLetters() {
    let ranges: [ClosedRange<UInt16>] = [0x41...0x5A, 0xC0...0x24F, 0x370...0x52F, 0x2160...0x216F]
    for code in ranges.joined() {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      guard lower.count == 1, let first = lower.first, first.value <= 0xFFFF else { continue }
      codes[Int(code)] = UInt16(first.value)
    }
  }

  private mutating func foldWidth() {
    for code in 0xFF01...0xFF5E {
      codes[code] = codes[code - 0xFEE0]
    }
  }

  /// Digits in circles, brackets, with a full stop, raised and lowered.
  private mutating func foldDigits() {
    let numbers: [(first: Int, from: Int, count: Int)] = [
      (0x2460, 1, 20), (0x2474, 1, 20), (0x2488, 1, 20), (0x24F5, 1, 10), (0x2776, 1, 10),
      (0x2780, 1, 10), (0x278A, 1, 10), (0x24EB, 11, 10), (0x2074, 4, 6), (0x2080, 0, 10),
    ]
    for run in numbers {
      for step in 0..<run.count { set(run.first + step, toNumber: run.from + step) }
    }
    for (code, number) in [(0x24EA, 0), (0x24FF, 0), (0x2070, 0), (0xB9, 1), (0xB2, 2), (0xB3, 3)] {
      set(code, toNumber: number)
    }
    for (step, scalar) in "一二三四五六七八九十".unicodeScalars.enumerated() {
      codes[0x3220 + step] = UInt16(scalar.value)
      codes[0x3280 + step] = UInt16(scalar.value)
    }
  }

  private mutating func set(_ code: Int, toNumber number: Int) {
    codes[code] = number < 10 ? 0x30 + UInt16(number) : Self.ten + UInt16(number - 10)
  }

  private mutating func foldVariants() {
    let pairs = Array(CharacterVariants.simplified.unicodeScalars.filter { $0 != "\n" })
    for at in stride(from: 0, to: pairs.count - 1, by: 2) {
      codes[Int(pairs[at].value)] = UInt16(pairs[at + 1].value)
    }
    let radicals = CharacterVariants.radicals.unicodeScalars.filter { $0 != "\n" }
    for (step, scalar) in radicals.enumerated() {
      codes[0x2F00 + step] = UInt16(scalar.value)
    }
  }

  private mutating func foldSpaces() {
    let spaces = [0x09, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0x3164] + Array(0x2000...0x200A)
    for code in spaces { codes[code] = Self.space }
  }

  private mutating func dropInvisible() {
    let ranges: [ClosedRange<Int>] = [
      0x00...0x08, 0x0E...0x1F, 0x7F...0x84, 0x86...0x9F, 0xAD...0xAD, 0x300...0x36F,
      0x483...0x489, 0x61C...0x61C, 0x115F...0x1160, 0x180B...0x180F, 0x1AB0...0x1AFF,
      0x1DC0...0x1DFF, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x20D0...0x20FF,
      0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF...0xFEFF, 0xFDD0...0xFDEF, 0xFFF9...0xFFFC,
    ]
    for code in ranges.joined() { codes[code] = Self.ignored }
  }

  /// No full stop, comma, dash or newline among them: what those part does not belong together.
  private mutating func nameMarks() {
    codes[0x30FB] = 0xB7
    let between = "-_~*+=^|/\\#@&$%`´¨¯¸·•‧∙⋅●○◆◇★☆■□▲△※‐‑‒".unicodeScalars
    for scalar in between { marks[Int(codes[Int(scalar.value)])] = true }
    marks[Int(Self.space)] = true
  }
}
