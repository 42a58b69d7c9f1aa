import Vocabulary

extension DigestView {
  /// The digest for a terminal of 80 columns and for mail programs without HTML.
  var plainText: String {
    let head = ["\(heading.line(lang))  \(day)", period] + remarks.flatMap { $0.folded(78) }
    let parts =
      [leads.flatMap { $0.folded(78) }, head] + sections.map(\.plainLines) + [foot.folded(78)]
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

extension DigestView.Section {
  fileprivate var plainLines: [String] {
    ["■ \(heading)"] + mentions.flatMap(\.plainLines) + tables.flatMap(\.plainLines)
      + lines.flatMap { $0.folded(78).map { "  \($0)" } }
  }
}

extension DigestView.Table {
  fileprivate var plainLines: [String] {
    let head = "  " + (name ?? "").inColumns(24)
    return [head + columns.map { $0.rightAligned(width) }.joined()] + rows.map { $0.plain(width) }
  }

  private var width: Int { isCharted ? 13 : min(14, 50 / max(1, columns.count)) }
}

extension DigestView.Count {
  /// The bar stands behind the numbers, so that they are aligned whatever its blocks are wide.
  fileprivate func plain(_ width: Int) -> String {
    let blocks = bar.map { String(repeating: "▇", count: max(1, $0.share * 6 / 100)) } ?? ""
    return
      ("    " + label.inColumns(22)
      + cells.map { cell in
        cell.columns < width ? cell.rightAligned(width) : " \(cell)"
      }.joined() + "  "
      + blocks).trimmed
  }
}
