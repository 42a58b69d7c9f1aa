import Foundation
import TestSupport
import Testing

/// One row of the rules' own page: a part of a rule, a text that it matches and one that it does not.
private struct PageRow {
  var key: String
  var yaml: String
  var match: String
  var skip: String

  /// The row of a line of the table whose third cell is an example.
  init?(_ line: Substring) {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count == 7, cells[3].hasPrefix("`"), cells[3].hasSuffix("`") else { return nil }
    key = cells[1].filter { $0 != "`" }
    yaml = String(cells[3].dropFirst().dropLast())
    (match, skip) = (cells[4], cells[5])
  }

  /// The row as a rule that carries its texts as examples.
  func rule(_ number: Int) -> String {
    let condition = yaml.hasPrefix("{") ? String(yaml.dropFirst().dropLast()) : yaml
    let skipped = skip.isEmpty ? "" : ", skip: [\"\(skip)\"]"
    return "  - {id: r\(number), grade: general, \(condition), "
      + "examples: {match: [\"\(match)\"]\(skipped)}}\n"
  }
}

/// One row of the second table: what a rule says of what it matches, a text, and what comes of it.
private struct ResultRow {
  var yaml: String
  var text: String
  /// What the verdict must say, by key.
  var results: [(key: String, value: String)]

  init?(_ line: Substring) {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count == 8, cells[4].hasPrefix("`{"), cells[4].hasSuffix("}`") else { return nil }
    yaml = String(cells[4].dropFirst(2).dropLast(2))
    text = cells[5]
    results = cells[6].components(separatedBy: ", ").compactMap { pair in
      let parts = pair.components(separatedBy: ": ")
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
  }

  /// The keys of the example, the outermost ones.
  var keys: [String] {
    yaml.components(separatedBy: ", ").compactMap { $0.components(separatedBy: ": ").first }
  }

  /// The row as a rule by itself.
  var rules: String {
    let id = keys.contains("id") ? "" : "id: r, "
    let grade = keys.contains("grade") ? "" : "grade: general, "
    return "rules:\n  - {\(id)\(grade)\(yaml)}\n"
  }
}

@Suite struct `The rules' own page` {
  private static let results: [ResultRow] = page.split(separator: "\n").compactMap { ResultRow($0) }

  private static let page: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try? String(contentsOf: root.appending(path: "Rules/README.md"), encoding: .utf8)
    return page ?? ""
  }()
  private static let rows: [PageRow] = page.split(separator: "\n").compactMap { PageRow($0) }

  @Test func `says of each key what it does, and it does`() async throws {
    let room = try DutyRoom()
    let rules = Self.rows.enumerated().map { $1.rule($0) }.joined()
    try room.home.write("rules:\n" + rules, to: "Rules/all.yaml")
    let outcome = try await room.run("check")
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(outcome.errors.contains("规则 \(Self.rows.count) 条"))
  }

  @Test func `has every key that decides what matches`() {
    let keys = Set(Self.rows.map(\.key))
    let all: Set = [
      "any", "all", "none", "near", "count", "not_after", "in", "pattern", "raise", "weight",
    ]
    #expect(keys.isSuperset(of: all), "\(all.subtracting(keys))")
  }

  @Test func `says of the other keys what comes of them, and it does`() async throws {
    let keys = Set(Self.results.flatMap(\.keys))
    let all: Set = ["id", "name", "grade", "topic", "kind", "unit", "assist", "examples"]
    #expect(keys.isSuperset(of: all), "\(all.subtracting(keys))")
    let room = try DutyRoom()
    for row in Self.results {
      try room.home.write(row.rules, to: "Rules/all.yaml")
      let checked = try await room.run("check")
      #expect(checked.code == 0, "\(checked.output)")
      let outcome = try await room.run(
        "judge", "-", input: "{\"id\": \"1\", \"title\": \"\(row.text)\"}\n")
      let verdict = try outcome.object
      #expect(!row.results.isEmpty)
      for (key, value) in row.results {
        let evidence = (verdict["evidence"] as? [[String: Any]])?.first
        let said = key == "rule" ? evidence?["rule"] : verdict[key]
        let shown = (said as? [String])?.joined(separator: "、") ?? said as? String ?? "无"
        #expect(shown == value, "\(row.yaml): \(key)")
      }
    }
  }
}
