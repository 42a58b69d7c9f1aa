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
    "UPDATE standing SET due_at = due_at + 1", "UPDATE standing SET awaits_unit = 1",
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

  @Test func `tells the admins once a day of what it cannot mend, and when that is over`()
    async throws
  {
    let told = Told()
    let world = try await Self.world(told) { $0.draft = { _ in [] } }
    try await world.round()
    let alert = try #require(try await world.alerts().first)
    for _ in 0..<3 { await world.audit() }
    #expect(told.all == ["audit \(alert.id)"])
    world.clock.advance(by: .hours(23))
    await world.audit()
    #expect(told.all.count == 1)
    world.clock.advance(by: .hours(1))
    await world.audit()
    #expect(told.all == Array(repeating: "audit \(alert.id)", count: 2))
    try await world.acknowledge(alert.id)
    for _ in 0..<15 { await world.audit() }
    #expect(told.all.count == 2, "what passes now may fail again in a moment")
    await world.audit()
    #expect(told.all.last == "audit passes")
    for _ in 0..<3 { await world.audit() }
    #expect(told.all.count == 3)
  }

  @Test func `starves the watchdog of the run that finds a trouble, not of the next`()
    async throws
  {
    let told = Told()
    let world = try await Self.world(told) { $0.draft = { _ in [] } }
    try await world.round()
    let alert = try #require(try await world.alerts().first)
    await world.audit()
    #expect(await world.feeds() == 0)
    let next = try await world.restart("run-2")
    await Auditor(next).once()
    #expect(await next.feeds() == 1, "another start would mend nothing")
    #expect(!next.soundness.takeBeat())
    #expect(told.all == ["audit \(alert.id)"])
    next.soundness.turn(.outbox, at: next.now())
    for _ in 0..<6 {
      world.clock.advance(by: .minutes(1))
      await Auditor(next).once()
    }
    #expect(await next.feeds() == 0, "of a loop that stands still a start makes a new one")
    #expect(told.all.count == 1, "the trouble stands, and was told")
  }

  @Test func `that comes to no end itself has the watchdog starve`() async throws {
    let world = try await Self.world(Told())
    await world.audit()
    #expect(await world.feeds() == 1)
    world.clock.advance(by: .minutes(4))
    #expect(await world.feeds() == 1)
    world.clock.advance(by: .minutes(2))
    #expect(await world.feeds() == 0)
  }

  @Test func `mends a chain that stands in no list, and tells of a step that nobody takes`()
    async throws
  {
    let told = Told()
    let now = Sample.instant()
    let rung = Rung(
      number: 1, audience: .officers, endsWithOfficer: true, dueAt: now.later(by: .minutes(1)))
    let world = try await Self.world(told) { $0.escalate = { _, _ in [rung] } }
    try await world.round()
    let alert = try #require(try await world.alerts().first)
    _ = try await world.surroundings.ledger.write { try $0.run("DELETE FROM waiting_rung") }
    await world.audit()
    #expect(try await world.surroundings.ledger.read { try $0.nextRungAt() } == rung.dueAt.steady)
    for _ in 0..<11 { await world.audit() }
    #expect(told.all.isEmpty, "not yet long due")
    await world.audit()
    #expect(told.all == ["audit \(alert.id)"])
    await Reminders(world.surroundings).once()
    for _ in 0..<16 { await world.audit() }
    #expect(told.all == ["audit \(alert.id)", "audit passes"])
  }

  @Test func `blames nobody for steps that came due while the machine stood still`() async throws {
    let told = Told()
    let rung = Rung(
      number: 1, audience: .officers, endsWithOfficer: true,
      dueAt: Sample.instant(after: .minutes(1)))
    let world = try await Self.world(told) { $0.escalate = { _, _ in [rung] } }
    try await world.round()
    await world.audit()
    world.clock.advance(by: .hours(8))
    for _ in 0..<9 { await world.audit() }
    #expect(told.all.isEmpty)
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

  @Test func `sees a delivery that was taken up and has no end`() async throws {
    let told = Told()
    let world = try await Self.world(told)
    let key = EnvelopeKey(notice: Notice.ID(rawValue: "n"), recipient: "swj@unit.example")
    await world.audit()
    #expect(world.surroundings.envelopes.begin(key, at: world.surroundings.now()))
    for _ in 0..<11 { await world.audit() }
    #expect(told.all.isEmpty)
    await world.audit()
    #expect(told.all == ["audit n swj@unit.example"])
    world.surroundings.envelopes.end(key)
    for _ in 0..<16 { await world.audit() }
    #expect(told.all.last == "audit passes")
  }

  @Test func `sees a feed that nobody polls any more`() async throws {
    let told = Told()
    let world = try await Self.world(told)
    try await world.round()
    for _ in 0..<72 { await world.audit() }
    #expect(told.all == [])
    await world.audit()
    #expect(told.all == ["audit \(Sample.feed().id)"])
    let now = world.surroundings.now()
    try await world.surroundings.ledger.write { ledger in
      var state = try #require(try ledger.feedState(Sample.feed().id))
      state.nextPollAt = now.steady
      try ledger.save(state)
    }
    for _ in 0..<16 { await world.audit() }
    #expect(told.all == ["audit \(Sample.feed().id)", "audit passes"])
  }

  @Test func `gives a feed that has only just come into force its time`() async throws {
    let told = Told()
    let world = try await Self.world(told)
    for _ in 0..<55 { await world.audit() }
    #expect(told.all == [], "never polled, and not yet forgotten")
    for _ in 0..<10 { await world.audit() }
    #expect(told.all == ["audit \(Sample.feed().id)"])
  }
}

@Suite struct `A heartbeat` {
  private static func world(_ told: Told) async throws -> PipelineWorld {
    let world = try await PipelineWorld { steps in
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return [] }
        return told.notices(trouble)
      }
    }
    var setup = world.surroundings.inForce.current.setup
    setup.heartbeat = HeartbeatAddress(url: "https://beat.example/5f3b?key=secret")
    world.surroundings.inForce.adopt(
      Generation(setup: setup, steps: world.surroundings.inForce.current.steps))
    return world
  }

  @Test func `is one for each audit that passes, and none for one that does not`() async throws {
    let told = Told()
    let world = try await Self.world(told)
    let beats = Mutex(0)
    let heartbeat = Heartbeat(world.surroundings) { _ in
      beats.withLock { $0 += 1 }
      return nil
    }
    await heartbeat.once()
    #expect(beats.withLock(\.self) == 0, "nothing is known yet")
    for _ in 0..<3 {
      await world.audit()
      for _ in 0..<2 { await heartbeat.once() }
    }
    #expect(beats.withLock(\.self) == 3)
    world.surroundings.soundness.turn(.outbox, at: world.surroundings.now())
    for _ in 0..<6 { await world.audit() }
    await heartbeat.once()
    #expect(beats.withLock(\.self) == 4)
    await world.audit()
    await heartbeat.once()
    #expect(beats.withLock(\.self) == 4, "the outbox stands still")
    #expect(told.all == ["audit outbox"])
  }

  @Test func `that is not heard is told once, by its host alone, and once when it is`()
    async throws
  {
    let told = Told()
    let world = try await Self.world(told)
    let isHeard = Mutex(false)
    let heartbeat = Heartbeat(world.surroundings) { _ in
      isHeard.withLock(\.self) ? nil : Phrase(zh: "连不上", en: "no way there")
    }
    func beat(_ times: Int) async {
      for _ in 0..<times {
        await world.audit()
        await heartbeat.once()
      }
    }
    await beat(2)
    #expect(told.all.isEmpty, "once or twice is the network")
    await beat(5)
    #expect(told.all == ["unheard beat.example"])
    isHeard.withLock { $0 = true }
    await beat(2)
    #expect(told.all == ["unheard beat.example", "heard beat.example"])
  }
}

extension PipelineWorld {
  /// One look, and the minute after it.
  fileprivate func audit() async {
    await Auditor(surroundings).once()
    clock.advance(by: .minutes(1))
  }

  fileprivate func feeds() async -> Int { await surroundings.feeds() }

  /// The unit says that it has an alert.
  fileprivate func acknowledge(_ alert: Alert.ID) async throws {
    let now = surroundings.now()
    try await surroundings.ledger.write { ledger in
      try ledger.acknowledge(
        alert, unit: true, falseAlarm: false, by: "officer", reason: nil, at: now)
    }
  }
}

extension Surroundings {
  /// How often one sign of life feeds the watchdog.
  fileprivate func feeds() async -> Int {
    let fed = Fed()
    await Presence(self) { fed.add() }.once()
    return fed.count
  }
}

private final class Fed: Sendable {
  private let times = Mutex(0)
  var count: Int { times.withLock(\.self) }
  func add() { times.withLock { $0 += 1 } }
}
