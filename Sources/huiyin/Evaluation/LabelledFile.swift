import Vocabulary

/// A labelled file (标注文件): texts with what people made of them, as tab-separated UTF-8 with a line
/// that names its columns.
struct LabelledFile {
  /// A column that is read; any other is passed over.
  enum Column: String, CaseIterable {
    case title
    case body
    case topic
    case grade
    case kind
    case feed
  }

  /// A row that cannot be read, and why, without a word of it.
  struct Fault: Error {
    var sentence: Phrase
  }

  private let width: Int
  private let places: [Column: Int]

  /// A file by the line that names its columns.
  init(heading line: [UInt8]) throws(Fault) {
    let names = try LabelledFile.cells(of: line)
    width = names.count
    var places: [Column: Int] = [:]
    for (place, name) in names.enumerated() {
      guard let column = Column(rawValue: name) else { continue }
      guard places.updateValue(place, forKey: column) == nil else {
        throw Fault(sentence: Phrase(zh: "“\(name)”列重复", en: "two columns are called \(name)"))
      }
    }
    self.places = places
    guard has(.title) || has(.body) else {
      throw Fault(
        sentence: Phrase(zh: "表头里没有 title 或 body 列", en: "no column is called title or body"))
    }
    guard Aspect.allCases.contains(where: { has($0.column) }) else {
      throw Fault(
        sentence: Phrase(
          zh: "表头里没有 topic、grade 或 kind 列，无从对照",
          en: "no column is called topic, grade or kind: there is nothing to compare with"))
    }
  }

  /// Whether the file has a column.
  func has(_ column: Column) -> Bool { places[column] != nil }

  /// One row, whose grade is one.
  func row(_ line: [UInt8]) throws(Fault) -> LabelledRow {
    let cells = try LabelledFile.cells(of: line)
    guard cells.count == width else {
      throw Fault(
        sentence: Phrase(
          zh: "应有 \(width) 列，实有 \(cells.count) 列",
          en: "\(width) columns are wanted, and \(cells.count) are there"))
    }
    return try LabelledRow(cells: places.mapValues { cells[$0] })
  }

  private static func cells(of line: [UInt8]) throws(Fault) -> [String] {
    let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]
    guard let text = String(validating: line, as: UTF8.self) else {
      throw Fault(sentence: Phrase(zh: "应为 UTF-8 编码", en: "UTF-8 is wanted"))
    }
    return text.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false)
      .map { unescaped($0) }
  }

  /// A cell with `\t`, `\n` and `\\` as what they stand for; any other backslash is one.
  private static func unescaped(_ cell: Substring.UnicodeScalarView) -> String {
    guard cell.contains("\\") else { return String(cell) }
    let meanings: [Unicode.Scalar: Unicode.Scalar] = ["t": "\t", "n": "\n", "\\": "\\"]
    var text = String.UnicodeScalarView()
    var rest = cell
    while let scalar = rest.popFirst() {
      if scalar == "\\", let next = rest.first, let meaning = meanings[next] {
        text.append(meaning)
        rest.removeFirst()
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}

/// One text with its labels (标注条目).
struct LabelledRow {
  let title: String
  let body: String
  let feed: String?
  /// The labels that are there; an empty cell is none.
  let labels: [Aspect: String]

  fileprivate init(cells: [LabelledFile.Column: String]) throws(LabelledFile.Fault) {
    title = cells[.title] ?? ""
    body = cells[.body] ?? ""
    feed = cells[.feed].flatMap { $0.isEmpty ? nil : $0 }
    var labels: [Aspect: String] = [:]
    for aspect in Aspect.allCases {
      guard let label = cells[aspect.column], !label.isEmpty else { continue }
      guard !aspect.refuses(label) else {
        let label = Terminal.plain(label)
        throw LabelledFile.Fault(
          sentence: Phrase(
            zh: "\(aspect.column.rawValue) 列没有“\(label)”这个取值",
            en: "\(aspect.column.rawValue) has no value \"\(label)\""))
      }
      labels[aspect] = label
    }
    self.labels = labels
  }

  /// What shows a person which text it is: the title, or how the body begins.
  var heading: String {
    let title = title.trimmingPrefix { $0.isWhitespace }
    return String((title.isEmpty ? body.trimmingPrefix { $0.isWhitespace } : title).prefix(60))
  }
}
