import Drafting
import Testing
import Vocabulary

@Suite struct `A paper` {
  @Test(arguments: Paper.all)
  func `reads as its sample`(_ paper: Paper) throws {
    let notices = try Desk(office: paper.office).notices(for: paper.occasion)
    #expect(!notices.isEmpty)
    for notice in notices {
      let name =
        paper.name + "-"
        + notice.id.rawValue.split(separator: "/").dropFirst()
        .joined(separator: "-").replacing(/T[0-9:+]+$/, with: "")
      let head = notice.recipients.map { "\($0.part): \($0.address)" }.joined(separator: "\n")
      try Sample(name: "\(name).txt").expect(
        "\(notice.id)\n\(head)\nSubject: \(notice.subject)\n\n\(notice.text)")
      try Sample(name: "\(name).html").expect(notice.html)
    }
  }

  @Test(arguments: Paper.all)
  func `is drafted the same twice`(_ paper: Paper) throws {
    let once = try Desk(office: paper.office).notices(for: paper.occasion)
    #expect(try Desk(office: paper.office).notices(for: paper.occasion) == once)
  }
}

/// An occasion whose papers are kept as samples.
struct Paper: Sendable, CustomTestStringConvertible {
  let name: String
  let office: Office
  let occasion: Occasion

  var testDescription: String { name }

  private static let replying = Town.office { $0.mailbox = .maildir("/var/mail/inbox") }

  static let all = [
    Paper(name: "major", office: Town.office, occasion: .raised(Town.alertCase())),
    Paper(name: "english", office: english, occasion: .raised(Town.alertCase())),
    Paper(
      name: "risen", office: Town.office,
      occasion: .updated(Town.alertCase(), from: .considerable, .risen, edition: 2)),
    Paper(
      name: "spread", office: Town.office,
      occasion: .updated(spread, from: .considerable, .spread, edition: 2)),
    Paper(
      name: "trial", office: Town.office { $0.trial = .everyone },
      occasion: .raised(Town.alertCase())),
    Paper(
      name: "trial-conduct", office: Town.office { $0.trial = .everyone },
      occasion: .raised(Town.alertCase(.considerable, to: .supervision, kind: .conduct))),
    Paper(
      name: "conduct", office: Town.office,
      occasion: .raised(Town.alertCase(.considerable, to: .supervision, kind: .conduct))),
    Paper(name: "title-only", office: Town.office, occasion: .raised(titleOnly)),
    Paper(name: "answered", office: Town.office, occasion: .raised(answered)),
    Paper(name: "late", office: Town.office, occasion: .raised(late)),
    Paper(name: "batch", office: Town.office, occasion: .batch(Batches.contactSheets)),
    Paper(name: "batch", office: Town.office, occasion: .batch(Batches.bulletins)),
    Paper(name: "english-batch", office: english, occasion: .batch(Batches.english)),
    Paper(name: "trial-batch", office: Batches.trial, occasion: .batch(Batches.inTrial)),
    Paper(name: "nothing-heard", office: Town.office, occasion: .reminder(Reminders.all)),
    Paper(
      name: "nothing-heard-english", office: english, occasion: .reminder(Reminders.all)),
    Paper(
      name: "nothing-heard-trial", office: Town.office { $0.trial = .everyone },
      occasion: .reminder(Reminders.all)),
    Paper(name: "no-report", office: Town.office, occasion: .reminder(Reminders.report)),
    Paper(name: "nobody-decides", office: Town.office, occasion: .reminder(Reminders.officers)),
    Paper(
      name: "conduct-unheard", office: Town.office, occasion: .reminder(Reminders.conduct)),
    Paper(name: "replies", office: replying, occasion: .raised(Town.alertCase())),
    Paper(name: "sign-off", office: replying, occasion: .raised(Relays.held)),
    Paper(name: "returned", office: replying, occasion: .relay(Relays.returned)),
    Paper(name: "stranger", office: replying, occasion: .relay(Relays.stranger)),
    Paper(name: "terminal-letter", office: Town.office, occasion: .relay(Relays.stranger)),
    Paper(name: "conduct-returned", office: replying, occasion: .relay(Relays.conduct)),
    Paper(
      name: "english-returned",
      office: Town.office {
        $0.language = .en
        $0.mailbox = .maildir("/var/mail/inbox")
      }, occasion: .relay(Relays.returned)),
    Paper(name: "mailbox", office: Town.office, occasion: .trouble(Relays.mailboxUnread)),
    Paper(name: "mailbox-again", office: Town.office, occasion: .trouble(Relays.mailboxRead)),
    Paper(name: "hand-over", office: HandOvers.replies, occasion: .handOver(HandOvers.busy)),
    Paper(
      name: "hand-over-nothing", office: HandOvers.office, occasion: .handOver(HandOvers.nothing)),
    Paper(
      name: "hand-over-flood", office: HandOvers.replies, occasion: .handOver(HandOvers.flood)),
    Paper(
      name: "hand-over-stand-in", office: HandOvers.office,
      occasion: .handOver(HandOvers.standIn)),
    Paper(
      name: "hand-over-english", office: HandOvers.english, occasion: .handOver(HandOvers.late)),
    Paper(name: "night", office: HandOvers.office, occasion: .reminder(HandOvers.unheard)),
    Paper(name: "roster-gap", office: Town.office, occasion: .trouble(HandOvers.gap)),
    Paper(name: "roster-out", office: Town.office, occasion: .trouble(HandOvers.runOut)),
    Paper(name: "weekly", office: Town.office, occasion: .digest(Days.week)),
    Paper(name: "monthly", office: Town.office, occasion: .digest(Days.month)),
    Paper(name: "english-weekly", office: english, occasion: .digest(Days.week)),
    Paper(name: "ordinary", office: Town.office, occasion: .digest(Days.ordinaryWeek)),
    Paper(name: "outage", office: Town.office, occasion: .digest(Days.outage)),
    Paper(name: "busy", office: Town.office, occasion: .digest(Days.busy)),
    Paper(name: "quiet", office: Town.office, occasion: .digest(Days.quiet)),
    Paper(name: "english-busy", office: english, occasion: .digest(Days.busy)),
    Paper(name: "blind", office: Town.office, occasion: .trouble(Troubles.blind)),
    Paper(name: "again", office: Town.office, occasion: .trouble(Troubles.again)),
    Paper(name: "line", office: Town.office, occasion: .trouble(Troubles.lineDown)),
    Paper(name: "line-again", office: Town.office, occasion: .trouble(Troubles.lineUp)),
    Paper(name: "mail-late", office: Town.office, occasion: .trouble(Troubles.mailLate)),
    Paper(name: "mail-on-time", office: Town.office, occasion: .trouble(Troubles.mailOnTime)),
    Paper(name: "mail-by-fallback", office: Town.office, occasion: .trouble(Troubles.standIn)),
    Paper(name: "mail-by-first", office: Town.office, occasion: .trouble(Troubles.first)),
    Paper(name: "english-mail-by-fallback", office: english, occasion: .trouble(Troubles.standIn)),
    Paper(name: "audit", office: Town.office, occasion: .trouble(Troubles.audit)),
    Paper(name: "heartbeat", office: Town.office, occasion: .trouble(Troubles.unheard)),
    Paper(name: "heartbeat-again", office: Town.office, occasion: .trouble(Troubles.heard)),
    Paper(name: "audit-again", office: Town.office, occasion: .trouble(Troubles.auditAgain)),
    Paper(name: "mail", office: Town.office, occasion: .trouble(Troubles.mail)),
    Paper(name: "setup", office: Town.office, occasion: .trouble(Troubles.setup)),
    Paper(name: "setup-changed", office: Town.office, occasion: .trouble(Troubles.changed)),
    Paper(name: "english-setup-changed", office: english, occasion: .trouble(Troubles.changed)),
    Paper(
      name: "probe", office: Town.office,
      occasion: .probe(Town.address("water-1"), stamp: "20260302-0900")),
  ]

  static let english = Town.office { $0.language = .en }

  /// A portal's report with a date alone and a public answer.
  private static let answered: AlertCase = {
    var item = Town.item
    item.published = .day(from: Town.morning - .hours(33), to: Town.morning - .hours(9))
    item.answer = Answer(
      unit: "区水务局", body: "已安排送水车。", published: .moment(Town.morning - .hours(2)))
    return Town.alertCase(.considerable, item: item, isBoard: false)
  }()

  /// Found before a standstill, raised after its window had passed.
  private static let late = Town.alertCase { changed in
    changed.alert.raisedAt = Town.instant(Town.morning + .hours(3))
  }

  /// A considerable matter that became major by the third paper that carried it.
  private static let spread = Town.alertCase { changed in
    for index in changed.verdict.evidence.indices {
      changed.verdict.evidence[index].grade = .considerable
    }
    changed.verdict.grade = .considerable
    changed.spread = Spread([
      Outlet(name: "青川日报"), Outlet(name: "青川晚报"), Outlet(name: "竹园新闻网"),
    ])
  }

  private static let titleOnly: AlertCase = {
    var item = Town.item
    item.body = ""
    item.basis = .titleOnly
    item.published = .absent
    return Town.alertCase(.general, to: .officers(.titleOnly), item: item, isBoard: false)
  }()
}

/// Troubles of the invented office.
enum Troubles {
  static let blind = Trouble.feedBlind(
    Feed.ID(rawValue: "qingchuan-board"), name: "青川区领导留言板", since: Town.morning - .hours(2),
    misses: 5,
    Miss(
      .nothingFound, url: "https://board.example/list?page=1", status: 200,
      reason: Phrase(zh: "选择器 //ul/li 在页面上没有命中", en: "The selector //ul/li finds nothing")),
    at: Town.morning)
  static let again = Trouble.feedSeesAgain(
    Feed.ID(rawValue: "qingchuan-board"), name: "青川区领导留言板", blindSince: Town.morning - .hours(3),
    at: Town.morning)
  static let mail = Trouble.mailFailing(
    Town.address("water-1"), reply: "550 5.1.1 no such user",
    notice: Notice.ID(rawValue: "2026-0017/contactSheet/1"), at: Town.morning)
  static let lineDown = Trouble.lineDown(
    feeds: 18, of: 20,
    Miss(
      .nameTimeout, url: "https://board.example/list?page=1",
      reason: Phrase(zh: "域名解析超时", en: "The name server did not answer")),
    at: Town.morning)
  static let lineUp = Trouble.lineUp(since: Town.morning - .hours(2), at: Town.morning)
  static let mailLate = Trouble.mailLate(
    count: 12, Notice.ID(rawValue: "2026-0017/contactSheet/1"), Town.address("water-1"),
    reply: "451 4.3.2", at: Town.morning)
  static let mailOnTime = Trouble.mailOnTime(since: Town.morning - .hours(2), at: Town.morning)
  static let standIn = Trouble.mailByFallback(
    first: "mail.example", second: "backup.example", reply: "535 5.7.8", at: Town.morning)
  static let first = Trouble.mailByFirst(
    first: "mail.example", since: Town.morning - .hours(2), at: Town.morning)
  static let audit = Trouble.auditFailed(
    [
      .envelope(Notice.ID(rawValue: "2026-0017/contactSheet/1"), Town.address("water-1")),
      .alert(Alert.ID(year: 2026, number: 18)), .feed(Feed.ID(rawValue: "qingchuan-board")),
      .loop(Phrase(zh: "发送", en: "outbox")),
    ], at: Town.morning)
  static let unheard = Trouble.heartbeatUnheard(
    host: "beat.example", Phrase(zh: "对方答复 500", en: "the answer was 500"), at: Town.morning)
  static let heard = Trouble.heartbeatHeard(
    host: "beat.example", since: Town.morning - .hours(2), at: Town.morning)
  static let auditAgain = Trouble.auditPasses(since: Town.morning - .hours(2), at: Town.morning)
  static let changed = Trouble.setupChanged(
    [
      SetupChange(
        .rule(Rule.ID(rawValue: "water-cut"), name: "停水断水"), .changed,
        [
          Phrase(zh: "grade 一般舆情 → 较大舆情", en: "grade general → considerable"),
          Phrase(zh: "any 增加 2 个：没水、水龙头不出水", en: "any: added 2: 没水, 水龙头不出水"),
        ]),
      SetupChange(.rule(Rule.ID(rawValue: "old-gas"), name: "旧燃气规则"), .removed),
      SetupChange(.feed(Feed.ID(rawValue: "qingchuan-board"), name: "青川区领导留言板"), .added),
      SetupChange(.setting("mail"), .changed),
    ], ruleBook: RuleBook.Version(rawValue: "0123456789ab"), at: Town.morning)
  static let setup = Trouble.setupRefused(
    [
      Diagnostic(
        .error, at: Place(file: "Feeds/qingchuan-board.yaml", line: 3, column: 8),
        Phrase(zh: "不认识的信源类型“borad”，是不是“board”？", en: "unknown kind `borad`; did you mean `board`?")
      )
    ], at: Town.morning)
}
