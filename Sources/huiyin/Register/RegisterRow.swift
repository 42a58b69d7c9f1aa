import Drafting
import Storage
import Vocabulary

/// One alert in the register, and what stands in each of its columns. Of what is sealed
/// only number, grade and times are there.
struct RegisterRow {
  let row: AlertRow
  let use: WindowUse
  let setup: Setup

  /// A column's heading, its width in characters, and what stands in it.
  typealias Column = (name: Phrase, width: Double, cell: @Sendable (RegisterRow) -> Register.Cell)

  static let columns: [Column] = what + times + window + outcome

  private static let what: [Column] = [
    (Phrase(zh: "编号", en: "id"), 11, { $0.text($0.row.id.description) }),
    (Phrase(zh: "等级", en: "grade"), 12, { $0.text($0.row.alert.grade.name) }),
    (Phrase(zh: "状态", en: "state"), 16, { $0.text($0.row.standing) }),
    (Phrase(zh: "标题", en: "title"), 48, { $0.text($0.row.heading) }),
    (Phrase(zh: "承办单位", en: "unit"), 16, { $0.text($0.row.shown?.unit?.rawValue) }),
    (Phrase(zh: "问题类别", en: "topic"), 12, { $0.text($0.row.shown?.topic?.rawValue) }),
    (Phrase(zh: "诉求类型", en: "kind"), 12, { $0.text($0.row.kind.name) }),
    (Phrase(zh: "信源", en: "feed"), 20, { $0.text($0.feedName) }),
    (Phrase(zh: "原文网址", en: "url"), 32, { $0.text($0.row.shown?.item.url) }),
  ]

  private static let times: [Column] = [
    (Phrase(zh: "发布时间", en: "published"), 19, { $0.moment($0.row.item.published.moment) }),
    (Phrase(zh: "发现时间", en: "found"), 19, { $0.moment($0.row.item.foundAt.wall) }),
    (Phrase(zh: "研判时间", en: "judged"), 19, { $0.moment($0.judgedAt) }),
    (Phrase(zh: "预警时间", en: "raised"), 19, { $0.moment($0.row.alert.raisedAt.wall) }),
    (Phrase(zh: "通知发出时间", en: "sent"), 19, { $0.moment($0.row.sentAt) }),
    (Phrase(zh: "签收时间", en: "acknowledged"), 19, { $0.moment($0.row.acknowledgedAt) }),
    (
      Phrase(zh: "承办单位签收时间", en: "acknowledged by the unit"), 19,
      { $0.moment($0.row.unitAcknowledgedAt) }
    ),
    (Phrase(zh: "反馈期限", en: "feedback due"), 19, { $0.moment($0.row.feedback?.dueAt) }),
  ]

  private static let window: [Column] = [
    (
      Phrase(zh: "通知时限（分钟）", en: "window (minutes)"), 16,
      { $0.minutes($0.use.deadline.window) }
    ),
    (Phrase(zh: "通知时限至", en: "due"), 19, { $0.moment($0.use.deadline.dueAt) }),
    (Phrase(zh: "已用时（分钟）", en: "used (minutes)"), 14, { $0.minutes($0.use.used) }),
    (Phrase(zh: "占时限", en: "share used"), 10, { .share($0.use.share($0.use.used)) }),
    (Phrase(zh: "超时（分钟）", en: "late (minutes)"), 13, { $0.minutes($0.lateBy) }),
    (Phrase(zh: "超时原因", en: "late because"), 32, { $0.text($0.lateBecause) }),
  ]

  private static let outcome: [Column] = [
    (Phrase(zh: "时限结果", en: "outcome"), 20, { $0.text($0.outcomeInWords) }),
    (Phrase(zh: "发送范围", en: "told"), 20, { $0.text($0.row.audienceInWords) }),
    (Phrase(zh: "通知份数", en: "notices"), 9, { .count($0.row.notices.count) }),
    (Phrase(zh: "已发出份数", en: "notices sent"), 11, { .count($0.noticesSent) }),
    (Phrase(zh: "预警理由", en: "reason"), 40, { $0.text($0.row.reasonInWords) }),
    (Phrase(zh: "协办单位", en: "assisting"), 20, { $0.text($0.assisting) }),
    (Phrase(zh: "涉事属地", en: "place"), 16, { $0.text($0.row.shown?.verdict.place) }),
  ]
}

extension RegisterRow {
  private var office: Office { setup.office }

  private var feedName: String? {
    guard let feed = row.shown?.feed else { return nil }
    return setup.name(of: feed)
  }

  private var assisting: String? {
    guard let names = row.shown?.verdict.assist, !names.isEmpty else { return nil }
    return names.map(\.rawValue).joined(separator: Phrase(zh: "、", en: ", ")[office.language])
  }

  private var judgedAt: WallTime? { use.steps.first { $0.work == .judged }?.at }

  private var noticesSent: Int { row.notices.count { $0.state == .sent } }

  private var lateBy: Duration? {
    switch use.outcome {
    case .late(let late), .overdue(let late): late
    case .kept, .running, .closed: nil
    }
  }

  private var lateBecause: String? {
    guard lateBy != nil else { return nil }
    return use.delaysWorthAWord.map { delay in
      "\(delay.cause.words(isSealed: row.isSealed, office)[office.language]) "
        + office.exactSpan(delay.span)
    }.joined(separator: Phrase(zh: "；", en: "; ")[office.language])
  }

  private var outcomeInWords: Phrase {
    switch use.outcome {
    case .kept: Phrase(zh: "时限内发出", en: "sent within the window")
    case .late: Phrase(zh: "超时发出", en: "sent late")
    case .overdue: Phrase(zh: "已超时，仍未发出", en: "late and not yet sent")
    case .running: Phrase(zh: "时限未到，尚未发出", en: "not yet sent, not yet due")
    case .closed: Phrase(zh: "发出前已办结", en: "closed before it was sent")
    }
  }

  private func text(_ text: String?) -> Register.Cell { text.map { .text($0.onOneLine) } ?? .none }

  private func text(_ phrase: Phrase) -> Register.Cell { text(phrase[office.language]) }

  private func moment(_ time: WallTime?) -> Register.Cell {
    time.map { .moment(office.zone.civil($0)) } ?? .none
  }

  private func minutes(_ span: Duration?) -> Register.Cell {
    span.map { .minutes((Double($0.inMilliseconds) / 6000).rounded() / 10) } ?? .none
  }
}
