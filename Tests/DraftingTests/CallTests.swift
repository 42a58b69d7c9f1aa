import Drafting
import Foundation
import Testing
import Vocabulary

@Suite struct `What is said by the second channel` {
  private static let channels = [
    Channel(name: "wecom", way: .robot(.wecom, urlFile: "/robot.url", secretFile: nil)),
    Channel(name: "command", way: .command(["/ring"])),
  ]

  private static func office(_ change: (inout Office) -> Void = { _ in }) -> Office {
    Town.office {
      $0.channels = channels
      change(&$0)
    }
  }

  private func calls(
    _ occasion: Occasion, _ office: Office = Self.office()
  ) throws -> [Notice] {
    try Desk(office: office).notices(for: occasion).filter { $0.kind == .call }
  }

  private static func unsent(
    _ part: Part, isLost: Bool, _ alertCase: AlertCase = Town.alertCase()
  )
    -> Occasion
  {
    .unsent(
      Unsent(
        alertCase, Notice.ID(rawValue: "2026-0017/contactSheet/1"), to: part, isLost: isLost))
  }

  @Test(arguments: [
    (Occasion.raised(Town.alertCase()), "【回音】重大 2026-0017 区水务局：请查收邮件并回复。"),
    (.raised(Town.alertCase(.major, to: .officers(.noUnit))), "【回音】重大 2026-0017：请值班员查收邮件。"),
    (
      .updated(Town.alertCase(), from: .considerable, .risen, edition: 2),
      "【回音】重大 2026-0017 区水务局：请查收邮件并回复。"
    ),
    (.reminder(Reminders.all), "【回音】重大 2026-0017 区水务局：尚未签收，请查收邮件并回复。"),
    (unsent(.unit, isLost: true), "【回音】重大 2026-0017：发往 区水务局 的邮件未能发出。"),
    (unsent(.unit, isLost: false), "【回音】重大 2026-0017：发往 区水务局 的邮件尚未发出。"),
    (unsent(.officer, isLost: true), "【回音】重大 2026-0017：发往 值班员 的邮件未能发出。"),
    (unsent(.leader, isLost: true), "【回音】重大 2026-0017：发往 领导 的邮件未能发出。"),
    (.channelProbe(channels[0], stamp: "1"), "【回音】通道测试，无需处理。"),
  ])
  func `is one line`(occasion: Occasion, line: String) throws {
    let notices = try calls(occasion)
    #expect(notices.map(\.subject) == [line])
    #expect(notices.flatMap(\.recipients).allSatisfy { $0.part == .channel })
  }

  @Test func `is said in English to whom English is spoken`() throws {
    let notices = try calls(.raised(Town.alertCase()), Self.office { $0.language = .en })
    #expect(
      notices.map(\.subject) == ["[Huiyin] major 2026-0017 区水务局: please read your mail and reply."])
  }

  @Test func `goes to every channel, and is one notice however often it is drafted`() throws {
    let notices = try calls(.raised(Town.alertCase()))
    #expect(notices.map(\.recipients.count) == [2])
    #expect(notices.flatMap(\.recipients).map(\.address.channel) == ["wecom", "command"])
    #expect(try calls(.raised(Town.alertCase())) == notices)
    let ids = try [
      Occasion.raised(Town.alertCase()),
      .updated(Town.alertCase(), from: .considerable, .risen, edition: 2),
      .reminder(Reminders.all), Self.unsent(.unit, isLost: true),
      Self.unsent(.unit, isLost: false),
    ].flatMap { try calls($0) }.map(\.id.rawValue)
    #expect(
      ids == [
        "2026-0017/call/1", "2026-0017/call/2", "2026-0017/reminder/1/call",
        "2026-0017/contactSheet/1/call/lost", "2026-0017/contactSheet/1/call/late",
      ])
  }

  @Test func `has room for number, grade and unit alone`() {
    let call = Call(.raised, of: Town.alertCase().alert, mailTo: .unit)
    #expect(
      Mirror(reflecting: call).children.map(\.label) == [
        "cause", "number", "grade", "unit", "part",
      ])
  }

  /// Every text that an alert has, each with a word of its own that must not come through.
  @Test func `has no word of an item, its page, its verdict or anybody who has to do with it`()
    throws
  {
    let secret = "不得外传"
    var item = Town.item
    item.title = "\(secret)标题"
    item.body = "\(secret)正文 13800138000"
    item.url = "https://board.example/\(secret)"
    item.feed = Feed.ID(rawValue: "\(secret)-feed")
    var papers = Town.alertCase { $0.item = item }
    papers.feedName = "\(secret)信源"
    papers.verdict.topic = Topic(rawValue: "\(secret)类别")
    papers.verdict.assist = [UnitName(rawValue: "\(secret)协办")]
    papers.verdict.evidence = Town.evidence("停水", .major, in: "停水")
    papers.acknowledged = [Acknowledgement(byUnit: false, officer: "\(secret)姓名", at: Town.morning)]
    papers.formerUnit = UnitName(rawValue: "\(secret)原单位")
    papers.direction = Direction(
      .regrade(.major), by: secret, officer: secret, reason: "\(secret)理由")
    let office = Self.office {
      $0.name = "\(secret)单位"
      $0.telephone = secret
      $0.officers = [MailAddress(name: secret, address: "\(secret)@letters.example")]
      $0.units[0].mail = [MailAddress(name: secret, address: "water@unit.example")]
    }
    let reminder = Reminder(
      papers, rungs: [Reminders.rung(1, .deputy)], told: [], at: Town.instant(Town.morning))
    let said = try [
      Occasion.raised(papers), .updated(papers, from: .general, .spread, edition: 2),
      .reminder(reminder), Self.unsent(.unit, isLost: true, papers),
      Self.unsent(.officer, isLost: false, papers), .channelProbe(Self.channels[0], stamp: "1"),
    ].flatMap { try calls($0, office) }
    #expect(said.count == 6)
    for notice in said {
      let whole = "\(notice.subject) \(notice.text) \(notice.html) \(notice.id)"
      #expect(
        !whole.contains("不得外传") && !whole.contains("@") && !whole.contains("http"), "\(whole)")
      #expect(notice.html.isEmpty && notice.listing == nil)
    }
  }

  @Test(arguments: [
    Occasion.raised(Town.alertCase(.considerable)), .raised(Town.alertCase(.general)),
    .raised(Town.alertCase(.major, to: .supervision)),
    .raised(Town.alertCase(.major, kind: .conduct)),
    .updated(Town.alertCase(.considerable), from: .major, .regraded, edition: 2),
    .reminder(Reminders.report), .reminder(Reminders.conduct),
    unsent(.unit, isLost: true, Town.alertCase(.general)),
    unsent(.unit, isLost: true, Town.alertCase(.major, to: .supervision, kind: .conduct)),
  ])
  func `is nothing of what is less than major, alleges misconduct, or asks how it stands`(
    occasion: Occasion
  ) throws {
    #expect(try calls(occasion).isEmpty)
  }

  @Test func `is nothing in trial, and nothing without a channel`() throws {
    for occasion in [Occasion.raised(Town.alertCase()), Self.unsent(.unit, isLost: true)] {
      #expect(try calls(occasion, Self.office { $0.trial = .everyone }).isEmpty)
      let unit = Trial.units([UnitName(rawValue: "区水务局")])
      #expect(try calls(occasion, Self.office { $0.trial = unit }).isEmpty)
      #expect(try calls(occasion, Town.office).isEmpty)
    }
  }

  @Test func `waits for the officer's word where one signs off first`() throws {
    let leaving = LeavingTime(at: Town.morning + .minutes(10), reason: .release)
    let held = try calls(.raised(Town.alertCase { $0.leaving = leaving }))
    #expect(held.map(\.leaving) == [leaving])
    #expect(try calls(.raised(Town.alertCase())).map(\.leaving) == [nil])
  }
}
