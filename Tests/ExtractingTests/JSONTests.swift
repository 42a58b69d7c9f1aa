import Testing
import Vocabulary

@testable import Extracting

/// A board whose list is JSON, as a feed's file has it.
private func board(_ change: (inout Feed) -> Void = { _ in }) -> Feed {
  feed(.json) { feed in
    feed.url = "https://board.example/api/list?page=1"
    feed.items = Selector(path: "data.list")
    feed.title = Selector(path: "title")
    feed.body = Selector(path: "content")
    feed.link = Selector(path: "https://board.example/show?id={tid}")
    feed.date = Selector(path: "createTime")
    feed.answer = AnswerReading(
      body: Selector(path: "reply.content"), unit: Selector(path: "reply.dept"),
      date: Selector(path: "reply.time"))
    change(&feed)
  }
}

private func answer(_ text: String) -> Page {
  page(text, url: "https://board.example/api/list?page=1")
}

private let whole = """
  {"code": 0, "data": {"last": "a9", "list": [
    {"tid": 123456789012345678, "title": "竹园镇停水三天", "createTime": 1772445600000,
     "content": "<p>青溪村&nbsp;停水，电话13800138000</p><p>请尽快处理</p>", "nickname": "夜航的猫",
     "reply": {"content": "已安排抢修", "dept": "区水务局", "time": "2026-03-02 10:00"}},
    {"tid": "x/7", "title": "路灯不亮", "createTime": 1772445600, "content": null, "reply": null},
    {"tid": 8, "title": "公交线路", "createTime": "2026-03-01 08:05:00", "content": "建议"}
  ]}}
  """

@Suite struct `A list that is JSON` {
  @Test func `is read by its paths, markup as text, and nobody's name`() throws {
    let extract = try extractor.extract(answer(whole), of: board())
    #expect(extract.items.map(\.title) == ["竹园镇停水三天", "路灯不亮", "公交线路"])
    let first = try #require(extract.items.first)
    #expect(first.body == "青溪村 停水，电话[电话]\n请尽快处理")
    #expect(first.url == "https://board.example/show?id=123456789012345678")
    #expect(extract.items[1].url == "https://board.example/show?id=x%2F7")
    #expect(first.answer?.body == "已安排抢修" && first.answer?.unit == "区水务局")
    #expect(extract.items[1].answer == nil)
    #expect(
      extract.items.map { shown($0.published) } == [
        "2026-03-02T18:00:00", "2026-03-02T18:00:00", "2026-03-01T08:05:00",
      ])
    #expect(!"\(extract)".contains("夜航"))
  }

  @Test func `gives leads where the text stands on a page of its own`() throws {
    let extract = try extractor.extract(answer(whole), of: board { $0.article = .auto })
    #expect(extract.items.isEmpty)
    #expect(extract.leads.map(\.title) == ["竹园镇停水三天", "路灯不亮", "公交线路"])
  }

  @Test(arguments: [
    ("callback(\(whole));", "a call around it"), ("\u{FEFF}" + whole, "a mark before it"),
    ("/**/x.y(\(whole))", nil),
  ])
  func `is read in its wrappings`(_ text: String, _ why: String?) throws {
    let extract = try? extractor.extract(answer(text), of: board())
    #expect((extract?.items.count == 3) == (why != nil))
  }

  @Test(arguments: [
    (#"{"data": {"list": []}}"#, Miss.Cause.nothingFound, "data"),
    (#"{"code": 401, "message": "夜航的猫"}"#, .nothingFound, "code, message"),
    (#"{"data": {"list": [{"a": 1, "b": 2}]}}"#, .nothingFound, "a, b"),
    (#"{"data": {"list": [{"title": "半"#, .unreadable, "JSON"),
    ("<html><body><h1>栏目</h1><p>请登录后查看本栏目的全部内容</p></body></html>", .unreadable, "web page"),
    ("<html><body>请完成安全验证后继续访问</body></html>", .wall, "check"),
    (String(repeating: "[", count: 2000), .unreadable, "JSON"),
    ("  \n ", .empty, "empty"),
  ])
  func `says which step failed, by keys and never by what they hold`(
    _ text: String, _ cause: Miss.Cause, _ word: String
  ) throws {
    let miss = try #require(
      #expect(throws: Miss.self) { try extractor.extract(answer(text), of: board()) })
    #expect(miss.cause == cause)
    #expect(miss.reason.en.contains(word), "\(miss.reason.en)")
    #expect(!miss.reason.zh.contains("夜航"))
  }

  @Test func `may be empty where the feed says so`() throws {
    let page = answer(#"{"data": {"list": []}}"#)
    #expect(try extractor.extract(page, of: board { $0.mayBeEmpty = true }).items.isEmpty)
  }

  @Test func `keeps the number of a row that says nothing`() throws {
    let page = answer(#"{"data": {"list": [{"tid": 1, "title": "有"}, {"title": " "}]}}"#)
    #expect(try extractor.extract(page, of: board()).brokenRows == [2])
  }

  @Test func `counts what each path finds`() throws {
    let counts = extractor.counts(on: answer(whole), of: board())
    #expect(
      counts.map { "\($0.key) \($0.found)/\($0.rows ?? 0)" } == [
        "items 3/0", "title 3/3", "link 3/3", "date 3/3", "text 2/3", "answer.body 1/3",
      ])
  }
}

@Suite struct `A path into JSON` {
  private let value =
    JSONValue.read(
      Array(#"{"a": {"b": [{"c": 1}, {"c": [2, 3]}]}, "x.y": "点"}"#.utf8)) ?? .null

  @Test(arguments: [
    ("a.b[0].c", ["1"]), ("$.a.b[*].c", ["1", "2", "3"]), ("a.b[9].c", []), ("a.c", []),
    ("['x.y']", ["点"]), ("a.*[1].c[0]", ["2"]), ("a.b[].c", ["1", "2", "3"]),
  ])
  func `leads to what an admin would guess`(_ path: String, _ found: [String]) throws {
    #expect(try JSONPath(path).find(in: value).flatMap(\.scalars) == found)
  }

  @Test(arguments: ["", "a.", "a[", "a[x]", "a..b", "a b", "@.a", "a[-1]", "a]"])
  func `is refused where it is none`(_ path: String) {
    #expect(throws: SelectorFault.self) { try JSONPath(path) }
    #expect(Extractor.fault(in: Selector(path: path)) != nil)
  }

  @Test(arguments: [
    "author.name", "userInfo.nickname", "联系电话", "留言人", "phone", "身份证号", "data.ip",
    "create_by", "手机号码", "https://board.example/u?id={user.name}", "https://x.example/{nickname}",
  ])
  func `to a person is refused`(_ name: String) {
    #expect(Extractor.personal(name) != nil)
  }

  @Test(arguments: [
    "title", "content", "留言内容", "标题", "编号", "replyDept", "createTime", "办理单位",
    "https://mobile.qq.example/user/show?id={tid}",
  ])
  func `to a matter is not`(_ name: String) {
    #expect(Extractor.personal(name) == nil)
  }
}

@Suite struct `Older pages` {
  private func next(_ paging: Paging, _ page: Page, after cursor: String? = nil) -> String? {
    PageTurn(paging, page).next(after: cursor).map { "\($0.url) \($0.body?.text ?? "-")" }
  }

  private func asked(_ body: RequestBody? = nil, number: Int = 0) -> Page {
    var asked = answer("{}")
    (asked.requestBody, asked.number) = (body, number)
    return asked
  }

  @Test func `are numbered in the query, in a form and in JSON`() {
    let paging = Paging(.number(first: 1, step: 1), into: .parameter("page"))
    #expect(next(paging, asked()) == "https://board.example/api/list?page=2 -")
    let form = RequestBody.form([.init("kind", "投诉"), .init("page", "1")])
    #expect(
      next(paging, asked(form, number: 3))
        == "https://board.example/api/list?page=1 kind=%E6%8A%95%E8%AF%89&page=5")
    let offset = Paging(.number(first: 0, step: 20), into: .parameter("query.offset"))
    #expect(
      next(offset, asked(.json(#"{"query":{"offset":0},"sort":"new"}"#), number: 1))
        == #"https://board.example/api/list?page=1 {"query":{"offset":40},"sort":"new"}"#)
    let address = Paging(
      .number(first: 0, step: 1), into: .address("https://board.example/index_{page}.html"))
    #expect(next(address, asked()) == "https://board.example/index_1.html -")
  }

  @Test func `are asked for with the cursor that each page gives, until it gives none`() throws {
    let paging = Paging(.cursor(Selector(path: "data.last")), into: .parameter("lastItem"))
    let extract = try extractor.extract(
      asked(whole), of: board { ($0.paging, $0.pages) = (paging, 3) })
    #expect(extract.next == "https://board.example/api/list?page=1&lastItem=a9")
    for cursor in ["", "-1"] { #expect(next(paging, asked(), after: cursor) == nil) }
    let form = RequestBody.form([.init("lastItem", "a9")])
    #expect(next(paging, asked(form), after: "a9") == nil, "the page it is")
    #expect(next(paging, asked(form), after: "b1")?.hasSuffix("lastItem=b1") == true)
  }

  private func asked(_ text: String) -> Page { answer(text) }

  @Test func `of a page for people are numbered, or told by an attribute`() throws {
    let html = "<ul><li><a href='/t/1'>停水</a></li></ul><div id='more' data-next='k7'></div>"
    func extract(_ paging: Paging) throws -> Extract {
      try extractor.extract(
        page(html), of: feed(.list) { ($0.items, $0.paging) = (Selector("//li"), paging) })
    }
    let numbered = Paging(.number(first: 1, step: 1), into: .parameter("page"))
    #expect(try extract(numbered).next == "https://board.example/list?page=2")
    let told = Paging(
      .cursor(Selector("//div[@id='more']/@data-next")),
      into: .address("https://board.example/list?after={cursor}"))
    #expect(try extract(told).next == "https://board.example/list?after=k7")
  }
}
