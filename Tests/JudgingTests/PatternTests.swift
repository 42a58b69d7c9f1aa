import Judging
import Testing
import Vocabulary

@Suite struct `A regular expression` {
  private func rule(_ patterns: String..., any: [String] = []) -> Rule {
    var rule = Rule.sample("r", any: any)
    rule.condition.patterns = patterns
    return rule
  }

  @Test(arguments: [
    ("停.{0,3}[三四五]天", "停水三天", "停水三天"), ("停.{0,3}[三四五]天", "小区停-气 已经 五天", "停-气 已经 五天"),
    ("斷(水|電)", "这里断电了", "断电"), ("断电", "這裡斷電了", "斷電"), ("ａｂｃ", "ABC", "ABC"), ("abc", "ＡＢＣ", "ＡＢＣ"),
    ("[0-9]{2}栋", "１２栋的灯", "１２栋"), ("（二）", "见（二）条", "（二）"), (#"\d+号楼?"#, "３号楼", "３号楼"),
    ("a|ab", "xab", "ab"), ("灯$", "路灯", "灯"),
  ])
  func `is looked for in the text as words are, and shown where it stands`(
    pattern: String, text: String, quote: String
  ) throws {
    let judge = Judge(.sample(rule(pattern)))
    let item = Item.sample("", body: "前文。" + text)
    let verdict = judge.verdict(on: item, from: .ours(nil))
    #expect(verdict.grade == .general)
    let evidence = try #require(verdict.evidence.first)
    #expect(quoted(evidence, in: item) == quote && evidence.keyword == pattern)
  }

  @Test(arguments: ["停水两天", "三天停水", ""])
  func `does not match what it does not mean`(text: String) {
    #expect(Judge(.sample(rule("停.{0,3}[三四五]天"))).verdict(text).grade == .none)
  }

  @Test func `is one of several, beside the rule's words`() {
    let judge = Judge(.sample(rule("停.{0,2}水", "断.{0,2}水", any: ["小区"])))
    #expect(judge.verdict("小区断了水").grade == .general)
    #expect(judge.verdict("断了水").grade == .none)
    #expect(
      judge.verdict("小区没了水").nearMisses.first?.missing == ["停.{0,2}水", "断.{0,2}水"])
  }

  @Test func `does not count where its rule's contexts stand`() {
    var rule = rule("着火|起火")
    rule.condition.contexts = [Rule.Context(words: ["演练"])]
    let judge = Judge(.sample(rule))
    #expect(judge.verdict("演练起火").grade == .none)
    #expect(judge.verdict("演练起火，晚上真的着火").grade == .general)
  }

  @Test func `gives three places, and weighs as a word does`() {
    let judge = Judge(.sample(rule("停.水")))
    let verdict = judge.verdict("", body: String(repeating: "停了水。", count: 9))
    #expect(verdict.evidence.map(\.start) == [0, 4, 8])
  }

  @Test func `takes no longer on a text that was written against it`() {
    let judge = Judge(.sample(rule("(a+)+b", "(a|aa)+c", "(.*a){20}d")))
    // One that backtracks would not end in the lifetime of an office.
    #expect(judge.verdict("", body: String(repeating: "a", count: 200_000)).grade == .none)
  }

  @Test func `may be one of many`() {
    let rules = (0..<400).map { number in
      var rule = Rule.sample("r\(number)")
      rule.condition.patterns = ["[甲乙丙]{\(number % 7 + 1)}第\(number)[条款]"]
      return rule
    }
    let book = RuleBook(
      version: RuleBook.Version(rawValue: "0123456789ab"), rules: rules, places: [],
      defaultUnit: nil)
    let evidence = Judge(book).verdict("甲乙丙甲第17款").evidence
    #expect(evidence.map(\.rule.rawValue) == ["r17"])
  }

  @Test(arguments: [
    ("停[水", "缺少“]”：[水"), ("停(水", "括号不成对：停(水"), ("停(?=水)", "不支持“(?=”"), (#"(停)\1"#, #"\1"#),
    ("*停", "重复写错了：*"), ("停{2000}", "{2000}"), ("[水-停]", "水-停"), ("(停{900}){900}", "1000"),
    ("(停水)?", "条条信息都会命中"), (".*", "条条信息都会命中"),
  ])
  func `that is wrong is refused, and says what is`(pattern: String, saying: String) throws {
    let fault = try #require(Judge.fault(inPattern: pattern))
    #expect(fault.zh.contains(saying), "\(fault.zh)")
  }

  @Test func `that is right is not`() {
    for pattern in ["停.{0,6}水", "(?:停|断)水", #"\d{3,}户"#, "[^。]{2}水"] {
      #expect(Judge.fault(inPattern: pattern) == nil)
    }
  }
}
