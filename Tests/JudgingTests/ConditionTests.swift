import Judging
import Testing
import Vocabulary

@Suite struct `A context` {
  private func rule(_ contexts: Rule.Context..., raises: [Rule.Raise] = []) -> Rule {
    var rule = Rule.sample("r", any: ["着火", "起火点"], none: ["辟谣"], raises: raises)
    rule.condition.contexts = contexts
    return rule
  }

  @Test(arguments: [
    ("厂房着火", true), ("万一着火怎么办", false), ("万一晚上厂房着火", false), ("万一，厂房着火", true),
    ("万一这一大片老旧的厂房着火", true), ("演练结束。厂房着火", true), ("演练\n着火", true), ("演练、着火", false),
    ("万一着火，结果昨晚厂房真的着火", true), ("着火，万一再来呢", true), ("萬-一着-火", false), ("查找起火点", true),
    ("万一着火万一着火", false), ("", false),
  ])
  func `keeps words in or right after it from counting`(title: String, isMatch: Bool) {
    let judge = Judge(.sample(rule(Rule.Context(words: ["万一", "演练"]))))
    #expect((judge.verdict(title).grade == .general) == isMatch)
    #expect((judge.verdict("", body: title).grade == .general) == isMatch)
  }

  @Test func `holds what it contains, and not what contains it`() {
    let judge = Judge(.sample(rule(Rule.Context(words: ["着火点", "着"], within: 0))))
    #expect(judge.verdict("着火点不明").grade == .none)
    #expect(judge.verdict("着火了").grade == .general)
  }

  @Test func `reaches as far as it says`() {
    let judge = Judge(.sample(rule(Rule.Context(words: ["没有"], within: 2))))
    #expect(judge.verdict("没有发生着火").grade == .none)
    #expect(judge.verdict("没有人来管着火").grade == .general)
  }

  @Test func `counts every place of a word, not the first few`() {
    let judge = Judge(.sample(rule(Rule.Context(words: ["万一"]))))
    let text = String(repeating: "万一着火，", count: 50)
    #expect(judge.verdict("", body: text).grade == .none)
    let verdict = judge.verdict("", body: text + "昨晚着火")
    #expect(verdict.grade == .general)
    #expect(verdict.evidence.map(\.start) == [252])
  }

  @Test func `is said to have stopped the rule, and what did not count`() {
    let judge = Judge(.sample(rule(Rule.Context(words: ["万一"]))))
    #expect(
      judge.verdict("万一着火").nearMisses == [
        NearMiss(rule: Rule.ID(rawValue: "r"), missing: [], excludedBy: ["万一"])
      ])
    let explanation = judge.explanation(of: .sample("万一着火，昨晚着火"), from: .ours(nil))
    #expect(explanation.matches.first?.discounted.map(\.start) == [2])
    #expect(explanation.lines(in: .zh).contains("    不计（语境）：“着火” 标题 2–4"))
  }

  @Test func `holds for a rule's raises, and leaves exclusions alone`() {
    let raise = Rule.Raise(grade: .major, condition: .init(any: ["死亡"]))
    let judge = Judge(.sample(rule(Rule.Context(words: ["万一"]), raises: [raise])))
    #expect(judge.verdict("着火，万一死亡").grade == .general)
    #expect(judge.verdict("着火，有人死亡").grade == .major)
    #expect(judge.verdict("着火，万一辟谣").grade == .none)
  }

  @Test(arguments: 1...40)
  func `agrees with trying every pair of places`(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    let letters = (0..<40).map { _ in Array("甲乙乙丙，").randomElement(using: &dice) ?? "丙" }
    let within = Int.random(in: 0...5, using: &dice)
    let counts = letters.indices.contains { word in
      guard letters[word] == "甲" else { return false }
      return !letters.indices.contains { context in
        letters[context] == "乙" && context < word && word - context - 1 <= within
          && !letters[context..<word].contains("，")
      }
    }
    var rule = Rule.sample("r", any: ["甲"])
    rule.condition.contexts = [Rule.Context(words: ["乙"], within: within)]
    let verdict = Judge(.sample(rule)).verdict("", body: String(letters))
    #expect(verdict.grade == (counts ? .general : .none))
  }

  @Test func `is found in linear time, however often both are there`() {
    let judge = Judge(.sample(rule(Rule.Context(words: ["万", "万一", "一"]))))
    let text = String(repeating: "万一着火", count: 20_000)
    #expect(judge.verdict("", body: text).grade == .none)
  }
}

@Suite struct `A count` {
  private let rule: Rule = {
    var major = Rule.Condition()
    major.count = Rule.Count(of: ["受伤", "送医"], atLeast: 3)
    return Rule.sample(
      "r", any: ["车祸"], raises: [.init(grade: .major, condition: major)])
  }()

  @Test(arguments: [
    ("车祸，12人受伤", Grade.major), ("车祸，2人受伤", .general), ("车祸，十余名乘客送医", .major),
    ("车祸，受伤", .general), ("车祸，3月受伤", .general),
  ])
  func `raises where a large enough number stands with a word`(title: String, grade: Grade) {
    #expect(Judge(.sample(rule)).verdict(title).grade == grade)
  }

  @Test func `shows the number with the word`() {
    let verdict = Judge(.sample(rule)).verdict("车祸", body: "昨晚１２名\u{200B}乘客受伤")
    #expect(verdict.evidence.map(\.keyword) == ["车祸", "受伤"])
    #expect(verdict.evidence.map(\.start) == [0, 2])
    #expect(verdict.evidence.map(\.end) == [2, 10])
  }

  @Test func `is missed by its word and number`() {
    var own = Rule.sample("r", all: ["停水"])
    own.condition.count = Rule.Count(of: ["户"], atLeast: 50)
    let misses = Judge(.sample(own)).verdict("30户停水").nearMisses
    #expect(misses.map(\.missing) == [["户≥50"]])
    #expect(Judge(.sample(own)).verdict("五十余户停水").grade == .general)
  }
}

@Suite struct `A group` {
  /// 停水 and one of (三天 or 老人 with 独居), unless 检修 with 通知.
  private var rule: Rule {
    var rule = Rule.sample("r", all: ["停水"])
    var either = Rule.Condition(any: ["三天"])
    either.groups = [Rule.Group(.any, Rule.Condition(all: ["老人", "独居"]))]
    rule.condition.groups = [
      Rule.Group(.all, either), Rule.Group(.none, Rule.Condition(all: ["检修", "通知"])),
    ]
    return rule
  }

  @Test(arguments: [
    ("停水三天", true), ("停水，独居老人", true), ("停水，老人", false), ("停水", false), ("三天", false),
    ("停水三天，检修", true), ("停水三天，检修通知", false), ("", false),
  ])
  func `is one thing that its part asks for`(title: String, isMatch: Bool) {
    #expect(Judge(.sample(rule)).verdict(title).grade == (isMatch ? .general : .none))
  }

  @Test func `says what it lacks, what excluded it and what it found`() {
    let judge = Judge(.sample(rule))
    #expect(judge.verdict("停水，独居老人").evidence.map(\.keyword) == ["停水", "独居", "老人"])
    #expect(judge.verdict("停水").nearMisses.map(\.missing) == [["三天", "老人"]])
    #expect(judge.verdict("停水三天检修通知").nearMisses.map(\.excludedBy) == [["检修", "通知"]])
  }

  @Test func `weighs by its words`() {
    let other = Rule.sample("a", any: ["停水"], unit: "甲")
    var rule = rule
    rule.unit = UnitName(rawValue: "乙")
    #expect(Judge(.sample(other, rule)).verdict("停水三天").unit?.rawValue == "乙")
  }

  @Test(arguments: 1...60)
  func `agrees with reading the condition word by word`(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    let condition = randomCondition(depth: 3, &dice)
    var rule = Rule.sample("r")
    rule.condition = condition
    let judge = Judge(.sample(rule))
    for _ in 0..<40 {
      let text = String(
        (0..<4).map { _ in Array("甲乙丙丁戊己").randomElement(using: &dice) ?? "庚" })
      #expect(
        judge.verdict(text).grade == (condition.holds(in: text) ? .general : .none),
        "\(condition) in \(text)")
    }
  }

  private func randomCondition(depth: Int, _ dice: inout Dice) -> Rule.Condition {
    let words = { (most: Int, dice: inout Dice) in
      (0..<Int.random(in: 0...most, using: &dice)).map { _ in
        String(Array("甲乙丙丁戊己").randomElement(using: &dice) ?? "甲")
      }
    }
    var condition = Rule.Condition(
      any: words(2, &dice), all: words(1, &dice), none: words(1, &dice))
    guard depth > 1 else { return condition }
    condition.groups = (0..<Int.random(in: 0...2, using: &dice)).map { _ in
      Rule.Group(
        Rule.Group.Part.allCases.randomElement(using: &dice) ?? .any,
        randomCondition(depth: depth - 1, &dice))
    }
    return condition
  }
}

extension Rule.Condition {
  /// The oracle: any, all and none read off a text by searching it, a condition that wants nothing
  /// never holding.
  fileprivate func holds(in text: String) -> Bool {
    let parts = Dictionary(grouping: groups, by: \.part).mapValues { $0.map(\.condition) }
    let (anyOf, allOf, noneOf) = (parts[.any] ?? [], parts[.all] ?? [], parts[.none] ?? [])
    guard any.count + all.count + anyOf.count + allOf.count > 0 else { return false }
    let hasAny =
      any.isEmpty && anyOf.isEmpty || any.contains(where: text.contains)
      || anyOf.contains { $0.holds(in: text) }
    return hasAny && all.allSatisfy(text.contains) && allOf.allSatisfy { $0.holds(in: text) }
      && !none.contains(where: text.contains) && !noneOf.contains { $0.holds(in: text) }
  }
}
