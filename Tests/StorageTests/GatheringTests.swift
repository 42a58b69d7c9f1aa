import Testing
import Vocabulary

@testable import Storage

@Suite struct `Notices that leave together` {
  /// Seven hours after the alerts were raised.
  private static let leaving = LeavingTime(at: .sample + .hours(7), reason: .hour)
  private static let then = Instant.sample + .hours(7)

  let desk: Desk
  let ledger: Ledger

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  @Test func `wait for their hour, and are dated by it`() async throws {
    try await raise(3)
    #expect(try await due(at: Self.then + .milliseconds(-1)).isEmpty)
    #expect(try await gatherable(at: Self.then + .milliseconds(-1)).isEmpty)
    #expect(try await ledger.read { try $0.nextEnvelopeAt() } == Self.then.steady)
    let due = try await due(at: Self.then)
    #expect(due.map { $0.alert?.number } == [1, 2, 3])
    #expect(due.allSatisfy { $0.mayBeGathered && $0.envelope.draftedAt == Self.leaving.at })
    let leavings = try await ledger.read { try $0.leavings() }
    #expect(leavings.map(\.leaving) == [Self.leaving])
    #expect(leavings.map(\.envelopes) == [3])
    #expect(try await notice(of: 2).leaving == Self.leaving)
  }

  @Test func `await nobody before their hour, and somebody after it`() async throws {
    try await raise(2)
    #expect(try await ledger.read { try $0.awaiting(at: .sample + .hours(6)) }.isEmpty)
    #expect(try await ledger.read { try $0.awaiting(at: .sample + .hours(8)) }.count == 2)
  }

  @Test func `have no next try of their own while their batch waits`() async throws {
    try await raise(3)
    try await gather([1, 3])
    #expect(try await due(at: Self.then).map(\.envelope.notice) == [Self.batch, Self.notice(2)])
    #expect(try await gatherable(at: Self.then).map(\.notice) == [Self.notice(2)])
    #expect(try await ledger.read { try $0.waitingCount() } == 2)
    let first = try await notice(of: 1)
    #expect(first.state == .waiting && first.batch == Self.batch && first.messageID == "<batch>")
    #expect(try await notice(of: 2).batch == nil)
    let id = try await ledger.read {
      try $0.firstMessageID(alert: Alert.ID(year: 2026, number: 1), recipient: .unit)
    }
    #expect(id == "<batch>", "what follows hangs on the mail that the unit has")
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
    await #expect(throws: LedgerFault.self, "gathered once, never again") {
      try await ledger.write {
        try $0.gather([Self.notice(1)], into: Self.batch, to: .unit, at: Self.then)
      }
    }
  }

  @Test func `have their attempt and receipt once the batch is sent, and their deadlines stop`()
    async throws
  {
    try await raise(2)
    try await gather([1, 2])
    try await ledger.write {
      try $0.deliver(Self.batch, to: .unit, .sent, at: Self.then + .seconds(3))
    }
    for number in 1...2 {
      let row = try #require(try await alert(number))
      #expect(row.notices.map(\.state) == [.sent])
      #expect(row.notices.map(\.attempts) == [1])
      #expect(row.notices.map(\.mayHaveBeenSentTwice) == [false])
      #expect(row.sentAt == Self.leaving.at + .seconds(3))
    }
    let stops = try await ledger.read {
      try $0.count("SELECT COUNT(*) FROM deadline_stop WHERE why = 'sent'")
    }
    #expect(stops == 2)
    #expect(try await due(at: Self.then + .days(1)).isEmpty)
    #expect(try await ledger.read { try $0.waitingCount() } == 0)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
    let course = try await ledger.read { try $0.course(of: .first) }
    #expect(course.map(\.what.en).contains("gathered with others for water@unit.example"))
  }

  @Test func `are what their batch is when a daemon dies over it, and may come twice`()
    async throws
  {
    try await raise(2)
    try await ledger.write { try $0.begin(incarnation: "one", at: .sample) }
    try await gather([1, 2])
    // Killed after the gathering: the next finds the batch waiting.
    #expect(try await takeOver("two", at: Self.then + .seconds(1)) == 0)
    #expect(try await due(at: Self.then + .seconds(1)).map(\.envelope.notice) == [Self.batch])
    try await ledger.write {
      _ = try $0.beginAttempt(
        notice: Self.batch, recipient: .unit, incarnation: "two", at: Self.then + .seconds(2))
    }
    #expect(try await notice(of: 1).state == .sending)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
    // Killed while it was sent: the next sends it again.
    #expect(try await takeOver("three", at: Self.then + .seconds(3)) == 1)
    let due = try await due(at: Self.then + .seconds(3))
    #expect(due.map(\.envelope.messageID) == ["<batch>"])
    try await ledger.write {
      try $0.deliver(Self.batch, to: .unit, .sent, by: "three", at: Self.then + .seconds(4))
    }
    for number in 1...2 {
      let notice = try await notice(of: number)
      #expect(notice.state == .sent && notice.mayHaveBeenSentTwice)
    }
    let own = try await ledger.read {
      try $0.count("SELECT SUM(doubtful) FROM outbox WHERE state = 'sent'")
    }
    #expect(own == 3, "the batch and both of its papers say so themselves")
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test(arguments: [Receipt.Outcome.failed, .deferred])
  func `leave one by one once their batch is given up`(_ outcome: Receipt.Outcome) async throws {
    try await raise(3)
    try await gather([1, 2, 3])
    try await ledger.write {
      try $0.deliver(
        Self.batch, to: .unit, .deferred, at: Self.then, nextTryAt: Self.then.steady + .minutes(5))
    }
    #expect(try await due(at: Self.then + .minutes(1)).isEmpty)
    #expect(try await notice(of: 1).state == .deferred)
    let end = Self.then + .minutes(5)
    try await ledger.write { try $0.deliver(Self.batch, to: .unit, outcome, at: end) }
    let due = try await due(at: end)
    #expect(due.map(\.envelope.notice) == [1, 2, 3].map(Self.notice))
    #expect(try await gatherable(at: end).isEmpty)
    #expect(try await notice(of: 1).messageID == "<1>")
    #expect(try await notice(of: 1).mayHaveBeenSentTwice == false)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `are withdrawn when their alert is closed or speaks again, and are left out`()
    async throws
  {
    try await raise(3)
    try await close(1)
    try await rise(2)
    let papers = try await ledger.read { ledger in
      try (1...3).map { try ledger.paper(Self.notice($0), to: .unit)?.listing.title }
    }
    #expect(papers == [nil, nil, "停水 3"])
    let sentences = try await ledger.read { ledger in
      try (1...3).map { try ledger.withdrawal(of: Self.notice($0))?.en }
    }
    #expect(
      sentences == ["withdrawn: its alert is closed", "withdrawn: its alert has spoken again", nil])
    #expect(try await ledger.read { try $0.leavings() }.map(\.envelopes) == [1])
    #expect(try await alert(2)?.notices.map(\.isReplaced) == [true, false])
  }

  @Test func `are given up when one of them must not leave any more`() async throws {
    try await raise(2)
    try await gather([1, 2])
    #expect(try await ledger.read { try $0.withdrawal(of: Self.batch) } == nil)
    try await close(1)
    #expect(try await ledger.read { try $0.withdrawal(of: Self.batch) } != nil)
  }

  @Test func `are sent again as they were when they may have arrived, unless one is sealed`()
    async throws
  {
    try await raise(2)
    try await ledger.write { try $0.begin(incarnation: "one", at: .sample) }
    try await gather([1, 2])
    try await ledger.write {
      _ = try $0.beginAttempt(
        notice: Self.batch, recipient: .unit, incarnation: "one", at: Self.then)
    }
    _ = try await takeOver("two", at: Self.then)
    try await close(1)
    #expect(try await ledger.read { try $0.withdrawal(of: Self.batch) } == nil)
    try await rise(2, to: .supervision)
    #expect(try await ledger.read { try $0.withdrawal(of: Self.batch) } != nil)
    try await ledger.write {
      try $0.deliver(Self.batch, to: .unit, .failed, by: "two", at: Self.then)
    }
    #expect(try await notice(of: 1).mayHaveBeenSentTwice, "its words may have arrived")
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test(arguments: [
    "UPDATE leaving SET leaves_at = 0", "DELETE FROM leaving", "UPDATE gathering SET batch = ''",
    "DELETE FROM gathering", "UPDATE notice_listing SET title = ''",
  ])
  func `are facts that nobody changes`(_ statement: String) async throws {
    try await raise(2)
    try await gather([1, 2])
    await #expect(throws: LedgerFault.self) {
      try await ledger.write { _ = try $0.run(statement) }
    }
  }

  private static let batch = Notice.ID(rawValue: "batch/2026-0001")

  private static func notice(_ number: Int) -> Notice.ID {
    Notice.ID(rawValue: "2026-000\(number)/contactSheet/1")
  }

  private func raise(_ count: Int) async throws {
    try await ledger.write { writing in
      for number in 1...count {
        let alert = try writing.raise(.sample("a\(number)"), grade: .general)
        let listing = Notice.Listing(
          title: "停水 \(number)", gist: "停水了。", url: "https://board.example/a\(number)",
          foundAt: .sample, inTrial: false)
        let notice = Notice(
          id: Self.notice(number), kind: .contactSheet, alert: alert.id, grade: .general,
          subject: "【一般舆情】\(alert.id) 停水", text: "正文", html: "<body><p>正文</p></body>",
          recipients: [Recipient(.unit, as: .unit)],
          dueAt: .sample + .hours(24) + .seconds(Int64(number)), leaving: Self.leaving,
          listing: listing)
        try writing.insert(
          notice, envelopes: [(Recipient(.unit, as: .unit), "<\(number)>", nil)], at: .sample)
      }
    }
  }

  private func gather(_ numbers: [Int]) async throws {
    try await ledger.write { writing in
      let batch = Notice(
        id: Self.batch, kind: .batch, grade: .general, subject: "【一般舆情】", text: "", html: "",
        recipients: [Recipient(.unit, as: .unit)], dueAt: .sample + .hours(24))
      try writing.insert(
        batch, envelopes: [(Recipient(.unit, as: .unit), "<batch>", nil)], at: Self.then)
      try writing.gather(numbers.map(Self.notice), into: Self.batch, to: .unit, at: Self.then)
    }
  }

  private func close(_ number: Int) async throws {
    try await ledger.write {
      try $0.acknowledge(
        Alert.ID(year: 2026, number: number), unit: false, falseAlarm: true, by: "终端", reason: nil,
        at: Self.then)
    }
  }

  private func rise(_ number: Int, to audience: Alert.Audience = .unit(.water)) async throws {
    let id = Alert.ID(year: 2026, number: number)
    try await ledger.write { writing in
      let verdict = try writing.insert(
        .sample(Item.ID(rawValue: "a\(number)"), grade: .considerable), at: Self.then)
      let edition = try writing.update(
        id, grade: .considerable, audience: audience, deadline: .sample(Self.then),
        reason: .risen, verdict: verdict, at: Self.then)
      let alert = Alert(
        id: id, item: Item.ID(rawValue: "a\(number)"), grade: .considerable, audience: audience,
        raisedAt: Self.then, deadline: .sample(Self.then))
      try writing.draft(alert, edition: edition, to: [Recipient(.unit, as: .unit)])
    }
  }

  private func takeOver(_ incarnation: String, at time: Instant) async throws -> Int {
    try await ledger.write { writing in
      try writing.begin(incarnation: incarnation, at: time)
      return try writing.takeOver(incarnation: incarnation, at: time)
    }
  }

  private func due(at time: Instant) async throws -> [DueEnvelope] {
    try await ledger.read { try $0.dueEnvelopes(at: time.steady, limit: 20) }
  }

  private func gatherable(at time: Instant) async throws -> [Gatherable] {
    try await ledger.read { try $0.gatherableEnvelopes(at: time.steady) }
  }

  private func alert(_ number: Int) async throws -> AlertRow? {
    try await ledger.read { try $0.alert(Alert.ID(year: 2026, number: number)) }
  }

  private func notice(of number: Int) async throws -> NoticeRow {
    try #require(try await alert(number)?.notices.first)
  }
}
