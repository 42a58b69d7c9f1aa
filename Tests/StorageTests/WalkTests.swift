import Testing
import Vocabulary

@testable import Storage

@Suite struct `What the ledger keeps` {
  let desk: Desk
  let ledger: Ledger

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  @Test func `comes back as it went in: a feed's state`() async throws {
    var state = FeedState(
      id: .board, url: "http://board.example/list", nextPollAt: .sample + .minutes(10))
    try await ledger.write { [state] in try $0.save(state) }
    #expect(try await ledger.read { try $0.feedState(.board) } == state)
    state.firstReadAt = .sample
    state.lastPolledAt = .sample
    state.lastSuccessAt = .sample
    state.lastMiss = FeedState.LastMiss(
      cause: .timeout, reasonZh: "网站超时", reasonEn: "the site took too long", at: .sample)
    state.misses = 3
    state.blindSince = .sample
    state.reportedBlind = true
    state.validators = Validators(etag: "\"a\"", lastModified: "Mon", digest: "00ff")
    state.lastItemCount = 20
    try await ledger.write { [state] in try $0.save(state) }
    #expect(try await ledger.read { try $0.feedStates() } == [state])
    #expect(try await ledger.read { try $0.feedState(.portal) } == nil)
  }

  @Test(arguments: [
    PublicationTime.absent, .unreadable, .moment(.sample),
    .day(from: .sample, to: .sample + .days(1)),
  ])
  func `comes back as it went in: an item`(published: PublicationTime) async throws {
    var item = Item.sample(fingerprint: "f1")
    item.published = published
    item.answer = Answer(unit: "区水务局", body: "已恢复供水。", published: published)
    try await ledger.write { [item] in try $0.insert(item, admission: .new) }
    #expect(try await ledger.read { try $0.item(Item.sample().id) } == item)
  }

  @Test func `comes back as it went in: a verdict`() async throws {
    let verdicts = [
      Verdict.sample(Item.sample().id),
      Verdict.sample(Item.sample().id, grade: .major, topic: nil, unit: nil),
    ]
    let numbers = try await ledger.write { writing in
      try writing.insert(Item.sample(), admission: .new)
      return try verdicts.map { try writing.insert($0, at: .sample) }
    }
    #expect(numbers == [1, 2])
    #expect(try await ledger.read { try $0.verdict(2, of: Item.sample().id) } == verdicts[1])
    #expect(try await ledger.read { try $0.verdict(1, of: Item.sample().id) } == verdicts[0])
  }

  @Test func `comes back as it went in: a decision`() async throws {
    let id = Alert.ID(year: 2026, number: 1)
    let decisions: [Decision] = [
      .raise(grade: .major, audience: .officers(.titleOnly), deadline: .sample()),
      .update(id, grade: .major, audience: .supervision, deadline: .sample(), .risen),
      .merge(into: id, .sameText),
      .file(.notOurs),
    ]
    try await ledger.write { writing in
      let alert = try writing.raise(.sample("b1"))
      #expect(alert.id == id)
      try writing.insert(Item.sample(), admission: .new)
      for decision in decisions {
        let verdict = try writing.insert(Verdict.sample(Item.sample().id), at: .sample)
        try writing.insert(decision, item: Item.sample().id, verdict: verdict, at: .sample)
      }
    }
    let kept = try await ledger.read { reading in
      try (1...5).map { try reading.decision(on: $0, of: Item.sample().id) }
    }
    #expect(kept == decisions + [nil])
  }

  @Test func `knows the addresses of leads, items and sightings`() async throws {
    let known = try await ledger.write { writing in
      try writing.insert(Lead.sample("lead"), admission: .new)
      try writing.insert(Lead.sample("old"), admission: .baseline)
      try writing.insert(Item.sample("item"), admission: .new)
      try writing.insert(
        Sighting(
          item: Item.ID(rawValue: "item"), feed: .portal, url: "https://portal.example/x",
          title: "转载", seenAt: .sample),
        address: Item.ID(rawValue: "seen"), relation: .sameText)
      return try writing.known(
        ["lead", "old", "item", "seen", "new", "' OR 1 = 1 --"].map(Item.ID.init(rawValue:)))
    }
    #expect(known.map(\.rawValue).sorted() == ["item", "lead", "old", "seen"])
  }

  @Test func `offers each lead until its page has come or is given up`() async throws {
    let fetched = Item.ID(rawValue: "l1")
    let missed = Item.ID(rawValue: "l2")
    try await ledger.write { writing in
      for (number, id) in ["l1", "l2", "l3"].enumerated() {
        try writing.insert(
          Lead.sample(id, at: .sample + .seconds(Int64(number))), admission: .new)
      }
      try writing.insert(Lead.sample("p1", feed: .portal), admission: .new)
      try writing.insert(Lead.sample("old"), admission: .tooOld)
    }
    #expect(try await open(at: .sample + .minutes(1)) == ["l1", "p1", "l2", "l3"])
    #expect(try await open(at: .sample + .seconds(1)) == ["l1", "p1", "l2"])
    let miss = Phrase(zh: "超时", en: "timeout")
    try await ledger.write { writing in
      try writing.leadFetched(fetched)
      try writing.leadTitleJudged(missed, at: .sample + .minutes(2))
      try writing.leadMissed(
        missed, cause: .timeout, reason: miss, nextTryAt: .sample + .minutes(5))
    }
    #expect(try await open(at: .sample + .minutes(1)) == ["p1", "l3"])
    let later = try await ledger.read {
      try $0.dueLeads(after: .sample + .minutes(1), by: .sample + .minutes(5))
    }
    let again = try #require(later.last)
    #expect(again.lead.id == missed && again.attempts == 1)
    #expect(again.titleJudgedAt == .sample + .minutes(2))
    #expect(again.lead == Lead.sample("l2", at: .sample + .seconds(1)))
    try await ledger.write {
      try $0.leadMissed(missed, cause: .gone, reason: miss, nextTryAt: nil)
    }
    #expect(try await open(at: .sample + .days(9)) == ["p1", "l3"])
    let titles = try await ledger.read {
      try $0.rows("SELECT title FROM lead WHERE state <> 'open'") { $0.textIfAny("title") }
    }
    // The digest lists what was found too late.
    #expect(titles == [nil, nil, Lead.sample("old").title])
  }

  @Test func `completes an item and leaves its facts and its title-only version`() async throws {
    let full = try await ledger.write { writing in
      try writing.insert(
        Item.sample(title: "停水", body: "", basis: .titleOnly), admission: .new)
      var full = Item.sample(title: "停水", foundAt: .sample + .minutes(9), fingerprint: "f1")
      full.feed = .portal
      try writing.complete(full)
      return try writing.item(full.id)
    }
    #expect(full?.body == "全村已停水三天。")
    #expect(full?.basis == .full)
    #expect(full?.feed == .board)
    #expect(full?.foundAt == .sample)
    #expect(full?.fingerprint == Fingerprint(rawValue: "f1"))
    let versions = try await ledger.read { try $0.count("SELECT COUNT(*) FROM item_text") }
    #expect(versions == 2)
    await #expect(throws: LedgerFault.self) {
      try await ledger.write { try $0.complete(Item.sample("nowhere")) }
    }
  }

  @Test func `finds items by their text, the first found first`() async throws {
    let found = try await ledger.write { writing in
      try writing.insert(
        Item.sample("late", foundAt: .sample + .hours(1), fingerprint: "f1"), admission: .new)
      try writing.insert(Item.sample("early", fingerprint: "f1"), admission: .new)
      try writing.insert(Item.sample("other", fingerprint: "f2"), admission: .new)
      return try writing.items(withFingerprint: Fingerprint(rawValue: "f1"))
    }
    #expect(found.map(\.rawValue) == ["early", "late"])
  }

  @Test func `holds a sighting once an address and feed`() async throws {
    let sighting = Sighting(
      item: Item.sample().id, feed: .portal, url: "https://portal.example/1", title: "转载",
      seenAt: .sample)
    let kept = try await ledger.write { writing in
      try writing.insert(Item.sample(), admission: .new)
      for _ in 0..<2 {
        try writing.insert(
          sighting, address: Item.ID(rawValue: "p1"), relation: .sameText)
      }
      return try writing.sightings(of: Item.sample().id)
    }
    #expect(kept == [sighting])
  }

  @Test func `counts polls by the hour and names the spans without sight`() async throws {
    let reason = Phrase(zh: "网站打不开", en: "the site is down")
    let spots = try await ledger.write { writing in
      for succeeded in [true, true, false] {
        try writing.countPoll(.board, hour: .sample, succeeded: succeeded)
      }
      try writing.countPoll(.portal, hour: .sample, succeeded: false)
      try writing.beginBlindSpot(feed: .board, from: .sample, reason: reason)
      try writing.beginBlindSpot(feed: .board, from: .sample + .minutes(5), reason: reason)
      try writing.beginBlindSpot(feed: nil, from: .sample + .minutes(1), reason: reason)
      try writing.endBlindSpot(feed: .board, to: .sample + .hours(1))
      try writing.endBlindSpot(feed: .portal, to: .sample + .hours(1))
      return try writing.blindSpots(from: .sample, to: .sample + .days(1), language: .en)
    }
    #expect(
      spots == [
        BlindSpotRow(
          feed: .board, from: .sample, to: .sample + .hours(1), reason: "the site is down"),
        BlindSpotRow(feed: nil, from: .sample + .minutes(1), to: nil, reason: "the site is down"),
      ])
    let counts = try await ledger.read {
      try $0.rows("SELECT successes, misses FROM poll_hour ORDER BY feed") {
        [try $0.number("successes"), try $0.number("misses")]
      }
    }
    #expect(counts == [[2, 1], [0, 1]])
    let watched = try await ledger.read {
      try $0.feedsRead(from: .sample, to: .sample + .days(1)).count
    }
    #expect(watched == 1)
  }

  @Test func `remembers which daemon was alive last`() async throws {
    #expect(try await ledger.read { try $0.lastAlive() } == nil)
    try await ledger.write { writing in
      try writing.begin(incarnation: "one", at: .sample)
      try writing.alive(incarnation: "one", at: .sample + .seconds(9))
    }
    let last = try #require(try await ledger.read { try $0.lastAlive() })
    #expect(last.incarnation == "one" && last.at == .sample + .seconds(9))
  }

  private func open(at time: SteadyTime) async throws -> [String] {
    try await ledger.read { try $0.dueLeads(after: nil, by: time) }.map(\.lead.id.rawValue)
  }
}

@Suite struct `What happened` {
  @Test(arguments: Schema.facts + Schema.judged.map(\.fact))
  func `is never changed and never deleted`(table: String) async throws {
    let desk = try Desk()
    let ledger = try desk.ledger()
    try await ledger.write { writing in
      try writing.begin(incarnation: "one", at: .sample)
      let notice = try writing.draft(try writing.raise())
      try writing.deliver(notice, to: .unit)
      _ = try writing.beginAttempt(
        notice: notice, recipient: .officer, incarnation: "one", at: .sample)
      try writing.takeOver(incarnation: "two", at: .sample)
      try writing.insert(
        Sighting(
          item: Item.sample().id, feed: .portal, url: "https://portal.example/1", title: "转载",
          seenAt: .sample),
        address: Item.ID(rawValue: "p1"), relation: .sameText)
      try writing.acknowledge(
        Alert.ID(year: 2026, number: 1), unit: false, falseAlarm: false, by: "officer",
        reason: nil, at: .sample)
      let drawn = try #require(Sketch(runs: Array(0..<100), numbers: []))
      try writing.insert(drawn, of: Item.sample().id, at: .sample)
      try writing.insert(Item.sample("a2"), admission: .new)
      let answer = Answer(unit: "区水务局", body: "已修复", published: .absent)
      try writing.insert(.appeared, to: answer, of: Item.sample().id, at: .sample)
      try writing.insert(
        resemblance: Item.sample("a2").id, to: Item.sample().id, share: 1, at: .sample)
      try writing.insert(Spread([Outlet(name: "青川日报")]), alert: .first, edition: 1)
      let rung = Rung(number: 1, audience: .deputy, endsWithOfficer: false, dueAt: .sample)
      try writing.insert([rung], alert: .first, at: .sample)
      try writing.end([rung], of: .first, .sent, at: .sample)
      try writing.run("INSERT INTO leaving SELECT id, 0, 0, 'hour' FROM notice")
      try writing.run(
        "INSERT INTO gathering SELECT notice, recipient, notice, 0, '', 0 FROM envelope")
      let day = Digest.Period(.daily, from: .sample, to: .sample + .days(1))
      #expect(try writing.insert(day, at: .sample))
      #expect(try writing.insertHandOver(of: WallTime(milliseconds: 1), at: .sample))
      try writing.run("INSERT INTO boot VALUES ('one', 0, 0, 0, NULL)")
      try writing.hear(Letter.sample, of: .first)
      try writing.run("INSERT INTO sign_off VALUES ('2026-0001', 1, 'mail', NULL, NULL, 0, '', 0)")
    }
    let column = try await ledger.read {
      try $0.first("SELECT name FROM pragma_table_info(?) LIMIT 1", [table]) { try $0.text("name") }
    }
    let first = try #require(column)
    let rows = try await ledger.read { try $0.count("SELECT COUNT(*) FROM \(table)") }
    #expect(rows > 0, "the test has to bring a row of \(table)")
    for change in ["UPDATE \(table) SET \(first) = \(first)", "DELETE FROM \(table)"] {
      await #expect(throws: LedgerFault.self) { _ = try await ledger.write { try $0.run(change) } }
    }
    #expect(try await ledger.read { try $0.count("SELECT COUNT(*) FROM \(table)") } == rows)
  }

  @Test(arguments: Schema.texts)
  func `loses its text to retention alone`(table: String) async throws {
    let desk = try Desk()
    let ledger = try desk.ledger()
    let kept = try await ledger.write { writing in
      try writing.draft(try writing.raise())
      try writing.insert(
        Sighting(
          item: Item.sample().id, feed: .portal, url: "https://portal.example/1", title: "转载",
          seenAt: .sample),
        address: Item.ID(rawValue: "p1"), relation: .sameText)
      try writing.hear(Letter.sample, of: .first)
      let answer = Answer(unit: "区水务局", body: "已修复", published: .absent)
      try writing.insert(.appeared, to: answer, of: Item.sample().id, at: .sample)
      try writing.run("INSERT INTO notice_listing SELECT id, '标题', '', '', 0, 0 FROM notice")
      return try writing.count("SELECT COUNT(*) FROM \(table)")
    }
    #expect(kept == 1)
    let column =
      ["notice_text": "subject", "letter_text": "text", "answer_text": "body"][
        table, default: "title"]
    await #expect(throws: LedgerFault.self) {
      _ = try await ledger.write { try $0.run("UPDATE \(table) SET \(column) = ''") }
    }
    let removed = try await ledger.write { try $0.run("DELETE FROM \(table)") }
    #expect(removed == 1)
    let row = try await ledger.read { try $0.alert(Alert.ID(year: 2026, number: 1)) }
    #expect(row?.item.title == (table == "item_text" ? "" : Item.sample().title))
  }
}

extension Letter {
  fileprivate static let sample = Letter(
    id: ID(rawValue: "letter-1"), from: "swj@unit.example", answers: [], subject: "回复",
    nature: .reply("收到"))
}

extension Writing {
  fileprivate func hear(_ letter: Letter, of alert: Alert.ID) throws {
    _ = try insert(letter, text: "收到", at: .sample)
    try insert(
      .automatic, of: letter.id,
      from: Correspondence(alert: alert, part: .unit, isReply: true, isOfMany: false), at: .sample)
  }
}
