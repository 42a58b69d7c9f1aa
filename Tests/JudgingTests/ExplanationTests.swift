import Judging
import Testing
import Vocabulary

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

  @Test func `holds the verdict, what matched, what was stopped and what was missing`() {
    let explanation = judge.explanation(of: item, feedHasPlace: false)
    #expect(explanation.verdict == judge.verdict(on: item, feedHasPlace: false))
    #expect(explanation.matches.map(\.rule.id.rawValue) == ["water-cut"])
    #expect(explanation.matches.first?.grade == .considerable)
    #expect(explanation.matches.first?.raise?.condition.any == ["全小区"])
    #expect(explanation.stops.map(\.rule.id.rawValue) == ["plan"])
    #expect(explanation.stops.first?.exclusions.map(\.start) == [3])
    #expect(explanation.shortfalls.map(\.missing) == [["泄漏"]])
    #expect(explanation.unitRule?.rawValue == "water-cut")
    #expect(explanation.ground == .names(place: "竹园镇", field: .body, start: 0, end: 3))
  }

  @Test func `is set for a terminal in Chinese`() {
    let lines = judge.explanation(of: item, feedHasPlace: false).lines(in: .zh)
    #expect(lines.first == "等级       较大舆情")
    #expect(lines.contains("命中规则 (1)"))
    #expect(lines.contains("  water-cut water-cut [较大舆情] Rules/sample.yaml:3"))
    #expect(lines.contains("    由一般舆情升级，因有：全小区"))
    #expect(lines.contains("    命中：“全小区” 标题 0–3、“停水” 标题 3–5"))
    #expect(lines.contains("    排除词：“检修” 正文 3–5"))
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
    let lines = Judge(book).explanation(of: .sample("停水", body: body), feedHasPlace: true)
      .lines(in: language)
    for line in lines {
      let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
      #expect(columns <= Explanation.columns, "\(line)")
      #expect(!line.contains("\u{1B}") && !line.contains("\n"))
    }
  }

  @Test func `says that nothing matched, and that it is elsewhere`() {
    let lines = judge.explanation(of: .sample("天晴"), feedHasPlace: false).lines(in: .en)
    #expect(lines.contains("No rule matched."))
    #expect(lines.contains("Place: it names no place of the office, so nothing is raised."))
  }
}

@Suite struct `Hostile text` {
  /// Doubling the text may double the time: measured against itself, so that a slow machine does
  /// not matter, and with room for noise, so that only a worse order shows.
  private func growth(of words: [String], on text: (Int) -> String) -> Double {
    let judge = Judge(RuleBook.sample(.sample("r", any: words)))
    func seconds(_ length: Int) -> Double {
      let item = Item.sample("", body: text(length))
      let times = (0..<3).map { _ in
        let clock = ContinuousClock()
        return clock.measure { _ = judge.verdict(on: item, feedHasPlace: true) } / .seconds(1)
      }
      return times.min() ?? 0
    }
    return seconds(80_000) / seconds(20_000)
  }

  @Test func `that repeats the prefix of 5,000 words costs no more than its length`() {
    let digits = Array("甲乙丙丁戊己庚辛")
    let words = (0..<5000).map { number in
      let tail: [Character] = (0..<4).map { digits[(number >> ($0 * 3)) % 8] }
      return "中国" + String(tail)
    }
    let growth = growth(of: words) { String(repeating: "中国", count: $0 / 2) }
    #expect(growth < 12, "four times the text took \(growth) times as long")
  }

  @Test func `of one character costs no more than its length`() {
    let words = (2...12).map { String(repeating: "哈", count: $0) }
    let growth = growth(of: words) { String(repeating: "哈", count: $0) }
    #expect(growth < 12, "four times the text took \(growth) times as long")
  }

  @Test func `of marks only is taken`() {
    let judge = Judge(.sample(.sample("r", any: ["停水"])))
    let marks = String(repeating: " -", count: 50_000)
    #expect(judge.verdict(marks, body: "停" + marks + "水").evidence.isEmpty)
    #expect(judge.verdict("停水" + marks).evidence.count == 1)
  }
}
