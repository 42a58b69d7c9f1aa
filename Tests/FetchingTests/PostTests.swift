import Fetching
import Testing
import Vocabulary

@Suite struct `A list that is asked for by POST` {
  private func asked(
    _ url: String, _ body: RequestBody, validators: Validators = Validators()
  ) -> PageRequest {
    var asked = request(url, validators: validators)
    asked.body = body
    return asked
  }

  @Test func `sends its form or its JSON, and asks by GET again after it`() async throws {
    let server = try PlayServer { seen in [.page("\(seen.method) \(seen.body)")] }
    let fetcher = makeFetcher()
    let form = RequestBody.form([.init("words", "停水 三天"), .init("page", "1")])
    let page = try await fetcher.page(asked(server.url("/api"), form))
    #expect(page.text == "POST words=%E5%81%9C%E6%B0%B4%20%E4%B8%89%E5%A4%A9&page=1")
    #expect(page.requestBody == form)
    #expect(server.pages.last?.headers["content-type"]?.hasPrefix("application/x-www-form") == true)
    let json = try await fetcher.page(asked(server.url("/api"), .json(#"{"词":"停水"}"#)))
    #expect(json.text == #"POST {"词":"停水"}"#)
    #expect(server.pages.last?.headers["content-type"]?.hasPrefix("application/json") == true)
    #expect(try await fetcher.page(request(server.url("/page"))).text == "GET ")
    #expect(server.asked.first?.method == "GET", "robots.txt is asked for by GET")
    await fetcher.close()
    server.close()
  }

  @Test func `is told apart by its bytes alone`() async throws {
    let server = try PlayServer { _ in [.page("{}", ["ETag: \"1\""])] }
    let fetcher = makeFetcher()
    let first = try await fetcher.page(asked(server.url("/api"), .json("{}")))
    #expect(first.validators.etag == nil && first.validators.digest != nil)
    let again = asked(server.url("/api"), .json("{}"), validators: first.validators)
    guard case .unchanged = try await fetcher.fetch(again) else {
      throw Unexpected(what: "changed")
    }
    await fetcher.close()
    server.close()
  }

  @Test(arguments: [(302, "GET "), (303, "GET "), (307, "POST a=1"), (308, "POST a=1")])
  func `goes on as its redirect says`(_ status: Int, _ seen: String) async throws {
    let server = try PlayServer { asked in
      asked.target == "/api"
        ? [.page("", status: "\(status) Elsewhere", ["Location: /end"])]
        : [.page("\(asked.method) \(asked.body)")]
    }
    let fetcher = makeFetcher()
    let form = RequestBody.form([.init("a", "1")])
    #expect(try await fetcher.page(asked(server.url("/api"), form)).text == seen)
    await fetcher.close()
    server.close()
  }

  @Test func `takes what it sends to no other server`() async throws {
    let other = try PlayServer { asked in [.page("\(asked.method) \(asked.body)")] }
    let place = other.url("/end")
    let server = try PlayServer { _ in [.page("", status: "307 X", ["Location: \(place)"])] }
    let fetcher = makeFetcher()
    let form = RequestBody.form([.init("key", "secret")])
    #expect(try await fetcher.page(asked(server.url("/api"), form)).text == "GET ")
    await fetcher.close()
    server.close()
    other.close()
  }
}
