/// The rows of the tables of a page (HTML 表格): what many systems export under the name `.xls`.
enum HTMLTable {
  /// More cells than any sheet has across.
  private static let widest = 256

  /// Hands over each row, numbered from 1, until no more are wanted.
  static func read(_ document: Document, _ take: (Int, [String]) -> Bool) {
    var number = 0
    // Columns that a cell above reaches down into, and for how many more rows.
    var held: [Int: Int] = [:]
    var next: Node? = document.root
    while let node = next {
      if node.tag == Tag("tr") {
        number += 1
        guard take(number, cells(of: node, &held)) else { return }
      } else if node.tag == Tag("table") {
        held = [:]
      }
      next = node.following(within: document.root)
    }
  }

  private static func cells(of row: Node, _ held: inout [Int: Int]) -> [String] {
    var cells: [String] = []
    func skipHeld() {
      while let left = held[cells.count], left > 0, cells.count < widest {
        held[cells.count] = left - 1
        cells.append("")
      }
    }
    var child = row.firstChild
    while let cell = child, cells.count < widest {
      child = cell.next
      guard cell.tag == Tag("td") || cell.tag == Tag("th") else { continue }
      skipHeld()
      let (across, down) = (span(cell, "colspan"), span(cell, "rowspan"))
      let text = PlainText.of(cell, keepingAuthors: true)
      for place in 0..<min(across, widest - cells.count) {
        if down > 1 { held[cells.count] = down - 1 }
        cells.append(place == 0 ? text : "")
      }
    }
    skipHeld()
    return cells
  }

  private static func span(_ cell: Node, _ name: StaticString) -> Int {
    guard let bytes = cell.bytes(of: name) else { return 1 }
    return max(1, min(widest, Int(String(decoding: bytes, as: UTF8.self)) ?? 1))
  }
}
