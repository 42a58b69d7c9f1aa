import Foundation
import TestSupport
import Testing

/// Words that would have caught what the rules missed, through the real program.
@Suite struct `Suggested words` {
  private static let rules = """
    rules:
      - {id: gas, name: 燃气泄漏, topic: 安全生产, unit: 燃气, grade: major, any: [燃气泄漏]}
      - {id: water, name: 停水, topic: 城乡建设, unit: 燃气, grade: general, any: [停水]}
    """

  /// What was missed says 闻到臭鸡蛋味, what was caught wrongly is a drill.
  private static let labelled = """
    title\tbody\ttopic\tgrade
    燃气泄漏快来人\t\t安全生产\tmajor
    楼道里闻到臭鸡蛋味\t头很晕\t安全生产\tmajor
    半夜闻到臭鸡蛋味没人管\t\t安全生产\tmajor
    厨房里有臭鸡蛋味\t怎么办\t安全生产\tmajor
    燃气泄漏应急演练圆满结束\t\t\tnone
    我校举行燃气泄漏应急演练\t\t\tnone
    又停水了\t\t城乡建设\tgeneral
    路灯坏了\t楼道里黑\tnone\tgeneral
    垃圾桶臭\t\tnone\tgeneral
    """

  private func suggested(_ town: Town) async throws -> [[String: Any]] {
    try town.home.write(Self.rules, to: "Rules/gas.yaml")
    try town.home.write(Self.labelled + "\n", to: "labelled.tsv")
    let outcome = try await town.run(
      "rules", "--suggest", town.home.path("labelled.tsv"), "--json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require(try outcome.object["suggestions"] as? [[String: Any]])
  }

  private func part(
    _ parts: [[String: Any]], _ aspect: String, _ name: String, _ use: String
  ) -> [[String: Any]] {
    let found = parts.first {
      $0["aspect"] as? String == aspect && $0["name"] as? String == name
        && $0["use"] as? String == use
    }
    return found?["words"] as? [[String: Any]] ?? []
  }

  @Test func `are those that what was missed has and the rest has not`() async throws {
    let town = try await Town()
    let parts = try await suggested(town)
    let found = try #require(part(parts, "topic", "安全生产", "find").first)
    #expect(found["word"] as? String == "臭鸡蛋味")
    #expect(found["right"] as? [String] == ["3", "4", "5"])
    #expect(found["wrong"] as? [String] == [])
    // 臭 stands in one that is none, and 楼道 in as many wrong as right: neither is any use.
    #expect(!part(parts, "topic", "安全生产", "find").contains { $0["word"] as? String == "楼道里" })
    #expect(part(parts, "grade", "major", "find").first?["word"] as? String == "臭鸡蛋味")
  }

  @Test func `exclude what was caught wrongly, and not what was caught rightly`() async throws {
    let town = try await Town()
    let words = part(try await suggested(town), "grade", "major", "exclude")
    #expect(words.first?["word"] as? String == "燃气泄漏应急演练")
    #expect(words.first?["right"] as? [String] == ["6", "7"])
    #expect(!words.contains { $0["word"] as? String == "燃气泄漏" })
  }

  @Test func `come from what officers said of alerts, and name the alert alone`() async throws {
    let town = try await Town(threads: 6)
    _ = try await town.run("run", "--once")
    let listed = try json(try await town.run("alerts", "--json").output) as? [[String: Any]]
    let ids = (listed ?? []).compactMap { $0["id"] as? String }.sorted()
    #expect(try await town.run("rules", "--suggest-marked").output.contains("没有可建议的词"))
    for id in ids[0...2] {
      #expect(try await town.run("ack", id, "--false-alarm", "--reason", "演练").code == 0)
    }
    let outcome = try await town.run("rules", "--suggest-marked", "--json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let parts = try #require(try outcome.object["suggestions"] as? [[String: Any]])
    let words = part(parts, "grade", "major", "exclude")
    #expect(words.first?["right"] as? [String] == Array(ids[0...2]))
    let sheet = try await town.run("rules", "--suggest-marked")
    #expect(tooWide(sheet.output) == [] && sheet.output.contains("多判 3 条"))
  }

  @Test func `are read in eighty columns, and refuse what cannot be read`() async throws {
    let town = try await Town()
    _ = try await suggested(town)
    let sheet = try await town.run("rules", "--suggest", town.home.path("labelled.tsv"))
    #expect(tooWide(sheet.output) == [])
    #expect(sheet.output.contains("问题类别“安全生产”漏了 3 条"), "\(sheet.output)")
    try town.home.write("title\tgrade\n停水\tgrave\n", to: "wrong.tsv")
    #expect(try await town.run("rules", "--suggest", town.home.path("wrong.tsv")).code == 1)
    #expect(try await town.run("rules", "--suggest", "x.tsv", "--suggest-marked").code == 2)
    #expect(try await town.run("rules", "--suggest", town.home.path("absent.tsv")).code == 3)
  }
}
