import Judging
import Testing
import Vocabulary

@Suite struct `The leading rule` {
  @Test func `is the one with more words, those in the title counting double`() {
    let book = RuleBook.sample(
      .sample("a", any: ["公交", "站牌"], topic: "交通运输", unit: "区交通局"),
      .sample("b", any: ["停水", "水压", "水费"], topic: "城乡建设", unit: "区水务局"))
    let judge = Judge(book)
    let body = judge.verdict("", body: "公交站牌旁停水，水压低，水费高")
    #expect(body.topic?.rawValue == "城乡建设")
    #expect(body.unit?.rawValue == "区水务局")
    #expect(judge.verdict("公交站牌", body: "停水，水压低，水费高").unit?.rawValue == "区交通局")
  }

  @Test func `counts a word once, however often it is there`() {
    let book = RuleBook.sample(
      .sample("a", any: ["公交"], unit: "区交通局"),
      .sample("b", any: ["停水", "水压"], unit: "区水务局"))
    let verdict = Judge(book).verdict("", body: "公交公交公交公交，停水，水压低")
    #expect(verdict.unit?.rawValue == "区水务局")
  }

  @Test func `weighs by weight, then grade, then length, then id`() {
    let weighty = RuleBook.sample(
      .sample("a", any: ["公交", "站牌"], unit: "甲"), .sample("b", any: ["停水"], unit: "乙", weight: 3))
    #expect(Judge(weighty).verdict("公交站牌停水").unit?.rawValue == "乙")
    let graver = RuleBook.sample(
      .sample("a", any: ["公交车"], unit: "甲"), .sample("b", .major, any: ["停水"], unit: "乙"))
    #expect(Judge(graver).verdict("公交车停水").unit?.rawValue == "乙")
    let longer = RuleBook.sample(
      .sample("a", any: ["停水"], unit: "甲"), .sample("b", any: ["公交车"], unit: "乙"))
    #expect(Judge(longer).verdict("公交车停水").unit?.rawValue == "乙")
    // The order in which rules stand in their files decides nothing.
    let first = RuleBook.sample(
      .sample("b", any: ["公交"], unit: "乙"), .sample("a", any: ["停水"], unit: "甲"))
    #expect(Judge(first).verdict("公交停水").unit?.rawValue == "甲")
  }

  @Test func `raises something before one that only names a topic`() {
    let book = RuleBook.sample(
      .sample("topic", .none, any: ["学校", "老师", "学生"], topic: "教育文体", unit: "区教育局"),
      .sample("wages", any: ["欠薪"], unit: "区人社局"))
    let verdict = Judge(book).verdict("学校老师学生欠薪")
    #expect(verdict.unit?.rawValue == "区人社局")
    #expect(verdict.topic?.rawValue == "教育文体", "the topic of the other, for want of its own")
    #expect(verdict.kind == .complaint)
  }

  @Test func `is not asked for what it does not say`() {
    let book = RuleBook.sample(
      .sample("kind", any: ["建议"], kind: .suggestion, weight: 9),
      .sample("bus", any: ["公交"], topic: "交通运输", unit: "区交通局", assist: ["区城管局"]))
    let verdict = Judge(book).verdict("建议增开公交")
    #expect(verdict.kind == .suggestion)
    #expect(verdict.topic?.rawValue == "交通运输")
    #expect(verdict.unit?.rawValue == "区交通局")
    #expect(verdict.assist.map(\.rawValue) == ["区城管局"])
  }

  @Test func `leaves the unit to the default unit if none has one`() {
    let book = RuleBook.sample(.sample("r", any: ["停水"]), defaultUnit: "区信访局")
    #expect(Judge(book).verdict("停水").unit?.rawValue == "区信访局")
    #expect(Judge(book).verdict("天晴").unit == nil)
  }
}

@Suite struct `An allegation of misconduct` {
  private let book = RuleBook.sample(
    .sample("land", .considerable, any: ["征地", "补偿款"], unit: "镇政府", assist: ["区自然资源局"], weight: 9),
    .sample("bribe", any: ["索贿"], kind: .conduct),
    defaultUnit: "区信访局")

  @Test func `wins over every other kind and reaches no unit`() {
    let verdict = Judge(book).verdict("征地补偿款", body: "有人索贿")
    #expect(verdict.kind == .conduct)
    #expect(verdict.grade == .considerable)
    #expect(verdict.unit == nil)
    #expect(verdict.assist.isEmpty)
  }

  @Test func `names only the unit its own rule names`() {
    var book = book
    book.rules[1].unit = UnitName(rawValue: "区纪委监委")
    #expect(Judge(book).verdict("征地有人索贿").unit?.rawValue == "区纪委监委")
  }

  @Test func `that only may be one is for the officers, and for no unit`() {
    var book = book
    book.rules[1].grade = .none
    let found = Judge(book).explanation(of: .sample("征地有人索贿"), from: .ours(nil))
    #expect(found.verdict.kind == .complaint && found.verdict.mayBeConduct)
    #expect(found.verdict.unit == nil && found.verdict.assist.isEmpty)
    #expect(found.doubtRule?.rawValue == "bribe")
    #expect(found.lines(in: .zh).contains { $0.hasPrefix("疑似检举控告（规则 bribe）：只送值班员") })
    #expect(!Judge(book).verdict("有人索贿").mayBeConduct, "what nobody hears of needs no officer")
  }

  @Test func `whose words are there and excluded is doubtful too`() {
    var book = book
    book.rules[1].condition.none = ["反腐大片"]
    let verdict = Judge(book).verdict("征地有人索贿，不是反腐大片")
    #expect(verdict.mayBeConduct && verdict.unit == nil)
    #expect(!Judge(book).verdict("征地的反腐大片").mayBeConduct)
  }
}
