internal import GRDB
package import Vocabulary

extension Reading {
  /// The so-many-th verdict on an item, from 1.
  package func verdict(_ number: Int, of item: Item.ID) throws(LedgerFault) -> Verdict? {
    let found = try first(
      """
      SELECT *
      FROM verdict
      WHERE item = ?
      AND number = ?
      """, [item.rawValue, number], Verdict.init(row:))
    guard var verdict = found else { return nil }
    verdict.evidence = try evidence(item, number)
    verdict.nearMisses = try nearMisses(item, number)
    return verdict
  }

  private func evidence(_ item: Item.ID, _ verdict: Int) throws(LedgerFault) -> [Evidence] {
    try rows(
      """
      SELECT rule, rule_name, keyword, field, from_scalar, to_scalar, grade
      FROM evidence
      WHERE item = ?
      AND verdict = ?
      ORDER BY number
      """, [item.rawValue, verdict]
    ) { row in
      Evidence(
        rule: try row.word("rule"), ruleName: try row.text("rule_name"),
        keyword: try row.text("keyword"), field: try row.word("field"),
        start: try row.number("from_scalar"), end: try row.number("to_scalar"),
        grade: try row.word("grade"))
    }
  }

  private func nearMisses(_ item: Item.ID, _ verdict: Int) throws(LedgerFault) -> [NearMiss] {
    try rows(
      """
      SELECT rule, missing, excluded_by
      FROM near_miss
      WHERE item = ?
      AND verdict = ?
      ORDER BY number
      """, [item.rawValue, verdict]
    ) { row in
      NearMiss(
        rule: try row.word("rule"), missing: try row.list("missing"),
        excludedBy: try row.list("excluded_by"))
    }
  }
}

extension Writing {
  /// Keeps a verdict and returns its number for its item, from 1.
  @discardableResult
  package func insert(_ verdict: Verdict, at time: Instant) throws(LedgerFault) -> Int {
    let number = try count(
      """
      SELECT COALESCE(MAX(number), 0) + 1
      FROM verdict
      WHERE item = ?
      """, [verdict.item.rawValue])
    try run(
      """
      INSERT INTO verdict (
        item, number, rule_book, basis, grade, topic, kind, unit, assist, ground, place,
        may_be_conduct, judged_at, judged_boot, judged_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, [verdict.item.rawValue, number] + verdict.columns + time.columns)
    for (position, evidence) in verdict.evidence.enumerated() {
      try insert(evidence, verdict.item, number, position + 1)
    }
    for (position, nearMiss) in verdict.nearMisses.enumerated() {
      try insert(nearMiss, verdict.item, number, position + 1)
    }
    return number
  }

  private func insert(
    _ evidence: Evidence, _ item: Item.ID, _ verdict: Int, _ number: Int
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO evidence (
        item, verdict, number, rule, rule_name, keyword, field, from_scalar, to_scalar, grade)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        item.rawValue, verdict, number, evidence.rule.rawValue, evidence.ruleName,
        evidence.keyword, evidence.field.rawValue, evidence.start, evidence.end,
        evidence.grade.rawValue,
      ])
  }

  private func insert(
    _ nearMiss: NearMiss, _ item: Item.ID, _ verdict: Int, _ number: Int
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO near_miss (item, verdict, number, rule, missing, excluded_by)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        item.rawValue, verdict, number, nearMiss.rule.rawValue, nearMiss.missing.column,
        nearMiss.excludedBy.column,
      ])
  }
}

extension Verdict {
  /// Without evidence and near misses, which have rows of their own.
  init(row: Row) throws(LedgerFault) {
    self.init(
      item: try row.word("item"), ruleBook: try row.word("rule_book"),
      basis: try row.word("basis"), grade: try row.word("grade"),
      topic: try row.wordIfAny("topic"), kind: try row.word("kind"),
      unit: try row.wordIfAny("unit"),
      assist: try row.list("assist").map(UnitName.init(rawValue:)),
      ground: try row.word("ground"), place: row.textIfAny("place"),
      mayBeConduct: try row.flag("may_be_conduct"))
  }

  /// `rule_book` to `may_be_conduct`.
  var columns: Reading.Values {
    [
      ruleBook.rawValue, basis.rawValue, grade.rawValue, topic?.rawValue, kind.rawValue,
      unit?.rawValue, assist.map(\.rawValue).column, ground.rawValue,
      place, mayBeConduct,
    ]
  }
}
