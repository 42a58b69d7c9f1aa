import Storage
import Vocabulary

/// An alert as `alerts --json` prints it.
struct AlertLine: Encodable {
  struct NoticeLine: Encodable {
    var recipient: String
    var state: EnvelopeState
    var messageId: String
    var attempts: Int
    var kind: Notice.Kind
    var sentAt: Lines.Nullable<String>
    var mayHaveBeenSentTwice: Bool
    var leavesAt: Lines.Nullable<String>
    var leavesBecause: Lines.Nullable<LeavingTime.Reason>
  }

  struct CallLine: Encodable {
    var channel: String
    var text: Lines.Nullable<String>
    var state: EnvelopeState
    var attempts: Int
    var reply: Lines.Nullable<String>
    var sentAt: Lines.Nullable<String>
    var mayHaveBeenSentTwice: Bool
    var leavesAt: Lines.Nullable<String>
  }

  struct RungLine: Encodable {
    var audience: Rung.Audience
    var purpose: Rung.Purpose
    var dueAt: String
    var end: Lines.Nullable<String>
    var endedAt: Lines.Nullable<String>
  }

  var id: String
  var grade: Grade
  var state: Alert.State
  var unit: Lines.Nullable<String>
  /// Who assists by the rules.
  var assist: [String]
  /// Whose place it is about: `ours`, `unknown` or `above`.
  var ground: Lines.Nullable<Ground>
  /// The place that it was found to be about.
  var place: Lines.Nullable<String>
  var topic: Lines.Nullable<String>
  var kind: Kind
  var title: String
  var url: String
  var feed: String
  var publishedAt: Lines.Nullable<String>
  var foundAt: String
  var raisedAt: String
  var dueAt: String
  var sentAt: Lines.Nullable<String>
  var acknowledgedAt: Lines.Nullable<String>
  var unitAcknowledgedAt: Lines.Nullable<String>
  /// Whether an officer has acknowledged it and its unit has not.
  var awaitsUnit: Bool
  /// Who may hear of it: `unit`, `officers` or `supervision`.
  var audience: String
  /// Why the officers alone; null otherwise.
  var audienceReason: Lines.Nullable<Alert.OfficersAlone>
  var reason: String
  var notices: [NoticeLine]
  /// What was said of it by the second channel.
  var calls: [CallLine]
  /// Who was reminded or would be, step by step.
  var rungs: [RungLine]
  /// How it used its window.
  var window: WindowLine

  init(_ row: AlertRow, _ use: WindowUse, of office: Office) {
    let zone = office.zone
    let shown = row.shown
    id = row.id.description
    grade = row.alert.grade
    state = row.state
    unit = Lines.Nullable(shown?.unit?.rawValue)
    assist = shown?.verdict.assist.map(\.rawValue) ?? []
    ground = Lines.Nullable(shown?.verdict.ground)
    place = Lines.Nullable(shown?.verdict.place)
    topic = Lines.Nullable(shown?.topic?.rawValue)
    kind = row.kind
    title = shown?.item.title ?? ""
    url = shown?.item.url ?? ""
    feed = shown?.feed.rawValue ?? ""
    publishedAt = Lines.Nullable(row.item.published.moment.map(zone.rfc3339))
    foundAt = zone.rfc3339(row.item.foundAt.wall)
    raisedAt = zone.rfc3339(row.alert.raisedAt.wall)
    dueAt = zone.rfc3339(row.alert.deadline.dueAt)
    sentAt = Lines.Nullable(row.sentAt.map(zone.rfc3339))
    acknowledgedAt = Lines.Nullable(row.acknowledgedAt.map(zone.rfc3339))
    unitAcknowledgedAt = Lines.Nullable(row.unitAcknowledgedAt.map(zone.rfc3339))
    awaitsUnit = row.awaitsUnit
    (audience, audienceReason) = row.alert.audience.words
    window = WindowLine(use, isSealed: row.isSealed, of: office)
    reason = row.reasonInWords[office.language]
    notices = row.notices.map {
      NoticeLine(
        recipient: $0.recipient.address, state: $0.state, messageId: $0.messageID,
        attempts: $0.attempts, kind: $0.kind, sentAt: Lines.Nullable($0.sentAt.map(zone.rfc3339)),
        mayHaveBeenSentTwice: $0.mayHaveBeenSentTwice,
        leavesAt: Lines.Nullable($0.leaving.map { zone.rfc3339($0.at) }),
        leavesBecause: Lines.Nullable($0.leaving?.reason))
    }
    calls = row.calls.map {
      CallLine(
        channel: $0.channel, text: Lines.Nullable($0.line), state: $0.state,
        attempts: $0.attempts, reply: Lines.Nullable($0.lastReply),
        sentAt: Lines.Nullable($0.sentAt.map(zone.rfc3339)),
        mayHaveBeenSentTwice: $0.mayHaveBeenSentTwice,
        leavesAt: Lines.Nullable($0.leaving.map { zone.rfc3339($0.at) }))
    }
    rungs = row.rungs.map {
      RungLine(
        audience: $0.rung.audience, purpose: $0.rung.purpose,
        dueAt: zone.rfc3339($0.rung.dueAt.wall), end: Lines.Nullable($0.end?.rawValue),
        endedAt: Lines.Nullable($0.endedAt.map(zone.rfc3339)))
    }
  }
}

extension Books {
  /// An alert as one line of JSON.
  func json(of row: AlertRow) async throws -> String {
    try Lines.line(AlertLine(row, try await use(of: row), of: setup.office))
  }
}

extension Alert.Audience {
  fileprivate var words: (String, Lines.Nullable<Alert.OfficersAlone>) {
    switch self {
    case .unit: ("unit", Lines.Nullable(nil))
    case .officers(let reason): ("officers", Lines.Nullable(reason))
    case .supervision: ("supervision", Lines.Nullable(nil))
    }
  }
}
