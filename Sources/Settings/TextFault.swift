import Vocabulary

extension Manuscript {
  /// Bytes that are no text, or a character that nobody can see.
  struct Fault {
    var line: Int
    var column: Int
    var sentence: Phrase
  }

  /// The first thing in a file that keeps it from being read as text.
  static func fault(in bytes: ArraySlice<UInt8>) -> Fault? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return Fault(line: 1, column: 1, sentence: utf16)
    }
    var (line, column, decoder) = (1, 1, UTF8())
    var rest = bytes.makeIterator()
    var before: Unicode.Scalar = " "
    var traces = ShortWordTraces()
    while true {
      switch decoder.decode(&rest) {
      case .emptyInput:
        return traces.place.map { Fault(line: $0.line, column: $0.column, sentence: notUTF8) }
      case .error: return Fault(line: line, column: column, sentence: notUTF8)
      case .scalarValue(let scalar):
        if let sentence = hidden(scalar) {
          return Fault(line: line, column: column, sentence: sentence)
        }
        traces.note(scalar, line, column)
        let isBreak = scalar == "\n" || scalar == "\r"
        // CR LF is one break.
        if isBreak, !(scalar == "\n" && before == "\r") { line += 1 }
        column = isBreak ? 1 : column + 1
        before = scalar
      }
    }
  }

  private static let notUTF8 = Phrase(
    zh: "文件不是 UTF-8 编码（多半是 GBK）：请用编辑器“另存为”，编码选 UTF-8",
    en: "not UTF-8 (most likely GBK): save the file again with the encoding UTF-8")

  private static let utf16 = Phrase(
    zh: "文件是 UTF-16 编码（记事本里叫 Unicode）：请“另存为”，编码选 UTF-8",
    en: "UTF-16, which Notepad calls Unicode: save the file again with the encoding UTF-8")

  private static func hidden(_ scalar: Unicode.Scalar) -> Phrase? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: return nil
    // Control characters, line separators, marks that turn the direction or have no width.
    case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
      0xFFFE, 0xFFFF:
      let code = String(scalar.value, radix: 16, uppercase: true)
      let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
      return Phrase(
        zh: "这里有一个看不见的字符 \(name)，请删除", en: "an invisible character, \(name): delete it")
    default: return nil
    }
  }
}

/// Signs that a short GBK text happens to be valid UTF-8: 停水 in GBK reads as two marks of
/// phonetic script, which no set-up holds, and nothing in it reads as Chinese.
private struct ShortWordTraces {
  private var first: (line: Int, column: Int)?
  private var hasWideScalars = false

  var place: (line: Int, column: Int)? { hasWideScalars ? nil : first }

  mutating func note(_ scalar: Unicode.Scalar, _ line: Int, _ column: Int) {
    if scalar.value >= 0x800 { hasWideScalars = true }
    if first == nil, (0x250..<0x370).contains(scalar.value) { first = (line, column) }
  }
}
