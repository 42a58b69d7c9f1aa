import Pipeline
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite struct `An open message` {
  /// What its page shows, which a test changes.
  private struct Shown: Sendable {
    var title = "停水"
    var answer: Answer?
    var looks = 0
    var isGone = false
  }

  private static let answer = Answer(unit: "区水务局", body: "主管已修复。", published: .absent)

  private func world(
    _ shown: Mutexed<Shown>, revisit: Revisit? = Revisit(first: .hours(1), longest: .days(7))
  ) async throws -> PipelineWorld {
    var feed = Sample.feed()
    feed.article = .auto
    feed.revisit = revisit
    let world = try await PipelineWorld(feeds: [feed]) { steps in
      let fetch = steps.fetch
      steps.fetch = { request throws(Miss) in
        guard request.isListing || !shown.value.isGone else {
          throw Miss(.status, url: request.url, status: 404, reason: Phrase(zh: "无", en: "gone"))
        }
        return try await fetch(request)
      }
      steps.extract = { page, feed throws(Miss) in
        Extract(leads: [
          Lead(
            id: Item.ID(rawValue: "letter"), feed: feed.id, url: "http://board.example/1",
            title: "停水", published: .absent, foundAt: page.fetchedAt)
        ])
      }
      steps.complete = { _, lead, _ throws(Miss) in
        shown.change { $0.looks += 1 }
        var item = Sample.item(lead.id.rawValue, title: shown.value.title, body: "全文")
        item.answer = shown.value.answer
        return item
      }
    }
    await Rounds(world.surroundings).once()
    await Leads(world.surroundings).once()
    return world
  }

  /// Lets time pass in steps of half an hour, and says after how many hours the page was looked at.
  private func looks(
    _ world: PipelineWorld, _ shown: Mutexed<Shown>, hours: Int
  ) async -> [Double] {
    var looks: [Double] = []
    for half in 1...(hours * 2) {
      world.clock.advance(by: .minutes(30))
      let before = shown.value.looks
      await Revisits(world.surroundings).once()
      if shown.value.looks > before { looks.append(Double(half) / 2) }
    }
    return looks
  }

  private func changes(_ world: PipelineWorld) async throws -> [AnswerChange] {
    try await world.surroundings.ledger.read {
      try $0.answerChanges(of: Item.ID(rawValue: "letter")).map { $0.change }
    }
  }

  @Test func `is read again in pauses that double up to the longest`() async throws {
    let shown = Mutexed(Shown())
    let world = try await world(shown, revisit: Revisit(first: .hours(1), longest: .hours(6)))
    #expect(await looks(world, shown, hours: 26) == [1, 3, 7, 13, 19, 25])
    #expect(try await changes(world).isEmpty)
  }

  @Test func `is left alone by a feed that does not say so`() async throws {
    let shown = Mutexed(Shown())
    let world = try await world(shown, revisit: nil)
    #expect(await looks(world, shown, hours: 30).isEmpty)
  }

  @Test func `has a row for an answer that comes, changes and goes`() async throws {
    let shown = Mutexed(Shown())
    let world = try await world(shown, revisit: Revisit(first: .hours(1), longest: .hours(2)))
    _ = await looks(world, shown, hours: 2)
    shown.change { $0.answer = Self.answer }
    _ = await looks(world, shown, hours: 6)
    #expect(try await changes(world) == [.appeared])
    shown.change { $0.answer?.body = "主管已更换。" }
    _ = await looks(world, shown, hours: 3)
    #expect(try await changes(world) == [.appeared, .changed])
    // An error's page says nothing of the answer.
    shown.change { ($0.answer, $0.title) = (nil, "系统繁忙") }
    _ = await looks(world, shown, hours: 3)
    #expect(try await changes(world) == [.appeared, .changed])
    shown.change { $0.title = "停水" }
    _ = await looks(world, shown, hours: 5)
    #expect(try await changes(world) == [.appeared, .changed, .disappeared])
    let course = try await world.surroundings.ledger.read { ledger in
      try ledger.alerts(AlertFilter()).first.map { try ledger.course(of: $0.alert.id) }
    }
    let words = (course ?? []).map(\.what.zh)
    #expect(words.contains("公开答复：区水务局") && words.contains("公开答复已撤下"))
  }

  @Test func `is read again in the longest pause alone once it is answered`() async throws {
    let shown = Mutexed(Shown(answer: Self.answer))
    let world = try await world(shown, revisit: Revisit(first: .hours(1), longest: .hours(8)))
    #expect(try await changes(world) == [.appeared])
    #expect(await looks(world, shown, hours: 25) == [8, 16, 24])
    #expect(try await changes(world) == [.appeared])
  }

  @Test func `is given up when its page does not come, or after ninety days`() async throws {
    let gone = Mutexed(Shown())
    let first = try await world(gone, revisit: Revisit(first: .hours(1), longest: .hours(2)))
    gone.change { $0.isGone = true }
    _ = await looks(first, gone, hours: 12)
    gone.change { $0.isGone = false }
    #expect(await looks(first, gone, hours: 12).isEmpty)

    let old = Mutexed(Shown())
    let second = try await world(old, revisit: Revisit(first: .days(30), longest: .days(30)))
    var looks = 0
    for _ in 0..<6 {
      second.clock.advance(by: .days(30))
      let before = old.value.looks
      await Revisits(second.surroundings).once()
      looks += old.value.looks - before
    }
    #expect(looks == 3)
  }

  @Test func `survives a kill: what is due is in the ledger`() async throws {
    let shown = Mutexed(Shown())
    let world = try await world(shown)
    shown.change { $0.answer = Self.answer }
    world.clock.advance(by: .hours(2))
    let next = try await world.restart("run-2")
    await Revisits(next).once()
    #expect(try await changes(world) == [.appeared])
  }
}
