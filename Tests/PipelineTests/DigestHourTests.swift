import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A digest at its hour` {
  /// What was delivered, in order.
  private final class Sent: Sendable {
    private let notices = Mutex<[String]>([])
    func add(_ notice: String) { notices.withLock { $0.append(notice) } }
    var all: [String] { notices.withLock(\.self) }
  }

  private static func world(_ sent: Sent) async throws -> PipelineWorld {
    try await PipelineWorld { steps in
      steps.draft = { occasion in
        guard case .digest(let digest) = occasion else { return [] }
        let day = OfficeZone.shanghai.civil(digest.period.to).day
        return [
          Notice(
            id: Notice.ID(rawValue: "digest/\(digest.period.rhythm.rawValue)/\(day)"),
            kind: .digest, subject: "【日报】", text: "", html: "",
            recipients: [Recipient(Sample.address("leaders@letters.example"), as: .leader)])
        ]
      }
      steps.deliver = { envelope, _ in
        sent.add(envelope.notice.rawValue)
        return Receipt(.sent, reply: "250 ok", at: Sample.instant())
      }
    }
  }

  /// The last ten o'clock; Monday's is the first.
  private static let atTen: @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period? = {
    _, rhythm, now in
    guard rhythm == .daily else { return nil }
    let ten = Sample.monday + .hours(1)
    let days = (now - ten).inMilliseconds / Duration.days(1).inMilliseconds
    guard now >= ten else { return Digest.Period(.daily, from: ten - .days(2), to: ten - .days(1)) }
    return Digest.Period(.daily, from: ten + .days(days - 1), to: ten + .days(days))
  }

  private func begin(
    _ world: PipelineWorld, _ incarnation: String,
    _ latest: @escaping @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period? = atTen
  ) async throws {
    var run = world.surroundings
    run.incarnation = incarnation
    _ = try await Presence.begin(run)
    for _ in 0..<2 { await Digests(run, latest: latest, reckon: noReckoning).once() }
    try await Outbox(run).once()
  }

  /// The daily digest of another hour of the day.
  private static func at(
    _ hour: Int
  ) -> @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period? {
    { _, rhythm, now in
      guard rhythm == .daily else { return nil }
      let zone = OfficeZone.shanghai
      var end = zone.civil(now).startOfDay
      end.hour = hour
      let last = zone.wallTime(end) <= now ? end : end.adding(days: -1)
      return Digest.Period(.daily, ending: zone.wallTime(last), in: zone)
    }
  }

  @Test func `leaves out nothing and repeats nothing when its hour is changed`() async throws {
    let sent = Sent()
    let world = try await Self.world(sent)
    try await begin(world, "Monday at nine")
    world.clock.advance(by: .hours(2))
    try await begin(world, "Monday at eleven", Self.at(10))
    world.clock.advance(by: .hours(6))
    try await begin(world, "Monday at five, the digest leaves at four now", Self.at(16))
    world.clock.advance(by: .hours(16))
    try await begin(world, "Tuesday at nine, it leaves at eight now", Self.at(8))
    // That hour has passed: what was told at eight is not told again as of seven.
    try await begin(world, "Tuesday at nine, it leaves at seven now", Self.at(7))
    world.clock.advance(by: .days(1))
    try await begin(world, "Wednesday at nine", Self.at(7))
    let periods = try await world.surroundings.ledger.read { ledger in
      try [10, 16, 31, 32, 55].map { hour in
        let end = Sample.monday + .hours(Int64(hour - 9))
        return try ledger.draftedPeriod(.daily, endingFrom: end, to: end)
      }
    }
    let hours = periods.map { period in
      period.map { ($0.to - $0.from).inMilliseconds / Duration.hours(1).inMilliseconds }
    }
    #expect(hours == [24, 6, nil, 16, 23])
  }

  @Test func `leaves nothing out after weeks, and says that it is late`() async throws {
    let told = Mutex<[Digest]>([])
    let world = try await PipelineWorld { steps in
      steps.draft = { occasion in
        if case .digest(let digest) = occasion { told.withLock { $0.append(digest) } }
        return []
      }
    }
    world.clock.advance(by: .hours(1))
    try await begin(world, "Monday at ten")
    #expect(told.withLock(\.self).map(\.caughtUpAt) == [nil])
    world.clock.advance(by: .days(20) + .minutes(40))
    for run in 1...2 { try await begin(world, "twenty days later, \(run)") }
    let late = told.withLock { Array($0.dropFirst()) }
    #expect(late.count == 7)
    #expect(late.allSatisfy { $0.caughtUpAt == world.clock.now().wall })
    let spans = late.map { ($0.period.to - $0.period.from) / .days(1) }
    #expect(spans == [14, 1, 1, 1, 1, 1, 1])
    #expect(zip(late, late.dropFirst()).allSatisfy { $0.period.to == $1.period.from })
  }

  @Test func `leaves once, though the daemon is started again and again`() async throws {
    let sent = Sent()
    let world = try await Self.world(sent)
    try await begin(world, "before ten")
    #expect(sent.all.isEmpty)
    world.clock.advance(by: .minutes(61))
    for run in 1...3 {
      try await begin(world, "after ten, \(run)")
      world.clock.advance(by: .minutes(20))
    }
    #expect(sent.all == ["digest/daily/2"])
  }

  @Test func `is caught up, each period once, when the daemon was down at its hour`() async throws {
    let sent = Sent()
    let world = try await Self.world(sent)
    world.clock.advance(by: .hours(2))
    try await begin(world, "Monday at eleven")
    world.clock.advance(by: .days(2) + .hours(4))
    for run in 1...3 { try await begin(world, "Wednesday at three, \(run)") }
    #expect(sent.all.sorted() == ["digest/daily/2", "digest/daily/3", "digest/daily/4"])
    // And it says that nobody looked in between.
    let blind = try await world.surroundings.ledger.read {
      try $0.blindSpots(
        from: Sample.monday, to: Sample.monday + .days(3), language: .zh)
    }
    #expect(blind.contains { $0.feed == nil && $0.to != nil })
  }
}
