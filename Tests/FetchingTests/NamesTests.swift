import Fetching
import Testing
import Vocabulary

/// The resolver trap: names that are dead or slow, by the hundred, must hold nobody up.
@Suite struct `Names that are looked up` {
  /// `ok-7.test` is 127.0.1.7.
  static func address(_ name: String) -> [UInt8] {
    let number = name.drop { $0 != "-" }.dropFirst().prefix { $0 != "." }
    return [127, 0, 1, UInt8(number) ?? 1]
  }

  @Test func `never hold healthy hosts up, even three hundred bad ones`() async throws {
    let server = try PlayServer { _ in [.page("好")] }
    let names = try PlayNames(slowFor: .seconds(90), address: Self.address)
    defer {
      server.close()
      names.close()
    }
    var limits = FetchLimits()
    limits.inFlight = 16
    limits.name = .seconds(120)
    let fetcher = makeFetcher(limits, nameServers: names.servers)
    let waiting = ["slow", "never"].flatMap { kind in (1...110).map { "\(kind)-\($0).test" } }
    let failing = ["nx", "fail"].flatMap { kind in (1...40).map { "\(kind)-\($0).test" } }
    let given = Count()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in failing {
        group.addTask { _ = try? await fetcher.fetch(request(server.url("/", host: name))) }
      }
      for name in waiting {
        group.addTask {
          _ = try? await fetcher.fetch(request(server.url("/", host: name)))
          given.add()
        }
      }
      // Every bad name is queued and asked for before the first healthy one.
      try await until { names.questionCount >= 2 * (waiting.count + failing.count) }
      for number in 1...20 {
        _ = try await fetcher.page(request(server.url("/", host: "ok-\(number).test")))
      }
      // Were a name under look-up to hold a place, most of them would have had to end before.
      #expect(given.value == 0)
      group.cancelAll()
    }
    await fetcher.close()
  }

  @Test func `that are answered late are still good`() async throws {
    let server = try PlayServer { _ in [.page("好")] }
    let names = try PlayNames(slowFor: .milliseconds(300), address: Self.address)
    defer {
      server.close()
      names.close()
    }
    let fetcher = makeFetcher(nameServers: names.servers)
    let page = try await fetcher.page(request(server.url("/", host: "slow-1.test")))
    #expect(page.text == "好")
    await fetcher.close()
  }

  @Test func `need not wait for an IPv6 answer that never comes`() async throws {
    let server = try PlayServer { _ in [.page("x")] }
    let names = try PlayNames(address: Self.address)
    defer {
      server.close()
      names.close()
    }
    let fetcher = makeFetcher(nameServers: names.servers)
    _ = try await fetcher.page(request(server.url("/", host: "half-6.test")))
    // c-ares would ask four times before it gave the address up: five questions with the other one.
    #expect(names.questionCount < 5)
    await fetcher.close()
  }

  @Test func `are asked for once and remembered`() async throws {
    let server = try PlayServer { _ in [.page("x"), .close] }
    let names = try PlayNames(address: Self.address)
    defer {
      server.close()
      names.close()
    }
    let fetcher = makeFetcher(nameServers: names.servers)
    for number in 1...3 {
      _ = try await fetcher.page(request(server.url("/\(number)", host: "OK-9.test")))
    }
    #expect(names.questionCount == 2)
    #expect(server.connectionCount >= 3)
    await fetcher.close()
  }

  @Test(arguments: ["nx-1.test", "fail-1.test", "never-1.test"])
  func `that bring nothing say which step failed`(name: String) async throws {
    let names = try PlayNames(address: Self.address)
    defer { names.close() }
    var limits = FetchLimits()
    limits.name = name == "nx-1.test" ? .seconds(60) : .milliseconds(300)
    let fetcher = makeFetcher(limits, nameServers: names.servers)
    let miss = try await fetcher.miss(request("http://\(name)/"))
    #expect(miss.cause == (name == "nx-1.test" ? .nameUnknown : .nameTimeout))
    #expect(miss.url == "http://\(name)/")
    #expect(miss.reason.zh.hasPrefix("域名解析"))
    #expect(miss.reason.en.hasPrefix("Name lookup"))
    await fetcher.close()
  }

  @Test func `in the machine's own hosts file need no server`() async throws {
    let server = try PlayServer { _ in [.page("x")] }
    defer { server.close() }
    let fetcher = makeFetcher()
    _ = try await fetcher.page(request(server.url("/", host: "localhost")))
    await fetcher.close()
  }
}
