import Foundation
import TestSupport
import Testing

/// How the rules do on a town that was read, through the real program.
@Suite struct `The report on rules` {
  private static let rules = """
    rules:
      - {id: gas, name: 燃气泄漏, topic: 安全生产, unit: 燃气, grade: major, any: [燃气泄漏, 煤气中毒]}
      - {id: parking, name: 停车, topic: 交通运输, grade: none, any: [停车], all: [找不到]}
      - {id: water, name: 停水, topic: 城乡建设, unit: 燃气, grade: general, all: [停水, 三天]}
      - {id: roof, name: 漏雨, topic: 城乡建设, unit: 燃气, grade: general, any: [漏雨]}
      - {id: smell, name: 异味, topic: 环境保护, grade: none, any: [燃气泄漏]}
    """

  private func town() async throws -> Town {
    let town = try await Town(threads: 6)
    try town.home.write(Self.rules, to: "Rules/gas.yaml")
    _ = try await town.run("run", "--once")
    return town
  }

  @Test func `says what each met, what never met anything, and what people made of it`()
    async throws
  {
    let town = try await town()
    let alerts = try json(try await town.run("alerts", "--json").output) as? [[String: Any]]
    let ids = (alerts ?? []).compactMap { $0["id"] as? String }.sorted()
    #expect(try await town.run("ack", ids[0], "--false-alarm", "--reason", "演练").code == 0)
    #expect(try await town.run("ack", ids[1]).code == 0)
    let report = try await town.run("rules", "--json").object
    #expect(report["items"] as? Int == 6)
    let rules = try #require(report["rules"] as? [[String: Any]])
    let gas = try #require(rules.first { $0["rule"] as? String == "gas" })
    #expect(gas["hits"] as? Int == 6 && gas["led"] as? Int == 6 && gas["alerts"] as? Int == 6)
    #expect(gas["falseAlarms"] as? Int == 1 && gas["confirmed"] as? Int == 1)
    #expect((gas["byDay"] as? [Int])?.last == 6)
    #expect(gas["deadWords"] as? [String] == ["煤气中毒"])
    #expect(rules.first { $0["rule"] as? String == "roof" }?["hits"] as? Int == 0)
    let overlap = try #require((report["overlaps"] as? [[String: Any]])?.first)
    #expect(overlap["rule"] as? String == "smell" && overlap["with"] as? String == "gas")
    #expect(overlap["shadowed"] as? Bool == true)
  }

  @Test func `is read in eighty columns`() async throws {
    let town = try await town()
    let outcome = try await town.run("rules")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(tooWide(outcome.output) == [])
    for words in [
      "一条也没有命中的规则（3）", "  parking water roof", "有命中的规则里从未出现的词（1）", "gas：煤气中毒",
      "smell 的 6 次命中全被 gas 盖过",
    ] {
      #expect(outcome.output.contains(words), "\(words)\n\(outcome.output)")
    }
  }

  @Test func `shows near misses, and what no rule graded for somebody to look at`() async throws {
    let town = try await Town()
    _ = try WhyNotTold(town)
    try town.home.write(Self.rules, to: "Rules/gas.yaml")
    _ = try await town.run("run", "--once")
    let outcome = try await town.run("rules")
    #expect(outcome.output.contains("险些命中"), "\(outcome.output)")
    #expect(outcome.output.contains("water 1：差 三天 1"))
    #expect(outcome.output.contains("本周请看") && outcome.output.contains("夸一夸"))
    // The same in one week.
    #expect(try await town.run("rules").output == outcome.output)
  }

  @Test func `proposes names of places that the set-up does not know`() async throws {
    let town = try await Town()
    _ = try WhyNotTold(town)
    try town.web.pages.write(
      """
      <html><meta charset=utf-8><body><h1>燃气泄漏</h1><div class=content>我们住在青溪花园小区，旁边是柳林路，
      小区里燃气泄漏，村里、路上都闻得到，竹园镇没人来。</div></body></html>
      """, to: "t/1")
    try town.home.write(
      try town.home.read("huiyin.yaml") + "\nplaces: [青川区, 竹园镇]\n", to: "huiyin.yaml")
    _ = try await town.run("run", "--once")
    let report = try await town.run("rules", "--json").object
    let places = try #require(report["places"] as? [[String: Any]])
    let names = Set(places.compactMap { $0["name"] as? String })
    #expect(names.isSuperset(of: ["青溪花园小区", "柳林路"]), "\(names)")
    #expect(names.isDisjoint(with: ["竹园镇", "小区", "村", "路", "青溪花园"]), "\(names)")
    let estate = try #require(places.first { $0["name"] as? String == "青溪花园小区" })
    #expect((estate["items"] as? Int ?? 0) >= 1 && (estate["alerts"] as? [String])?.count == 1)
    let page = try await town.run("rules")
    #expect(page.output.contains("像地名、places 里没有的"), "\(page.output)")
    #expect(page.output.contains("青溪花园小区 1"))
    #expect(tooWide(page.output) == [])
  }
}
