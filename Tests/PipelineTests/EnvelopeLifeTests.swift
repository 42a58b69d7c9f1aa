import Pipeline
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite struct `An envelope's life` {
  /// One line of the table: where it stands, what happens, where it stands then, after how long it
  /// is tried again, and why.
  struct Line: Sendable, CustomTestStringConvertible {
    var state: EnvelopeState
    var event: EnvelopeEvent
    var then: EnvelopeState
    var wait: Duration?
    var reason: EnvelopeLife.Reason?

    init(
      _ state: EnvelopeState, _ event: EnvelopeEvent, _ then: EnvelopeState,
      after wait: Duration? = nil, _ reason: EnvelopeLife.Reason?
    ) {
      (self.state, self.event, self.then) = (state, event, then)
      (self.wait, self.reason) = (wait, reason)
    }

    var testDescription: String { "\(state), \(event)" }
  }

  private static let now = Sample.instant().steady
  private static let drafted = now - .minutes(1)
  /// When what waits, or was put off, is due, beside the moment at which something happens.
  private static let due: [EnvelopeState: Duration] = [
    .waiting: .zero - .minutes(1), .deferred: .seconds(40),
  ]

  private static let table: [Line] = [
    Line(.waiting, .contentBegins, .sending, .begun),
    Line(.waiting, .answered(.sent), .sent, .accepted),
    Line(.waiting, .answered(.deferred), .deferred, after: .seconds(5), .comesAgain),
    Line(.waiting, .answered(.failed), .failed, .refused),
    Line(.waiting, .withdrawn, .failed, .withdrawn),
    Line(.waiting, .daemonBegins, .waiting, after: .zero - .minutes(1), nil),
    Line(.sending, .contentBegins, .sending, nil),
    Line(.sending, .answered(.sent), .sent, .accepted),
    Line(.sending, .answered(.deferred), .deferred, after: .seconds(5), .comesAgain),
    Line(.sending, .answered(.failed), .failed, .refused),
    Line(.sending, .withdrawn, .sending, nil),
    Line(.sending, .daemonBegins, .deferred, after: .zero, .foundUnderWay),
    Line(.deferred, .contentBegins, .sending, .begun),
    Line(.deferred, .answered(.sent), .sent, .accepted),
    Line(.deferred, .answered(.deferred), .deferred, after: .seconds(10), .comesAgain),
    Line(.deferred, .answered(.failed), .failed, .refused),
    Line(.deferred, .withdrawn, .failed, .withdrawn),
    Line(.deferred, .daemonBegins, .deferred, after: .zero, .triedAnew),
  ]
  private static let events: [EnvelopeEvent] = [
    .contentBegins, .answered(.sent), .answered(.deferred), .answered(.failed), .withdrawn,
    .daemonBegins,
  ]
  /// What is over stays as it is; what is held is nobody's to send.
  private static let final = [EnvelopeState.sent, .failed, .held].flatMap { state in
    events.map { Line(state, $0, state, nil) }
  }

  private static func life(_ state: EnvelopeState) -> EnvelopeLife {
    EnvelopeLife(
      state, attempts: state == .waiting ? 0 : 1, grade: .major, draftedAt: drafted,
      nextTryAt: due[state].map { now + $0 })
  }

  @Test func `has a line for every state and event`() {
    let lines = Self.table + Self.final
    #expect(lines.count == EnvelopeState.allCases.count * Self.events.count)
    #expect(Set(lines.map { "\($0.state) \($0.event)" }).count == lines.count)
  }

  @Test(arguments: table + final)
  func `goes by the table`(_ line: Line) {
    var life = Self.life(line.state)
    let reason = life.take(line.event, at: Self.now, jitter: 0.5)
    #expect(life.state == line.then)
    #expect(reason == line.reason)
    #expect(life.nextTryAt == line.wait.map { Self.now + $0 })
    #expect(life.isDoubtful == (reason == .foundUnderWay))
  }

  @Test func `ends after five days of being put off`() {
    var life = EnvelopeLife(
      .deferred, attempts: 700, grade: .general, draftedAt: Self.now - .days(5))
    #expect(life.take(.answered(.deferred), at: Self.now, jitter: 0.5) == .outOfPatience)
    #expect(life.state == .failed && life.nextTryAt == nil)
  }

  /// The ledger reads the states off its facts; this is the same table, written into one.
  @Test(arguments: table)
  func `is what the ledger makes of its facts`(_ line: Line) async throws {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
    }
    await Rounds(world.surroundings).once()
    world.clock.advance(by: .minutes(1))
    let at = world.clock.now()
    var life = EnvelopeLife(grade: .general, draftedAt: Sample.instant().steady)
    let ledger = world.surroundings.ledger
    let due = try #require(
      try await ledger.read { try $0.dueEnvelopes(at: at.steady, limit: 1) }.first)
    let path: [EnvelopeEvent] =
      switch line.state {
      case .sending: [.contentBegins]
      case .deferred: [.contentBegins, .answered(.deferred)]
      case .waiting, .sent, .failed, .held: []
      }
    for (number, event) in (path + [line.event]).enumerated() {
      let moment = Instant(
        wall: at.wall, boot: at.boot, sinceBoot: at.sinceBoot + Int64(number) + 1)
      let reason = life.take(event, at: moment.steady, jitter: 0.5)
      if reason == nil, event != .daemonBegins { continue }
      try await ledger.write { [life] ledger in
        try ledger.write(event, life, due.envelope, at: moment)
      }
    }
    let notice = try #require(try await world.alerts().first?.notices.first)
    #expect(notice.state == life.state)
    #expect(notice.attempts == life.attempts)
    #expect(notice.mayHaveBeenSentTwice == life.isDoubtful)
    #expect(try await ledger.read { try $0.nextEnvelopeAt() } == life.nextTryAt)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }
}

extension Writing {
  /// Writes what happened to an envelope as the outbox does.
  fileprivate func write(
    _ event: EnvelopeEvent, _ life: EnvelopeLife, _ envelope: Envelope, at now: Instant
  ) throws {
    func begin() throws -> Int {
      try beginAttempt(
        notice: envelope.notice, recipient: envelope.recipient, incarnation: "run-1", at: now)
    }
    func end(_ outcome: Receipt.Outcome) throws {
      let isUnderWay =
        try dueEnvelopes(of: envelope.notice, at: now.steady + .days(1)).isEmpty
      let attempt = try isUnderWay ? life.attempts : begin()
      try record(
        Receipt(outcome, reply: "", at: now), notice: envelope.notice,
        recipient: envelope.recipient, attempt: attempt, nextTryAt: life.nextTryAt)
    }
    switch event {
    case .contentBegins: _ = try begin()
    case .answered(let outcome): try end(outcome)
    case .withdrawn: try end(.failed)
    case .daemonBegins:
      try self.begin(incarnation: "run-2", at: now)
      try takeOver(incarnation: "run-2", at: now)
    }
  }
}
