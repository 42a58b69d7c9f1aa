internal import CRE2
package import Vocabulary

/// The regular expressions of a rule book, looked for together (正则匹配).
///
/// RE2 reads a text once for all of them, in time that grows with its length alone, and asks each that
/// is there for its places. They are read over the folded text, as words are: 停-水 matches 停水.
final class Patterns: @unchecked Sendable {
  // Unchecked: nothing is added once it is made, and RE2 lets any number of threads look then.

  /// How many places of one pattern in one field are kept where something is measured from them; each
  /// costs another look at the rest of the text.
  static let mostPlaces = 64

  private let set: OpaquePointer?
  private var numbers: [String: Int] = [:]

  /// How many different ones there are.
  var count: Int { numbers.count }

  /// The patterns of a rule book, whatever they are; one that is none is never there.
  init(_ patterns: some Sequence<String>) {
    set = huiyin_patterns_open()
    for pattern in patterns where numbers[pattern] == nil {
      guard let set, Patterns.add(pattern, to: set) == nil else { continue }
      numbers[pattern] = numbers.count
    }
    if let set, count > 0 { huiyin_patterns_close(set) }
  }

  deinit { huiyin_patterns_free(set) }

  /// A pattern's number, from 0; nil for what is none.
  func number(of pattern: String) -> Int? { numbers[pattern] }

  /// Tells the places of each pattern from front to back, as long as it answers true.
  func scan(_ text: FoldedText, _ found: (_ number: Int, Range<Int>) -> Bool) {
    guard let set, count > 0 else { return }
    let written = text.written
    written.bytes.withUnsafeBytes { raw in
      guard let start = raw.bindMemory(to: CChar.self).baseAddress else { return }
      for number in present(set, start, raw.count) {
        var from = 0
        for _ in 0..<Patterns.mostPlaces {
          var (begin, end) = (0, 0)
          guard huiyin_patterns_find(set, number, start, raw.count, from, &begin, &end),
            begin < end, found(number, written.codes(of: begin..<end))
          else { break }
          from = end
        }
      }
    }
  }

  private func present(
    _ set: OpaquePointer, _ text: UnsafePointer<CChar>, _ length: Int
  ) -> [Int] {
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: count) { flags in
      huiyin_patterns_match(set, text, length, flags.baseAddress)
      return flags.indices.filter { flags[$0] }
    }
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
    huiyin_patterns_close(set)
    var isEverywhere = false
    huiyin_patterns_match(set, "", 0, &isEverywhere)
    return isEverywhere
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
