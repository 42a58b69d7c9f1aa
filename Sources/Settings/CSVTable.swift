import Vocabulary

/// A table of comma-separated values (RFC 4180), each cell with the places of its characters.
///
/// Beyond the RFC: a line that begins with `#` is a comment, and an empty one is none.
struct CSVTable {
  /// Where a character stands in the file, both counting from 1.
  struct Mark: Hashable {
    var line: Int
    var column: Int
  }

  /// One cell (单元格), without its quotes.
  struct Cell {
    /// Where it begins.
    let start: Mark
    var scalars: [Unicode.Scalar] = []
    /// The place of each.
    var marks: [Mark] = []

    var text: String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    }
  }

  private(set) var rows: [[Cell]] = []
  /// What is against the RFC.
  private(set) var faults: [(at: Mark, sentence: Phrase)] = []

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var mark = Mark(line: 1, column: 1)

  /// The table that a text holds.
  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    while index < scalars.count { readRow() }
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  private var isAtBreak: Bool { next == "\n" || next == "\r" || next == nil }

  private mutating func advance() {
    let scalar = scalars[index]
    index += 1
    // CR LF is one break.
    if scalar == "\n" || scalar == "\r" && next != "\n" {
      mark = Mark(line: mark.line + 1, column: 1)
    } else if scalar != "\r" {
      mark.column += 1
    }
  }

  private mutating func readRow() {
    var row: [Cell] = []
    if next == "#" {
      while !isAtBreak { advance() }
    } else {
      row.append(readCell())
      while next == "," {
        advance()
        row.append(readCell())
      }
    }
    if next == "\r" { advance() }
    if next == "\n" { advance() }
    if row.contains(where: { cell in !cell.text.allSatisfy(\.isWhitespace) }) { rows.append(row) }
  }

  private mutating func readCell() -> Cell {
    var cell = Cell(start: mark)
    if next == "\"" { readQuoted(into: &cell) }
    while let scalar = next, scalar != ",", !isAtBreak {
      cell.take(scalar, at: mark)
      advance()
    }
    return cell
  }

  private mutating func readQuoted(into cell: inout Cell) {
    let open = mark
    advance()
    while let scalar = next {
      let at = mark
      advance()
      guard scalar == "\"" else {
        cell.take(scalar, at: at)
        continue
      }
      guard next == "\"" else { return checkEnd() }
      cell.take(scalar, at: at)
      advance()
    }
    faults.append((open, Phrase(zh: "引号没有成对：缺右引号", en: "this quote is never closed")))
  }

  private mutating func checkEnd() {
    guard let scalar = next, scalar != ",", !isAtBreak else { return }
    faults.append(
      (
        mark,
        Phrase(
          zh: "右引号后面应是逗号或行尾；格里的引号要写两个",
          en:
            "a comma or the line's end must follow a closing quote; a quote in a cell is written twice"
        )
      ))
  }
}

extension CSVTable.Cell {
  fileprivate mutating func take(_ scalar: Unicode.Scalar, at mark: CSVTable.Mark) {
    scalars.append(scalar)
    marks.append(mark)
  }

  /// The place of a character; the cell's own where it has none.
  func mark(at index: Int) -> CSVTable.Mark {
    marks.indices.contains(index) ? marks[index] : start
  }
}
