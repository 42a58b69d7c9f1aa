import Glibc
import Synchronization
import Testing
import Vocabulary

@testable import Fetching

@Suite struct `A host's line` {
  @Test func `lets listings go before pages, and pages keep a share`() {
    var line = HostLine<String>()
    for page in ["a", "b", "c"] { line.join(page, isListing: false) }
    for listing in ["1", "2", "3", "4", "5", "6"] { line.join(listing, isListing: true) }
    var order: [String] = []
    while let next = line.first {
      #expect(line.takeFirst() == next)
      order.append(next)
    }
    #expect(order == ["1", "2", "3", "4", "a", "5", "6", "b", "c"])
    #expect(line.isEmpty)
  }

  @Test
  func `spares a server that struggles, twice as long each time, and eases off as it answers`() {
    var line = HostLine<String>()
    line.end(at: Ticks(milliseconds: 0))
    func pause(_ asked: Duration = .seconds(2)) -> Int64? {
      line.opensAt(pause: asked, lot: 0)?.milliseconds
    }
    var pauses: [Int64?] = [pause()]
    for isStruggling in [true, true, true, true, true, true, false, false] {
      line.note(isStruggling: isStruggling)
      pauses.append(pause())
    }
    #expect(pauses == [2, 4, 8, 16, 32, 60, 60, 32, 16].map { $0 * 1000 })
    #expect(pause(.seconds(90)) == 90_000, "what a feed asks for is never cut")
    #expect(!line.isForgettable(at: Ticks(milliseconds: 400_000)))
    for _ in 0..<5 { line.note(isStruggling: false) }
    #expect(pause() == 2000)
    #expect(line.isForgettable(at: Ticks(milliseconds: 400_000)))
  }

  @Test func `brings a feed's listing next, however many of its pages wait`() async throws {
    let mayGoOn = Mutex(false)
    let server = try PlayServer { seen in
      while seen.target == "/first", !mayGoOn.withLock(\.self) { usleep(1000) }
      return [.page("x")]
    }
    let other = try PlayServer { _ in [.page("x")] }
    defer {
      server.close()
      other.close()
    }
    let fetcher = makeFetcher()
    let asked = Count()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = try? await fetcher.fetch(request(server.url("/first"))) }
      try? await until { server.pages.count == 1 }
      for number in 1...20 {
        group.addTask {
          asked.add()
          _ = try? await fetcher.fetch(request(server.url("/page/\(number)")))
        }
      }
      try? await until { asked.value == 20 }
      group.addTask {
        asked.add()
        _ = try? await fetcher.fetch(request(server.url("/list"), isListing: true))
      }
      try? await until { asked.value == 21 }
      // Orders are taken in turn: when this one is back, the others stand in their line.
      _ = try? await fetcher.fetch(request(other.url("/")))
      mayGoOn.withLock { $0 = true }
    }
    #expect(server.pages.prefix(2).map(\.target) == ["/first", "/list"])
    #expect(server.pages.count == 22)
    await fetcher.close()
  }
}
