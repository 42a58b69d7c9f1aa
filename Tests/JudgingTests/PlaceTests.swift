import Testing
import Vocabulary

@testable import Judging

/// An invented district of an invented city; the town has a unit of its own.
private let book: RuleBook = {
  var book = RuleBook.sample(
    .sample("fire", .major, any: ["起火"], topic: "安全生产", unit: "区应急局", assist: ["区消防大队"]),
    .sample("water-cut", any: ["停水"], unit: "区水务局"),
    .sample("road", any: ["路灯不亮"]),
    .sample("bribe", .considerable, any: ["收红包"], kind: .conduct, unit: "区纪委监委"),
    defaultUnit: "区信访局")
  book.places = [
    Locality("青川区"),
    Locality("竹园镇", aliases: ["竹园"], unit: UnitName(rawValue: "竹园镇政府"), in: "青川区"),
    Locality("青溪村", in: "竹园镇"), Locality("石桥镇", in: "青川区"),
  ]
  book.area = ["川西省", "青江市"]
  return book
}()

private let judge = Judge(book)

private func verdict(_ title: String, body: String = "", _ origin: Origin = .open) -> Verdict {
  judge.verdict(on: .sample(title, body: body), from: origin)
}

@Suite struct `The place of an item` {
  @Test(
    arguments: [
      ("竹园镇起火", Ground.ours, "竹园镇"), ("竹园起火", .ours, "竹园镇"), ("川西省青江市青川区竹 园 镇起火", .ours, "竹园镇"),
      ("青江市竹园镇起火", .ours, "竹园镇"), ("湖南省竹园镇起火", .another, "湖南省竹园镇"),
      ("湖南的竹园镇起火", .another, "湖南竹园镇"), ("湖南省岳阳市平江县竹园镇起火", .another, "湖南省岳阳市平江县竹园镇"),
      ("湖南省某县竹园镇起火", .another, "湖南省竹园镇"), ("邻县竹园镇起火", .another, "邻县竹园镇"),
      ("湖南长沙一工厂起火", .another, "湖南长沙"), ("昌吉市一仓库起火", .another, "昌吉市"),
      ("外省一工厂起火", .another, "外省"), ("湖南省与竹园镇的车都起火", .ours, "竹园镇"),
      ("湖南省竹园镇起火，我们竹园镇也起火", .ours, "竹园镇"), ("青江市一商场起火", .above, "青江市"),
      ("川西一商场起火", .above, "川西"), ("一仓库起火", .unknown, nil),
    ] as [(String, Ground, String?)])
  func `is found from what it names`(_ title: String, _ ground: Ground, _ place: String?) {
    let found = verdict(title)
    #expect(found.ground == ground)
    #expect(found.place == place)
  }

  @Test(arguments: [
    "北京路一商铺起火", "上海西路车起火", "南京大排档起火", "重庆小面馆起火", "黄河南岸起火", "河南岸起火", "我是湖南人，家里起火",
    "老家河南，在这里租的房起火", "来自湖南省的租户家起火", "北京现代车起火", "新城区起火", "西南山区起火", "安康路起火", "日照足的车起火",
    "新华社北京3月2日电，一仓库起火", "到北京反映起火", "城中区域起火", "北京时间三点起火",
  ])
  func `is not told by a street, a dish or a person that has the name of one`(_ title: String) {
    #expect(verdict(title).ground == .unknown)
  }

  @Test func `of a county that other cities have too is told by the city before it`() {
    #expect(verdict("新城区起火").ground == .unknown)
    #expect(verdict("西安市新城区起火").place == "西安市新城区")
    #expect(verdict("山东日照起火").place == "山东日照")
  }

  @Test func `unknown keeps a grade from considerable on, without a unit`() {
    let grave = verdict("一仓库起火")
    #expect(grave.grade == .major && grave.unit == nil && grave.assist.isEmpty)
    #expect(verdict("停水").grade == .none)
    #expect(verdict("南京起火").grade == .none)
  }

  @Test func `is its feed's where that says so`() {
    #expect(verdict("起火", .ours("竹园镇")).place == "竹园镇")
    #expect(verdict("长沙一仓库起火", .ours("青川区")).ground == .ours)
    #expect(verdict("一仓库起火", .another("邻县")).ground == .another)
    #expect(verdict("竹园镇起火", .another("邻县")).ground == .ours)
  }

  @Test func `points at the characters that name it, whatever stands between them`() {
    let item = Item.sample("请看", body: "在湖-南 省某县竹园镇起火")
    let found = judge.explanation(of: item, from: .open).locating
    let mention = found.mentions[0]
    #expect(mention.sense == .sameName("竹园镇"))
    #expect((mention.start, mention.end) == (1, 11))
  }

  @Test func `is known of a real county by the country's divisions`() {
    var real = book
    real.area = []
    real.places = [Locality("平江县"), Locality("三市镇")]
    let judge = Judge(real)
    func ground(_ title: String) -> Ground {
      judge.verdict(on: .sample(title), from: .open).ground
    }
    #expect(ground("湖南省岳阳市平江县三市镇起火") == .ours)
    #expect(ground("湖南岳阳一仓库起火") == .above)
    #expect(ground("湖南长沙一仓库起火") == .another)
    #expect(ground("四川省三市镇起火") == .another)
  }

  @Test func `of an office that does not say where it lies is told by its district's name`() {
    var bare = book
    bare.area = []
    let judge = Judge(bare)
    func ground(_ title: String) -> Ground {
      judge.verdict(on: .sample(title), from: .open).ground
    }
    #expect(ground("湖南省青川区竹园镇起火") == .ours)
    #expect(ground("湖南省竹园镇起火") == .another)
  }

  @Test func `costs no more on a text that repeats names`() {
    let text = String(repeating: "湖南省", count: 20_000) + "竹园镇起火"
    #expect(verdict("请看", body: text).ground == .another)
  }
}

@Suite struct `The unit of a place` {
  @Test func `assists where the department leads`() {
    let found = verdict("青溪村一仓库起火")
    #expect(found.unit?.rawValue == "区应急局")
    #expect(found.assist.map(\.rawValue) == ["区消防大队", "竹园镇政府"])
  }

  @Test func `leads where the rule says so, and the department assists`() {
    var town = book
    town.rules[0].leads = .place
    let judge = Judge(town)
    let found = judge.verdict(on: .sample("青溪村一仓库起火"), from: .open)
    #expect(found.unit?.rawValue == "竹园镇政府")
    #expect(found.assist.map(\.rawValue) == ["区应急局", "区消防大队"])
    // A place without a unit, and no place at all: the department.
    #expect(judge.verdict("石桥镇一仓库起火").unit?.rawValue == "区应急局")
    #expect(judge.verdict("一仓库起火").unit?.rawValue == "区应急局")
  }

  @Test func `leads before the default unit where no rule names anybody`() {
    #expect(verdict("竹园镇路灯不亮").unit?.rawValue == "竹园镇政府")
    #expect(verdict("石桥镇路灯不亮").unit?.rawValue == "区信访局")
    #expect(verdict("路灯不亮", .ours("竹园镇")).unit?.rawValue == "竹园镇政府")
  }

  @Test func `never hears of an allegation`() {
    for origin in [Origin.open, .ours("竹园镇")] {
      let found = verdict("青溪村干部收红包，路灯不亮，仓库起火", origin)
      #expect(found.kind == .conduct)
      #expect(found.unit?.rawValue == "区纪委监委")
      #expect(!found.assist.map(\.rawValue).contains("竹园镇政府"))
    }
  }

  @Test func `has nothing to do with what a rule passes up`() {
    var rules = book
    rules.rules[0].unit = nil
    rules.rules[0].isForAbove = true
    let found = Judge(rules).verdict(on: .sample("竹园镇起火"), from: .open)
    #expect(found.ground == .above && found.unit == nil && found.assist.isEmpty)
    #expect(found.grade == .major)
  }
}

@Suite struct `A rule for ours alone` {
  @Test func `counts only in items of the office's own area, and says so`() {
    var ours = book
    ours.rules[0].wantsOurs = true
    let judge = Judge(ours)
    #expect(judge.verdict(on: .sample("竹园镇起火"), from: .open).grade == .major)
    #expect(judge.verdict("起火").grade == .major)
    let explanation = judge.explanation(of: .sample("一仓库起火"), from: .open)
    #expect(explanation.verdict.grade == .none && explanation.matches.isEmpty)
    #expect(explanation.verdict.nearMisses.first?.excludedBy == ["place: ours"])
    #expect(explanation.lines(in: .zh).contains("    只管本地信息（place: ours）"))
  }
}

@Suite struct `What is said of a place` {
  @Test(arguments: [
    ("竹园镇起火", "属地：标题提到“竹园镇”（0–3），属本地。"), ("南京起火", "属地：提到“南京”（标题 0–2），属外地，不预警。"),
    ("湖南省竹园镇起火", "“湖南省竹园镇”（标题 0–6）是外地同名地，不是本单位的“竹园镇”。"),
    ("一仓库起火", "属地：本地、外地的地名都没有提到，属地不明，只送值班员。"),
    ("青江市起火", "属地：只提到“青江市”（标题 0–3），是本单位所在的省或市，转送上级。"),
    ("竹园镇起火", "属地单位：竹园镇由竹园镇政府负责，协办；规则 fire 由部门主办。"),
  ])
  func `names the words and where they stand`(_ title: String, _ sentence: String) {
    let lines = judge.explanation(of: .sample(title), from: .open).lines(in: .zh)
    #expect(lines.contains(sentence), "\(lines)")
  }

  @Test(arguments: Language.allCases)
  func `keeps to eighty columns`(language: Language) {
    for title in ["湖南省岳阳市平江县竹园镇起火", "一仓库起火", "青江市起火", "青溪村起火", "南京起火"] {
      let lines = judge.explanation(of: .sample(title), from: .open).lines(in: language)
      for line in lines {
        let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
        #expect(columns <= Explanation.columns, "\(line)")
      }
    }
  }
}
