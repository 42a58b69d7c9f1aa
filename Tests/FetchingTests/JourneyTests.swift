import Fetching
import Testing
import Vocabulary

/// Conditions, redirects, cookies, and the ends that callers put to a fetch.
@Suite struct `A fetch on its way` {
  @Test func `asks whether anything is new`() async throws {
    let server = try PlayServer { seen in
      guard seen.target != "/robots.txt" else { return [] }
      return [.text("HTTP/1.1 304 Not Modified\r\n\r\n")]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    let date = "Mon, 02 Mar 2026 01:00:00 GMT"
    let fetched = try await fetcher.fetch(
      request(server.url("/"), validators: Validators(etag: "\"v1\"", lastModified: date)))
    guard case .unchanged(let instant) = fetched else { throw Unexpected(what: "\(fetched)") }
    #expect(instant == noon)
    let headers = try #require(server.pages.first).headers
    #expect(headers["if-none-match"] == "\"v1\"")
    #expect(headers["if-modified-since"] == date)
    await fetcher.close()
  }

  @Test func `knows the same bytes again`() async throws {
    let server = try PlayServer { _ in [.page("same")] }
    defer { server.close() }
    let fetcher = makeFetcher()
    let page = try await fetcher.page(request(server.url("/")))
    let again = try await fetcher.fetch(request(server.url("/"), validators: page.validators))
    guard case .unchanged = again else { throw Unexpected(what: "\(again)") }
    await fetcher.close()
  }

  @Test func `follows redirects and says where it ended`() async throws {
    let server = try PlayServer { seen in
      switch seen.target {
      case "/robots.txt": []
      case "/": [.redirect(to: "a/b?c=1")]
      case "/a/b?c=1":
        [.redirect(to: "//127.0.0.3:\(seen.headers["host"]?.split(separator: ":").last ?? "")/end")]
      default: [.page("arrived")]
      }
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    let page = try await fetcher.page(request(server.url("/")) { $0.headers = ["X-Key": "secret"] })
    #expect(page.url == server.url("/end", host: "127.0.0.3"))
    #expect(page.requestedURL == server.url("/"))
    // The new host is asked for its own robots.txt, and never sees the feed's own headers.
    #expect(server.asked.map(\.target) == ["/robots.txt", "/", "/a/b?c=1", "/robots.txt", "/end"])
    #expect(server.pages.map { $0.headers["x-key"] } == ["secret", "secret", nil])
    await fetcher.close()
  }

  @Test func `follows a redirect that is written in GBK`() async throws {
    let server = try PlayServer { seen in
      switch seen.target {
      case "/robots.txt": []
      case "/":
        [
          .text("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /"),
          .send([0xC1, 0xF4, 0xD1, 0xD4]), .text("?a b\r\n\r\n"),
        ]
      default: [.page("x")]
      }
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    _ = try await fetcher.page(request(server.url("/")))
    #expect(server.pages.last?.target.uppercased() == "/%C1%F4%D1%D4?A+B")
    await fetcher.close()
  }

  @Test func `keeps cookies for one chain of redirects and no longer`() async throws {
    let server = try PlayServer { seen in
      switch seen.target {
      case "/robots.txt": []
      case "/in": [.redirect(to: "/out", ["Set-Cookie: seen=1; Path=/"])]
      default: [.page("x", ["Set-Cookie: later=1; Path=/"])]
      }
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    for target in ["/in", "/out", "/in"] { _ = try await fetcher.page(request(server.url(target))) }
    let cookies = server.pages.map { $0.headers["cookie"] }
    #expect(cookies == [nil, "seen=1", nil, nil, "seen=1"])
    await fetcher.close()
  }

  @Test func `is cancelled with the task that asked`() async throws {
    let server = try PlayServer { seen in seen.target == "/robots.txt" ? [] : [.hang] }
    defer { server.close() }
    let fetcher = makeFetcher()
    let asking = Task { try await fetcher.miss(request(server.url("/"))) }
    try await until { !server.pages.isEmpty }
    asking.cancel()
    #expect(try await asking.value.reason.en.contains("cancelled"))
    // Its host's turn is free again.
    let next = Task { try await fetcher.miss(request(server.url("/next"))) }
    try await until { server.pages.count >= 2 }
    next.cancel()
    _ = try await next.value
    await fetcher.close()
  }

  @Test func `that was cancelled before it began asks nothing`() async throws {
    let server = try PlayServer { seen in seen.target == "/robots.txt" ? [] : [.hang] }
    defer { server.close() }
    let fetcher = makeFetcher()
    let asking = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await fetcher.miss(request(server.url("/")))
    }
    #expect(try await asking.value.reason.en.contains("cancelled"))
    await fetcher.close()
  }

  @Test func `ends when the fetcher closes, and none begins after`() async throws {
    let server = try PlayServer { seen in seen.target == "/robots.txt" ? [] : [.hang] }
    defer { server.close() }
    let fetcher = makeFetcher()
    async let first = fetcher.miss(request(server.url("/")))
    async let queued = fetcher.miss(request(server.url("/queued")))
    try await until { !server.pages.isEmpty }
    await fetcher.close()
    #expect(try await first.cause == .unreachable)
    #expect(try await queued.reason.zh.contains("正在停止"))
    #expect(try await fetcher.miss(request(server.url("/"))).reason.en.contains("stopping"))
    await fetcher.close()
  }

  @Test func `goes by the manners adopted last, on kept connections too`() async throws {
    let server = try PlayServer { _ in [.page("x")] }
    defer { server.close() }
    let fetcher = makeFetcher()
    _ = try await fetcher.page(request(server.url("/")))
    fetcher.adopt(Manners(pause: .zero, allowPrivate: []))
    let miss = try await fetcher.miss(request(server.url("/again")))
    #expect(miss.cause == .forbiddenAddress)
    #expect(miss.reason.zh.contains("fetch.allow_private"))
    #expect(miss.reason.en.contains("127.0.0.1"))
    #expect(server.pages.count == 1)
    await fetcher.close()
  }

  @Test(arguments: [
    "http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://0/",
    "http://2130706433:9/", "http://169.254.169.254/latest",
  ])
  func `never goes inside unless it may`(url: String) async throws {
    let fetcher = makeFetcher(allow: [])
    let miss = try await fetcher.miss(request(url))
    #expect(miss.cause == .forbiddenAddress)
    await fetcher.close()
  }

  @Test func `goes through the proxy that its feed names`() async throws {
    let proxy = try PlayServer { seen in
      seen.target.hasSuffix("/robots.txt") ? [.page("", status: "404 No")] : [.page("by proxy")]
    }
    defer { proxy.close() }
    // The proxy's own address needs no permission, and the name is the proxy's to look up.
    let fetcher = makeFetcher(allow: [])
    let page = try await fetcher.page(
      request("http://inside.example/list") { $0.proxy = proxy.url("") })
    #expect(page.text == "by proxy")
    #expect(proxy.pages.last?.target == "http://inside.example/list")
    await fetcher.close()
  }

  @Test func `with a line break in address or header is refused`() async throws {
    let fetcher = makeFetcher()
    for asked in [
      request("http://127.0.0.1/\r\nX: 1"),
      request("http://127.0.0.1/") { $0.headers = ["X": "1\r\nY: 2"] },
      request("http://127.0.0.1/") { $0.proxy = "nonsense://x" },
    ] {
      #expect(try await fetcher.miss(asked).cause == .badAddress)
    }
    await fetcher.close()
  }
}
