import Vocabulary

/// The facts of a hand-over list as it prints them (交接班要素).
struct HandOverFacts: Sendable {
  /// More alerts than this of a kind, and more lines, are no page; of the rest there are numbers and
  /// names.
  private static let (mostAlerts, mostLines) = (8, 5)
  /// How many spans of numbers, and how many characters of names, the rest may take.
  private static let (mostSpans, longestRest) = (12, 160)
  /// A list that leaves so long after the change says so.
  private static let late = Duration.minutes(5)

  let list: HandOverList
  let office: Office
  let dates: Dates

  /// The facts of a list, dated by its change of shifts.
  init(_ list: HandOverList, of office: Office) {
    self.list = list
    self.office = office
    dates = Dates(office, asOf: list.at)
  }

  func say(_ zh: String, _ en: String) -> String {
    Phrase(zh: zh, en: en)[office.language]
  }

  var name: String { say("交接班清单", "Hand-over List") }

  /// `【交接班】3月2日 17:30 未签收3 本班到期2 盲区1 发信失败0`
  var subject: String {
    let at = dates.moment(list.at)
    let counts = Phrase(
      zh: "未签收\(unheard) 本班到期\(due) 盲区\(list.blind.count) 发信失败\(list.lost.count)",
      en: "unacknowledged \(unheard), due \(due), blind feeds \(list.blind.count), "
        + "mail failures \(list.lost.count)")
    let what = list.isEmpty ? Phrase(zh: "无待交接事项", en: "nothing to hand over") : counts
    return Subject(language: office.language).of(
      Phrase(zh: "交接班", en: "hand-over"), say("\(at) \(what.zh)", "\(at): \(what.en)"))
  }

  /// What a telephone shows below the subject; where there is nothing, one line.
  var leads: [String] {
    guard !list.isEmpty else { return [say("无待交接事项。", "Nothing to hand over.")] }
    return [
      say(
        "未签收 \(unheard) 件，本班到期 \(due) 件，盲区 \(list.blind.count) 处，发信失败 \(list.lost.count) 个邮箱。",
        "Unacknowledged \(unheard), due in this shift \(due), blind feeds \(list.blind.count), "
          + "addresses that mail does not reach \(list.lost.count).")
    ]
  }

  /// `本班：3月2日 17:30 至 3月3日 08:30`
  var shift: String {
    let from = dates.moment(list.at)
    let span = list.to.map { to in
      say("本班：\(from) 至 \(dates.moment(to))", "Shift: \(from) to \(dates.moment(to))")
    }
    return span ?? say("接班：\(from)", "Taken over: \(from)")
  }

  var duty: [String] {
    [
      named(list.comingOn).map { say("接班：\($0)", "Coming on: \($0)") },
      named(list.goingOff).map { say("交班：\($0)", "Going off: \($0)") },
      named(list.leaders).map { say("带班领导：\($0)", "Leader on duty: \($0)") },
      lateness, anew,
    ].compactMap(\.self)
  }

  /// Names alone: a mail shows nobody's address to another.
  private func named(_ addresses: [MailAddress]) -> String? {
    let names = addresses.compactMap { $0.name?.onOneLine.clipped(to: 20) }
    return names.isEmpty ? nil : names.joined(separator: say("、", ", "))
  }

  private var anew: String? {
    guard list.number > 1 else { return nil }
    return say(
      "※ 此前本机时钟超前，曾提前发出本单，请以本件为准。",
      "※ This machine's clock was ahead, and sent this list before its time: this one takes its "
        + "place."
    )
  }

  private var lateness: String? {
    guard list.draftedAt - list.at > HandOverFacts.late else { return nil }
    let at = dates.moment(list.draftedAt)
    return say(
      "※ 交接时本系统未在运行，本单 \(at) 补出，内容以此时为准。",
      "※ Huiyin was not running at the change: this was drawn up at \(at), as things stood then.")
  }

  var figures: [Figure] {
    [
      Figure(say("未签收", "unacknowledged"), unheard, Grade.major.tint),
      Figure(say("本班到期", "due"), due, Grade.considerable.tint),
      Figure(say("盲区", "blind feeds"), list.blind.count, Grade.considerable.tint),
      Figure(say("发信失败", "mail failures"), list.lost.count, Grade.major.tint),
    ]
  }

  var foot: [String] {
    [
      say(
        "本单由系统在交接班时自动生成，之后的变化见各件的快报、催办单。请注意保密。",
        "Drawn up by program at the change of shifts; what comes since is in each alert's own mails. "
          + "Confidential.")
    ]
  }

  /// What an officer does about what is on it, who has a mail program and a telephone.
  var action: String {
    guard office.readsReplies else {
      return say(
        "办理：未签收的请电话通知承办单位；登记请在装有本系统的机器上运行 huiyin ack 编号 --phoned，或请管理员代办。",
        "Telephone the unit of what is unacknowledged, and have it written down with huiyin ack ID "
          + "--phoned, by an admin if need be.")
    }
    return say(
      "办理：直接回复本单，以编号和口令开头，一封一件，如“2026-0017 已电话通知”。口令：改派 单位名、调级 较大、已电话通知、误报、签发、办结；"
        + "只写编号即为值班员签收。",
      "Reply to this list, one alert a mail, with its number and a word in front, such as 2026-0017 "
        + "phoned: assign UNIT, grade major, phoned, false alarm, release, close; the number alone says "
        + "that an officer has it.")
  }

  private var unheard: Int { list.lines.count + list.conduct.count }
  private var due: Int { list.dues.count }
}

extension HandOverFacts {
  /// The parts in their order; what has nothing to say is left out.
  var sections: [HandOverView.Section] {
    [waiting, dueInShift, conduct, blind, lost].compactMap(\.self)
  }

  private var waiting: HandOverView.Section? {
    section(
      say("未签收", "Unacknowledged"), list.lines.map(\.alert),
      list.lines.map { line in
        mention(
          "\(line.alert) \(gradeName(line.grade))", line.grade, line.title, line.url,
          [word(for: line), unit(line.unit), limit(line), next(line)])
      })
  }

  private var dueInShift: HandOverView.Section? {
    let leaving = list.batches.map { batch in
      let (at, count) = (dates.moment(batch.at), batch.envelopes)
      return say("\(at) 集中发送一般舆情 \(count) 封。", "\(at): general alerts leave (letters: \(count)).")
    }
    let found = section(
      say("本班到期", "Due in this shift"), list.dues.map(\.alert),
      list.dues.map { due in
        mention(
          "\(dates.moment(due.at)) \(word(for: due.what))", due.grade, due.title, due.url,
          ["\(due.alert)", gradeName(due.grade), unit(due.unit)])
      })
    guard !leaving.isEmpty else { return found }
    var section =
      found ?? HandOverView.Section(heading: say("本班到期", "Due in this shift"))
    section.lines += leaving
    return section
  }

  /// Allegations of misconduct: their numbers, never their text.
  private var conduct: HandOverView.Section? {
    guard !list.conduct.isEmpty else { return nil }
    return HandOverView.Section(
      heading: say(
        "检举控告未签收（\(list.conduct.count) 件，不列内容）",
        "Misconduct alleged, unacknowledged (\(list.conduct.count), text not shown)"),
      lines: [numbers(of: list.conduct)])
  }

  private var blind: HandOverView.Section? {
    lines(
      say("盲区", "Blind feeds"), list.blind.map { $0.name.onOneLine.clipped(to: 30) },
      list.blind.map { feed in
        let (name, since) = (feed.name.onOneLine.clipped(to: 30), dates.moment(feed.since))
        let reason = feed.reason?[office.language].onOneLine.firstSentence.clipped(to: 80) ?? ""
        return say("\(name)：\(since) 起采集不到", "\(name): not read since \(since)")
          + (reason.isEmpty ? "" : say("，\(reason)", ", \(reason)"))
      },
      after: say("请接班人员人工浏览以上网站。", "Read these pages by hand meanwhile."))
  }

  private var lost: HandOverView.Section? {
    let found = lines(
      say("发信失败", "Mail failures"), list.lost.map(\.recipient.address.onOneLine),
      list.lost.map(sentence),
      after: say("重大、较大舆情请电话通知对方。", "Telephone about anything major or considerable."))
    guard let since = list.standInSince.map(dates.moment) else { return found }
    var section = found ?? HandOverView.Section(heading: say("发信失败", "Mail failures"))
    section.lines.append(
      say(
        "主邮件服务器 \(since) 起不通，邮件经备用服务器照常发出；请提醒管理员检查。",
        "The mail server takes nothing since \(since); mail leaves by the second one. Remind the admins."
      ))
    return section
  }

  /// `区水务局 water@unit.example：失败 1 封（2026-0017），550 no such user`
  private func sentence(_ mail: HandOverList.LostMail) -> String {
    let whose = mail.unit.map { $0.rawValue.onOneLine + " " } ?? ""
    let counts = [
      mail.failed == 0 ? nil : say("失败 \(mail.failed) 封", "given up \(mail.failed)"),
      mail.deferred == 0 ? nil : say("待重发 \(mail.deferred) 封", "tried again \(mail.deferred)"),
    ].compactMap(\.self).joined(separator: say("，", ", "))
    let numbers = mail.alerts.prefix(3).map(\.description).joined(separator: say("、", ", "))
    let more = mail.alerts.count > 3 ? say("等", ", …") : ""
    let about = numbers.isEmpty ? "" : say("（\(numbers)\(more)）", " (\(numbers)\(more))")
    let reply = mail.reply?.onOneLine.clipped(to: 80) ?? ""
    return whose + mail.recipient.address.onOneLine + say("：", ": ") + counts + about
      + (reply.isEmpty ? "" : say("，\(reply)", ", \(reply)"))
  }

  private func section(
    _ heading: String, _ alerts: [Alert.ID], _ mentions: [Mention]
  ) -> HandOverView.Section? {
    guard !alerts.isEmpty else { return nil }
    let rest = alerts.dropFirst(HandOverFacts.mostAlerts)
    return HandOverView.Section(
      heading: say("\(heading)（\(alerts.count) 件）", "\(heading) (\(alerts.count))"),
      mentions: Array(mentions.prefix(HandOverFacts.mostAlerts)),
      lines: rest.isEmpty ? [] : [more(rest.count, numbers(of: Array(rest)))])
  }

  private func lines(
    _ heading: String, _ names: [String], _ all: [String], after: String
  ) -> HandOverView.Section? {
    guard !all.isEmpty else { return nil }
    let rest = names.dropFirst(HandOverFacts.mostLines)
    let named = rest.joined(separator: say("、", ", ")).clipped(to: HandOverFacts.longestRest)
    return HandOverView.Section(
      heading: say("\(heading)（\(all.count) 处）", "\(heading) (\(all.count))"),
      lines: all.prefix(HandOverFacts.mostLines)
        + (rest.isEmpty ? [] : [more(rest.count, named)]) + [after])
  }

  private func more(_ count: Int, _ what: String) -> String {
    say("另有 \(count) 项：\(what)", "and \(count) more: \(what)")
  }

  /// `2026-0009 至 0040、2026-0055`: by a number an alert is found in any mail program.
  private func numbers(of alerts: [Alert.ID]) -> String {
    var spans: [(first: Alert.ID, last: Alert.ID)] = []
    for alert in Set(alerts).sorted() {
      if let last = spans.last?.last, last.year == alert.year, last.number + 1 == alert.number {
        spans[spans.count - 1].last = alert
      } else {
        spans.append((alert, alert))
      }
    }
    let shown = spans.prefix(HandOverFacts.mostSpans).map { first, last in
      let end = last.description.drop { $0 != "-" }.dropFirst()
      return first == last ? "\(first)" : say("\(first) 至 \(end)", "\(first) to \(end)")
    }
    let others = spans.count > HandOverFacts.mostSpans ? say(" 等", " and others") : ""
    return shown.joined(separator: say("、", ", ")) + others
  }
}

extension HandOverFacts {
  private func mention(
    _ head: String, _ grade: Grade, _ title: String, _ url: String, _ state: [String?]
  ) -> Mention {
    let title = title.onOneLine.clipped(to: 60)
    return Mention(
      head: head, tint: grade.tint, title: title.isEmpty ? say("（无标题）", "(no title)") : title,
      state: state.compactMap(\.self).joined(separator: " · "), link: Link(url))
  }

  private func gradeName(_ grade: Grade) -> String { grade.name[office.language] }

  private func unit(_ unit: UnitName?) -> String {
    unit?.rawValue.onOneLine ?? say("承办单位未定", "no unit yet")
  }

  private func word(for line: HandOverList.Line) -> String {
    switch line.state {
    case .open where line.sentAt == nil: say("待发", "not sent yet")
    case .open: say("待签收", "unacknowledged")
    case .acknowledged where line.awaitsUnit:
      say("值班员已签收，待承办单位签收", "with an officer, not yet the unit")
    case .acknowledged: say("已签收", "acknowledged")
    case .returned: say("已退回，待改派", "returned, to be assigned")
    case .closed: say("已办结", "closed")
    }
  }

  private func limit(_ line: HandOverList.Line) -> String? {
    if let sentAt = line.sentAt {
      return say("\(dates.moment(sentAt)) 已发", "sent \(dates.moment(sentAt))")
    }
    return say("通知时限 \(dates.moment(line.dueAt))", "due \(dates.moment(line.dueAt))")
  }

  private func next(_ line: HandOverList.Line) -> String? {
    line.next.map { rung in
      let (at, whom) = (dates.moment(rung.dueAt.wall), rung.audience.name)
      return say("\(at) 催\(whom.zh)", "\(at): \(whom.en) reminded")
    }
  }

  private func word(for what: HandOverList.Due.What) -> String {
    switch what {
    case .signOff: say("待签发，到时自动送出", "to be signed off, leaves by itself then")
    case .notify: say("通知时限", "the unit must have been told")
    case .feedback: say("核查反馈", "the unit reports")
    }
  }
}
