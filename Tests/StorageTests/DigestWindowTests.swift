import Testing
import Vocabulary

@testable import Storage

@Suite struct `A digest's windows` {
  let desk: Desk
  let ledger: Ledger
  private let today = WallTime.sample
  private let tomorrow = WallTime.sample + .days(1)

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  /// An alert found so many minutes after the sample moment and told so many minutes later.
  private func tell(
    _ writing: Writing, _ name: String, found: Int64 = 0, after minutes: Int64?,
    grade: Grade = .considerable
  ) throws -> Alert {
    let alert = try writing.raise(
      .sample(name, foundAt: .sample + .minutes(found)), grade: grade)
    let notice = try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
    if let minutes {
      try writing.deliver(notice, to: .unit, at: .sample + .minutes(found + minutes))
    }
    return alert
  }

  private func used(
    _ from: WallTime, _ to: WallTime
  ) async throws -> [Grade: Digest.Punctuality] {
    try await ledger.read { try $0.windows(from: from, to: to).punctuality }
  }

  @Test func `are kept or late by what they used`() async throws {
    try await ledger.write { writing in
      _ = try tell(writing, "a", after: 12)
      _ = try tell(writing, "b", after: 60)
      _ = try tell(writing, "c", after: 180)
      _ = try tell(writing, "d", after: nil)
      _ = try tell(writing, "e", after: 6, grade: .major)
    }
    let used = try await used(today, tomorrow)
    #expect(
      used == [
        .considerable: Digest.Punctuality(kept: 2, late: 1, unsent: 1, used: [0.1, 0.5, 1.5]),
        .major: Digest.Punctuality(kept: 1, used: [0.05]),
      ])
  }

  @Test func `each count in one period alone, whatever becomes of them later`() async throws {
    let half = WallTime.sample + .hours(1)
    let late = try await ledger.write { writing in
      _ = try tell(writing, "in the first hour", after: 30)
      _ = try tell(writing, "in the second hour", after: 90)
      return try tell(writing, "not yet", after: nil)
    }
    func counts(_ from: WallTime, _ to: WallTime) async throws -> [Int] {
      let all = try await used(from, to)[.considerable] ?? Digest.Punctuality()
      return [all.kept, all.late, all.unsent]
    }
    #expect(try await counts(today, half) == [1, 0, 0])
    #expect(try await counts(half, today + .hours(3)) == [1, 0, 1])
    #expect(try await ledger.read { try $0.windowsRunning(at: half) } == 2)
    try await ledger.write { writing in
      let notice = Notice.ID(rawValue: "\(late.id)/contactSheet/1")
      try writing.deliver(notice, to: .unit, at: .sample + .hours(9))
    }
    #expect(try await counts(today, half) == [1, 0, 0])
    #expect(try await counts(half, today + .hours(3)) == [1, 1, 0])
    #expect(try await counts(today + .hours(3), tomorrow) == [0, 0, 0])
  }

  @Test func `are void where a unit returned it or it was a false alarm`() async throws {
    try await ledger.write { writing in
      let returned = try tell(writing, "returned", after: 6)
      let wrong = try tell(writing, "wrong", after: 12)
      let closed = try tell(writing, "closed unsent", after: nil)
      let done = try tell(writing, "closed", after: 24)
      let letter = Letter(
        id: Letter.ID(rawValue: "r"), from: "water@unit.example", answers: [],
        subject: "退回", nature: .reply("退回"))
      _ = try writing.insert(letter, text: nil, at: .sample + .minutes(20))
      let unit = Correspondence(alert: returned.id, part: .unit, isReply: true, isOfMany: false)
      try writing.insert(.returned, of: letter.id, from: unit, at: .sample + .minutes(20))
      for (alert, isFalse) in [(wrong, true), (closed, false), (done, false)] {
        try writing.acknowledge(
          alert.id, unit: false, closes: true, falseAlarm: isFalse, by: "officer", reason: nil,
          at: .sample + .minutes(40))
      }
    }
    #expect(
      try await used(today, tomorrow) == [
        .considerable: Digest.Punctuality(kept: 1, voided: 3, used: [0.2])
      ])
  }

  @Test func `of an allegation of misconduct count nowhere`() async throws {
    try await ledger.write { writing in
      let alert = try writing.raise(grade: .major, kind: .conduct, audience: .supervision)
      let notice = try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
      try writing.deliver(notice, to: .unit, at: .sample + .hours(4))
    }
    #expect(try await used(today, tomorrow).isEmpty)
    let heard = try await ledger.read { [today, tomorrow] in
      try $0.hearings(from: today, to: tomorrow)
    }
    #expect(heard.units.isEmpty && heard.outcomes == Digest.Outcomes())
  }
}

@Suite struct `A digest's acknowledgements` {
  @Test func `run from the mail server's word to the unit's, and officers stand apart`()
    async throws
  {
    let desk = try Desk()
    let ledger = try desk.ledger()
    try await ledger.write { writing in
      var alerts: [Alert] = []
      for name in ["a", "b", "c"] {
        let alert = try writing.raise(.sample(name))
        let notice = try writing.draft(alert)
        try writing.deliver(notice, to: .unit, at: .sample + .minutes(5))
        try writing.deliver(notice, to: .officer, at: .sample + .minutes(5))
        alerts.append(alert)
      }
      // An officer's word is not the unit's.
      try writing.acknowledge(
        alerts[0].id, unit: false, falseAlarm: false, by: "officer", reason: nil,
        at: .sample + .minutes(6))
      try writing.acknowledge(
        alerts[1].id, unit: true, falseAlarm: false, by: "unit", reason: nil,
        at: .sample + .minutes(35))
      let own = try writing.raise(.sample("own"), audience: .officers(.noUnit), unit: nil)
      let notice = try writing.draft(own, to: [Recipient(.officer, as: .officer)])
      try writing.deliver(notice, to: .officer, at: .sample + .minutes(1))
      try writing.acknowledge(
        own.id, unit: false, falseAlarm: false, by: "officer", reason: nil,
        at: .sample + .minutes(4))
    }
    let heard = try await ledger.read {
      try $0.hearings(from: .sample, to: .sample + .days(1))
    }
    #expect(
      heard.units == [
        Digest.Acknowledging(unit: .water, raised: 3, waiting: 2, took: [.minutes(30)]),
        Digest.Acknowledging(unit: nil, raised: 1, took: [.minutes(3)]),
      ])
    #expect(heard.outcomes == Digest.Outcomes(acknowledged: 3, open: 1))
  }
}
