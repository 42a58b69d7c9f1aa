import Fetching
import Testing
import Vocabulary

@Suite struct `A sign to whoever watches` {
  private func beat(
    _ server: PlayServer, _ target: String = "/beat", total: Duration = .seconds(60)
  ) async -> Phrase? {
    let address = HeartbeatAddress(url: server.url(target))
    return await Beat(to: address, version: "1.0", total: total).send()
  }

  @Test(arguments: ["200 OK", "204 No Content", "202 Accepted"])
  func `is heard where the answer is 2xx, and says nothing of anybody`(status: String) async throws
  {
    let server = try PlayServer { _ in [.page("", status: status)] }
    defer { server.close() }
    #expect(await beat(server, "/beat?key=1") == nil)
    let seen = try #require(server.asked.first)
    #expect(server.asked.count == 1, "no robots.txt is asked for")
    #expect(seen.target == "/beat?key=1")
    #expect(Set(seen.headers.keys) == ["host", "user-agent", "accept"])
    #expect(seen.headers["user-agent"] == "Huiyin/1.0")
  }

  @Test(arguments: ["404 Not Found", "500 Oops"])
  func `is not heard where the answer is another`(status: String) async throws {
    let server = try PlayServer { _ in [.page("", status: status)] }
    defer { server.close() }
    let reason = try #require(await beat(server))
    #expect(reason.en.contains(status.prefix(3)))
  }

  @Test func `follows no redirect`() async throws {
    let server = try PlayServer { _ in
      [.redirect(to: "http://127.0.0.1:1/elsewhere")]
    }
    defer { server.close() }
    let reason = try #require(await beat(server))
    #expect(reason.en.contains("302"))
    #expect(server.asked.count == 1)
  }

  @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/x", "smtp://127.0.0.1/"])
  func `goes by http and https alone`(url: String) async {
    let reason = await Beat(to: HeartbeatAddress(url: url), version: "1.0").send()
    #expect(reason != nil)
  }

  @Test func `reads no body, however long`() async throws {
    let server = try PlayServer { _ in
      [.send(Array("HTTP/1.1 200 OK\r\n\r\n".utf8)), .flood(Array("x".utf8))]
    }
    defer { server.close() }
    #expect(await beat(server) == nil)
  }

  @Test func `waits no longer than it may, and not at all for whoever stops`() async throws {
    let server = try PlayServer { _ in [.hang] }
    defer { server.close() }
    #expect(await beat(server, total: .milliseconds(200)) != nil)
    let waiting = Task { await beat(server, total: .seconds(600)) }
    while server.asked.count < 2 { await Task.yield() }
    waiting.cancel()
    #expect(await waiting.value != nil)
  }

  @Test func `shows its host and never its path`() {
    let address = HeartbeatAddress(url: "https://beat.example:8443/5f3b/secret?x=1")
    #expect(address.host == "beat.example:8443")
    #expect(HeartbeatAddress(url: "http://beat.example?key=1").host == "beat.example")
  }
}
