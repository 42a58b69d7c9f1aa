import Vocabulary

extension DigestView {
  /// The digest for a terminal of 80 columns and for mail programs without HTML.
  var plainText: String {
    let head = ["\(heading.line(lang))  \(day)", period] + [trial].compactMap { $0 }
    let parts = [leads, head] + sections.map(\.plainLines)
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

extension DigestView.Section {
  fileprivate var plainLines: [String] {
    ["■ \(heading)"] + mentions.flatMap(\.plainLines) + (table?.plainLines ?? [])
      + lines.flatMap { $0.folded(78).map { "  \($0)" } }
  }
}

extension DigestView.Mention {
  fileprivate var plainLines: [String] {
    let first = head.isEmpty ? title : "\(head)  \(title)"
    let address = link.map { ["    \($0.address)"] } ?? []
    return ["  " + first.fitting(78)] + state.folded(76).map { "    \($0)" } + address
  }
}

extension DigestView.Table {
  fileprivate var plainLines: [String] {
    let head = "".inColumns(26) + columns.map { $0.rightAligned(14) }.joined()
    return [head]
      + groups.flatMap { group in
        ["  \(group.name)"] + group.rows.map(\.plainLine)
      }
  }
}

extension DigestView.Count {
  fileprivate var plainLine: String {
    "    " + label.inColumns(22) + numbers.map { String($0).rightAligned(14) }.joined()
  }
}
