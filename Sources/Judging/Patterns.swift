internal import CRE2
package import Vocabulary

/// The regular expressions of a rule book (正则匹配).
///
/// Of each is known which words must stand in a text for it to be there, its atoms. They are looked
/// for with all other words, in the one pass; a pattern is only asked where its atoms are, and most
/// texts are never read by RE2 at all. The few that no atom announces are asked together. RE2 takes
/// time that grows with the text's length alone, and reads it folded, as words are: 停-水 matches 停水.
final class Patterns: @unchecked Sendable {
  // Unchecked: nothing is added once it is made, and RE2 lets any number of threads look then.

  /// How many places of one pattern in one field are kept where something is measured from them; each
  /// costs another look at the rest of the text.
  static let mostPlaces = 64

  private let set: OpaquePointer?
  private var numbers: [String: Int] = [:]
  /// The atoms by their numbers, folded; empty for one that a text could hold in other letters, which
  /// counts as always there.
  private(set) var atoms: [[UInt32]] = []

  /// How many different ones there are.
  var count: Int { numbers.count }

  /// The patterns of a rule book, whatever they are; one that is none is never there.
  init(_ patterns: some Sequence<String>) {
    set = huiyin_patterns_open()
    for pattern in patterns where numbers[pattern] == nil {
      guard let set, Patterns.add(pattern, to: set) == nil else { continue }
      numbers[pattern] = numbers.count
    }
    guard let set, count > 0 else { return }
    atoms = (0..<huiyin_patterns_close(set)).map { Patterns.atom($0, of: set) }
  }

  deinit { huiyin_patterns_free(set) }

  /// A pattern's number, from 0; nil for what is none.
  func number(of pattern: String) -> Int? { numbers[pattern] }

  /// Tells the places of each pattern from front to back, as long as it answers true, in a text that
  /// has these atoms.
  func scan(
    _ text: FoldedText, atoms: [Int32], _ found: (_ number: Int, Range<Int>) -> Bool
  ) {
    guard let set, count > 0 else { return }
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: count) { possible in
      guard huiyin_patterns_sift(set, atoms, atoms.count, possible.baseAddress) else { return }
      let written = text.written
      written.bytes.withUnsafeBytes { raw in
        guard let start = raw.bindMemory(to: CChar.self).baseAddress else { return }
        huiyin_patterns_narrow(set, start, raw.count, possible.baseAddress)
        for number in possible.indices where possible[number] {
          tell(number, UnsafeBufferPointer(start: start, count: raw.count), of: written, found)
        }
      }
    }
  }

  private func tell(
    _ number: Int, _ text: UnsafeBufferPointer<CChar>, of written: FoldedText.Written,
    _ found: (_ number: Int, Range<Int>) -> Bool
  ) {
    var from = 0
    for _ in 0..<Patterns.mostPlaces {
      var (begin, end) = (0, 0)
      guard
        huiyin_patterns_find(set, number, text.baseAddress, text.count, from, &begin, &end),
        begin < end, found(number, written.codes(of: begin..<end))
      else { return }
      from = end
    }
  }

  private static func atom(_ number: Int, of set: OpaquePointer) -> [UInt32] {
    var length = 0
    guard let start = huiyin_patterns_atom(set, number, &length) else { return [] }
    let bytes = UnsafeRawBufferPointer(start: start, count: length)
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    return scalars.allSatisfy(isOneLetter) ? scalars.map(\.value) : []
  }

  /// Whether a folded text that RE2 holds to have a character, whatever its case, has just this one.
  /// k and s are also what the signs for kelvin and the long s count as.
  private static func isOneLetter(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value > 0, scalar != "k", scalar != "s" else { return false }
    let properties = scalar.properties
    return scalar.isASCII || !(properties.changesWhenCaseMapped || properties.changesWhenCaseFolded)
  }

  /// Adds a pattern; what is wrong with it where it is none.
  fileprivate static func add(_ pattern: String, to set: OpaquePointer) -> Phrase? {
    var folded = FoldedText.pattern(pattern)
    return folded.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 80) { piece in
        piece.initialize(repeating: 0)
        let fault = bytes.withMemoryRebound(to: CChar.self) {
          huiyin_patterns_add(set, $0.baseAddress, $0.count, piece.baseAddress, piece.count)
        }
        let written = piece.baseAddress.map { String(cString: $0) } ?? ""
        return Patterns.sentence(fault, piece: written)
      }
    }
  }

  private static func sentence(_ fault: huiyin_pattern_fault, piece: String) -> Phrase? {
    switch fault {
    case HUIYIN_PATTERN_FINE: nil
    case HUIYIN_PATTERN_BRACKET: Phrase(zh: "正则缺少“]”：\(piece)", en: "a ] is missing: \(piece)")
    case HUIYIN_PATTERN_PARENTHESIS:
      Phrase(zh: "正则的括号不成对：\(piece)", en: "parentheses do not pair: \(piece)")
    case HUIYIN_PATTERN_CLASS:
      Phrase(zh: "方括号里写错了：\(piece)", en: "what stands in brackets is wrong: \(piece)")
    case HUIYIN_PATTERN_ESCAPE:
      Phrase(
        zh: "反斜杠后面不对：\(piece)（不支持 \\1 一类的反向引用）",
        en: "what follows a backslash is wrong: \(piece) (there are no back references)")
    case HUIYIN_PATTERN_REPEAT:
      Phrase(
        zh: "重复写错了：\(piece)（* + ? {2,5} 前面要有字，次数不超过 1000）",
        en: "a repetition is wrong: \(piece) (* + ? {2,5} follow something; 1000 times at most)")
    case HUIYIN_PATTERN_LOOKAROUND:
      Phrase(
        zh: "不支持“\(piece)”：没有前后断言，请改用 none 或 not_after",
        en: "\"\(piece)\" is not understood: there are no look-arounds; use none or not_after")
    case HUIYIN_PATTERN_TOO_LARGE:
      Phrase(zh: "正则太大，请拆开或减少重复次数", en: "the pattern is too large; split it, or repeat less")
    default: Phrase(zh: "不是正则：\(piece)", en: "no regular expression: \(piece)")
    }
  }
}

extension Judge {
  /// What is wrong with a regular expression of a rule; nil where it can be looked for.
  package static func fault(inPattern pattern: String) -> Phrase? {
    guard let set = huiyin_patterns_open() else { return nil }
    defer { huiyin_patterns_free(set) }
    if let fault = Patterns.add(pattern, to: set) { return fault }
    var (start, end) = (0, 0)
    return huiyin_patterns_find(set, 0, "", 0, 0, &start, &end)
      ? Phrase(
        zh: "这条正则连空白也能命中，条条信息都会命中",
        en: "this pattern is met by an empty text, so every item would match") : nil
  }
}

extension FoldedText {
  /// A folded text in UTF-8, with the way back.
  struct Written {
    fileprivate(set) var bytes: [UInt8] = []
    /// For each byte, the code that it is a part of.
    fileprivate var codes: [Int32] = []

    /// The codes that some bytes are.
    func codes(of bytes: Range<Int>) -> Range<Int> {
      Int(codes[bytes.lowerBound])..<Int(codes[bytes.upperBound - 1]) + 1
    }
  }

  /// The codes as UTF-8.
  fileprivate var written: Written {
    var written = Written()
    written.bytes.reserveCapacity(count * 3)
    written.codes.reserveCapacity(count * 3)
    for index in 0..<count {
      guard let scalar = Unicode.Scalar(codes[index]) else { continue }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        written.bytes.append(byte)
        written.codes.append(Int32(index))
      }
    }
    return written
  }

  /// A pattern in the characters that a folded text has. Only what folding makes of one character is
  /// put in its place; ASCII is the pattern's own language and stays.
  fileprivate static func pattern(_ text: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard scalar.value > 0x7F, scalar.value < 0x10000,
        let other = Unicode.Scalar(FoldTable.shared.codes[Int(scalar.value)]),
        other.value != FoldTable.ignored, !(0xFDD0...0xFDEF).contains(other.value)
      else {
        folded.append(scalar)
        continue
      }
      let isMark = other.value < 0x80 && !other.properties.isAlphabetic && !isDigit(other)
      if isMark { folded.append("\\") }
      folded.append(other)
    }
    return String(folded)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }
}
