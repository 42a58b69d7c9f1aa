import Vocabulary

/// A replay as `replay --json` prints it.
struct ReplayLine: Encodable {
  struct OutcomeLine: Encodable {
    var grade: Grade
    var topic: String?
    var kind: Kind
    var unit: String?

    init(_ outcome: Replay.Outcome) {
      grade = outcome.grade
      topic = outcome.topic?.rawValue
      kind = outcome.kind
      unit = outcome.unit?.rawValue
    }

    private enum CodingKeys: CodingKey { case grade, topic, kind, unit }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: CodingKeys.self)
      try object.encode(grade, forKey: .grade)
      try object.encode(topic, forKey: .topic)
      try object.encode(kind, forKey: .kind)
      try object.encode(unit, forKey: .unit)
    }
  }

  struct ChangeLine: Encodable {
    var item: String
    var url: String
    /// Empty of an allegation of misconduct.
    var title: String
    /// By which headings it is told.
    var under: [String]
    var before: OutcomeLine
    var after: OutcomeLine
    /// The rules behind what is said after.
    var rules: [String]
  }

  var items: Int
  var since: String
  /// Null where it was whatever rule book stood then.
  var before: String?
  var after: String
  /// Whether what is said after was written down.
  var applied: Bool
  var counts: [String: Int]
  var changes: [ChangeLine]

  init(_ replay: Replay, before: RuleBook.Version?, since: String, applied: Bool) {
    items = replay.count
    self.since = since
    self.before = before?.rawValue
    after = replay.ruleBook.rawValue
    self.applied = applied
    counts = Dictionary(
      uniqueKeysWithValues: Replay.Heading.allCases.map {
        ($0.rawValue, replay.changes(under: $0).count)
      })
    changes = replay.changes.map { change in
      ChangeLine(
        item: change.item.id.rawValue, url: change.item.url,
        title: change.isSealed ? "" : change.item.title,
        under: Replay.Heading.allCases.filter { $0.holds(change) }.map(\.rawValue),
        before: OutcomeLine(change.before), after: OutcomeLine(change.after),
        rules: change.isSealed ? [] : Set(change.evidence.map(\.rule.rawValue)).sorted())
    }
  }

  private enum CodingKeys: CodingKey {
    case items, since, before, after, applied, counts, changes
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(items, forKey: .items)
    try object.encode(since, forKey: .since)
    try object.encode(before, forKey: .before)
    try object.encode(after, forKey: .after)
    try object.encode(applied, forKey: .applied)
    try object.encode(counts, forKey: .counts)
    try object.encode(changes, forKey: .changes)
  }
}
