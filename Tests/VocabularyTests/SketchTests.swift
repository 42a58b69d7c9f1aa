import Testing
import Vocabulary

@Suite struct `A sketch` {
  private func sketch(_ runs: [UInt32], numbers: [UInt32] = []) throws -> Sketch {
    try #require(Sketch(runs: runs, numbers: numbers))
  }

  /// So many runs, spread over the numbers as hashes are, from the so-many-th on.
  private func runs(_ count: UInt32, from first: UInt32 = 0) -> [UInt32] {
    (first..<first + count).map { $0 &* 2_654_435_761 }.sorted()
  }

  @Test func `is drawn of no short text`() {
    #expect(Sketch(runs: runs(87), numbers: []) == nil)
    #expect(Sketch(runs: runs(88), numbers: [])?.runs.count == 88)
  }

  @Test func `keeps so much of a long text and no more`() throws {
    let long = try sketch(runs(50_000))
    #expect(long.runs.count == Sketch.size)
    #expect(long.bands.count == Int(Sketch.bandCount))
    #expect(Sketch(kept: long.runs, runCount: long.runCount, numbers: []) == long)
    #expect(Sketch(kept: long.runs, runCount: 100, numbers: []) == nil)
  }

  @Test(arguments: [88, 127, 128, 200, 5000] as [UInt32])
  func `is wholly like itself`(_ count: UInt32) throws {
    #expect(try sketch(runs(count)).likeness(to: sketch(runs(count)), onOneFeed: false) == 1)
  }

  @Test func `is like a text that is half of it, and unlike one that shares a third`() throws {
    let whole = try sketch(runs(1000))
    let half = try #require(whole.likeness(to: sketch(runs(500)), onOneFeed: false))
    #expect(half > 0.85)
    #expect(try whole.likeness(to: sketch(runs(1000, from: 667)), onOneFeed: false) == nil)
    #expect(try whole.likeness(to: sketch(runs(1000, from: 5000)), onOneFeed: false) == nil)
  }

  @Test func `asks more of a short text`() throws {
    // Seven tenths are in common each time.
    let (short, long) = (try sketch(runs(100)), try sketch(runs(1000)))
    #expect(try short.likeness(to: sketch(runs(100, from: 30)), onOneFeed: false) == nil)
    #expect(try long.likeness(to: sketch(runs(1000, from: 300)), onOneFeed: false) != nil)
  }

  @Test func `asks for nearly all of a text on the same feed, which prints forms`() throws {
    let letter = try sketch(runs(1000))
    #expect(try letter.likeness(to: sketch(runs(1000, from: 200)), onOneFeed: true) == nil)
    #expect(try letter.likeness(to: sketch(runs(1000, from: 200)), onOneFeed: false) != nil)
    #expect(try letter.likeness(to: sketch(runs(1020)), onOneFeed: true) != nil)
  }

  @Test func `is another notice of one form where most numbers differ`() throws {
    let monday = try sketch(runs(300), numbers: [2, 3, 9, 17])
    #expect(
      try monday.likeness(to: sketch(runs(300), numbers: [3, 10, 12, 18]), onOneFeed: false) == nil)
    #expect(try monday.likeness(to: sketch(runs(300), numbers: [2, 3, 10]), onOneFeed: false) == 1)
    #expect(try monday.likeness(to: sketch(runs(300), numbers: [5]), onOneFeed: false) == 1)
  }
}

@Suite struct `A spread` {
  private let daily = Outlet(name: "青川日报")

  @Test func `counts an outlet once, however many feeds it has`() {
    #expect(!Spread([daily, daily, daily]).isWide)
    #expect(Spread([daily, daily, Outlet(name: "青川晚报"), Outlet(name: "竹园新闻网")]).isWide)
    #expect(Spread([daily]).union(Spread([Outlet(name: "青川日报", isNational: true)])).isWide)
  }

  @Test func `counts no board and no portal`() {
    var feed = Feed(
      id: Feed.ID(rawValue: "a"), name: "青川网", kind: .list, url: "http://a.example/",
      every: .minutes(10))
    #expect(feed.publisher == nil)
    feed.outlet = "青川日报"
    #expect(feed.publisher == daily)
    feed.national = true
    #expect(feed.publisher == Outlet(name: "青川日报", isNational: true))
    feed.outlet = nil
    #expect(feed.publisher == Outlet(name: "青川网", isNational: true))
    feed.kind = .board
    #expect(feed.publisher == nil)
  }
}
