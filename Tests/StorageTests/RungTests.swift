import Testing
import Vocabulary

@testable import Storage

extension Rung {
  /// A step so many minutes after the sample's moment.
  fileprivate static func sample(_ number: Int, _ audience: Audience, minutes: Int64) -> Rung {
    Rung(
      number: number, audience: audience, endsWithOfficer: audience == .officers,
      dueAt: .sample + .minutes(minutes))
  }

  fileprivate static let chain = [
    sample(1, .deputy, minutes: 10), sample(2, .officers, minutes: 20),
    sample(3, .leaders, minutes: 30),
  ]
}

@Suite struct `A chain` {
  private func ledger(_ desk: Desk) async throws -> Ledger {
    let ledger = try desk.ledger()
    try await ledger.write { writing in
      let alert = try writing.raise(grade: .major)
      try writing.insert(Rung.chain, alert: alert.id, at: .sample)
    }
    return ledger
  }

  private func ends(_ ledger: Ledger) async throws -> [Rung.End?] {
    try await ledger.read { try $0.rungs(of: .first).map(\.end) }
  }

  @Test func `comes due step by step`() async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    let ten = SteadyTime.sample + .minutes(10)
    try await ledger.write { writing in
      #expect(try writing.nextRungAt() == ten)
      #expect(try writing.alertsWithDueRungs(at: ten - .milliseconds(1), limit: 9).isEmpty)
      #expect(try writing.alertsWithDueRungs(at: ten, limit: 9) == [.first])
      try writing.end([Rung.chain[0]], of: .first, .sent, at: .sample + .minutes(10))
      #expect(try writing.alertsWithDueRungs(at: ten, limit: 9).isEmpty)
      #expect(try writing.nextRungAt() == ten + .minutes(10))
    }
  }

  @Test func `keeps the first end of a step`() async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    try await ledger.write { writing in
      try writing.end([Rung.chain[0]], of: .first, .sent, at: .sample)
      try writing.end(Rung.chain, of: .first, .closed, at: .sample + .minutes(1))
    }
    #expect(try await ends(ledger) == [.sent, .closed, .closed])
    #expect(try await ledger.read { try $0.nextRungAt() } == nil)
  }

  @Test func `is replaced when its alert speaks again, and counted on`() async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    try await ledger.write { writing in
      let number = try writing.insert(.sample(Item.sample().id, grade: .major), at: .sample)
      _ = try writing.update(
        .first, grade: .major, audience: .unit(.water), deadline: .sample(), reason: .risen,
        verdict: number, at: .sample + .minutes(5))
      try writing.insert([Rung.chain[0]], alert: .first, at: .sample + .minutes(5))
    }
    #expect(try await ends(ledger) == [.superseded, .superseded, .superseded, nil])
    #expect(try await ledger.read { try $0.rungs(of: .first).map(\.rung.number) } == [1, 2, 3, 4])
  }

  @Test(
    arguments: [
      (false, false, false, [nil, .acknowledged, nil]),
      (true, false, false, [.acknowledged, .acknowledged, .acknowledged]),
      (false, true, false, [.phoned, .phoned, .phoned]),
      (false, false, true, [.closed, .closed, .closed]),
    ] as [(Bool, Bool, Bool, [Rung.End?])])
  func `ends by what somebody says`(
    unit: Bool, phoned: Bool, falseAlarm: Bool, expected: [Rung.End?]
  ) async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    try await ledger.write { writing in
      try writing.acknowledge(
        .first, unit: unit, phoned: phoned, falseAlarm: falseAlarm, by: "terminal", reason: nil,
        at: .sample + .minutes(1))
    }
    #expect(try await ends(ledger) == expected)
    let said = try await ledger.read { try $0.acknowledgements(of: .first, edition: 1) }
    #expect(said.map(\.byUnit) == [unit || phoned])
    #expect(said.map(\.phoned) == [phoned])
  }

  @Test func `is read off its facts again where what is kept differs`() async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    _ = try await ledger.write { try $0.run("DELETE FROM waiting_rung WHERE number = 2") }
    #expect(try await ledger.read { try $0.auditOutbox() } == ["waiting_rung: 2026-0001 2"])
    try await ledger.write { try $0.mendProjections() }
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test(arguments: ["rung", "rung_end"])
  func `is never rewritten`(table: String) async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    try await ledger.write { try $0.end(Rung.chain, of: .first, .sent, at: .sample) }
    for statement in ["UPDATE \(table) SET number = 9", "DELETE FROM \(table)"] {
      await #expect(throws: LedgerFault.self) {
        _ = try await ledger.write { try $0.run(statement) }
      }
    }
  }
}

@Suite struct `An alert that an officer has acknowledged` {
  private func ledger(_ desk: Desk, to recipients: [Recipient]? = nil) async throws -> Ledger {
    let ledger = try desk.ledger()
    try await ledger.write { writing in
      let alert = try writing.raise(grade: .major)
      try writing.draft(alert, to: recipients)
    }
    return ledger
  }

  private func acknowledge(
    _ ledger: Ledger, unit: Bool = false, phoned: Bool = false, falseAlarm: Bool = false
  ) async throws {
    try await ledger.write { writing in
      try writing.acknowledge(
        .first, unit: unit, phoned: phoned, falseAlarm: falseAlarm, by: "officer", reason: nil,
        at: .sample)
    }
  }

  private func awaitsUnit(_ ledger: Ledger) async throws -> Bool? {
    try await ledger.read { try $0.alert(.first)?.awaitsUnit }
  }

  private func listed(_ ledger: Ledger) async throws -> Int {
    try await ledger.read { reading in
      let rows = try reading.alerts(AlertFilter(awaiting: true))
      #expect(try reading.awaiting(at: .sample + .days(1)).count >= rows.count)
      return rows.count
    }
  }

  @Test(arguments: [(true, false, false), (true, true, false), (false, false, true)])
  func `still waits for its unit, until the unit's word, a telephone or a false alarm`(
    unit: Bool, phoned: Bool, falseAlarm: Bool
  ) async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    #expect(try await awaitsUnit(ledger) == false)
    #expect(try await listed(ledger) == 1)
    try await acknowledge(ledger)
    #expect(try await awaitsUnit(ledger) == true)
    #expect(try await listed(ledger) == 1)
    try await acknowledge(ledger, unit: unit, phoned: phoned, falseAlarm: falseAlarm)
    #expect(try await awaitsUnit(ledger) == false)
    #expect(try await listed(ledger) == 0)
    #expect(try await ledger.read { try $0.auditOutbox() } == [])
  }

  @Test func `waits for nobody where no unit was written to`() async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk, to: [Recipient(.officer, as: .officer)])
    try await acknowledge(ledger)
    #expect(try await awaitsUnit(ledger) == false)
    #expect(try await listed(ledger) == 0)
  }

  @Test func `is open again when it speaks again`() async throws {
    let desk = try Desk()
    let ledger = try await ledger(desk)
    try await acknowledge(ledger)
    try await ledger.write { writing in
      _ = try writing.update(
        .first, grade: .major, audience: .unit(.water), deadline: .sample(), reason: .risen,
        verdict: 1, at: .sample)
    }
    #expect(try await awaitsUnit(ledger) == false)
    #expect(try await listed(ledger) == 1)
  }
}

@Suite struct `A trouble` {
  @Test func `is told once, or while it stands once in so long`() async throws {
    let desk = try Desk()
    let told = try await desk.ledger().write { writing in
      [
        try writing.beginTrouble("a", at: .sample),
        try writing.beginTrouble("a", at: .sample + .days(9)),
        try writing.beginTrouble("b", at: .sample, again: .days(1)),
        try writing.beginTrouble("b", at: .sample + .hours(23), again: .days(1)),
        try writing.beginTrouble("b", at: .sample + .hours(24), again: .days(1)),
        try writing.beginTrouble("b", at: .sample + .hours(47), again: .days(1)),
      ]
    }
    #expect(told == [true, false, true, false, true, false])
  }

  @Test func `stands since it began, however often it is told`() async throws {
    let desk = try Desk()
    try await desk.ledger().write { writing in
      for day in 0..<3 {
        _ = try writing.beginTrouble("b", at: .sample + .days(Int64(day)), again: .days(1))
      }
      #expect(try writing.standingTroubles() == ["b": .sample])
      try writing.endTrouble("b")
      #expect(try writing.standingTroubles().isEmpty)
    }
  }
}
