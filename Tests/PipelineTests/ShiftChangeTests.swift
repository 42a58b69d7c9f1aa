import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A change of shifts` {
  /// What was drafted, in order.
  private final class Drafted: Sendable {
    private let lists = Mutex<[HandOverList]>([])
    private let troubles = Mutex<[Trouble]>([])
    func add(_ list: HandOverList) { lists.withLock { $0.append(list) } }
    func add(_ trouble: Trouble) { troubles.withLock { $0.append(trouble) } }
    var last: HandOverList? { lists.withLock(\.last) }
    var told: [Trouble] { troubles.withLock(\.self) }
  }

  /// What was delivered, `02T18:00 zhang`, by change and recipient.
  private final class Sent: Sendable {
    private let notices = Mutex<[String]>([])
    func add(_ notice: String) { notices.withLock { $0.append(notice) } }
    var all: [String] { notices.withLock { $0.sorted() } }
  }

  private let drafted = Drafted()
  private let sent = Sent()

  private static func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> WallTime {
    Sample.time(2026, 3, day, hour, minute)
  }

  private static func shift(_ from: WallTime, _ to: WallTime, _ name: String) -> Shift {
    Shift(from: from, to: to, officers: [Sample.address("\(name)@letters.example")])
  }

  /// Monday and Tuesday night; the tests begin on Monday at nine.
  private static let nights = Roster([
    shift(at(2, 18), at(3, 8, 30), "zhang"), shift(at(3, 18), at(4, 8, 30), "wang"),
  ])

  private func world(_ roster: Roster? = nights) async throws -> PipelineWorld {
    let (drafted, sent) = (drafted, sent)
    let world = try await PipelineWorld { steps in
      let draft = steps.draft
      steps.draft = { occasion in
        switch occasion {
        case .handOver(let list):
          drafted.add(list)
          return [
            Notice(
              id: list.noticeID(in: .shanghai), kind: .handOver, subject: "【交接班】", text: "",
              html: "",
              recipients: (list.comingOn + list.goingOff).uniqued.map {
                Recipient($0, as: .officer)
              })
          ]
        case .trouble(let trouble):
          drafted.add(trouble)
          return []
        case .raised, .updated, .batch, .reminder, .relay, .unsent, .digest, .probe, .channelProbe:
          return draft(occasion)
        }
      }
      steps.deliver = { envelope, _ in
        let day = envelope.notice.rawValue.dropFirst("handOver/2026-03-".count).prefix(8)
        sent.add("\(day) \(envelope.recipient.address.prefix { $0 != "@" })")
        return Receipt(.sent, reply: "250 ok", at: Sample.instant())
      }
    }
    adopt(roster, in: world)
    return world
  }

  private func adopt(_ roster: Roster?, in world: PipelineWorld) {
    var generation = world.surroundings.inForce.current
    generation.setup.office.roster = roster
    world.surroundings.inForce.adopt(generation)
  }

  private func look(_ surroundings: Surroundings, _ changes: ShiftChanges? = nil) async throws {
    let changes = changes ?? ShiftChanges(surroundings)
    for _ in 0..<2 { await changes.once() }
    try await Outbox(surroundings).once()
  }

  @Test func `brings one list to those who come on and those who go off, once each`() async throws {
    let world = try await world()
    let changes = ShiftChanges(world.surroundings)
    try await look(world.surroundings, changes)
    #expect(sent.all == [])
    for _ in 0..<(48 * 2) {
      world.clock.advance(by: .minutes(30))
      try await look(world.surroundings, changes)
    }
    #expect(
      sent.all == [
        "02T18:00 officer", "02T18:00 zhang", "03T08:30 officer", "03T08:30 zhang",
        "03T18:00 officer", "03T18:00 wang", "04T08:30 officer", "04T08:30 wang",
      ])
    #expect(drafted.told == [])
  }

  @Test func `is told once, though the daemon is started again and again at that minute`()
    async throws
  {
    let world = try await world()
    world.clock.advance(by: .hours(9) - .seconds(30))
    for run in 1...5 {
      try await look(try await world.restart("run \(run)"))
      world.clock.advance(by: .seconds(15))
    }
    #expect(sent.all == ["02T18:00 officer", "02T18:00 zhang"])
  }

  @Test func `is caught up once, the last alone, when nobody was there to see it`() async throws {
    let world = try await world()
    world.clock.advance(by: .hours(36))
    for run in 1...3 { try await look(try await world.restart("run \(run)")) }
    // It is Tuesday at nine in the evening: Monday's night and Tuesday's morning are over.
    #expect(sent.all == ["03T18:00 officer", "03T18:00 wang"])
    #expect(drafted.last?.draftedAt == Self.at(3, 21))
  }

  @Test func `of long ago, or before the office began, is history`() async throws {
    let old = try await world(Roster([Self.shift(Self.at(1, 18), Self.at(2, 8, 30), "zhang")]))
    try await look(old.surroundings)
    let late = try await world()
    late.clock.advance(by: .days(3))
    try await look(late.surroundings)
    #expect(sent.all == [])
  }

  @Test func `is not moved by a wall clock that is set wrong and right again`() async throws {
    let world = try await world()
    let changes = ShiftChanges(world.surroundings)
    try await look(world.surroundings, changes)
    // Nine hours ahead, for some minutes: nobody comes on.
    world.clock.step(by: .hours(9))
    world.clock.advance(by: .minutes(10))
    try await look(world.surroundings, changes)
    #expect(sent.all == [])
    world.clock.step(by: .hours(-9))
    world.clock.advance(by: .hours(9) - .minutes(10))
    try await look(world.surroundings, changes)
    #expect(sent.all == ["02T18:00 officer", "02T18:00 zhang"])
    // Back by an hour right after the change, and in small steps across it.
    for step in [-3600, 3600, -90, 90, -60, 60] as [Int64] {
      world.clock.step(by: .seconds(step))
      world.clock.advance(by: .seconds(20))
      try await look(world.surroundings, changes)
      try await look(try await world.restart("after a step of \(step)"))
    }
    #expect(sent.all.count == 2)
  }

  @Test func `follows a roster that is changed, and tells no change again that was told`()
    async throws
  {
    let world = try await world()
    world.clock.advance(by: .hours(9))
    try await look(world.surroundings)
    // The same line, its beginning set right by ten minutes, after it was told.
    adopt(Roster([Self.shift(Self.at(2, 17, 50), Self.at(3, 8), "zhang")]), in: world)
    try await look(world.surroundings)
    #expect(sent.all.count == 2)
    world.clock.advance(by: .hours(14))
    try await look(world.surroundings)
    #expect(sent.all.suffix(2) == ["03T08:00 officer", "03T08:00 zhang"])
    adopt(nil, in: world)
    world.clock.advance(by: .days(1))
    try await look(world.surroundings)
    #expect(sent.all.count == 4)
  }

  @Test func `hands over what nobody has acknowledged and what did not arrive`() async throws {
    let world = try await world()
    var generation = world.surroundings.inForce.current
    generation.steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
    generation.steps.judge = { item, _ in Sample.verdict(on: item.id.rawValue, grade: .major) }
    let deliver = generation.steps.deliver
    generation.steps.deliver = { envelope, handover in
      guard envelope.notice.rawValue.contains("contactSheet") else {
        return await deliver(envelope, handover)
      }
      return Receipt(.failed, reply: "550 5.1.1 no such user", code: 550, at: Sample.instant())
    }
    world.surroundings.inForce.adopt(generation)
    world.clock.advance(by: .hours(8))
    try await world.round()
    world.clock.advance(by: .hours(1))
    try await look(world.surroundings)
    let list = try #require(drafted.last)
    #expect(list.lines.map(\.title) == ["小区停水三天"])
    #expect(list.lines.map(\.unit) == [Sample.unit("区水务局")])
    #expect(list.lost.map(\.recipient.address) == ["swj@unit.example"])
    #expect(list.lost.map(\.unit) == [Sample.unit("区水务局")])
    #expect(list.lost.first?.alerts == list.lines.map(\.alert))
    #expect(list.lost.first?.reply == "550 5.1.1 no such user")
    // Handed over and closed by the next change.
    let id = try #require(list.lines.first?.alert)
    let now = world.clock.now()
    try await world.surroundings.ledger.write { ledger in
      try ledger.acknowledge(
        id, unit: false, closes: true, falseAlarm: false, by: "test", reason: nil, at: now)
    }
    world.clock.advance(by: .hours(15))
    try await look(world.surroundings)
    #expect(drafted.last?.at == Self.at(3, 8, 30))
    #expect(drafted.last?.isEmpty == true)
  }

  @Test func `shows of an allegation of misconduct its number alone`() async throws {
    let world = try await world()
    var generation = world.surroundings.inForce.current
    generation.steps.extract = { _, _ throws(Miss) in
      Extract(items: [Sample.item(title: "某局长收受红包")])
    }
    generation.steps.judge = { item, _ in
      Sample.verdict(on: item.id.rawValue, grade: .major, kind: .conduct)
    }
    generation.steps.raise = { verdict, _, precedents, _, at in
      guard let standing = precedents.first else {
        return .raise(
          grade: verdict.grade, audience: .supervision,
          deadline: Deadline(.notify, from: at, window: .minutes(30)))
      }
      return .merge(into: standing.alert, .sameItem)
    }
    world.surroundings.inForce.adopt(generation)
    world.clock.advance(by: .hours(8))
    try await world.round()
    world.clock.advance(by: .hours(1))
    try await look(world.surroundings)
    let list = try #require(drafted.last)
    #expect(list.conduct.count == 1)
    #expect(list.lines == [] && list.dues == [])
  }

  @Test func `tells the admins once of a gap, and again of the next`() async throws {
    let roster = Roster([
      Self.shift(Self.at(3, 18), Self.at(4, 8, 30), "zhang"),
      Self.shift(Self.at(5, 18), Self.at(6, 8, 30), "zhang"),
    ])
    let world = try await world(roster)
    let changes = ShiftChanges(world.surroundings)
    for _ in 0..<(24 * 5) {
      try await look(world.surroundings, changes)
      world.clock.advance(by: .hours(1))
    }
    #expect(
      drafted.told == [
        .rosterOpen(until: Self.at(3, 18), at: Self.at(2, 18)),
        .rosterOpen(until: Self.at(5, 18), at: Self.at(4, 18)),
        .rosterOpen(until: nil, at: Self.at(6, 18)),
      ])
  }
}
