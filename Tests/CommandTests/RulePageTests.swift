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

@Suite struct `The rules' own page` {
  private static let rows: [PageRow] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try? String(contentsOf: root.appending(path: "Rules/README.md"), encoding: .utf8)
    return (page ?? "").split(separator: "\n").compactMap { PageRow($0) }
  }()

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
}
