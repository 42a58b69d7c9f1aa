import Yams

/// A file's lines, searched for what a Chinese keyboard leaves in them (行); all counting from 1.
struct FileLines {
  private let lines: [[Unicode.Scalar]]

  init(_ text: String) {
    // CR LF is one `Character` and so one break.
    let breaks: Set<Character> = ["\n", "\r\n", "\r"]
    lines = text.split(omittingEmptySubsequences: false) { breaks.contains($0) }
      .map { Array($0.unicodeScalars) }
  }

  var count: Int { lines.count }

  func scalar(at mark: Mark) -> Unicode.Scalar? {
    guard mark.line <= lines.count, mark.column <= lines[mark.line - 1].count else { return nil }
    return lines[mark.line - 1][mark.column - 1]
  }

  /// The column where a line begins, if it is a key set deeper than the `key: value` before it.
  func overhang(at mark: Mark) -> Int? {
    guard mark.line > 1, mark.line <= lines.count else { return nil }
    let (before, line) = (lines[mark.line - 2], lines[mark.line - 1])
    let (outer, inner) = (depth(of: before), depth(of: line))
    let isKey = !line[inner..<min(mark.column - 1, line.count)].contains(":")
    return isKey && inner > outer && before.contains(":") ? inner + 1 : nil
  }

  private func depth(of line: [Unicode.Scalar]) -> Int {
    line.firstIndex { $0 != " " } ?? line.count
  }

  /// The column of a tab before a line's first word.
  func tab(in line: Int) -> Int? {
    lines[line - 1].prefix { $0 == " " || $0 == "\t" }.firstIndex(of: "\t").map { $0 + 1 }
  }

  /// The column of a full-width colon right after a line's first word, if that could be a key.
  func colon(in line: Int) -> Int? {
    let scalars = lines[line - 1]
    guard let end = endOfKey(in: scalars), scalars[end] == "：" else { return nil }
    return end + 1
  }

  /// The column of a colon right after a line's first word that touches what follows, as long as
  /// the two cannot be the beginning of an address.
  func tightColon(in line: Int) -> Int? {
    let scalars = lines[line - 1]
    guard let end = endOfKey(in: scalars), scalars[end] == ":", end + 1 < scalars.count,
      !" /\t".unicodeScalars.contains(scalars[end + 1])
    else { return nil }
    return end + 1
  }

  /// Whether the last thing before a mark is a quotation mark.
  func followsQuote(_ mark: Mark) -> Bool {
    guard mark.line <= lines.count else { return false }
    let before = lines[mark.line - 1].prefix(mark.column - 1).last { $0 != " " }
    return before == "\"" || before == "'"
  }

  /// Where the first word of a line ends, if something follows it.
  private func endOfKey(in scalars: [Unicode.Scalar]) -> Int? {
    let start = scalars.firstIndex { !" -\t{".unicodeScalars.contains($0) } ?? scalars.count
    let word = scalars[start...].prefix { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_") }
    return !word.isEmpty && word.endIndex < scalars.count ? word.endIndex : nil
  }

  /// The column of a full-width comma in a bracket, outside quotes and comments.
  func comma(in line: Int) -> Int? {
    var (depth, quote) = (0, Unicode.Scalar?.none)
    for (index, scalar) in lines[line - 1].enumerated() {
      if let open = quote {
        if scalar == open { quote = nil }
        continue
      }
      switch scalar {
      case "\"", "'": quote = scalar
      case "#": return nil
      case "[", "{": depth += 1
      case "]", "}": depth -= 1
      case "，" where depth > 0: return index + 1
      default: break
      }
    }
    return nil
  }
}
