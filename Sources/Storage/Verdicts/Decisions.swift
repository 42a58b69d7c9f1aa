internal import GRDB
package import Vocabulary

extension Reading {
  /// What was decided on one verdict.
  func decision(on verdict: Int, of item: Item.ID) throws(LedgerFault) -> Decision? {
    try first(
      """
      SELECT *
      FROM decision
      WHERE item = ?
      AND verdict = ?
      """, [item.rawValue, verdict], Decision.init(row:))
  }
}

extension Writing {
  /// Keeps what was decided on a verdict.
  package func insert(
    _ decision: Decision, item: Item.ID, verdict: Int, at time: Instant
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO decision (
        item, verdict, word, alert, grade, audience, audience_of, purpose, started_at,
        started_boot, started_since_boot, window_length, due_at, reason, decided_at, decided_boot,
        decided_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, [item.rawValue, verdict] + decision.columns + time.columns)
  }
}

extension Decision {
  /// `word` to `reason`.
  var columns: Reading.Values {
    switch self {
    case .raise(let grade, let audience, let deadline):
      return ["raise", nil] + Decision.told(grade, audience, deadline) + [nil]
    case .update(let alert, let grade, let audience, let deadline, let reason):
      return ["update", alert.description] + Decision.told(grade, audience, deadline)
        + [reason.rawValue]
    case .merge(let alert, let reason):
      return ["merge", alert.description] + Decision.untold + [reason.rawValue]
    case .file(let reason):
      return ["file", nil] + Decision.untold + [reason.rawValue]
    }
  }

  private static var untold: Reading.Values { Reading.Values(repeating: nil, count: 9) }

  private static func told(
    _ grade: Grade, _ audience: Alert.Audience, _ deadline: Deadline
  ) -> Reading.Values {
    [grade.rawValue] + audience.columns + [deadline.purpose.rawValue] + deadline.columns
  }
}

extension Decision {
  init(row: Row) throws(LedgerFault) {
    switch try row.text("word") {
    case "raise":
      self = .raise(
        grade: try row.word("grade"), audience: try row.audience(), deadline: try row.deadline())
    case "update":
      self = .update(
        try row.alertID("alert"), grade: try row.word("grade"), audience: try row.audience(),
        deadline: try row.deadline(), try row.word("reason"))
    case "merge": self = .merge(into: try row.alertID("alert"), try row.word("reason"))
    case "file": self = .file(try row.word("reason"))
    default: throw .damaged
    }
  }
}
