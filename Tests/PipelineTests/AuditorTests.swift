import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Pipeline
@testable import Storage

@Suite struct `An auditor` {
  private static func world(
    _ told: Told, _ change: @escaping (inout Steps) -> Void = { _ in }
  ) async throws -> PipelineWorld {
    try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.deliver = { _, _ in Receipt(.deferred, reply: "451 later", at: Sample.instant()) }
      change(&steps)
      let drafted = steps.draft
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return drafted(occasion) }
        return told.notices(trouble)
      }
    }
  }

  @Test func `passes where everything open has somebody who sees to it`() async throws {
    let told = Told()
    let world = try await Self.world(told)
    try await world.round()
    #expect(try await world.alerts().count == 1)
    await Auditor(world.surroundings).once()
    #expect(await world.feeds() == 1)
    #expect(told.all.isEmpty)
  }

  @Test(arguments: [
    "UPDATE outbox SET next_try_at = NULL", "UPDATE outbox SET state = 'waiting'",
    "UPDATE outbox SET attempts = 9", "DELETE FROM outbox",
    "UPDATE standing SET due_at = due_at + 1",
  ])
  func `mends what only the copy of the facts has wrong`(damage: String) async throws {
    let told = Told()
    let world = try await Self.world(told)
    try await world.round()
    _ = try await world.surroundings.ledger.write { try $0.run(damage) }
    #expect(try await world.surroundings.ledger.read { try $0.audit(limit: 9) } != [])
    await Auditor(world.surroundings).once()
    #expect(try await world.surroundings.ledger.read { try $0.audit(limit: 9) } == [])
    #expect(try await world.surroundings.ledger.read { try $0.auditOutbox() } == [])
    #expect(await world.feeds() == 1)
    #expect(told.all.isEmpty)
  }

  @Test func `tells the admins once of what it cannot mend, and starves the watchdog meanwhile`()
    async throws
  {
    let told = Told()
    let world = try await Self.world(told) { $0.draft = { _ in [] } }
    try await world.round()
    let alert = try #require(try await world.alerts().first)
    for _ in 0..<3 {
      await Auditor(world.surroundings).once()
      #expect(await world.feeds() == 0)
      world.clock.advance(by: .minutes(1))
    }
    #expect(told.all == ["audit \(alert.id)"])
    let now = world.surroundings.now()
    try await world.surroundings.ledger.write { ledger in
      try ledger.acknowledge(
        alert.id, unit: true, falseAlarm: false, by: "officer", reason: nil, at: now)
    }
    for _ in 0..<2 { await Auditor(world.surroundings).once() }
    #expect(await world.feeds() == 1)
    #expect(told.all == ["audit \(alert.id)", "audit passes"])
  }

  @Test func `sees a loop that stands still, and no fault in a machine that slept`() async throws {
    let told = Told()
    let world = try await Self.world(told)
    let (surroundings, auditor) = (world.surroundings, Auditor(world.surroundings))
    surroundings.soundness.turn(.outbox, at: surroundings.now())
    await auditor.once()
    world.clock.advance(by: .hours(1))
    await auditor.once()
    #expect(await world.feeds() == 1, "everything stood still")
    surroundings.soundness.turn(.leads, at: surroundings.now())
    surroundings.soundness.turn(.outbox, at: surroundings.now())
    for _ in 0..<6 {
      world.clock.advance(by: .minutes(1))
      surroundings.soundness.turn(.leads, at: surroundings.now())
      await auditor.once()
    }
    #expect(await world.feeds() == 0)
    #expect(told.all == ["audit outbox"])
  }

  @Test func `sees a feed that nobody polls any more`() async throws {
    let told = Told()
    let world = try await Self.world(told)
    try await world.round()
    for _ in 0..<70 {
      await Auditor(world.surroundings).once()
      world.clock.advance(by: .minutes(1))
    }
    #expect(told.all == [])
    world.clock.advance(by: .minutes(30))
    await Auditor(world.surroundings).once()
    #expect(told.all == ["audit \(Sample.feed().id)"])
    let now = world.surroundings.now()
    try await world.surroundings.ledger.write { ledger in
      var state = try #require(try ledger.feedState(Sample.feed().id))
      state.nextPollAt = now.steady
      try ledger.save(state)
    }
    await Auditor(world.surroundings).once()
    #expect(told.all == ["audit \(Sample.feed().id)", "audit passes"])
  }
}

extension PipelineWorld {
  /// How often one sign of life feeds the watchdog.
  fileprivate func feeds() async -> Int {
    let fed = Fed()
    await Presence(surroundings) { fed.add() }.once()
    return fed.count
  }
}

private final class Fed: Sendable {
  private let times = Mutex(0)
  var count: Int { times.withLock(\.self) }
  func add() { times.withLock { $0 += 1 } }
}
