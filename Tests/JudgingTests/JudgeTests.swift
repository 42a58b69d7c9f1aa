import Judging
import Testing
import Vocabulary

@Suite struct `A judge` {
  @Test(arguments: [
    ("小区停水", true), ("停水", false), ("小区", false), ("小区停水，已恢复供水", false),
    ("小区断水", true), ("", false),
  ])
  func `wants any, every and none of a condition's words`(title: String, isMatch: Bool) {
    let rule = Rule.sample("r", any: ["停水", "断水"], all: ["小区"], none: ["恢复供水"])
    #expect(Judge(.sample(rule)).verdict(title).grade == (isMatch ? .general : .none))
  }

  @Test func `looks for a condition's parts in both fields together`() {
    let rule = Rule.sample("r", any: ["停水"], all: ["小区"], none: ["检修"])
    let judge = Judge(.sample(rule))
    #expect(judge.verdict("停水", body: "小区").grade == .general)
    #expect(judge.verdict("停水小区", body: "检修").grade == .none)
  }

  @Test func `looks only where the rule says`() {
    let rule = Rule.sample("r", any: ["停水"], none: ["检修"], fields: [.title])
    let judge = Judge(.sample(rule))
    #expect(judge.verdict("", body: "停水").grade == .none)
    #expect(judge.verdict("停水", body: "停水检修").evidence.map(\.field) == [.title])
  }

  @Test func `is content with only all, or only near`() {
    let book = RuleBook.sample(
      .sample("all", any: [], all: ["学校", "停课"]),
      .sample("near", near: .init(words: ["自来水", "发臭"], within: 4)))
    let judge = Judge(book)
    #expect(judge.verdict("学校停课").evidence.map(\.rule.rawValue) == ["all", "all"])
    #expect(judge.verdict("自来水发臭").evidence.map(\.rule.rawValue) == ["near", "near"])
  }

  @Test(arguments: [
    Rule.sample("r"), .sample("r", none: ["甲"]),
    .sample("r", near: .init(words: [], within: 3)), .sample("r", any: [""]),
  ])
  func `matches nothing with a condition that asks nothing`(rule: Rule) {
    let verdict = Judge(.sample(rule)).verdict("停水", body: "停电")
    #expect(verdict.grade == .none)
    #expect(verdict.nearMisses.isEmpty)
  }

  @Test func `stops only the rule whose exclusion is there`() {
    let book = RuleBook.sample(
      .sample("water", any: ["停水"], none: ["检修"]), .sample("fault", any: ["停水"]))
    let verdict = Judge(book).verdict("停水检修")
    #expect(verdict.evidence.map(\.rule.rawValue) == ["fault"])
    #expect(
      verdict.nearMisses == [
        NearMiss(rule: Rule.ID(rawValue: "water"), missing: [], excludedBy: ["检修"])
      ])
  }

  @Test(arguments: [
    ("停水", Grade.general), ("停水三天", .considerable), ("停水三天，有人中毒", .major),
    ("停水，有人中毒", .major), ("有人中毒", .none), ("停水，中毒演练", .general),
    ("停水，全村老人", .considerable), ("停水，老人", .general),
  ])
  func `raises the grade where a raise's condition holds too`(title: String, grade: Grade) {
    let rule = Rule.sample(
      "r", any: ["停水"],
      raises: [
        .init(grade: .major, condition: .init(any: ["中毒"], none: ["演练"])),
        .init(grade: .considerable, condition: .init(any: ["三天"])),
        .init(grade: .considerable, condition: .init(any: ["老人"], all: ["全村"])),
        .init(grade: .major, condition: .init(none: ["无"])),
      ])
    #expect(Judge(.sample(rule)).verdict(title).grade == grade)
  }

  @Test func `never lowers a grade by a raise`() {
    let rule = Rule.sample(
      "r", .major, any: ["爆炸"],
      raises: [.init(grade: .general, condition: .init(any: ["小区"]))])
    #expect(Judge(.sample(rule)).verdict("小区爆炸").grade == .major)
  }

  @Test func `grades an item by its gravest rule`() {
    let book = RuleBook.sample(
      .sample("a", any: ["停水"]), .sample("b", .major, any: ["中毒"]),
      .sample("c", .considerable, any: ["全村"]))
    #expect(Judge(book).verdict("全村停水中毒").grade == .major)
  }

  @Test func `lets a rule of grade none name a topic and raise nothing`() {
    let book = RuleBook.sample(
      .sample("t", .none, any: ["公交"], topic: "交通运输"), defaultUnit: "区信访局")
    let verdict = Judge(book).verdict("公交")
    #expect(verdict.grade == .none)
    #expect(verdict.topic?.rawValue == "交通运输")
    #expect(verdict.unit == nil)
    #expect(verdict.kind == .other)
  }

  @Test func `counts an item as ours only where it names one of our places`() {
    let rule = Rule.sample("r", any: ["停水"], unit: "区水务局")
    let judge = Judge(.sample(rule, places: ["竹园镇"]))
    let foreign = judge.verdict(on: .sample("邻县停水"), from: .open)
    #expect(foreign.grade == .none)
    #expect(foreign.ground == .unknown)
    #expect(foreign.unit == nil)
    #expect(foreign.evidence.map(\.keyword) == ["停水"])
    let named = judge.verdict(on: .sample("停水", body: "在竹 園镇"), from: .open)
    #expect(named.ground == .ours)
    #expect(named.grade == .general)
    #expect(judge.verdict("邻县停水").ground == .ours)
  }

  @Test func `says under which rule book, and on how much of the item, it judged`() {
    var item = Item.sample("停水")
    item.basis = .titleOnly
    let judge = Judge(.sample(.sample("r", any: ["停水"])))
    let verdict = judge.verdict(on: item, from: .ours(nil))
    #expect(verdict.ruleBook == judge.version)
    #expect(verdict.basis == .titleOnly)
    #expect(verdict.item == item.id)
  }
}
