import Testing
import Vocabulary

@testable import Storage

@Suite struct `An outbox` {
  let desk: Desk
  let ledger: Ledger

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  @Test func `keeps a notice once, however often it is drafted`() async throws {
    let twice = try await ledger.write { writing in
      let alert = try writing.raise()
      let id = try writing.draft(alert)
      let notice = Notice(
        id: id, kind: .contactSheet, subject: "another", text: "", html: "", recipients: [])
      return try writing.insert(notice, envelopes: [], at: .sample)
    }
    #expect(twice == false)
    let due = try await ledger.read { try $0.dueEnvelopes(at: .sample, limit: 10) }
    #expect(
      due.map(\.envelope.recipient.address).sorted() == [
        "officer@letters.example", "water@unit.example",
      ])
    #expect(due.allSatisfy { $0.envelope.subject.hasPrefix("【较大舆情】2026-0001") })
    #expect(due.first?.grade == .considerable)
    #expect(due.first { $0.part == .unit }?.envelope.recipient == .unit)
  }

  @Test func `lets the gravest go first, and then the nearest its deadline`() async throws {
    try await ledger.write { writing in
      let times: [(Grade, Duration)] = [
        (.general, .zero), (.major, .minutes(20)), (.considerable, .minutes(5)),
        (.major, .minutes(1)),
      ]
      for (number, (grade, later)) in times.enumerated() {
        let alert = try writing.raise(
          .sample("a\(number)", foundAt: .sample + later), grade: grade)
        try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
      }
      let digest = Notice(
        id: Notice.ID(rawValue: "digest/daily/2026-03-02"), kind: .digest, subject: "【日报】",
        text: "",
        html: "", recipients: [])
      try writing.insert(
        digest, envelopes: [(Recipient(.leader, as: .leader), "<d>", nil)], at: .sample)
    }
    let due = try await ledger.read {
      try $0.dueEnvelopes(at: .sample + .minutes(20), limit: 10)
    }
    #expect(
      due.map { $0.alert?.description ?? "digest" } == [
        "2026-0004", "2026-0002", "2026-0003", "2026-0001", "digest",
      ])
    #expect(
      try await ledger.read { try $0.dueEnvelopes(at: .sample - .seconds(1), limit: 9) }.isEmpty)
    #expect(try await ledger.read { try $0.nextEnvelopeAt() } == .sample)
  }

  @Test func `lets a new major notice go before a backlog of graver delay`() async throws {
    let now = Instant.sample + .hours(2)
    try await ledger.write { writing in
      for number in 0..<400 {
        let alert = try writing.raise(.sample("old\(number)"), grade: .major)
        let notice = try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
        try writing.deliver(notice, to: .unit, .deferred, nextTryAt: .sample + .minutes(2))
      }
      let alert = try writing.raise(.sample("new", foundAt: now), grade: .major)
      try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
    }
    let due = try await ledger.read { try $0.dueEnvelopes(at: now.steady, limit: 16) }
    #expect(due.count == 16)
    #expect(due.first?.alert == Alert.ID(year: 2026, number: 401))
    #expect(due.dropFirst().allSatisfy { $0.attempts == 1 })
  }

  @Test func `lets a major notice that was put off once go before what is late already`()
    async throws
  {
    let now = Instant.sample + .hours(2)
    try await ledger.write { writing in
      for number in 0..<400 {
        let alert = try writing.raise(.sample("old\(number)"), grade: .major)
        let notice = try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
        try writing.deliver(notice, to: .unit, .deferred, nextTryAt: .sample + .minutes(2))
      }
      let alert = try writing.raise(.sample("new", foundAt: now), grade: .major)
      let notice = try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
      try writing.deliver(notice, to: .unit, .deferred, nextTryAt: now.steady)
    }
    let due = try await ledger.read { try $0.dueEnvelopes(at: now.steady, limit: 16) }
    #expect(due.first?.alert == Alert.ID(year: 2026, number: 401))
    #expect(Set(due.map(\.alert)).count == 16)
    let late = try await ledger.read {
      try $0.dueEnvelopes(at: (now + .days(2)).steady, limit: 16)
    }
    #expect(late.first?.alert == Alert.ID(year: 2026, number: 1))
  }

  @Test func `reads each envelope's state off its receipts`() async throws {
    let id = try await ledger.write { writing in
      let notice = try writing.draft(try writing.raise())
      try writing.deliver(notice, to: .unit, .deferred, nextTryAt: .sample + .minutes(1))
      try writing.deliver(notice, to: .officer, .failed)
      return notice
    }
    #expect(
      try await states() == ["water@unit.example": .deferred, "officer@letters.example": .failed])
    #expect(try await ledger.read { try $0.nextEnvelopeAt() } == .sample + .minutes(1))
    #expect(try await ledger.read { try $0.waitingCount() } == 1)
    _ = try await ledger.write {
      try $0.beginAttempt(notice: id, recipient: .unit, incarnation: "one", at: .sample)
    }
    #expect(try await states()["water@unit.example"] == .sending)
    #expect(try await ledger.read { try $0.nextEnvelopeAt() } == nil)
    try await ledger.write {
      try $0.record(
        Receipt(.sent, reply: "250 Ok", at: .sample), notice: id, recipient: .unit, attempt: 2,
        nextTryAt: nil)
    }
    let row = try await ledger.read { try $0.alert(Alert.ID(year: 2026, number: 1)) }
    let unit = try #require(row?.notices.first { $0.part == .unit })
    #expect(unit.state == .sent)
    #expect(unit.attempts == 2)
    #expect(unit.sentAt == .sample)
    #expect(unit.lastReply == "250 Ok")
    #expect(unit.mayHaveBeenSentTwice == false)
    #expect(row?.sentAt == .sample)
    #expect(try await ledger.read { try $0.waitingCount() } == 0)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `knows what was read as due and has been put off since`() async throws {
    let notice = try await ledger.write { writing in
      try writing.draft(try writing.raise(), to: [Recipient(.unit, as: .unit)])
    }
    let due = try #require(
      try await ledger.read { try $0.dueEnvelopes(at: .sample, limit: 9) }.first)
    #expect(try await ledger.read { try $0.isToLeave(due) })
    try await ledger.write {
      try $0.deliver(notice, to: .unit, .deferred, nextTryAt: .sample + .minutes(1))
    }
    #expect(try await ledger.read { try !$0.isToLeave(due) })
    let again = try #require(
      try await ledger.read { try $0.dueEnvelopes(at: .sample + .minutes(1), limit: 9) }.first)
    #expect(try await ledger.read { try $0.isToLeave(again) })
  }

  @Test func `gives up what is deferred without another try`() async throws {
    try await ledger.write { writing in
      let notice = try writing.draft(try writing.raise())
      try writing.deliver(notice, to: .unit, .deferred, nextTryAt: nil)
    }
    #expect(try await states()["water@unit.example"] == .failed)
  }

  @Test func `makes what is deferred due at once when a daemon begins, and then defers again`()
    async throws
  {
    let later = Instant.sample + .minutes(1)
    let id = try await ledger.write { writing in
      try writing.begin(incarnation: "one", at: .sample)
      let notice = try writing.draft(try writing.raise(), to: [Recipient(.unit, as: .unit)])
      try writing.deliver(notice, to: .unit, .deferred, nextTryAt: .sample + .minutes(10))
      return notice
    }
    #expect(try await ledger.read { try $0.dueEnvelopes(at: later.steady, limit: 9) }.isEmpty)
    let taken = try await ledger.write { writing in
      try writing.begin(incarnation: "two", at: later)
      return try writing.takeOver(incarnation: "two", at: later)
    }
    #expect(taken == 0)
    let due = try await ledger.read { try $0.dueEnvelopes(at: later.steady, limit: 9) }
    #expect(due.map(\.envelope.notice) == [id])
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
    let next = later.steady + .minutes(10)
    try await ledger.write {
      try $0.deliver(id, to: .unit, .deferred, by: "two", at: later + .seconds(1), nextTryAt: next)
    }
    #expect(try await ledger.read { try $0.nextEnvelopeAt() } == next)
  }

  @Test func `takes over what an earlier daemon began, and says that it may come twice`()
    async throws
  {
    try await ledger.write { writing in
      let notice = try writing.draft(try writing.raise())
      try writing.begin(incarnation: "one", at: .sample)
      _ = try writing.beginAttempt(
        notice: notice, recipient: .unit, incarnation: "one", at: .sample)
      try writing.begin(incarnation: "two", at: .sample + .minutes(1))
      _ = try writing.beginAttempt(
        notice: notice, recipient: .officer, incarnation: "two", at: .sample + .minutes(1))
    }
    let later = Instant.sample + .minutes(1)
    let taken = try await ledger.write { try $0.takeOver(incarnation: "two", at: later) }
    #expect(taken == 1)
    let due = try await ledger.read { try $0.dueEnvelopes(at: later.steady, limit: 9) }
    #expect(due.map(\.envelope.recipient) == [.unit])
    #expect(due.first?.attempts == 1)
    let notices = try await ledger.read { try $0.alert(Alert.ID(year: 2026, number: 1))?.notices }
    #expect(notices?.filter(\.mayHaveBeenSentTwice).map(\.recipient) == [.unit])
    #expect(try await ledger.write { try $0.takeOver(incarnation: "two", at: later) } == 0)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `keeps the first Message-ID of an alert for each recipient`() async throws {
    let alert = try await ledger.write { writing in
      let alert = try writing.raise()
      try writing.draft(alert)
      try writing.draft(
        alert, edition: 2, to: [Recipient(.unit, as: .unit), Recipient(.leader, as: .leader)])
      return alert.id
    }
    let first = try await ledger.read { reading in
      try [MailAddress.unit, .leader, .deputy].map {
        try reading.firstMessageID(alert: alert, recipient: $0)
      }
    }
    #expect(
      first == [
        "<2026-0001.1.water@unit.example>", "<2026-0001.2.leader@letters.example>", nil,
      ])
  }

  @Test func `is found out when what it keeps is not what its facts say`() async throws {
    try await ledger.write { writing in
      try writing.draft(try writing.raise())
      try writing.run(
        "UPDATE outbox SET state = 'sent' WHERE recipient = ?", ["water@unit.example"])
      try writing.run("UPDATE standing SET state = 'closed'")
    }
    #expect(
      try await ledger.read { try $0.auditOutbox() } == [
        "outbox: 2026-0001/contactSheet/1 water@unit.example", "standing: 2026-0001",
      ])
    try await ledger.write { try $0.mendProjections() }
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
    #expect(try await ledger.read { try $0.alert(.first)?.state } == .open)
  }

  private func states() async throws -> [String: EnvelopeState] {
    try await ledger.read { reading in
      let row = try reading.alert(Alert.ID(year: 2026, number: 1))
      let pairs = (row?.notices ?? []).map { ($0.recipient.address, $0.state) }
      return Dictionary(uniqueKeysWithValues: pairs)
    }
  }
}
