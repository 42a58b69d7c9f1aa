import Testing
import Vocabulary

@testable import Judging

@Suite struct `An explanation` {
  private let judge = Judge(
    .sample(
      .sample(
        "water-cut", any: ["停水"],
        raises: [.init(grade: .considerable, condition: .init(any: ["全小区"]))],
        topic: "城乡建设", unit: "区水务局"),
      .sample("plan", any: ["停水"], none: ["检修"]),
      .sample("gas-leak", .major, all: ["停水", "泄漏"]),
      places: ["竹园镇"]))
  private let item = Item.sample("全小区停水", body: "竹园镇检修")

  @Test func `quotes what stands in the text where a rule writes it otherwise`() {
    var rule = Rule.sample("water", any: ["停水"])
    rule.condition.count = Rule.Count(of: ["户"], atLeast: 50)
    rule.condition.patterns = ["断.{0,3}水"]
    let item = Item.sample("停-水", body: "一百二十多户斷了自來水，停水")
    let lines = Judge(.sample(rule)).explanation(of: item, from: .ours(nil))
      .lines(in: .zh, of: item).joined()
    for words in [
      "“停水”（原文“停-水”） 标题 0–3", "“户”（原文“一百二十多户”） 正文 0–6",
      "（原文“斷了自來水”）", "“停水” 正文 12–14", "等级取自 water",
    ] {
      #expect(lines.replacing(" ", with: "").contains(words.replacing(" ", with: "")), "\(lines)")
    }
  }

  @Test func `holds the verdict, what matched, what was stopped and what was missing`() {
    let explanation = judge.explanation(of: item, from: .open)
    #expect(explanation.verdict == judge.verdict(on: item, from: .open))
    #expect(explanation.matches.map(\.rule.id.rawValue) == ["water-cut"])
    #expect(explanation.matches.first?.grade == .considerable)
    #expect(explanation.matches.first?.raise?.condition.any == ["全小区"])
    #expect(explanation.stops.map(\.rule.id.rawValue) == ["plan"])
    #expect(explanation.stops.first?.exclusions.map(\.start) == [3])
    #expect(explanation.shortfalls.map(\.missing) == [["泄漏"]])
    #expect(explanation.unitRule?.rawValue == "water-cut")
    #expect(
      explanation.locating.mentions
        == [.init(sense: .ours("竹园镇"), words: "竹园镇", field: .body, start: 0, end: 3)])
  }

  @Test func `is set for a terminal in Chinese`() {
    let lines = judge.explanation(of: item, from: .open).lines(in: .zh)
    #expect(lines.first == "等级       较大舆情")
    #expect(lines.contains("命中规则 (1)"))
    #expect(lines.contains("  water-cut water-cut [较大舆情] Rules/sample.yaml:3"))
    #expect(lines.contains("    由一般舆情升级，因有：全小区"))
    #expect(lines.contains("    得分：2 = 权重 1 × 词 2（标题中的计两次）"))
    #expect(lines.contains("    命中：“全小区” 标题 0–3、“停水” 标题 3–5"))
    #expect(lines.contains("    排除词或语境：“检修” 正文 3–5"))
    #expect(lines.contains("    还缺：“泄漏”"))
    #expect(lines.contains("属地：正文提到“竹园镇”（0–3），属本地。"))
  }

  @Test(arguments: Language.allCases)
  func `keeps to eighty columns, whatever the rules hold`(language: Language) {
    let long = String(repeating: "青川区竹园镇", count: 30)
    let words = (0..<60).map { "停水\($0)" }
    let book = RuleBook.sample(
      .sample("a", any: words + ["停水"], topic: long, unit: long, assist: [long]),
      .sample(String(repeating: "x", count: 300), any: ["停水"]),
      .sample("b", any: words, all: ["停\u{1B}[31m水"]))
    let body = words.joined(separator: "，") + "停\u{1B}[31m水"
    let lines = Judge(book).explanation(of: .sample("停水", body: body), from: .ours(nil))
      .lines(in: language)
    for line in lines {
      let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
      #expect(columns <= Explanation.columns, "\(line)")
      #expect(!line.contains("\u{1B}") && !line.contains("\n"))
    }
  }

  @Test func `says that nothing matched, and that it is elsewhere`() {
    let lines = judge.explanation(of: .sample("天晴"), from: .open).lines(in: .en)
    #expect(lines.contains("No rule matched."))
    #expect(
      lines.contains(
        "Place: it names no place of the office and is less than considerable, so nothing"))
  }
}

@Suite struct `Hostile text` {
  /// How many places of words the one pass over a text reports.
  private func reports(of words: [String], in text: String) -> Int {
    var automaton = KeywordAutomaton(words: words.count, edges: words.count * 6)
    for word in words { _ = automaton.add(word.unicodeScalars.map(\.value)) }
    var count = 0
    automaton.scan(FoldedText(text)) { _, _ in count += 1 }
    return count
  }

  @Test func `that repeats the prefix of 5,000 words reports none of them`() {
    let digits = Array("甲乙丙丁戊己庚辛")
    let words = (0..<4096).map { number in
      "中国" + String((0..<4).map { digits[(number >> ($0 * 3)) % 8] })
    }
    #expect(reports(of: words, in: String(repeating: "中国", count: 40_000)) == 0)
    #expect(reports(of: words, in: String(repeating: "中国甲乙丙丁", count: 1000)) == 1000)
  }

  @Test func `of one character reports each word at most once a place, and keeps three`() {
    let words = (2...12).map { String(repeating: "哈", count: $0) }
    let text = String(repeating: "哈", count: 20_000)
    #expect(reports(of: words, in: text) == (2...12).reduce(0) { $0 + 20_000 - $1 + 1 })
    let verdict = Judge(.sample(.sample("r", any: words))).verdict("", body: text)
    #expect(verdict.evidence.count == words.count * Judge.placesPerWord)
  }

  @Test func `of marks only is taken`() {
    let judge = Judge(.sample(.sample("r", any: ["停水"])))
    let marks = String(repeating: " -", count: 50_000)
    #expect(judge.verdict(marks, body: "停" + marks + "水").evidence.isEmpty)
    #expect(judge.verdict("停水" + marks).evidence.count == 1)
  }
}
