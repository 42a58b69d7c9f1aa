import Fetching
import Testing
import Vocabulary

/// Servers that do what they should not: each ends soon, and with the cause that names it.
@Suite struct `A server that misbehaves` {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var acts: [PlayServer.Act]
    var cause: Miss.Cause
    var testDescription: String { name }
  }

  static let ok = "HTTP/1.1 200 OK\r\n"
  static let cases = [
    Case(name: "never answers", acts: [.hang], cause: .timeout),
    Case(name: "stops in the header", acts: [.text(ok + "X: 1\r\n"), .hang], cause: .timeout),
    Case(
      name: "drips a byte now and then",
      acts: [.text(ok + "\r\n")]
        + Array(repeating: [.text("x"), .pause(.milliseconds(300))], count: 40)
        .flatMap(\.self), cause: .timeout),
    Case(name: "leaves at once", acts: [.close], cause: .cutOff),
    Case(
      name: "cuts the body", acts: [.text(ok + "Content-Length: 100\r\n\r\nhalf"), .close],
      cause: .cutOff),
    Case(
      name: "cuts a chunk",
      acts: [.text(ok + "Transfer-Encoding: chunked\r\n\r\n64\r\nhalf"), .close], cause: .cutOff),
    Case(
      name: "says gzip and sends none",
      acts: [.text(ok + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")], cause: .cutOff
    ),
    Case(name: "speaks no HTTP", acts: [.text("SSH-2.0-OpenSSH_9.2\r\n"), .close], cause: .cutOff),
    Case(
      name: "sends a body without end",
      acts: [.text(ok + "\r\n"), .flood([UInt8](repeating: 0x78, count: 65_536))], cause: .tooLarge),
    Case(
      name: "sends headers without end",
      acts: [
        .text(ok), .flood(Array("X-Filler: \(String(repeating: "y", count: 1000))\r\n".utf8)),
      ],
      cause: .tooLarge),
    Case(name: "sends nothing", acts: [.page("")], cause: .empty),
    Case(name: "sends blanks", acts: [.page(" \r\n\t ")], cause: .empty),
    Case(name: "has no such page", acts: [.page("no", status: "404 Not Found")], cause: .gone),
    Case(name: "had such a page", acts: [.page("no", status: "410 Gone")], cause: .gone),
    Case(name: "refuses", acts: [.page("no", status: "403 Forbidden")], cause: .status),
    Case(name: "breaks", acts: [.page("oops", status: "500 Error")], cause: .status),
    Case(name: "is behind a wall", acts: [.page("", status: "412 Wall")], cause: .wall),
    Case(
      name: "shows a challenge as a page",
      acts: [.page("<html><script>document.cookie='acw_sc__v2='+x</script></html>")], cause: .wall),
    Case(
      name: "says 304 to what asked for no comparison",
      acts: [.text("HTTP/1.1 304 Not Modified\r\n\r\n")], cause: .status),
    Case(
      name: "redirects nowhere", acts: [.text("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")],
      cause: .redirect),
    Case(
      name: "redirects to a file", acts: [.redirect(to: "file:///etc/passwd")], cause: .redirect),
    Case(
      name: "redirects to gopher", acts: [.redirect(to: "gopher://h.example/")], cause: .redirect),
    Case(
      name: "redirects to a script", acts: [.redirect(to: "javascript:alert(1)")], cause: .redirect),
    Case(name: "redirects in a circle", acts: [.redirect(to: "/again")], cause: .redirect),
    Case(
      name: "redirects inside", acts: [.redirect(to: "http://10.1.2.3/")], cause: .forbiddenAddress),
  ]

  @Test(arguments: cases) func `is a miss with its cause`(given: Case) async throws {
    let server = try PlayServer { seen in seen.target == "/robots.txt" ? [] : given.acts }
    defer { server.close() }
    var limits = FetchLimits()
    if given.cause == .timeout {
      limits.total = .seconds(4)
      limits.slowFor = .seconds(1)
    }
    limits.slowest = 100
    limits.bytes = 1_000_000
    let fetcher = makeFetcher(limits)
    let miss = try await fetcher.miss(request(server.url("/")))
    #expect(miss.cause == given.cause, "\(miss)")
    #expect(!miss.reason.zh.isEmpty && !miss.reason.en.isEmpty)
    await fetcher.close()
  }

  @Test func `does not unfold a gzip bomb`() async throws {
    let bomb = try Gzip.zeros(megabytes: 60)
    let server = try PlayServer { seen in
      let head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
      return seen.target == "/robots.txt" ? [] : [.text(head), .send(bomb)]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    let miss = try await fetcher.miss(request(server.url("/")))
    #expect(miss.cause == .tooLarge)
    #expect(miss.reason.en.contains("unfolds"))
    await fetcher.close()
  }

  @Test func `that nobody runs is unreachable`() async throws {
    let server = try PlayServer { _ in [] }
    let url = server.url("/")
    server.close()
    let fetcher = makeFetcher()
    let miss = try await fetcher.miss(request(url))
    #expect(miss.cause == .unreachable)
    #expect(miss.url == url)
    await fetcher.close()
  }
}
