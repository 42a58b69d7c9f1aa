import Judging
import Testing
import Vocabulary

@Suite struct `The evidence` {
  @Test func `is every word that made the rule match, the title first`() {
    let rule = Rule.sample(
      "r", any: ["停水"], all: ["小区"], near: .init(words: ["老人", "缺水"], within: 5),
      raises: [.init(grade: .major, condition: .init(any: ["中毒"]))])
    let verdict = Judge(.sample(rule)).verdict("小区停水", body: "停水，老人家缺水，有人中毒")
    #expect(verdict.evidence.map(\.keyword) == ["小区", "停水", "停水", "老人", "缺水", "中毒"])
    #expect(verdict.evidence.map(\.field) == [.title, .title, .body, .body, .body, .body])
    #expect(verdict.evidence.map(\.start) == [0, 2, 0, 3, 6, 11])
    #expect(
      verdict.evidence.map(\.grade) == [.general, .general, .general, .general, .general, .major])
    #expect(verdict.evidence.allSatisfy { $0.ruleName == "r" })
  }

  @Test func `is bounded for a word that is there again and again`() {
    let judge = Judge(.sample(.sample("r", any: ["停水"])))
    let verdict = judge.verdict("停水停水停水停水", body: String(repeating: "停水", count: 10_000))
    #expect(verdict.evidence.count == 2 * Judge.placesPerWord)
    #expect(verdict.evidence.map(\.start) == [0, 2, 4, 0, 2, 4])
  }

  @Test func `names one place once for each rule, with the graver grade`() {
    let book = RuleBook.sample(
      .sample(
        "a", any: ["停水", "停-水"],
        raises: [.init(grade: .considerable, condition: .init(any: ["停水"]))]),
      .sample("b", any: ["停水"]))
    let verdict = Judge(book).verdict("停水")
    #expect(verdict.evidence.map(\.rule.rawValue) == ["a", "b"])
    #expect(verdict.evidence.map(\.grade) == [.considerable, .general])
  }

  @Test(arguments: [
    ("自来水发臭", 0, true), ("自来水已经发臭", 2, true), ("自来水已经发臭", 1, false),
    ("发臭的自来水", 1, true), ("发臭的自来水", 0, false), ("自-来-水。发臭", 1, true),
    ("自来水。远，发臭。自来水发臭", 0, true), ("自来水", 9, false),
  ])
  func `of nearness is measured between the words, in the original`(
    title: String, within: Int, isMatch: Bool
  ) {
    let rule = Rule.sample("r", near: .init(words: ["自来水", "发臭"], within: within))
    #expect(Judge(.sample(rule)).verdict(title).grade == (isMatch ? .general : .none))
  }

  @Test func `of nearness shows the places that are near, not the first ones`() {
    let rule = Rule.sample("r", near: .init(words: ["自来水", "发臭"], within: 2))
    let verdict = Judge(.sample(rule)).verdict("自来水自来水。一二三四五发臭。六七八自来水发臭")
    #expect(verdict.evidence.map(\.start) == [18, 21])
  }

  @Test func `of nearness is not gathered from two fields`() {
    let rule = Rule.sample("r", near: .init(words: ["自来水", "发臭"], within: 99))
    #expect(Judge(.sample(rule)).verdict("自来水", body: "发臭").grade == .none)
  }

  @Test(arguments: 1...40)
  func `of nearness agrees with trying every pair of places`(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    let text = String((0..<40).map { _ in "甲乙丙丁".randomElement(using: &dice) ?? "丙" })
    let within = Int.random(in: 0...6, using: &dice)
    let letters = Array(text)
    let isNear = letters.indices.contains { first in
      letters.indices.contains { last in
        first != last && letters[first] == "甲" && letters[last] == "乙"
          && max(first, last) - min(first, last) - 1 <= within
      }
    }
    let rule = Rule.sample("r", near: .init(words: ["甲", "乙"], within: within))
    #expect(Judge(.sample(rule)).verdict(text).grade == (isNear ? .general : .none))
  }
}

@Suite struct `Near misses` {
  @Test(arguments: [
    (Rule.sample("r", any: ["泄漏", "漏气"], all: ["燃气"]), ["泄漏", "漏气"]),
    (.sample("r", all: ["燃气", "泄漏"]), ["泄漏"]),
    (.sample("r", near: .init(words: ["燃气", "泄漏"], within: 3)), ["泄漏"]),
    (.sample("r", near: .init(words: ["燃气", "小区"], within: 0)), ["燃气", "小区"]),
  ])
  func `name the one part that is missing`(rule: Rule, missing: [String]) {
    let verdict = Judge(.sample(rule)).verdict("燃气公司进小区")
    #expect(verdict.nearMisses == [NearMiss(rule: rule.id, missing: missing)])
    #expect(verdict.grade == .none)
  }

  @Test(arguments: [
    Rule.sample("r", any: ["泄漏"]), .sample("r", all: ["燃气", "泄漏", "爆炸"]),
    .sample("r", any: ["泄漏"], all: ["燃气"], none: ["公司"]), .sample("r", none: ["燃气"]),
    .sample("r", all: ["泄漏"]),
  ])
  func `are not rules that lack more, or of which nothing is there`(rule: Rule) {
    #expect(Judge(.sample(rule)).verdict("燃气公司进小区").nearMisses.isEmpty)
  }

  @Test func `are the five most relevant, stopped and graver ones first`() {
    var rules = (1...8).map { Rule.sample("r\($0)", all: ["停水", "没有"]) }
    rules[6].grade = .major
    rules.append(.sample("stopped", any: ["停水"], none: ["检修"]))
    let book = RuleBook(version: .init(rawValue: "0123456789ab"), rules: rules)
    let misses = Judge(book).verdict("停水检修").nearMisses
    #expect(misses.map(\.rule.rawValue) == ["stopped", "r7", "r1", "r2", "r3"])
    #expect(misses.first?.excludedBy == ["检修"])
  }
}
