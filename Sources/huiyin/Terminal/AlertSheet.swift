import Storage
import Vocabulary

/// One alert with its whole course, as a person reads it in 80 columns.
struct AlertSheet {
  let row: AlertRow
  let course: [CourseStep]
  let use: WindowUse
  let setup: Setup

  private var office: Office { setup.office }
  private var language: Language { office.language }
  private let nameColumns = 13

  var lines: [String] {
    var lines = ["\(row.id)  \(row.alert.grade.name[language])  \(row.standing[language])"]
    lines += Terminal.folded(row.heading[language], indent: 2, hanging: 2)
    // An address stays on one line, however long, so that it can be copied.
    if let url = row.shown?.item.url { lines.append("  " + Terminal.plain(url)) }
    lines.append("")
    lines += facts.flatMap(fact)
    lines += [""] + WindowTable(use: use, setup: setup, isSealed: row.isSealed).lines
    lines += [""] + CourseLines(setup: setup, isSealed: row.isSealed).lines(course)
    return lines + receipts
  }

  /// To whom its mails and calls went, and what came of each.
  var receipts: [String] {
    let mails = ["", Phrase(zh: "通知", en: "Notices")[language]] + row.notices.flatMap(notice)
    guard !row.calls.isEmpty else { return mails }
    return mails + ["", Phrase(zh: "第二通道", en: "Second channel")[language]]
      + row.calls.flatMap(call)
  }

  private var facts: [(name: Phrase, value: String?)] {
    let whose = row.shown.map { row in
      [
        (Phrase(zh: "信源", en: "feed"), setup.name(of: row.feed)),
        (Phrase(zh: "承办单位", en: "unit"), row.unit?.rawValue),
        (Phrase(zh: "协办单位", en: "assisting"), list(row.verdict.assist.map(\.rawValue))),
        (Phrase(zh: "涉事属地", en: "place"), place(of: row)),
        (Phrase(zh: "问题类别", en: "topic"), row.topic?.rawValue),
      ]
    }
    return (whose ?? []) + [
      (Phrase(zh: "理由", en: "reason"), row.reasonInWords[language]),
      (Phrase(zh: "规则版本", en: "rule book"), row.verdict.ruleBook.rawValue),
      (Phrase(zh: "发布", en: "published"), row.item.published.moment.map(office.short)),
      (Phrase(zh: "发现", en: "found"), office.short(row.item.foundAt.wall)),
      (Phrase(zh: "通知时限", en: "due"), office.short(row.alert.deadline.dueAt)),
      (Phrase(zh: "发出", en: "sent"), row.sentAt.map(office.short)),
      (Phrase(zh: "签收", en: "acknowledged"), row.acknowledgedAt.map(office.short)),
      (Phrase(zh: "发送范围", en: "told"), row.audienceInWords[language]),
      (Phrase(zh: "反馈时限", en: "feedback due"), row.feedback.map { office.short($0.dueAt) }),
    ]
  }

  private func list(_ names: [String]) -> String? {
    names.isEmpty ? nil : names.joined(separator: Phrase(zh: "、", en: ", ")[language])
  }

  /// `竹园镇（本地）`, `属地不明`
  private func place(of row: AlertRow) -> String? {
    let ground = row.verdict.ground.name[language]
    guard let place = row.verdict.place else {
      return row.verdict.ground == .ours ? nil : ground
    }
    return Phrase(zh: "\(place)（\(ground)）", en: "\(place) (\(ground))")[language]
  }

  private func fact(_ fact: (name: Phrase, value: String?)) -> [String] {
    let name = Terminal.fit(fact.name[language], nameColumns)
    return Terminal.folded(name + (fact.value ?? "—"), indent: 2, hanging: 2 + nameColumns)
  }

  private func call(_ call: CallRow) -> [String] {
    let attempts = Phrase(zh: "第\(call.attempts)次", en: "attempt \(call.attempts)")
    let parts: [String?] = [
      call.channel, call.attempts > 0 ? attempts[language] : nil, call.sentAt.map(office.short),
    ]
    let head =
      Terminal.fit(call.state.name[language], 9) + parts.compactMap(\.self).joined(separator: "  ")
    let doubt = Phrase(zh: "可能已重复发送", en: "may have been sent twice")
    let below = [call.line, call.lastReply, call.mayHaveBeenSentTwice ? doubt[language] : nil]
    return Terminal.folded(head, indent: 2, hanging: 11)
      + below.compactMap(\.self).flatMap { Terminal.folded($0, indent: 11, hanging: 11) }
  }

  private func notice(_ notice: NoticeRow) -> [String] {
    let state =
      Terminal.fit(notice.state.name[language], 9)
      + Terminal.fit(notice.kind.name[language], language == .zh ? 12 : 15)
    let attempts = Phrase(zh: "第\(notice.attempts)次", en: "attempt \(notice.attempts)")
    let parts: [String?] = [
      notice.recipient.address, notice.attempts > 0 ? attempts[language] : nil,
      notice.sentAt.map(office.short),
    ]
    var lines = Terminal.folded(
      state + parts.compactMap(\.self).joined(separator: "  "), indent: 2, hanging: 11)
    if notice.state == .waiting || notice.state == .held, let leaving = notice.leaving {
      let why = leaving.reason.name
      let line = Phrase(
        zh: "\(office.short(leaving.at)) 送出：\(why.zh)",
        en: "leaves \(office.short(leaving.at)): \(why.en)")
      lines += Terminal.folded(line[language], indent: 11, hanging: 11)
    }
    if notice.batch != nil {
      let together = Phrase(zh: "与其他一般舆情一并送出", en: "gathered with others")[language]
      lines += Terminal.folded(together, indent: 11, hanging: 11)
    }
    if notice.state != .sent, let reply = notice.lastReply {
      lines += Terminal.folded(reply, indent: 11, hanging: 11)
    }
    if notice.mayHaveBeenSentTwice {
      let doubt = Phrase(zh: "可能已重复发送", en: "may have been sent twice")[language]
      lines += Terminal.folded(doubt, indent: 11, hanging: 11)
    }
    return lines
  }
}
