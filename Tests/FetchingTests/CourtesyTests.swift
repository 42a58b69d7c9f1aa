import Fetching
import Glibc
import Synchronization
import Testing
import Vocabulary

@Suite struct `A polite fetcher` {
  @Test func `asks a host for one page at a time`() async throws {
    let open = Open()
    let server = try PlayServer { seen in
      guard seen.target != "/robots.txt" else { return [] }
      // A second request of this fetcher would come while the first is still being thought about.
      open.begin()
      usleep(5000)
      open.end()
      return [.page("ok")]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    await withTaskGroup(of: Void.self) { group in
      for number in 1...10 {
        group.addTask { _ = try? await fetcher.fetch(request(server.url("/\(number)"))) }
      }
    }
    #expect(server.pages.count == 10)
    #expect(open.most == 1)
    #expect(server.connectionCount == 1)
    await fetcher.close()
  }

  @Test func `pauses after each request to a host, robots.txt included`() async throws {
    let server = try PlayServer { _ in [.page("x")] }
    let brisk = try PlayServer { _ in [.page("x")] }
    defer {
      server.close()
      brisk.close()
    }
    let fetcher = makeFetcher()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        _ = try? await fetcher.fetch(request(server.url("/1"), pause: .seconds(3600)))
      }
      try await until { server.asked.count == 1 }
      for number in 1...20 {
        _ = try await fetcher.page(request(brisk.url("/\(number)", host: "127.0.3.1")))
      }
      #expect(server.asked.map(\.target) == ["/robots.txt"])
      group.cancelAll()
    }
    await fetcher.close()
  }

  @Test func `goes on after the pause`() async throws {
    let server = try PlayServer { _ in [.page("x")] }
    defer { server.close() }
    let fetcher = makeFetcher()
    for number in 1...3 {
      _ = try await fetcher.page(request(server.url("/\(number)"), pause: .milliseconds(5)))
    }
    #expect(server.asked.map(\.target) == ["/robots.txt", "/1", "/2", "/3"])
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

  @Test func `keeps the delay that a robots.txt asks for`() async throws {
    let server = try PlayServer { _ in [.page("User-agent: *\nCrawl-delay: 3600\n")] }
    let brisk = try PlayServer { _ in [.page("x")] }
    defer {
      server.close()
      brisk.close()
    }
    var limits = FetchLimits()
    limits.longestCrawlDelay = .seconds(3600)
    let fetcher = makeFetcher(limits)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try? await fetcher.fetch(request(server.url("/1"))) }
      try await until { server.asked.count == 1 }
      for number in 1...20 {
        _ = try await fetcher.page(request(brisk.url("/\(number)", host: "127.0.3.1")))
      }
      #expect(server.asked.map(\.target) == ["/robots.txt"])
      group.cancelAll()
    }
    await fetcher.close()
  }

  @Test func `keeps such a delay up to a cap`() async throws {
    let server = try PlayServer { _ in [.page("User-agent: *\nCrawl-delay: 3600\n")] }
    defer { server.close() }
    var limits = FetchLimits()
    limits.longestCrawlDelay = .milliseconds(5)
    let fetcher = makeFetcher(limits)
    for number in 1...2 { _ = try await fetcher.page(request(server.url("/\(number)"))) }
    #expect(server.asked.map(\.target) == ["/robots.txt", "/1", "/2"])
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
    let ended = Count()
    try await withThrowingTaskGroup(of: Void.self) { group in
      // More hosts that hang than there are places in flight.
      for number in 1...20 {
        group.addTask {
          _ = try? await fetcher.fetch(request(slow.url("/", host: "127.0.2.\(number)")))
          ended.add()
        }
      }
      try await until { slow.pages.count >= 4 }
      for number in 1...20 {
        let page = try? await fetcher.page(request(brisk.url("/\(number)")))
        #expect(page != nil)
      }
      // Had they held their places, the first of them would have had to end before.
      #expect(ended.value == 0)
      group.cancelAll()
    }
    await fetcher.close()
  }
}

/// How many of something are open at once, and the most there were.
private final class Open: Sendable {
  private let counts = Mutex((now: 0, most: 0))
  var most: Int { counts.withLock(\.most) }

  func begin() {
    counts.withLock { counts in
      counts.now += 1
      counts.most = max(counts.most, counts.now)
    }
  }

  func end() { counts.withLock { $0.now -= 1 } }
}
