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
  }

  var id: String
  var grade: Grade
  var state: Alert.State
  var unit: Lines.Nullable<String>
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
  var reason: String
  var notices: [NoticeLine]

  init(_ row: AlertRow, zone: OfficeZone, language: Language) {
    let isSealed = row.isConduct
    id = row.id.description
    grade = row.alert.grade
    state = row.state
    unit = Lines.Nullable(isSealed ? nil : row.unit?.rawValue)
    topic = Lines.Nullable(row.topic?.rawValue)
    kind = row.kind
    title = isSealed ? "" : row.item.title
    url = isSealed ? "" : row.item.url
    feed = row.feed.rawValue
    publishedAt = Lines.Nullable(row.item.published.moment.map(zone.rfc3339))
    foundAt = zone.rfc3339(row.item.foundAt.wall)
    raisedAt = zone.rfc3339(row.alert.raisedAt.wall)
    dueAt = zone.rfc3339(row.alert.deadline.dueAt)
    sentAt = Lines.Nullable(row.sentAt.map(zone.rfc3339))
    acknowledgedAt = Lines.Nullable(row.acknowledgedAt.map(zone.rfc3339))
    reason = row.reasonInWords(language)
    notices = row.notices.map {
      NoticeLine(
        recipient: $0.recipient.address, state: $0.state, messageId: $0.messageID,
        attempts: $0.attempts, kind: $0.kind, sentAt: Lines.Nullable($0.sentAt.map(zone.rfc3339)),
        mayHaveBeenSentTwice: $0.mayHaveBeenSentTwice)
    }
  }
}

extension AlertRow {
  /// An allegation of misconduct, whose text is for the supervising office alone.
  var isConduct: Bool { alert.audience == .supervision || kind == .conduct }

  /// Why it was raised: the rules, and the words that met them.
  func reasonInWords(_ language: Language) -> String {
    guard !isConduct else {
      return Phrase(zh: "检举控告件，内容仅送监督单位", en: "an allegation of misconduct")[language]
    }
    var words: [String: [String]] = [:]
    var order: [String] = []
    for evidence in verdict.evidence {
      if words[evidence.ruleName] == nil { order.append(evidence.ruleName) }
      if words[evidence.ruleName, default: []].contains(evidence.keyword) { continue }
      words[evidence.ruleName, default: []].append(evidence.keyword)
    }
    let parts = order.map { name in
      Phrase(
        zh: "\(name)：\(words[name, default: []].joined(separator: "、"))",
        en: "\(name): \(words[name, default: []].joined(separator: ", "))")[language]
    }
    return parts.joined(separator: language == .zh ? "；" : "; ")
  }
}
