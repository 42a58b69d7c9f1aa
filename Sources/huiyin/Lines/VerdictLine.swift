import Vocabulary

/// A verdict as `judge` prints it.
struct VerdictLine: Encodable {
  struct EvidenceLine: Encodable {
    var rule: String
    var keyword: String
    var field: Field
    var start: Int
    var end: Int
  }

  struct NearMissLine: Encodable {
    var rule: String
    var missing: [String]
    var excludedBy: [String]
  }

  var id: ItemLine.ID
  var grade: Grade
  var topic: Lines.Nullable<String>
  var kind: Kind
  var unit: Lines.Nullable<String>
  var assist: [String]
  /// Whose place it is about: `ours`, `another`, `unknown` or `above`.
  var ground: Ground
  /// The place that it was found to be about.
  var place: Lines.Nullable<String>
  /// Whether it may be an allegation of misconduct, which the officers decide.
  var mayBeConduct: Bool
  var evidence: [EvidenceLine]
  var nearMisses: [NearMissLine]

  init(_ verdict: Verdict, on id: ItemLine.ID) {
    self.id = id
    grade = verdict.grade
    topic = Lines.Nullable(verdict.topic?.rawValue)
    kind = verdict.kind
    unit = Lines.Nullable(verdict.unit?.rawValue)
    assist = verdict.assist.map(\.rawValue)
    ground = verdict.ground
    place = Lines.Nullable(verdict.place)
    mayBeConduct = verdict.mayBeConduct
    evidence = verdict.evidence.map {
      EvidenceLine(
        rule: $0.rule.rawValue, keyword: $0.keyword, field: $0.field, start: $0.start,
        end: $0.end)
    }
    nearMisses = verdict.nearMisses.map {
      NearMissLine(rule: $0.rule.rawValue, missing: $0.missing, excludedBy: $0.excludedBy)
    }
  }
}
