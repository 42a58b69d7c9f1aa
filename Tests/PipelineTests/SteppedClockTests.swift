import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

private let steps: [Duration] = [.hours(1), .days(1), .zero - .hours(1), .zero - .days(1)]

@Suite struct `A wall clock that is set` {
  @Test(arguments: steps)
  func `brings no notice forward and puts none off`(_ step: Duration) async throws {
    let answers = Mutex<[Receipt.Outcome]>([.deferred, .sent])
    let clock = Mutex<(@Sendable () -> Instant)?>(nil)
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.deliver = { _, _ in
        Receipt(
          answers.withLock { $0.removeFirst() }, reply: "451 later",
          at: clock.withLock(\.self)?() ?? Sample.instant())
      }
    }
    clock.withLock { $0 = world.clock.now }
    try await world.round()
    world.clock.step(by: step)
    world.clock.advance(by: .seconds(4))
    try await Outbox(world.surroundings).once()
    #expect(answers.withLock(\.count) == 1, "it was tried before its time")
    world.clock.advance(by: .seconds(2))
    try await Outbox(world.surroundings).once()
    #expect(answers.withLock(\.count) == 0, "it was not tried when its time had come")
    #expect(try await world.alerts().first?.notices.map(\.state) == [.sent])
  }

  @Test(arguments: steps)
  func `ends no window early and none late`(_ step: Duration) async throws {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.deliver = { _, _ in Receipt(.deferred, reply: "451", at: Sample.instant()) }
    }
    try await world.round()
    world.clock.step(by: step)
    let deadline = try #require(try await world.alerts().first?.alert.deadline)
    #expect(deadline.window == .hours(24))
    func late() async throws -> Int {
      let now = world.clock.now().steady
      return try await world.surroundings.ledger.read {
        try $0.overdueEnvelopes(at: now, draftedBy: now, limit: 9).count
      }
    }
    world.clock.advance(by: .hours(24) - .seconds(1))
    #expect(!deadline.isPast(at: world.clock.now()))
    #expect(try await late() == 0)
    world.clock.advance(by: .seconds(2))
    #expect(deadline.isPast(at: world.clock.now()))
    #expect(try await late() == 1)
  }

  @Test(.timeLimit(.minutes(5)), arguments: steps)
  func `has a title wait for two minutes, no more and no less`(_ step: Duration) async throws {
    let lead = Lead(
      id: Item.ID(rawValue: "x"), feed: Feed.ID(rawValue: "board"),
      url: "http://slow.example/x", title: "停水", published: .absent, foundAt: Sample.instant())
    let world = try await PipelineWorld { steps in
      let fetch = steps.fetch
      steps.fetch = { request throws(Miss) in
        guard request.url.contains("slow") else { return try await fetch(request) }
        try? await ContinuousClock().sleep(for: .seconds(3600))
        throw Miss(.timeout, url: request.url, reason: Phrase(zh: "超时", en: "timeout"))
      }
      steps.extract = { _, _ throws(Miss) in Extract(leads: [lead]) }
    }
    await Rounds(world.surroundings).once()
    world.clock.step(by: step)
    func waiting() async throws -> Int {
      let foundBy = world.clock.now().steady - Leads.patience
      return try await world.surroundings.ledger.read {
        try $0.titlesThatWait(foundBy: foundBy, of: [Sample.feed().id], limit: 9).count
      }
    }
    world.clock.advance(by: .minutes(2) - .seconds(1))
    #expect(try await waiting() == 0)
    world.clock.advance(by: .seconds(1))
    #expect(try await waiting() == 1)
    let loop = Task { try await Leads(world.surroundings).run() }
    try await eventually { try await world.alerts().count == 1 }
    loop.cancel()
    try? await loop.value
  }

  @Test(arguments: steps)
  func `has a feed read at its own pace`(_ step: Duration) async throws {
    let world = try await PipelineWorld { _ in }
    await Rounds(world.surroundings).once()
    world.clock.step(by: step)
    let next = try await world.surroundings.ledger.read { try $0.feedState(Sample.feed().id) }?
      .nextPollAt
    #expect(next == Sample.instant().steady + .minutes(10))
  }

  @Test func `behind the ledger at a boot puts nothing off, and says that it is not sure`()
    async throws
  {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.deliver = { _, _ in Receipt(.deferred, reply: "451", at: Sample.instant()) }
    }
    try await world.round()
    let before = world.surroundings.now()
    world.clock.advance(by: .minutes(3))
    world.clock.step(by: .zero - .days(2))
    world.clock.boot("boot-2")
    let next = try await world.restart("run-2")
    let now = next.now()
    #expect(now.steady >= before.steady)
    #expect(now.isUncertain(since: before))
    let due = try await next.ledger.read { try $0.dueEnvelopes(at: now.steady, limit: 9) }
    #expect(due.count == 1)
    // A third run in that boot is on the same line, and the wall may say what it likes.
    world.clock.step(by: .days(30))
    world.clock.advance(by: .seconds(30))
    let third = try await world.restart("run-3").now()
    #expect(third.elapsed(since: now) == .seconds(30))
  }

  @Test(arguments: steps)
  func `sends a digest once, and none before its day`(_ step: Duration) async throws {
    let drafted = Mutex<[Int]>([])
    let world = try await PipelineWorld { steps in
      steps.draft = { occasion in
        guard case .digest(let digest) = occasion else { return [] }
        let day = OfficeZone.shanghai.civil(digest.period.to).day
        drafted.withLock { $0.append(day) }
        return [
          Notice(
            id: Notice.ID(rawValue: "digest/\(day)"), kind: .digest, subject: "【日报】", text: "",
            html: "",
            recipients: [Recipient(Sample.address("leaders@letters.example"), as: .leader)])
        ]
      }
    }
    let digests = Digests(world.surroundings) { _, rhythm, now in
      guard rhythm == .daily else { return nil }
      let ten = Sample.monday + .hours(1)
      let days = Int64(((now - ten) / .days(1)).rounded(.down))
      return Digest.Period(.daily, from: ten + .days(days - 1), to: ten + .days(days))
    } reckon: {
      noReckoning($0, $1, $2)
    }
    await digests.once()
    // Set wrong at half past nine, set right ten minutes later; it is Monday all day.
    for (minutes, set) in [(30, step), (10, .zero - step), (30, .zero), (60, .zero)] {
      world.clock.advance(by: .minutes(Int64(minutes)))
      world.clock.step(by: set)
      await digests.once()
    }
    #expect(drafted.withLock(\.self) == [2])
  }
}

@Suite struct `A machine that boots with its clock three days ahead` {
  private let drafted = Drafted()

  /// What was drafted, `3` for Tuesday's digest, `3/2` for a second of it.
  private final class Drafted: Sendable {
    private let all = Mutex<[String]>([])
    func add(_ text: String) { all.withLock { $0.append(text) } }
    var inOrder: [String] { all.withLock(\.self) }
  }

  private func world() async throws -> PipelineWorld {
    try await PipelineWorld { [drafted] steps in
      steps.draft = { occasion in
        switch occasion {
        case .digest(let digest):
          let day = OfficeZone.shanghai.civil(digest.period.to).day
          drafted.add(digest.number > 1 ? "\(day)/\(digest.number)" : "\(day)")
        case .handOver(let list):
          let day = OfficeZone.shanghai.civil(list.at).day
          drafted.add("shift \(day)" + (list.number > 1 ? "/\(list.number)" : ""))
        case .raised, .updated, .batch, .reminder, .relay, .unsent, .trouble, .probe, .channelProbe:
          break
        }
        return []
      }
    }
  }

  /// The digest of each day leaves at ten, when the shifts change, too.
  private func daemon(_ world: PipelineWorld) async throws -> (Digests, ShiftChanges) {
    var generation = world.surroundings.inForce.current
    generation.setup.office.roster = Roster(
      (2...9).map { day in
        Shift(
          from: Sample.time(2026, 3, day, 10), to: Sample.time(2026, 3, day + 1, 10),
          officers: [Sample.address("zhang@letters.example")])
      })
    world.surroundings.inForce.adopt(generation)
    let now = world.clock.now()
    let surroundings = try await world.restart("\(now.boot) \(now.sinceBoot)")
    let digests = Digests(
      surroundings,
      latest: { _, rhythm, now in
        guard rhythm == .daily else { return nil }
        var end = OfficeZone.shanghai.civil(now).startOfDay
        end.hour = 10
        let last = OfficeZone.shanghai.wallTime(end) <= now ? end : end.adding(days: -1)
        return Digest.Period(.daily, ending: OfficeZone.shanghai.wallTime(last), in: .shanghai)
      }, reckon: noReckoning)
    return (digests, ShiftChanges(surroundings))
  }

  /// Lets time pass in steps of ten minutes, with a look after each.
  private func pass(
    _ length: Duration, _ world: PipelineWorld, _ loops: (Digests, ShiftChanges)
  ) async {
    for _ in 0..<Int(length / .minutes(10)) {
      world.clock.advance(by: .minutes(10))
      await loops.0.once()
      await loops.1.once()
    }
  }

  /// Monday's was drafted in time; the machine was off from noon to two.
  private func boot(_ world: PipelineWorld) async throws -> (Digests, ShiftChanges) {
    let loops = try await daemon(world)
    await pass(.hours(3), world, loops)
    #expect(drafted.inOrder == ["2", "shift 2"])
    world.clock.advance(by: .hours(2))
    world.clock.boot("boot-2")
    world.clock.step(by: .days(3))
    return try await daemon(world)
  }

  @Test func `tells nothing of days to come where it is soon set right`() async throws {
    let world = try await world()
    let loops = try await boot(world)
    await loops.0.once()
    world.clock.step(by: .zero - .days(3))
    await pass(.days(2), world, loops)
    #expect(drafted.inOrder == ["2", "shift 2", "3", "shift 3", "4", "shift 4"])
  }

  @Test func `tells nothing of days to come where it is a daemon that begins meanwhile`()
    async throws
  {
    let world = try await world()
    var loops = try await daemon(world)
    await pass(.hours(3), world, loops)
    world.clock.step(by: .days(1))
    loops = try await daemon(world)
    await loops.0.once()
    await loops.1.once()
    world.clock.step(by: .zero - .days(1))
    await pass(.days(1), world, loops)
    #expect(drafted.inOrder == ["2", "shift 2", "3", "shift 3"])
  }

  @Test(arguments: [false, true])
  func `tells of each day once more when it has come, where it is set right late`(
    startsAgain: Bool
  ) async throws {
    let world = try await world()
    var loops = try await boot(world)
    await pass(.hours(3), world, loops)
    #expect(drafted.inOrder == ["2", "shift 2", "3", "4", "5", "shift 5"])
    world.clock.step(by: .zero - .days(3))
    if startsAgain { loops = try await daemon(world) }
    await pass(.days(4), world, loops)
    #expect(
      drafted.inOrder.dropFirst(6)
        == ["3/2", "shift 3", "4/2", "shift 4", "5/2", "shift 5/2", "6", "shift 6"])
  }

  @Test func `tells nothing twice where the clock was right and is set back for a while`()
    async throws
  {
    let world = try await world()
    let loops = try await boot(world)
    await pass(.days(1), world, loops)
    let told = drafted.inOrder
    world.clock.step(by: .zero - .minutes(59))
    await pass(.hours(3), world, loops)
    world.clock.step(by: .minutes(59))
    await pass(.hours(3), world, loops)
    #expect(drafted.inOrder == told)
  }
}

@Suite struct `An office's calendar` {
  @Test func `believes a step once it has stood for an hour`() {
    var calendar = OfficeCalendar()
    var ahead = Duration.zero
    func instant(_ passed: Duration) -> Instant {
      var now = Sample.instant(after: passed)
      now.wall = now.wall + ahead
      return now
    }
    #expect(calendar.wall(at: instant(.zero)) == Sample.monday)
    ahead = .seconds(70)
    #expect(calendar.wall(at: instant(.minutes(1))) == Sample.monday + .seconds(130))
    ahead = .days(1)
    for minutes in [2, 30, 61] as [Int64] {
      let wall = calendar.wall(at: instant(.minutes(minutes)))
      #expect(wall == Sample.monday + .minutes(minutes) + .seconds(70))
    }
    #expect(
      calendar.wall(at: instant(.minutes(62))) == Sample.monday + .minutes(62) + .days(1))
  }
}

@Suite struct `A claim` {
  @Test func `that nobody knows of is taken back after its lease, and not before`() async throws {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
    }
    await Rounds(world.surroundings).once()
    let ledger = world.surroundings.ledger
    let due = try await ledger.read {
      try $0.dueEnvelopes(at: Sample.instant().steady, limit: 1)
    }
    let envelope = try #require(due.first?.envelope)
    _ = try await ledger.write {
      try $0.beginAttempt(
        notice: envelope.notice, recipient: envelope.recipient, incarnation: "run-1",
        at: Sample.instant())
    }
    // No step of the wall clock ends a lease.
    world.clock.step(by: .days(1))
    world.clock.advance(by: Outbox.lease)
    await Outbox(world.surroundings).takeBack()
    #expect(try await world.alerts().first?.notices.map(\.state) == [.sending])
    world.clock.advance(by: .seconds(1))
    await Outbox(world.surroundings).takeBack()
    let notice = try #require(try await world.alerts().first?.notices.first)
    #expect(notice.state == .deferred)
    #expect(notice.mayHaveBeenSentTwice)
  }

  @Test func `of a daemon after whom another began is refused`() async throws {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
    }
    await Rounds(world.surroundings).once()
    _ = try await world.restart("run-2")
    let ledger = world.surroundings.ledger
    try await Outbox(world.surroundings).once()
    #expect(try await world.alerts().first?.notices.map(\.attempts) == [0])
    await #expect(throws: LedgerFault.self) {
      try await ledger.write { try $0.alive(incarnation: "run-1", at: Sample.instant()) }
    }
  }
}
