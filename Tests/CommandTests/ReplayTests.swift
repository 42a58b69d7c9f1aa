import Foundation
import TestSupport
import Testing

/// Changed rules over a town that was read under others, through the real program.
@Suite struct `Changed rules over what is stored` {
  private static let changed = """
    rules:
      - {id: gas, name: 燃气泄漏, topic: 安全生产, unit: 燃气, grade: considerable, any: [燃气泄漏]}
      - {id: parking, name: 停车, topic: 城乡建设, unit: 燃气, grade: general, any: [停车]}
      - {id: sky, name: 晚霞, topic: 交通运输, grade: none, any: [晚霞]}
    """

  private func town() async throws -> Town {
    let town = try await Town()
    _ = try WhyNotTold(town)
    _ = try await town.run("run", "--once")
    try town.home.write(Self.changed, to: "New/rules.yaml")
    return town
  }

  /// The alerts as they stand, without what passes with time.
  private func told(_ town: Town) async throws -> [[String]] {
    let alerts = try json(try await town.run("alerts", "--json").output) as? [[String: Any]]
    return (alerts ?? []).map { alert in
      ["id", "grade", "unit", "state", "reason"].map { "\(alert[$0] ?? "")" }
    }
  }

  @Test func `say what would be graver, milder, raised or sent elsewhere`() async throws {
    let town = try await town()
    let outcome = try await town.run("replay", "--against", town.home.path("New"))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(tooWide(outcome.output) == [])
    for line in [
      "  重大舆情 → 较大舆情          3", "不再判为重大（", "原不预警，现预警（1）", "问题类别改变（",
      "parking：停车", "夸一夸",
    ] {
      #expect(outcome.output.contains(line), "\(line)\n\(outcome.output)")
    }
    let object = try await town.run("replay", "--json", "--against", town.home.path("New")).object
    let counts = try #require(object["counts"] as? [String: Int])
    #expect(counts["newlyMajor"] == 0 && counts["newlyRaised"] == 1 && counts["unit"] == 0)
    #expect(object["applied"] as? Bool == false)
    // Looking has changed nothing.
    let again = try await town.run("replay", "--json").object
    #expect((again["changes"] as? [Any])?.isEmpty == true)
  }

  @Test func `are written down when asked, and raise nothing`() async throws {
    let town = try await town()
    let mails = town.home.names(in: "outbox/new").count
    let alerts = try await told(town)
    try town.home.write(Self.changed, to: "Rules/gas.yaml")
    let outcome = try await town.run("replay", "--apply", "--json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let count = (try outcome.object["changes"] as? [Any])?.count ?? 0
    #expect(count > 3)
    let again = try await town.run("replay", "--json").object
    #expect((again["changes"] as? [Any])?.isEmpty == true)
    _ = try await town.run("run", "--once")
    #expect(town.home.names(in: "outbox/new").count == mails)
    #expect(try await told(town) == alerts)
    let course = try await town.run("alerts", "--url", "http://\(town.web.host)/t/4").output
    #expect(course.contains("规则改动后重新研判，不追发通知"), "\(course)")
  }

  @Test func `do not show what only the supervising office may read`() async throws {
    let town = try await town()
    try town.home.write(
      Self.changed.replacing("id: gas,", with: "id: gas, kind: conduct,"), to: "New/rules.yaml")
    let outcome = try await town.run("replay", "--against", town.home.path("New"))
    #expect(outcome.output.contains("（检举控告或疑似，不显示内容）"), "\(outcome.output)\(outcome.errors)")
    #expect(!outcome.output.contains("幸福路"))
  }

  @Test func `that are wrong are refused with their places`() async throws {
    let town = try await town()
    try town.home.write("rules:\n  - {id: gas, grade: majr, any: [燃气]}\n", to: "New/rules.yaml")
    let outcome = try await town.run("replay", "--against", town.home.path("New"))
    #expect(outcome.code == 1 && outcome.output.contains("New/rules.yaml:2:"))
    #expect(try await town.run("replay", "--against", town.home.path("Nowhere")).code == 1)
    #expect(try await town.run("replay", "--apply", "--against", "x").code == 2)
    #expect(try await town.run("replay", "--days", "0").code == 2)
  }
}
