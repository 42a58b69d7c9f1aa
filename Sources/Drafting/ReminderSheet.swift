import Vocabulary

/// The reminder (催办单): what nobody has acknowledged, since when, who was told, what to do now.
struct ReminderSheet {
  private let facts: AlertFacts
  private let reminder: Reminder
  private let rung: Rung

  /// The reminder of one step.
  init(_ reminder: Reminder, _ rung: Rung, for office: Office) {
    facts = AlertFacts(reminder.alertCase, for: office)
    self.reminder = reminder
    self.rung = rung
  }

  private var alertCase: AlertCase { reminder.alertCase }
  private var number: String { facts.number }

  private func say(_ zh: String, _ en: String) -> String { facts.say(zh, en) }

  /// The whole sheet.
  func sheet(subject: String) -> Sheet {
    Sheet(
      lang: facts.office.language.tag, subject: subject, tint: facts.alert.grade.tint,
      leads: [what, request],
      notes: facts.remarks(Occurrence(alertCase: alertCase), rung.audience.reader),
      heading: Sheet.Heading(
        office: facts.office.name.onOneLine,
        name: isToLeaders ? say("提请督办单", "For Supervision") : say("舆情催办单", "Reminder")),
      form: Form(rows), foot: ReminderFoot(facts, rung).lines)
  }

  private var isToLeaders: Bool { rung.audience == .leaders }

  private var leadersWereTold: Bool {
    reminder.told.contains { $0.part == .leader && $0.audience == nil && $0.sentAt != nil }
  }

  /// What is missing, in a few words.
  private var missing: String {
    switch rung.purpose {
    case .acknowledgement: say("尚未签收", "not acknowledged")
    case .report: say("签收后尚无反馈", "no word since it was acknowledged")
    }
  }

  private var what: String {
    guard !alertCase.isConduct else {
      return say(
        "检举控告件 \(number)（\(facts.gradeName)）\(missing)",
        "Misconduct alleged, \(missing): \(number) (\(facts.gradeName))")
    }
    let short = facts.title.clipped(to: 60)
    return say(
      "\(facts.gradeName)\(missing)：\(short)（\(facts.platform)）",
      "\(facts.gradeName.capitalizedFirst), \(missing): \(short) (\(facts.platform))")
  }

  private var request: String {
    switch (rung.purpose, rung.audience) {
    case (.acknowledgement, .unit), (.acknowledgement, .deputy):
      facts.office.readsReplies
        ? say(
          "\(since)请立即转告经办人办理，并回复本邮件签收。",
          "\(since) See that it is taken up now, and acknowledge by replying.")
        : say(
          "\(since)请立即转告经办人办理，并电话签收。",
          "\(since) See that it is taken up now, and acknowledge by telephone.")
    case (.acknowledgement, .officers):
      unit == nil
        ? say(
          "\(since)请立即确定并通知承办单位。",
          "\(since) Decide whose it is, tell them, and acknowledge.")
        : say(
          "\(since)请立即电话通知该单位并登记。",
          "\(since) Telephone the unit now, and note that you did.")
    case (.acknowledgement, .dutyLeader):
      say(
        "\(since)请即联系值班员，督促承办单位处置。",
        "\(since) Call the officer on duty, and see that the unit acts.")
    case (.acknowledgement, .leaders):
      leadersWereTold
        ? say("\(since)快报此前已报送，请予督办。", "\(since) You have had the bulletin; please see to it.")
        : say("\(since)请予督办。", "\(since) Please see to it.")
    case (.report, .unit), (.report, .deputy):
      say("\(since)请告知核查和处置情况。", "\(since) Say what you have found and done.")
    case (.report, .officers), (.report, .dutyLeader), (.report, .leaders):
      say("\(since)请核实处置情况并登记。", "\(since) Find out how it stands, and note it.")
    }
  }

  /// `舆情联系单 3月2日 09:00 已发区水务局，至今 10 分钟未签收。`
  private var since: String {
    rung.purpose == .report ? sinceAcknowledged : sinceSent
  }

  private var sinceAcknowledged: String {
    let last = alertCase.acknowledged.last { rung.audience != .unit || $0.byUnit }
    guard let last else { return "" }
    let (at, span) = (facts.dates.moment(last.at), facts.dates.span(reminder.at.wall - last.at))
    return say(
      "\(who(last))已于 \(at) 签收，至今 \(span)无进一步消息。",
      "\(who(last).capitalizedFirst) acknowledged at \(at); no word for \(span) since.")
  }

  private var sinceSent: String {
    guard let paper, let sentAt = paper.sentAt else {
      return say("首次通知尚未发出，", "The first notice has not left yet.")
    }
    let (at, span) = (facts.dates.moment(sentAt), facts.dates.span(reminder.at.wall - sentAt))
    let (kind, whom) = (paper.kind.name, whom(paper))
    guard let unit else {
      return say(
        "\(kind.zh) \(at) 已发\(whom)，至今 \(span)无人签收。",
        "The \(kind.en) left for \(whom) at \(at); nobody has acknowledged it for \(span).")
    }
    return say(
      "\(kind.zh) \(at) 已发\(whom)，\(unit == whom ? "" : unit)至今 \(span)未签收。",
      "The \(kind.en) left for \(whom) at \(at); \(unit) has not acknowledged it for \(span).")
  }

  private func who(_ said: Acknowledgement) -> String {
    said.byUnit ? unit ?? say("承办单位", "the unit") : facts.officer(said)
  }

  /// The paper that is to be acknowledged; in trial the officers have it.
  private var paper: Reminder.Told? {
    let papers = reminder.told.filter { $0.audience == nil && $0.part != .leader }
    return papers.first { $0.kind == .contactSheet } ?? papers.first
  }

  /// The unit that must act; nil where the officers decide whose it is.
  private var unit: String? {
    switch facts.alert.audience {
    case .unit(let name): name.rawValue.onOneLine
    case .supervision: facts.office.supervision?.rawValue.onOneLine
    case .officers: nil
    }
  }
}

extension ReminderSheet {
  private var rows: [Row] {
    let heading = alertCase.isBoard ? say("诉求主题", "Message") : say("标题", "Title")
    return [
      Row(Cell(say("编号", "Number"), number), facts.grade),
      Row(
        Cell(say("承办单位", "Unit"), unit ?? say("待确定", "to be decided")),
        Cell(say("通知时限", "Deadline"), facts.dueAt)),
      Row(
        Cell(say("平台", "Platform"), facts.platform),
        Cell(say("类别", "Kind"), facts.kindAndTopic)),
      Row(Cell(say("发布时间", "Posted"), facts.published), facts.found),
      Row(Cell(heading, facts.title)),
      Row(Cell(say("摘要", "Gist"), facts.gist(160))),
      Row(facts.original),
      Row(Cell(say("已通知", "Told so far"), reminder.told.map(line))),
      Row(Cell(say("签收情况", "Acknowledged"), acknowledged)),
    ] + following
  }

  private func line(_ told: Reminder.Told) -> String {
    let paper = told.kind.name
    let whom = whom(told)
    guard let sentAt = told.sentAt.map(facts.dates.moment) else {
      return say("\(paper.zh) → \(whom)：尚未全部发出", "\(paper.en) to \(whom): not all sent yet")
    }
    return say("\(paper.zh) → \(whom)：\(sentAt) 已发出", "\(paper.en) to \(whom): sent \(sentAt)")
  }

  private func whom(_ told: Reminder.Told) -> String {
    switch told.part {
    case .unit:
      let unit = unit ?? say("承办单位", "the unit")
      return told.audience == .deputy ? say("\(unit)备用联系人", "the deputy of \(unit)") : unit
    case .officer: return say("值班员", "the officers")
    case .leader: return (told.audience ?? .leaders).name[facts.office.language]
    case .admin: return say("管理员", "the admins")
    case .channel: return say("第二通道", "the second channel")
    }
  }

  private var acknowledged: [String] {
    guard !alertCase.acknowledged.isEmpty else {
      return [say("无人签收", "by nobody")]
    }
    return alertCase.acknowledged.map { said in
      let at = facts.dates.moment(said.at)
      guard !said.phoned else {
        let officer = facts.officer(said)
        return say("\(officer) \(at) 已电话通知承办单位", "\(officer) told the unit by telephone, \(at)")
      }
      return say("\(who(said)) \(at) 签收", "\(who(said)), \(at)")
    }
      + (alertCase.acknowledged.contains(where: \.byUnit) || unit == nil
        ? [] : [say("承办单位未签收", "not by the unit")])
  }

  private var following: [Row] {
    guard let next = reminder.next else { return [] }
    let (at, whom) = (
      facts.dates.moment(next.dueAt.wall), next.audience.name[facts.office.language]
    )
    return [
      Row(
        Cell(
          say("下一步", "Next"),
          say(
            "\(at) 仍未签收，\(following(next, whom))",
            "\(whom) at \(at), if it is not acknowledged by then")))
    ]
  }
}

extension ReminderSheet {
  private func following(_ next: Rung, _ whom: String) -> String {
    switch next.audience {
    case .leaders: "报领导督办"
    case .dutyLeader: "报\(whom)"
    case .unit, .deputy, .officers: "再催\(whom)"
    }
  }
}

extension Rung.Audience {
  var reader: Reader {
    switch self {
    case .unit, .deputy: .unit
    case .officers: .officers
    case .dutyLeader, .leaders: .leaders
    }
  }
}
