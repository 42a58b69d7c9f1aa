import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A reminder` {
  /// A major alert of 09:00, whose reminders go one to each audience; what was asked for is kept.
  private func world() async throws -> PipelineWorld {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.judge = { item, _ in Sample.verdict(on: item.id.rawValue, grade: .major) }
      steps.escalate = { _, now in
        [Rung.Audience.deputy, .officers, .leaders].enumerated().map { index, audience in
          Rung(
            number: index + 1, audience: audience, endsWithOfficer: audience == .officers,
            dueAt: now.later(by: .minutes(Int64(10 * (index + 1)))))
        }
      }
      let draft = steps.draft
      steps.draft = { occasion in
        guard case .reminder(let reminder) = occasion else { return draft(occasion) }
        return reminder.rungs.map { rung in
          Notice(
            id: Reminder.noticeID(reminder.alertCase.alert.id, rung.number), kind: .reminder,
            alert: reminder.alertCase.alert.id, grade: .major, subject: "催办", text: "催办",
            html: "<p>催办</p>",
            recipients: [
              Recipient(Sample.address("\(rung.audience.rawValue)@unit.example"), as: .unit)
            ])
        }
      }
    }
    try await world.round()
    return world
  }

  private func reminded(_ world: PipelineWorld) async throws -> [String] {
    try await world.alerts().flatMap(\.notices).filter { $0.kind == .reminder }
      .map { String($0.recipient.address.prefix { $0 != "@" }) }.sorted()
  }

  private func ends(_ world: PipelineWorld) async throws -> [Rung.End?] {
    try await world.alerts().flatMap(\.rungs).map(\.end)
  }

  private func acknowledge(
    _ world: PipelineWorld, unit: Bool = false, phoned: Bool = false, askAgain: Rung? = nil
  ) async throws {
    let id = try #require(try await world.alerts().first).id
    let now = world.clock.now()
    try await world.surroundings.ledger.write { ledger in
      try ledger.acknowledge(
        id, unit: unit, phoned: phoned, falseAlarm: false, by: "test", reason: nil,
        askAgain: askAgain, at: now)
    }
  }

  @Test func `goes to one after the other at their times, once each`() async throws {
    let world = try await world()
    for (minutes, expected) in [
      (9, []), (1, ["deputy"]), (9, ["deputy"]), (1, ["deputy", "officers"]),
      (10, ["deputy", "leaders", "officers"]), (60, ["deputy", "leaders", "officers"]),
    ] as [(Int64, [String])] {
      world.clock.advance(by: .minutes(minutes))
      await Reminders(world.surroundings).once()
      await Reminders(world.surroundings).once()
      #expect(try await reminded(world) == expected)
    }
    #expect(try await ends(world) == [.sent, .sent, .sent])
    #expect(try await world.surroundings.ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `hangs on the first mail of its alert`() async throws {
    let threads = Mutex<[String?]>([])
    let world = try await world()
    var generation = world.surroundings.inForce.current
    generation.steps.deliver = { envelope, _ in
      threads.withLock { $0.append(envelope.inReplyTo) }
      return Receipt(.sent, reply: "250 ok", at: Sample.instant())
    }
    let draft = generation.steps.draft
    generation.steps.draft = { occasion in
      draft(occasion).map { notice in
        var notice = notice
        notice.recipients = [Recipient(Sample.address("swj@unit.example"), as: .unit)]
        return notice
      }
    }
    world.surroundings.inForce.adopt(generation)
    for _ in 0..<3 {
      world.clock.advance(by: .minutes(10))
      await Reminders(world.surroundings).once()
      try await Outbox(world.surroundings).once()
    }
    let first = try #require(try await world.alerts().first?.notices.first?.messageID)
    #expect(threads.withLock(\.self) == [first, first, first])
  }

  @Test func `goes to nobody once the unit has acknowledged, or was told by telephone`()
    async throws
  {
    for (phoned, end) in [(false, Rung.End.acknowledged), (true, .phoned)] {
      let world = try await world()
      world.clock.advance(by: .minutes(10))
      await Reminders(world.surroundings).once()
      try await acknowledge(world, unit: !phoned, phoned: phoned)
      world.clock.advance(by: .hours(1))
      await Reminders(world.surroundings).once()
      #expect(try await reminded(world) == ["deputy"])
      #expect(try await ends(world) == [.sent, end, end])
    }
  }

  @Test func `goes to the unit's deputy and the leaders though an officer has acknowledged`()
    async throws
  {
    let world = try await world()
    try await acknowledge(world)
    for _ in 0..<3 {
      world.clock.advance(by: .minutes(10))
      await Reminders(world.surroundings).once()
    }
    #expect(try await reminded(world) == ["deputy", "leaders"])
    #expect(try await ends(world) == [.sent, .acknowledged, .sent])
  }

  @Test func `asks again once where nothing more is heard, and not after a further word`()
    async throws
  {
    func asking(_ audience: Rung.Audience, _ world: PipelineWorld) -> Rung {
      Rung(
        number: 1, audience: audience, purpose: .report, endsWithOfficer: audience == .officers,
        dueAt: world.clock.now().later(by: .hours(12)))
    }
    let world = try await world()
    try await acknowledge(world, askAgain: asking(.officers, world))
    try await acknowledge(world, unit: true, askAgain: asking(.unit, world))
    try await acknowledge(world, unit: true, askAgain: asking(.unit, world))
    #expect(
      try await ends(world) == [
        .acknowledged, .acknowledged, .acknowledged, .acknowledged, .acknowledged,
      ])
    let other = try await self.world()
    try await acknowledge(other, unit: true, askAgain: asking(.unit, other))
    try await acknowledge(other, askAgain: asking(.officers, other))
    for _ in 0..<3 {
      other.clock.advance(by: .hours(12))
      await Reminders(other.surroundings).once()
    }
    #expect(try await reminded(other) == ["unit"])
  }

  @Test func `takes what passed together at one time, after an outage`() async throws {
    let asked = Counter()
    let world = try await world()
    var generation = world.surroundings.inForce.current
    let draft = generation.steps.draft
    generation.steps.draft = { occasion in
      if case .reminder(let reminder) = occasion { asked.add(reminder.rungs.count) }
      return draft(occasion)
    }
    world.surroundings.inForce.adopt(generation)
    world.clock.advance(by: .hours(3))
    await Reminders(world.surroundings).once()
    await Reminders(world.surroundings).once()
    #expect(asked.counts == [3])
    #expect(try await reminded(world) == ["deputy", "leaders", "officers"])
  }

  @Test func `of long ago wakes nobody, and says so`() async throws {
    let world = try await world()
    world.clock.advance(by: .hours(25))
    await Reminders(world.surroundings).once()
    #expect(try await reminded(world) == [])
    #expect(try await ends(world) == [.old, .old, .old])
    let id = try #require(try await world.alerts().first).id
    let course = try await world.surroundings.ledger.read { try $0.course(of: id) }
    #expect(course.count { $0.what.zh.contains("不再打扰") } == 3)
  }

  @Test func `is not moved by a step of the wall clock`() async throws {
    let world = try await world()
    world.clock.step(by: .hours(24))
    await Reminders(world.surroundings).once()
    #expect(try await reminded(world) == [])
    world.clock.step(by: .hours(-48))
    world.clock.advance(by: .minutes(10))
    await Reminders(world.surroundings).once()
    #expect(try await reminded(world) == ["deputy"])
  }

  @Test func `that has not left is withdrawn when the unit acknowledges`() async throws {
    let world = try await world()
    world.clock.advance(by: .minutes(10))
    await Reminders(world.surroundings).once()
    world.clock.advance(by: .seconds(1))
    try await acknowledge(world, unit: true)
    try await Outbox(world.surroundings).once()
    let notice = try #require(
      try await world.alerts().flatMap(\.notices).first { $0.kind == .reminder })
    #expect(notice.state == .failed)
    #expect(notice.lastReply?.contains("已撤回") == true)
  }

  @Test func `never counts as the notice that the window is for`() async throws {
    let world = try await world()
    let sentAt = try #require(try await world.alerts().first?.sentAt)
    world.clock.advance(by: .minutes(10))
    await Reminders(world.surroundings).once()
    #expect(try await world.alerts().first?.sentAt == sentAt)
  }
}

/// What was counted, in order.
private final class Counter: Sendable {
  private let state = Mutex<[Int]>([])
  var counts: [Int] { state.withLock(\.self) }
  func add(_ count: Int) { state.withLock { $0.append(count) } }
}
