import Testing
import Vocabulary

@testable import Extracting

private let columns: [ExportFolder.Column: [String]] = [
  .title: ["标题"], .body: ["诉求内容"], .date: ["登记时间"], .id: ["工单编号"],
]

private func exports(_ columns: [ExportFolder.Column: [String]] = columns) -> Feed {
  feed(.file) { feed in
    feed.url = ""
    feed.export = ExportFolder(path: "/in", columns: columns)
  }
}

private func file(_ bytes: [UInt8]) -> Page { page(bytes, url: "file:///in/导出.xls") }
private func file(_ text: String) -> Page { file(Array(text.utf8)) }

private func lines(_ extract: Extract) -> [String] {
  extract.items.map { "\($0.title)|\($0.body)|\(shown($0.published))" }
}

private let two = ["竹园镇停水|停水三天|2026-03-01T08:30:00", "路灯不亮|幸福路, 从\"3号\"起|day 2026-03-02"]

@Suite struct `An export` {
  @Test(arguments: [
    (
      "CSV under a title, with a name and a telephone in it",
      """
      青川区12345工单导出表,,,,,
      导出时间：2026-03-02,,,,,
      工单编号,来电人,联系电话,标题,诉求内容,登记时间
      A1,张三丰,13800138000,竹园镇停水,停水三天,2026-03-01 08:30
      A2,李四光,13900139000,路灯不亮,"幸福路, 从""3号""起",2026/3/2
      """
    ),
    (
      "TSV with Excel's dates",
      "标题\t诉求内容\t登记时间\t工单编号\r\n竹园镇停水\t停水三天\t46082.3541666667\tA1\r\n"
        + "路灯不亮\t\"幸福路, 从\"\"3号\"\"起\"\t46083\tA2\r\n\r\n"
    ),
    (
      "a table of HTML that is called .xls",
      """
      <html><body><table><tr><td colspan=5>工单导出</td></tr>
      <tr><th>工单编号</th><th>来电人</th><th>标 题</th><th>诉求内容*</th><th>登记时间：</th></tr>
      <tr><td rowspan=2>A1</td><td>张三丰</td><td>竹园镇停水</td><td>停水三天</td><td>2026-03-01 08:30</td></tr>
      <tr><td>李四光</td><td>路灯不亮</td><td>幸福路, 从"3号"起</td><td>2026-03-02</td></tr></table>
      """
    ),
    (
      "JSON Lines",
      """
      {"标题": "竹园镇停水", "诉求内容": "停水三天", "登记时间": "2026-03-01 08:30", "来电人": "张三丰"}

      {"标题": "路灯不亮", "诉求内容": "幸福路, 从\\"3号\\"起", "登记时间": "2026-03-02"}
      """
    ),
    (
      "one list of JSON",
      #"[{"标题": "竹园镇停水", "诉求内容": "停水三天", "登记时间": 1772325000}, {"标题": "路灯不亮","#
        + #" "诉求内容": "幸福路, 从\"3号\"起", "登记时间": "20260302"}]"#
    ),
  ])
  func `is read by its mapped columns alone`(_ what: String, _ text: String) throws {
    let extract = try extractor.extract(file(text), of: exports())
    #expect(lines(extract) == two, "\(what)")
    #expect(extract.brokenRows == [])
    for name in ["张三", "李四", "1380013"] { #expect(!"\(extract)".contains(name)) }
  }

  @Test func `in GBK is read as such`() throws {
    // 标题,诉求内容 / 停水,三天 in GBK.
    let bytes: [UInt8] =
      [0xB1, 0xEA, 0xCC, 0xE2, 0x2C, 0xCB, 0xDF, 0xC7, 0xF3, 0xC4, 0xDA, 0xC8, 0xDD, 0x0D, 0x0A]
      + [0xCD, 0xA3, 0xCB, 0xAE, 0x2C, 0xC8, 0xFD, 0xCC, 0xEC, 0x0D, 0x0A]
    let extract = try extractor.extract(
      file(bytes), of: exports([.title: ["标题"], .body: ["诉求内容"]]))
    #expect(lines(extract) == ["停水|三天|absent"])
    #expect(extract.charset.hasPrefix("GB"))
  }

  @Test func `names its bad rows by number alone, and passes over blank ones`() throws {
    let text = "标题,诉求内容,登记时间,工单编号\n停水,,,A1\n,,,\n,,2026-03-01,A2\n\n标题,诉求内容,登记时间,工单编号\n断电,,,A3\n"
    let extract = try extractor.extract(file(text), of: exports())
    #expect(extract.items.map(\.title) == ["停水", "断电"])
    #expect(extract.brokenRows == [4])
    let torn = "标题,诉求内容,登记时间,工单编号\n停水,\"没有收尾的引号,,A1\n断电,,,A2\n"
    let rest = try extractor.extract(file(torn), of: exports())
    #expect(rest.items.contains { $0.title == "断电" })
    #expect(rest.brokenRows == [2])
  }

  @Test func `whose headings are others is a miss that says none of its own words`() throws {
    let text = "姓名,电话,诉求\n张三丰,13800138000,停水\n"
    let miss = try #require(
      #expect(throws: Miss.self) { try extractor.extract(file(text), of: exports()) })
    #expect(miss.cause == .nothingFound)
    #expect(miss.reason.zh.contains("标题、诉求内容、登记时间、工单编号"))
    #expect(!miss.reason.zh.contains("张三") && !miss.reason.zh.contains("姓名"))
    let renamed = "标题,诉求内容,登记日期,工单编号\n停水,三天,2026-03-01,A1\n"
    #expect(throws: Miss.self, "a column that was renamed is not lost in silence") {
      try extractor.extract(file(renamed), of: exports())
    }
  }

  @Test func `gives the same row the same id in another file, by its number or its words`() throws {
    func ids(_ text: String, _ feed: Feed) throws -> [Item.ID] {
      try extractor.extract(file(text), of: feed).items.map(\.id)
    }
    let head = "标题,诉求内容,登记时间,工单编号\n"
    let first = try ids(head + "停水,三天,2026-03-01,A1\n", exports())
    #expect(try ids("表\n" + head + "停水（补充）,四天,2026-03-02,A1\n", exports()) == first)
    #expect(try ids(head + "停水,三天,2026-03-01,A2\n", exports()) != first)
    let plain = exports([.title: ["标题"], .body: ["诉求内容"]])
    let words = try ids("标题,诉求内容\n停水,三天\n断电,两天\n", plain)
    #expect(try ids("诉求内容,标题\n两天,断电\n三天,停水\n", plain) == words.reversed())
  }

  @Test func `that is a binary workbook of old says what to do`() throws {
    let miss = try #require(
      #expect(throws: Miss.self) {
        try extractor.extract(file([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]), of: exports())
      })
    #expect(miss.cause == .unreadable && miss.reason.zh.contains("另存为"))
  }

  @Test func `ends at its most rows, and says so`() throws {
    let rows = (0...ExportReading.mostRows).map { "停水\($0),,,A\($0)\n" }.joined()
    let extract = try extractor.extract(file("标题,诉求内容,登记时间,工单编号\n" + rows), of: exports())
    #expect(extract.items.count == ExportReading.mostRows)
    #expect(extract.cut?.cause == .tooLarge)
  }
}
