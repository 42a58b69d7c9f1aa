import Testing

/// The rows of GLOSSARY.md whose first column is a type's name in backticks.
private func terms(in glossary: String) -> [(name: String, chinese: String)] {
  glossary.split(separator: "\n").compactMap { line in
    let cells = line.split(separator: "|").map { $0.trimmed }
    guard line.hasPrefix("| `"), cells.count == 3 else { return nil }
    return (cells[0].filter { $0 != "`" }, cells[1])
  }
}

/// The nouns: what Vocabulary declares at the top of its files for the other targets.
private func nouns(in files: [SourceFile]) -> Set<String> {
  let all = files.filter { $0.target == "Vocabulary" }.flatMap(\.declarations)
  return Set(all.filter { $0.isType && $0.isPackage && $0.depth == 0 }.map(\.name))
}

@Suite struct `The glossary` {
  private let terms = HouseTests.terms(in: House.text("GLOSSARY.md"))

  @Test func `has every noun of the vocabulary`() {
    #expect(nouns(in: House.sources).subtracting(terms.map(\.name)).isEmpty)
  }

  @Test func `has no term that is not a type`() {
    let types = Set(House.sources.flatMap(\.declarations).filter(\.isType).map(\.name))
    #expect(Set(terms.map(\.name)).subtracting(types).isEmpty)
  }

  @Test func `says each term once, and in Chinese`() {
    #expect(Set(terms.map(\.name)).count == terms.count)
    #expect(terms.filter { !$0.chinese.contains { ("一"..."龥").contains($0) } }.isEmpty)
  }

  @Test func `is read row by row`() {
    let table = "| noun | 中文 | meaning |\n| --- | --- | --- |\n| `Item` | 舆情信息 | a post |"
    #expect(HouseTests.terms(in: table).map(\.name) == ["Item"])
    let file = SourceFile(
      path: "Sources/Vocabulary/A.swift",
      text: "package struct Item { package enum Basis {} }\nstruct Private {}")
    #expect(nouns(in: [file]) == ["Item"])
  }
}

extension Substring {
  /// Without the blanks at both ends.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
