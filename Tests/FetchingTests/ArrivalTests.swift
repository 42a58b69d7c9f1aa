import Fetching
import Testing
import Vocabulary

@Suite struct `The reading of an answer` {
  static func reading(
    _ status: Int, _ body: String, known: Validators = Validators()
  ) async -> Result<Fetched, Miss> {
    let answer = Answer(
      url: "https://board.example/end", status: status, bytes: Array(body.utf8), arrivedAt: noon)
    let asked = request("https://board.example/", validators: known)
    return await Result { () async throws(Miss) in
      try Arrival(of: answer, to: asked).fetched()
    }
  }

  @Test(arguments: [
    (204, "", Miss.Cause.empty), (400, "x", .status), (401, "x", .status), (404, "x", .gone),
    (410, "", .gone), (412, "", .wall), (429, "", .busy), (500, "x", .status), (503, "", .busy),
    (521, "", .wall), (202, "<script>$_ts=window['$_ts']</script>", .wall),
    (403, "<script>window._cf_chl_opt={}</script>", .wall), (200, " \n", .empty),
    (304, "", .status),
  ])
  func `names the cause and keeps the status`(
    status: Int, body: String, cause: Miss.Cause
  ) async throws {
    guard case .failure(let miss) = await Self.reading(status, body) else {
      throw Unexpected(what: "a page")
    }
    #expect(miss.cause == cause)
    #expect(miss.status == status)
    #expect(miss.url == "https://board.example/end")
  }

  @Test(arguments: [
    (521, "<script>document.cookie=('__jsl_clearance_s=')</script>", "加速乐"), (521, "", "加速乐"),
    (412, "<meta id='9DhefwqGPrzGxEp9hPaoag' r='m'><script>$_ts=window['$_ts'];</script>", "瑞数"),
    (412, "", "瑞数"), (202, "<script>$_ts.cd=\"q\"</script>", "瑞数"),
    (200, "<script>var arg1='9A';function setCookie(n,v){}; 'acw_sc__v2'</script>", "阿里云"),
    (418, "", "华为云"), (468, "<script src='/.safeline/static/x.js'></script>", "雷池"),
    (503, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", "Cloudflare"),
  ])
  func `names a wall for what it is, and the lawful way out`(
    status: Int, body: String, product: String
  ) async throws {
    guard case .failure(let miss) = await Self.reading(status, body) else {
      throw Unexpected(what: "a page")
    }
    #expect(miss.cause == .wall)
    #expect(miss.reason.zh.contains("\(product)"), "\(miss.reason.zh)")
    #expect(miss.reason.zh.contains("permission-letter.md"))
  }

  @Test func `takes a long page that quotes a wall for what it is`() async throws {
    let page = String(repeating: "论坛里讨论 acw_sc__v2 的文章。", count: 1000)
    guard case .success(.page) = await Self.reading(200, page) else {
      throw Unexpected(what: "no page")
    }
  }

  @Test func `hashes the decoded bytes`() async throws {
    guard case .success(.page(let page)) = await Self.reading(200, "abc") else {
      throw Unexpected(what: "no page")
    }
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(page.validators.digest == digest)
    guard case .success(.unchanged) = await Self.reading(200, "abc", known: page.validators) else {
      throw Unexpected(what: "changed")
    }
  }
}
