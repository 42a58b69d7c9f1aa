import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `An outage` {
  @Test func `of the mail server for an hour delays a notice by no more than its back-off`()
    async throws
  {
    let clock = Mutex(Duration.zero)
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.judge = { item, _ in Sample.verdict(on: item.id.rawValue, grade: .major) }
      steps.deliver = { _, _ in
        let passed = clock.withLock(\.self)
        let isUp = passed >= .hours(1)
        return Receipt(
          isUp ? .sent : .deferred, reply: isUp ? "250 ok" : "connection refused",
          at: Sample.instant(after: passed))
      }
    }
    try await world.round()
    for _ in 0..<100 where try await world.isWaiting() {
      let next = try #require(try await world.surroundings.ledger.read { try $0.nextEnvelopeAt() })
      let step = max(next - world.clock.now().steady, .milliseconds(1))
      world.clock.advance(by: step)
      clock.withLock { $0 += step }
      try await Outbox(world.surroundings).once()
    }
    let notice = try #require(try await world.alerts().first?.notices.first)
    #expect(notice.state == .sent)
    #expect(notice.mayHaveBeenSentTwice == false)
    let sentAt = try #require(notice.sentAt) - Sample.monday
    #expect(sentAt >= .hours(1) && sentAt <= .hours(1) + .minutes(2), "\(sentAt)")
    #expect((28...45).contains(notice.attempts), "\(notice.attempts)")
  }

  @Test func `of the mail server is no reason to wait once the daemon begins anew`() async throws {
    let isUp = Mutex(false)
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.deliver = { _, _ in
        isUp.withLock(\.self)
          ? Receipt(.sent, reply: "250 ok", at: Sample.instant(after: .minutes(1)))
          : Receipt(.deferred, reply: "451 later", at: Sample.instant())
      }
    }
    try await world.round()
    isUp.withLock { $0 = true }
    world.clock.advance(by: .seconds(1))
    try await Outbox(world.surroundings).once()
    #expect(try await world.alerts().first?.notices.map(\.state) == [.deferred])
    var next = world.surroundings
    next.incarnation = "run-2"
    #expect(try await Presence.begin(next) == 0)
    try await Outbox(next).once()
    let notice = try #require(try await world.alerts().first?.notices.first)
    #expect(notice.state == .sent)
    #expect(notice.mayHaveBeenSentTwice == false)
    #expect(try await world.surroundings.ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test(.timeLimit(.minutes(5)))
  func `that is only a stop in the middle of a reading is no miss of the feed`() async throws {
    let hasBegun = Bell()
    let world = try await PipelineWorld { steps in
      steps.fetch = { request throws(Miss) in
        hasBegun.ring()
        while !Task.isCancelled { await Task.yield() }
        throw Miss(.unreachable, url: request.url, reason: Phrase(zh: "已取消", en: "cancelled"))
      }
    }
    let round = Task { await Rounds(world.surroundings).once() }
    await hasBegun.wait(upTo: .seconds(50), on: ContinuousClock())
    round.cancel()
    await round.value
    let state = try await world.surroundings.ledger.read { try $0.feedState(Sample.feed().id) }
    #expect(state?.misses ?? 0 == 0)
    #expect((state?.nextPollAt ?? .beginning) <= Sample.instant().steady)
  }
}

extension PipelineWorld {
  /// Whether a notice has not left yet.
  func isWaiting() async throws -> Bool {
    try await surroundings.ledger.read { try $0.waitingCount() } > 0
  }
}
