import Glibc
import Testing
import Vocabulary

@testable import Fetching

/// A loop that a test turns by hand. Errands of robots.txt stand for all: nobody waits for them.
private struct Machine {
  let multi = Multi()
  let inbox: Inbox
  let loop: Loop

  init(nameServers: String? = nil) {
    inbox = Inbox(waking: multi)
    loop = Loop(
      Manners(pause: .zero, allowPrivate: [loopback], contact: nil), inbox: inbox, multi: multi,
      limits: FetchLimits(), version: "1.0", nameServers: nameServers, authorities: nil,
      now: { noon })
  }

  /// Errands of addresses; each is the robots.txt of a server of its own.
  func errands(_ addresses: some Sequence<String>) throws -> [Errand] {
    try addresses.map { url in
      let address = try WebAddress(url)
      let key = RobotsShelf.Key(origin: url, proxy: nil)
      return Errand(id: inbox.nextID(), request(url), to: address, for: .robots(key))
    }
  }

  /// Ends whatever the loop has, as the thread does.
  func close() {
    _ = inbox.send(.close(nil))
    loop.run()
  }
}

@Suite struct `A turn of the fetching thread` {
  private static let many = 1000

  @Test func `connects a handful, whoever is ready, and comes again at once`() throws {
    let server = try PlayServer { _ in [.hang] }
    defer { server.close() }
    let machine = Machine()
    let loop = machine.loop
    let errands = try machine.errands(
      (1...100).map { server.url("/robots.txt", host: "127.0.7.\($0)") })
    for errand in errands { loop.ready.append((errand, [])) }
    var turns = 0
    while !loop.ready.isEmpty {
      let before = loop.flights.count
      loop.turn()
      turns += 1
      #expect((1...Loop.handful).contains(loop.flights.count - before))
      #expect(loop.hasMore || loop.ready.isEmpty)
    }
    #expect(loop.flights.count == errands.count)
    #expect(turns >= errands.count / Loop.handful)
    machine.close()
  }

  @Test func `tells a handful of a line that has to rest, and the others later`() throws {
    let machine = Machine()
    let loop = machine.loop
    let url = "http://127.0.0.1:9/robots.txt"
    let errands = try machine.errands(repeatElement(url, count: Self.many))
    let line = errands[0].address.line
    loop.lines[line, default: HostLine()].rest(until: loop.now + .minutes(10))
    for errand in errands { loop.lines[line]?.join(errand, isListing: true) }
    loop.advance(line)
    #expect(errands.count(where: \.isOver) == Loop.handful)
    #expect(loop.alarms.soonest == loop.now, "the rest comes with the next alarm, at once")
    while loop.lines[line]?.isEmpty == false { loop.turn() }
    #expect(errands.count(where: \.isOver) == Self.many)
    machine.close()
  }

  @Test func `goes through a handful of those that nobody waits for any more`() throws {
    let machine = Machine()
    let loop = machine.loop
    let errands = try machine.errands(
      repeatElement("http://127.0.0.1:9/robots.txt", count: Self.many))
    let line = errands[0].address.line
    for errand in errands {
      loop.lines[line, default: HostLine()].join(errand, isListing: true)
      _ = errand.end()
    }
    loop.advance(line)
    #expect(loop.lines[line]?.isEmpty == false)
    while loop.lines[line]?.isEmpty == false { loop.turn() }
    machine.close()
  }

  @Test func `leaves those who waited for one robots.txt to the turns that follow`() throws {
    let machine = Machine()
    let loop = machine.loop
    let errands = try machine.errands(
      repeatElement("http://127.0.0.1:9/robots.txt", count: Self.many))
    let key = RobotsShelf.Key(origin: "http://127.0.0.1:9", proxy: nil)
    for errand in errands { loop.robots.wait(errand, for: key) }
    loop.robotsMissed(.noRobots(Answer(url: "", status: 500, arrivedAt: noon)), of: key)
    #expect(errands.count(where: \.isOver) == 0, "nothing is told within the part that found it")
    loop.tell(until: loop.now)
    #expect(errands.count(where: \.isOver) == Loop.handful)
    while !loop.news.isEmpty { loop.turn() }
    #expect(errands.count(where: \.isOver) == Self.many)
    machine.close()
  }

  @Test func `asks for a handful of names`() throws {
    let names = try PlayNames(address: { _ in [127, 0, 0, 1] })
    defer { names.close() }
    let resolver = Names(patience: .seconds(60), nameServers: names.servers)
    for number in 1...100 { resolver.look(up: "never-\(number).test", at: Ticks.read()) }
    #expect(resolver.asking == 0 && resolver.hasMore)
    for round in 1...6 {
      resolver.ask()
      #expect(resolver.asking == round * Names.handful * 2)
    }
    resolver.ask()
    #expect(resolver.asking == 200 && !resolver.hasMore)
  }

  @Test func `hears of a handful of names that nobody answered`() {
    let resolver = Names(patience: .zero, nameServers: "127.0.0.1:9")
    let now = Ticks.read()
    for number in 1...100 { resolver.look(up: "never-\(number).test", at: now) }
    var ended: [String] = []
    while case let found = resolver.ended(at: now), !found.isEmpty {
      #expect(found.count <= Names.handful)
      ended += found.map(\.name)
    }
    #expect(Set(ended).count == 100)
  }

  @Test func `forgets old hosts a few at a time, and all of them in the end`() {
    let machine = Machine()
    let loop = machine.loop
    for number in 1...Self.many { loop.lines["\(number).example"] = HostLine() }
    loop.alarms.add(.sweep, at: loop.now)
    loop.turn()
    #expect(!loop.lines.isEmpty)
    for _ in 0..<100_000 where !loop.lines.isEmpty { loop.turn() }
    #expect(loop.lines.isEmpty)
    machine.close()
  }
}

@Suite struct `A robots.txt that is long` {
  /// As long as one is read, the lines that matter last.
  private static let half = String(repeating: "Disallow: /not/here/at/all\n", count: 17_000)

  @Test func `is obeyed as any other`() async throws {
    let server = try PlayServer { seen in
      [.page(seen.target == "/robots.txt" ? "User-agent: *\n\(Self.half)Disallow: /secret" : "x")]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    _ = try await fetcher.page(request(server.url("/open")))
    #expect(try await fetcher.miss(request(server.url("/secret/1"))).cause == .robots)
    #expect(server.asked.map(\.target) == ["/robots.txt", "/open"])
    await fetcher.close()
  }

  @Test func `allows what it does not name, however many lines it has`() {
    let robots = Robots(Array("User-agent: *\n\(Self.half)".utf8), product: "huiyin")
    #expect(robots.ruling(on: "/list?page=1") == .allowed)
  }

  @Test func `disallows what would take time without end to find out`() throws {
    let line = "/*" + String(repeating: "a", count: 1000) + "b"
    let file = "User-agent: *\n" + String(repeating: "Disallow: \(line)\n", count: 250)
    let robots = Robots(Array(file.utf8), product: "huiyin")
    let path = "/" + String(repeating: "a", count: 8000)
    let pattern = try #require(RobotsPattern(Array(line.utf8)))
    // One of the lines alone.
    #expect(pattern.match(Array(path.utf8)).steps > Robots.mostSteps)
    #expect(pattern.match(Array(path.utf8), within: 100).steps == 100)
    #expect(robots.ruling(on: path) == .disallowed(by: "Disallow: \(line)"))
    #expect(robots.ruling(on: "/list") == .allowed)
  }
}

@Suite struct `A watch over sockets` {
  @Test func `keeps a ring for the next wait, however often it was rung`() {
    let watch = Watch()
    var none: [pollfd] = []
    for _ in 1...3 { watch.ring() }
    watch.wait(-1, also: &none)
    // Were one of them left, this would hang no longer than it is told; a lost one would for ever.
    watch.wait(0, also: &none)
    watch.ring()
    watch.wait(-1, also: &none)
  }

  @Test func `says which of the others has something`() throws {
    let watch = Watch()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    var others = [
      pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0),
      pollfd(fd: ends[1], events: Int16(POLLOUT), revents: 0),
    ]
    watch.wait(-1, also: &others)
    #expect(others.map { Int32($0.revents) } == [0, POLLOUT])
    _ = write(ends[1], "x", 1)
    watch.wait(-1, also: &others)
    #expect(others.map { Int32($0.revents) } == [POLLIN, POLLOUT])
  }
}
