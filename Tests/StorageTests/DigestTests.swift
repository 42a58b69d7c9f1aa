import Testing
import Vocabulary

@testable import Storage

@Suite struct `A digest's figures` {
  let desk: Desk
  let ledger: Ledger
  let day = Digest.Period(.daily, from: .sample, to: .sample + .days(1))
  let before = Digest.Period(.daily, from: .sample - .days(1), to: .sample)

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  @Test func `count alerts by grade, topic and unit in each span`() async throws {
    try await ledger.write { writing in
      try writing.raise(.sample("y", foundAt: .sample + .seconds(-1)), grade: .general)
      try writing.raise(.sample("a"), grade: .major)
      try writing.raise(.sample("b"), unit: nil)
      try writing.raise(.sample("t", foundAt: .sample + .days(1)))
    }
    let digest = try await digest()
    #expect(digest.counts.byGrade == [.major: 1, .considerable: 1])
    #expect(digest.counts.byTopic == [Topic(rawValue: "城乡建设"): 2])
    #expect(digest.counts.byUnit == [.water: 1])
    #expect(digest.counts.byFeed == [.board: 2])
    #expect(digest.before.byGrade == [.general: 1])
    #expect(digest.weekAgo == Digest.Counts())
    #expect(digest.itemsRead == 2)
  }

  @Test func `list the period's alerts, gravest first, under their feeds' names`() async throws {
    try await ledger.write { writing in
      try writing.raise(.sample("a"), grade: .general)
      try writing.raise(.sample("b", feed: .portal), grade: .major)
      let notice = try writing.draft(
        try writing.raise(.sample("c")), to: [Recipient(.unit, as: .unit)])
      try writing.deliver(notice, to: .unit, at: .sample + .minutes(1))
    }
    let digest = try await digest()
    #expect(digest.lines.map(\.grade) == [.major, .considerable, .general])
    #expect(digest.lines.map(\.feedName) == ["qingchuan-portal", "青川区领导留言板", "青川区领导留言板"])
    #expect(digest.lines.map(\.sentAt) == [nil, .sample + .minutes(1), nil])
    #expect(digest.lines.first?.title == Item.sample().title)
    #expect(digest.lines.first?.dueAt == .sample + .hours(2))
  }

  @Test func `list what awaits somebody, whenever it was raised`() async throws {
    try await ledger.write { writing in
      try writing.raise(.sample("old", foundAt: .sample + .days(-30)))
      let waiting = try writing.raise(.sample("waiting"))
      try writing.draft(waiting)
      let done = try writing.raise(.sample("done"))
      for alert in [waiting, done] {
        try writing.acknowledge(
          alert.id, unit: false, falseAlarm: false, by: "officer", reason: nil, at: .sample)
      }
    }
    let digest = try await digest()
    #expect(digest.awaiting.map(\.alert.number) == [1, 2])
    #expect(digest.unacknowledged == 1)
    #expect(digest.lines.map(\.alert.number) == [2, 3])
  }

  @Test func `list a mail that has not left, and not a call`() async throws {
    try await ledger.write { writing in
      for (name, part) in [("robot", Part.channel), ("unit", .unit)] {
        let alert = try writing.raise(.sample(name))
        let address = MailAddress(address: part == .channel ? "channel:robot" : "swj@unit.example")
        try writing.draft(alert, to: [Recipient(address, as: part)])
        try writing.acknowledge(
          alert.id, unit: true, falseAlarm: false, by: "unit", reason: nil, at: .sample)
      }
    }
    #expect(try await digest().awaiting.map(\.alert.number) == [2])
  }

  @Test(
    arguments: [
      (Kind.conduct, Alert.Audience.supervision), (.conduct, .officers(.titleOnly)),
      (.complaint, .supervision),
    ] as [(Kind, Alert.Audience)])
  func `show of an allegation its number, and not a word, topic or unit`(
    kind: Kind, audience: Alert.Audience
  ) async throws {
    try await ledger.write { writing in
      let alert = try writing.raise(grade: .major, kind: kind, audience: audience)
      try writing.draft(alert)
    }
    let digest = try await digest()
    #expect(digest.conduct == [Alert.ID(year: 2026, number: 1)])
    #expect(digest.lines.isEmpty && digest.awaiting.isEmpty)
    #expect(digest.counts == Digest.Counts())
    #expect(!"\(digest)".contains("停水"))
  }

  @Test func `list what had no date on a feed's first run, once`() async throws {
    try await ledger.write { writing in
      var lead = Lead.sample("lead")
      lead.title = "无日期的链接"
      try writing.insert(lead, admission: .undatedBaseline)
      try writing.insert(Lead.sample("both"), admission: .undatedBaseline)
      try writing.insert(Item.sample("both"), admission: .undatedBaseline)
      try writing.insert(Item.sample("dated"), admission: .baseline)
      try writing.insert(Lead.sample("later", at: .sample + .days(2)), admission: .undatedBaseline)
    }
    let digest = try await digest()
    #expect(digest.undated.map(\.title).sorted() == ["无日期的链接", "竹园镇青溪村停水三天"])
    #expect(digest.undated.allSatisfy { $0.feedName == "青川区领导留言板" })
  }

  @Test func `name what could not be watched, in the office's language`() async throws {
    try await ledger.write { writing in
      let reason = Phrase(zh: "网站打不开", en: "the site is down")
      try writing.beginBlindSpot(feed: .board, from: .sample + .hours(1), reason: reason)
      try writing.countPoll(.portal, hour: .sample, succeeded: true)
    }
    let digest = try await digest()
    #expect(
      digest.blindSpots == [
        Digest.BlindSpot(
          feed: .board, feedName: "青川区领导留言板", from: .sample + .hours(1), to: nil, reason: "网站打不开")
      ])
    #expect(digest.feedsWatched == 1)
  }

  private func digest() async throws -> Digest {
    try await ledger.read { [day, before] in
      try $0.digest(
        day, before: before, weekAgo: nil, feedNames: [.board: "青川区领导留言板"], language: .zh)
    }
  }
}
