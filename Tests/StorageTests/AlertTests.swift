import Testing
import Vocabulary

@testable import Storage

@Suite struct `An alert in the ledger` {
  let desk: Desk
  let ledger: Ledger

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  @Test func `is numbered from 1 in each year`() async throws {
    let ids = try await ledger.write { writing in
      try [2026, 2026, 2027, 2026].map { try writing.nextAlertID(year: $0) }
    }
    #expect(ids.map(\.description) == ["2026-0001", "2026-0002", "2027-0001", "2026-0003"])
  }

  @Test func `comes with all that is known around it`() async throws {
    try await ledger.write { writing in
      let alert = try writing.raise()
      try writing.draft(alert)
    }
    let row = try #require(try await ledger.read { try $0.alert(.first) })
    #expect(row.alert.deadline == .sample())
    #expect(row.state == .open && row.edition == 1)
    #expect(row.unit == .water && row.topic?.rawValue == "城乡建设" && row.kind == .complaint)
    #expect(row.item == .sample())
    #expect(row.verdict == .sample(Item.sample().id))
    #expect(
      row.reason
        == .raise(grade: .considerable, audience: .unit(.water), deadline: .sample()))
    #expect(row.sentAt == nil && row.acknowledgedAt == nil && row.feedback == nil)
    #expect(row.notices.map(\.state) == [.waiting, .waiting])
    #expect(try await ledger.read { try $0.alert(Alert.ID(year: 2026, number: 2)) } == nil)
  }

  @Test(
    arguments: [
      (AlertFilter(), [3, 2, 1]),
      (AlertFilter(since: .sample + .hours(1)), [3, 2]),
      (AlertFilter(until: .sample + .hours(1)), [1]),
      (AlertFilter(unit: .housing), [2]),
      (AlertFilter(grade: .major), [3]),
      (AlertFilter(state: .acknowledged), [2]),
      (AlertFilter(state: .open), [3, 1]),
      (AlertFilter(url: "https://board.example/a1"), [1]),
      (AlertFilter(url: "https://portal.example/1"), [1]),
      (AlertFilter(url: "' OR '1' = '1"), []),
      (AlertFilter(limit: 2), [3, 2]),
      (AlertFilter(since: .sample, grade: .considerable, state: .open, limit: 1), [1]),
    ] as [(AlertFilter, [Int])])
  func `is found by what one asks for`(filter: AlertFilter, expected: [Int]) async throws {
    try await ledger.write { writing in
      try writing.raise()
      let second = try writing.raise(
        .sample("a2", foundAt: .sample + .hours(1)), audience: .unit(.housing), unit: .housing)
      try writing.raise(
        .sample("a3", foundAt: .sample + .hours(2)), grade: .major, audience: .officers(.noUnit),
        unit: nil)
      try writing.acknowledge(
        second.id, unit: true, falseAlarm: false, by: "officer", reason: nil, at: .sample)
      try writing.insert(
        Sighting(
          item: Item.sample().id, feed: .portal, url: "https://portal.example/1", title: "转载",
          seenAt: .sample),
        address: Item.ID(rawValue: "p1"), relation: .sameText)
    }
    let found = try await ledger.read { try $0.alerts(filter) }
    #expect(found.map(\.id.number) == expected)
  }

  @Test func `speaks again in a new edition, which nobody has acknowledged`() async throws {
    let edition = try await ledger.write { writing in
      let alert = try writing.raise(grade: .general)
      let first = try writing.draft(alert)
      try writing.deliver(first, to: .unit)
      try writing.acknowledge(
        .first, unit: false, falseAlarm: false, by: "officer", reason: nil, at: .sample)
      let verdict = try writing.insert(
        Verdict.sample(alert.item, grade: .major), at: .sample + .hours(1))
      let deadline = Deadline.sample(.sample + .hours(1), .minutes(30))
      let edition = try writing.update(
        .first, grade: .major, audience: .unit(.housing), deadline: deadline, reason: .risen,
        verdict: verdict, at: .sample + .hours(1))
      try writing.draft(alert, edition: 2)
      return edition
    }
    #expect(edition == 2)
    let row = try #require(try await ledger.read { try $0.alert(.first) })
    #expect(row.alert.grade == .major && row.alert.audience == .unit(.housing))
    #expect(row.unit == .housing && row.edition == 2)
    #expect(row.alert.deadline.dueAt == .sample + .minutes(90))
    #expect(row.state == .open && row.acknowledgedAt == nil)
    #expect(row.sentAt == nil, "the new edition waits")
    #expect(row.verdict.grade == .major)
    #expect(row.alert.raisedAt == .sample)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `stops its clock once the unit's last notice has left, and only then`() async throws {
    let notice = try await ledger.write { writing in
      let alert = try writing.raise()
      return try writing.draft(
        alert,
        to: [
          Recipient(.unit, as: .unit), Recipient(.deputy, as: .unit),
          Recipient(.officer, as: .officer),
        ])
    }
    try await ledger.write { try $0.deliver(notice, to: .unit, at: .sample + .minutes(1)) }
    try await ledger.write { try $0.deliver(notice, to: .officer, at: .sample + .minutes(2)) }
    #expect(try await stops().isEmpty)
    try await ledger.write { try $0.deliver(notice, to: .deputy, at: .sample + .minutes(3)) }
    #expect(try await stops() == ["notify 1 sent 180"])
    let row = try await ledger.read { try $0.alert(.first) }
    #expect(row?.sentAt == .sample + .minutes(3))
  }

  @Test func `counts the officers' notices where no unit is written to`() async throws {
    try await ledger.write { writing in
      let alert = try writing.raise(audience: .officers(.noUnit), unit: nil)
      let notice = try writing.draft(
        alert, to: [Recipient(.officer, as: .officer), Recipient(.leader, as: .leader)])
      try writing.deliver(notice, to: .officer, at: .sample + .minutes(1))
    }
    let row = try await ledger.read { try $0.alert(.first) }
    #expect(row?.sentAt == .sample + .minutes(1))
    #expect(try await stops() == ["notify 1 sent 60"])
  }

  @Test func `replaces a deadline that still runs, and never overrides a first stop`()
    async throws
  {
    try await ledger.write { writing in
      let notice = try writing.draft(try writing.raise(), to: [Recipient(.unit, as: .unit)])
      try writing.deliver(notice, to: .unit, at: .sample + .minutes(1))
      let feedback = Deadline(.feedback, from: .sample, window: .days(1))
      try writing.insert(feedback, alert: .first)
      try writing.insert(Deadline(.feedback, from: .sample, window: .days(2)), alert: .first)
      try writing.insert(Deadline.sample(.sample + .hours(1)), alert: .first)
    }
    #expect(try await stops() == ["feedback 1 replaced 0", "notify 1 sent 60"])
    let row = try await ledger.read { try $0.alert(.first) }
    #expect(row?.feedback?.dueAt == .sample + .days(2))
    #expect(row?.alert.deadline.dueAt == .sample + .hours(3))
  }

  @Test func `is acknowledged, or closed as a false alarm`() async throws {
    try await ledger.write { writing in
      try writing.raise()
      try writing.acknowledge(
        .first, unit: true, falseAlarm: false, by: "officer", reason: nil, at: .sample + .minutes(1)
      )
    }
    #expect(try await ledger.read { try $0.alert(.first)?.state } == .acknowledged)
    try await ledger.write {
      try $0.acknowledge(
        .first, unit: false, falseAlarm: true, by: "officer", reason: "演练",
        at: .sample + .minutes(2))
    }
    let row = try await ledger.read { try $0.alert(.first) }
    #expect(row?.state == .closed)
    #expect(row?.acknowledgedAt == .sample + .minutes(1))
    let fault = await #expect(throws: LedgerFault.self) {
      try await ledger.write {
        try $0.acknowledge(
          Alert.ID(year: 2026, number: 99), unit: false, falseAlarm: false, by: "officer",
          reason: nil, at: .sample)
      }
    }
    #expect(fault?.cause == .notFound)
    #expect(fault?.reason.zh == "台账中没有编号为 2026-0099 的预警")
  }

  @Test func `tells its whole course, without a word of the citizen's`() async throws {
    let course = try await ledger.write { writing in
      let alert = try writing.raise()
      let notice = try writing.draft(alert, to: [Recipient(.unit, as: .unit)])
      try writing.deliver(
        notice, to: .unit, .deferred, at: .sample + .minutes(1), nextTryAt: .sample + .minutes(2))
      try writing.deliver(notice, to: .unit, at: .sample + .minutes(2))
      try writing.acknowledge(
        .first, unit: true, falseAlarm: false, by: "officer", reason: "已电话告知",
        at: .sample + .minutes(3))
      return try writing.course(of: .first)
    }
    #expect(
      course.map { "\(($0.at - .sample).inMilliseconds / 60_000) \($0.what.zh)" } == [
        "-10 发布",
        "0 发现",
        "0 系统初判：较大舆情（规则集 0123456789ab）",
        "0 预警：较大舆情",
        "0 拟稿：舆情联系单（2026-0001/contactSheet/1）",
        "1 第 1 次发送至 water@unit.example：待重发（250 2.0.0 Ok）",
        "2 第 2 次发送至 water@unit.example：已发出（250 2.0.0 Ok）",
        "3 承办单位签收（officer）：已电话告知",
      ])
    #expect(course.compactMap(\.feed?.rawValue) == ["qingchuan-board"])
    #expect(course.allSatisfy { !$0.what.zh.contains("停水") && !$0.what.en.isEmpty })
  }

  private func stops() async throws -> [String] {
    try await ledger.read { reading in
      try reading.rows("SELECT * FROM deadline_stop ORDER BY purpose, number") { row in
        let after = try row.time("stopped_at") - .sample
        return "\(try row.text("purpose")) \(try row.number("number")) \(try row.text("why")) "
          + "\(after.inMilliseconds / 1000)"
      }
    }
  }
}

@Suite struct `A precedent` {
  let ledger: Ledger
  let desk: Desk

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  @Test func `is this item's own alert first, then one of the same text`() async throws {
    let own = Item.sample("own", foundAt: .sample + .hours(1), fingerprint: "f1")
    let found = try await ledger.write { writing in
      try writing.raise(.sample("other", fingerprint: "f1"), grade: .major)
      try writing.raise(own)
      try writing.raise(.sample("unrelated", fingerprint: "f2"))
      return try writing.precedents(of: own.id, fingerprint: own.fingerprint)
    }
    #expect(found.map(\.relation) == [.sameItem, .sameText])
    #expect(found.map(\.alert.number) == [2, 1])
    #expect(found.last?.grade == .major)
    #expect(found.last?.item == Item.ID(rawValue: "other"))
    #expect(found.first?.raisedAt == .sample + .hours(1))
  }

  @Test func `lies behind a sighting's address`() async throws {
    let seen = Item.ID(rawValue: "seen")
    let found = try await ledger.write { writing in
      try writing.raise(.sample("first"))
      try writing.insert(
        Sighting(
          item: Item.ID(rawValue: "first"), feed: .portal, url: "https://portal.example/seen",
          title: "转载", seenAt: .sample),
        address: seen, relation: .sameText)
      return try writing.precedents(of: seen, fingerprint: nil)
    }
    #expect(found.map(\.relation) == [.sameText])
  }

  @Test func `is the alert that an item has joined`() async throws {
    let joined = Item.sample("joined", fingerprint: "f1")
    let found = try await ledger.write { writing in
      let alert = try writing.raise(.sample("first"))
      try writing.insert(joined, admission: .new)
      let verdict = try writing.insert(Verdict.sample(joined.id), at: .sample)
      try writing.insert(
        .merge(into: alert.id, .sameText), item: joined.id, verdict: verdict, at: .sample)
      return [
        try writing.precedents(of: joined.id, fingerprint: nil),
        try writing.precedents(of: Item.ID(rawValue: "third"), fingerprint: joined.fingerprint),
      ]
    }
    #expect(found[0].map(\.relation) == [.sameItem])
    #expect(found[1].map(\.relation) == [.sameText])
  }

  @Test func `shows the grade and audience that the alert has now`() async throws {
    let found = try await ledger.write { writing in
      let alert = try writing.raise(grade: .general)
      let verdict = try writing.insert(Verdict.sample(alert.item, grade: .major), at: .sample)
      _ = try writing.update(
        alert.id, grade: .major, audience: .supervision, deadline: .sample(), reason: .risen,
        verdict: verdict, at: .sample)
      return try writing.precedents(of: alert.item, fingerprint: nil)
    }
    #expect(found.map(\.grade) == [.major] && found.map(\.audience) == [.supervision])
  }
}
