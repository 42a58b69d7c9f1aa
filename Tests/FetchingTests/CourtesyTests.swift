import Fetching
import Testing
import Vocabulary

@Suite struct `A polite fetcher` {
  @Test func `asks a host for one page at a time`() async throws {
    let server = try PlayServer { seen in
      [
        .text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"), .pause(.milliseconds(20)),
        .text("ok"),
      ]
      .filter { _ in seen.target != "/robots.txt" }
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    await withTaskGroup(of: Void.self) { group in
      for number in 1...10 {
        group.addTask { _ = try? await fetcher.fetch(request(server.url("/\(number)"))) }
      }
    }
    let times = server.pages.map(\.at)
    #expect(times.count == 10)
    for (earlier, later) in zip(times, times.dropFirst()) {
      #expect(later - earlier >= .milliseconds(19))
    }
    #expect(server.connectionCount == 1)
    await fetcher.close()
  }

  @Test func `pauses between the end of one request and the start of the next`() async throws {
    let server = try PlayServer { _ in [.page("x")] }
    defer { server.close() }
    let fetcher = makeFetcher()
    let pause = Duration.milliseconds(200)
    for number in 1...3 {
      _ = try await fetcher.page(request(server.url("/\(number)"), pause: pause))
    }
    let times = server.asked.map(\.at)
    #expect(server.asked.map(\.target) == ["/robots.txt", "/1", "/2", "/3"])
    for (earlier, later) in zip(times, times.dropFirst()) {
      #expect(later - earlier >= pause)
    }
    await fetcher.close()
  }

  @Test func `reads robots.txt once and obeys it`() async throws {
    let robots = "User-agent: *\nDisallow: /\n\nUser-agent: Huiyin\nDisallow: /search\nAllow: /\n"
    let server = try PlayServer { seen in
      [.page(seen.target == "/robots.txt" ? robots : "x")]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    _ = try await fetcher.page(request(server.url("/list")))
    let miss = try await fetcher.miss(request(server.url("/search?q=1")))
    #expect(miss.cause == .robots)
    #expect(miss.reason.en.contains("Disallow: /search"))
    #expect(server.asked.map(\.target) == ["/robots.txt", "/list"])
    await fetcher.close()
  }

  @Test(arguments: [
    ("404 Not Found", nil), ("403 Forbidden", nil), ("500 Oops", Miss.Cause.robots),
    ("503 Later", .busy), ("429 Slow", .busy), ("521 Wall", .wall),
  ])
  func `takes a robots.txt that is not there by RFC 9309`(
    status: String, cause: Miss.Cause?
  ) async throws {
    let server = try PlayServer { seen in
      [.page("x", status: seen.target == "/robots.txt" ? status : "200 OK")]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    let result = await Result { () async throws(Miss) in
      try await fetcher.fetch(request(server.url("/list")))
    }
    switch result {
    case .success: #expect(cause == nil)
    case .failure(let miss):
      #expect(miss.cause == cause)
      #expect(server.pages.isEmpty)
      #expect(miss.url == server.url("/list"))
    }
    await fetcher.close()
  }

  @Test func `reads the first part of a robots.txt without end`() async throws {
    let server = try PlayServer { seen in
      guard seen.target == "/robots.txt" else { return [.page("x")] }
      return [
        .text("HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /secret\n"),
        .flood(Array(String(repeating: "# endless\n", count: 800).utf8)),
      ]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    _ = try await fetcher.page(request(server.url("/open")))
    #expect(try await fetcher.miss(request(server.url("/secret"))).cause == .robots)
    await fetcher.close()
  }

  @Test func `follows the redirect of a robots.txt`() async throws {
    let server = try PlayServer { seen in
      switch seen.target {
      case "/robots.txt": [.redirect(to: "/rules.txt")]
      case "/rules.txt": [.page("User-agent: *\nDisallow: /secret\n")]
      default: [.page("x")]
      }
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    #expect(try await fetcher.miss(request(server.url("/secret"))).cause == .robots)
    await fetcher.close()
  }

  @Test func `keeps the delay that a robots.txt asks for, up to a cap`() async throws {
    let server = try PlayServer { seen in
      [.page(seen.target == "/robots.txt" ? "User-agent: *\nCrawl-delay: 3600\n" : "x")]
    }
    defer { server.close() }
    var limits = FetchLimits()
    limits.longestCrawlDelay = .milliseconds(150)
    let fetcher = makeFetcher(limits)
    for number in 1...2 { _ = try await fetcher.page(request(server.url("/\(number)"))) }
    let times = server.asked.map(\.at)
    #expect(times.count == 3)
    for (earlier, later) in zip(times, times.dropFirst()) {
      #expect(later - earlier >= .milliseconds(150))
    }
    await fetcher.close()
  }

  @Test(arguments: ["429 Too Many Requests", "503 Service Unavailable"])
  func `leaves a host alone that asks for it`(status: String) async throws {
    let server = try PlayServer { seen in
      seen.target == "/robots.txt" ? [] : [.page("", status: status, ["Retry-After: 999999"])]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    let first = try await fetcher.miss(request(server.url("/1")))
    #expect(first.cause == .busy)
    #expect(first.retryAfter == .seconds(3600))
    let second = try await fetcher.miss(request(server.url("/2")))
    #expect(second.cause == .busy)
    #expect(try #require(second.retryAfter) <= .seconds(3600))
    #expect(server.pages.map(\.target) == ["/1"])
    await fetcher.close()
  }

  @Test func `never lets one slow host delay another`() async throws {
    let slow = try PlayServer { seen in seen.target == "/robots.txt" ? [] : [.hang] }
    let brisk = try PlayServer { _ in [.page("x")] }
    defer {
      slow.close()
      brisk.close()
    }
    var limits = FetchLimits()
    limits.inFlight = 4
    limits.brisk = .milliseconds(200)
    let fetcher = makeFetcher(limits)
    try await withThrowingTaskGroup(of: Void.self) { group in
      // More hosts that hang than there are places in flight.
      for number in 1...20 {
        group.addTask {
          _ = try? await fetcher.fetch(request(slow.url("/", host: "127.0.2.\(number)")))
        }
      }
      try await until { slow.pages.count >= 4 }
      let clock = ContinuousClock()
      let began = clock.now
      for number in 1...20 {
        let page = try? await fetcher.page(request(brisk.url("/\(number)")))
        #expect(page != nil)
      }
      #expect(clock.now - began < .seconds(45))
      group.cancelAll()
    }
    await fetcher.close()
  }
}
