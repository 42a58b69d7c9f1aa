import Vocabulary

/// Changes of shifts of the invented office.
enum HandOvers {
  /// 2026-03-02 18:00 in Beijing.
  static let evening = Town.morning + .hours(9)

  /// Two officers who take turns, each with a leader.
  static let roster = Roster([
    Shift(
      from: evening, to: evening + .minutes(870),
      officers: [MailAddress(name: "张工", address: "zhang@letters.example")],
      leaders: [MailAddress(name: "李主任", address: "li@letters.example")]),
    Shift(
      from: evening + .hours(24), to: evening + .minutes(2310),
      officers: [MailAddress(name: "王工", address: "wang@letters.example")]),
  ])

  static let office = Town.office { $0.roster = roster }
  static let replies = Town.office {
    $0.roster = roster
    $0.mailbox = .maildir("/var/mail/inbox")
  }
  static let english = Town.office {
    $0.roster = roster
    $0.mailbox = .maildir("/var/mail/inbox")
    $0.language = .en
  }

  /// The same office in trial.
  static let inTrial = Town.office {
    $0.roster = roster
    $0.trial = .everyone
  }

  /// Nobody has acknowledged a major alert of the evening, and the leader on duty is next.
  static let unheard: Reminder = {
    var reminder = Reminders.all
    reminder.rungs = [
      Rung(
        number: 3, audience: .dutyLeader, endsWithOfficer: false,
        dueAt: Town.instant(evening + .minutes(30)))
    ]
    reminder.next = Rung(
      number: 4, audience: .leaders, endsWithOfficer: false,
      dueAt: Town.instant(evening + .minutes(40)))
    reminder.at = Town.instant(evening + .minutes(30))
    return reminder
  }()

  static let nothing = HandOverList(of: office, at: evening, draftedAt: evening)

  /// Something of every kind.
  static let busy: HandOverList = {
    var list = nothing
    list.lines = [
      line(17, .major, .open, "青溪小区停水三天，两位老人住院", sent: true),
      line(16, .considerable, .returned, "竹园镇幼儿园门口红绿灯坏了半个月没人修", sent: true),
      line(15, .considerable, .acknowledged, "青溪村河水发黑发臭，井水不敢喝", sent: true),
      line(14, .general, .open, "", sent: false),
    ]
    list.lines[0].next = Rung(
      number: 3, audience: .dutyLeader, endsWithOfficer: false,
      dueAt: Town.instant(evening + .minutes(10)))
    list.lines[1].unit = nil
    list.lines[2].awaitsUnit = true
    list.dues = [
      due(.signOff, 12, .considerable, "小区电梯困人两次，物业一直不修", after: 15),
      due(.notify, 14, .general, "", after: 95),
      due(.feedback, 11, .general, "公交 3 路末班车能不能晚一点", after: 790),
    ]
    list.batches = [HandOverList.Batch(at: evening + .minutes(840), envelopes: 6)]
    list.conduct = [Alert.ID(year: 2026, number: 13)]
    list.blind = [
      HandOverList.BlindFeed(
        name: "竹园镇门户", since: evening - .minutes(170),
        reason: Phrase(zh: "网站 20 秒内没有答复", en: "the page did not answer within 20 s"))
    ]
    list.lost = [
      HandOverList.LostMail(
        to: Town.address("water-2"), unit: UnitName(rawValue: "区水务局"),
        alerts: [Alert.ID(year: 2026, number: 17)], failed: 1, deferred: 0,
        reply: "550 5.1.1 no such user"),
      HandOverList.LostMail(
        to: Town.address("water-1"),
        alerts: (9...13).map { Alert.ID(year: 2026, number: $0) }, failed: 0, deferred: 5,
        reply: "451 4.3.2"),
    ]
    return list
  }()

  /// The same, drawn up when the daemon was started an hour and a half later.
  static let late: HandOverList = {
    var list = busy
    list.draftedAt = evening + .minutes(95)
    return list
  }()

  /// The same, while the second mail server stands in.
  static let standIn: HandOverList = {
    var list = busy
    list.standInSince = evening - .minutes(35)
    return list
  }()

  /// More of everything than a page has.
  static let flood: HandOverList = {
    var list = busy
    list.lines = (1...40).map {
      line($0, $0 % 7 == 0 ? .considerable : .general, .open, "公交 3 路末班车能不能晚一点", sent: true)
    }
    list.conduct = (41...60).map { Alert.ID(year: 2026, number: $0) }
    list.blind = (1...14).map { number in
      HandOverList.BlindFeed(
        name: "信源 \(number)", since: evening - .minutes(Int64(number)), reason: nil)
    }
    return list
  }()

  static let gap = Trouble.rosterOpen(until: evening + .hours(24), at: evening)
  static let runOut = Trouble.rosterOpen(until: nil, at: evening)

  private static func line(
    _ number: Int, _ grade: Grade, _ state: Alert.State, _ title: String, sent: Bool
  ) -> HandOverList.Line {
    HandOverList.Line(
      alert: Alert.ID(year: 2026, number: number), grade: grade, state: state,
      unit: UnitName(rawValue: "区水务局"), title: title,
      url: "https://board.example/thread/\(8800 + number)", dueAt: evening + .minutes(95),
      sentAt: sent ? evening - .minutes(25) : nil)
  }

  private static func due(
    _ what: HandOverList.Due.What, _ number: Int, _ grade: Grade, _ title: String, after: Int64
  ) -> HandOverList.Due {
    HandOverList.Due(
      what, at: evening + .minutes(after), alert: Alert.ID(year: 2026, number: number),
      grade: grade, unit: UnitName(rawValue: "区住建局"), title: title,
      url: "https://board.example/thread/\(8800 + number)")
  }
}
