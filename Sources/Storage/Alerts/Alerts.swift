internal import GRDB
package import Vocabulary

extension Writing {
  /// Takes the next number of a year; it is used up even if no alert follows in this transaction.
  package func nextAlertID(year: Int) throws(LedgerFault) -> Alert.ID {
    let number = try count(
      """
      INSERT INTO alert_number (year, last)
      VALUES (?, 1)
      ON CONFLICT (year) DO UPDATE SET last = last + 1
      RETURNING last
      """, [year])
    return Alert.ID(year: year, number: number)
  }

  /// Keeps an alert that is raised, and its deadline; `verdict` is the number of its item's verdict.
  package func insert(_ alert: Alert, verdict: Int, unit: UnitName?) throws(LedgerFault) {
    try run(
      """
      INSERT INTO alert (id, year, number, item, raised_at, raised_boot, raised_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [alert.id.description, alert.id.year, alert.id.number, alert.item.rawValue]
        + alert.raisedAt.columns)
    let first = Edition(
      alert: alert.id, number: 1, grade: alert.grade, audience: alert.audience, unit: unit,
      verdictItem: alert.item, verdict: verdict)
    try insert(first, at: alert.raisedAt)
    try insert(alert.deadline, alert: alert.id, at: alert.raisedAt)
    try project(alert.id)
  }

  /// An alert speaks again: returns the edition, from 2, which nobody has acknowledged yet. What
  /// still waits of its chain ends.
  ///
  /// The verdict is one on the alert's own item unless `item` names another that carries its text.
  package func update(
    _ id: Alert.ID, grade: Grade, audience: Alert.Audience, deadline: Deadline,
    reason: Decision.UpdateReason, direction: Direction? = nil, verdict: Int,
    of item: Item.ID? = nil, at time: Instant
  ) throws(LedgerFault) -> Int {
    guard let before = try standing(id) else { throw .noSuchAlert(id) }
    var next = before
    next.number += 1
    next.grade = grade
    next.audience = audience
    if case .unit(let unit) = audience { next.unit = unit }
    next.verdictItem = if let item { item } else { try ownItem(of: id) }
    next.verdict = verdict
    next.reason = reason
    try endWaitingRungs(of: id, .superseded, at: time)
    try insert(next, at: time)
    if let direction { try insert(direction, alert: id, edition: next.number) }
    try insert(deadline, alert: id, at: time)
    try project(id)
    return next.number
  }

  private func insert(
    _ direction: Direction, alert: Alert.ID, edition: Int
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO direction (alert, edition, said_by, officer, reason)
      VALUES (?, ?, ?, ?, ?)
      """,
      [alert.description, edition, direction.by, direction.officer, direction.reason])
  }

  private func insert(_ edition: Edition, at time: Instant) throws(LedgerFault) {
    try run(
      """
      INSERT INTO alert_edition (
        alert, number, verdict_item, verdict, grade, audience, audience_of, unit, reason,
        spoken_at, spoken_boot, spoken_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        edition.alert.description, edition.number, edition.verdictItem.rawValue, edition.verdict,
        edition.grade.rawValue,
      ] + edition.audience.columns + [edition.unit?.rawValue, edition.reason?.rawValue]
        + time.columns)
  }

  static let projectAlert = """
    INSERT INTO standing
    SELECT *
    FROM standing_by_facts
    WHERE alert = ?
    ON CONFLICT (alert) DO UPDATE SET
      edition = excluded.edition,
      grade = excluded.grade,
      audience = excluded.audience,
      audience_of = excluded.audience_of,
      unit = excluded.unit,
      verdict_item = excluded.verdict_item,
      verdict = excluded.verdict,
      due_at = excluded.due_at,
      state = excluded.state,
      acknowledged_at = excluded.acknowledged_at,
      awaits_unit = excluded.awaits_unit
    """

  /// Writes where an alert stands, read off its facts.
  func project(_ id: Alert.ID) throws(LedgerFault) {
    try run(Writing.projectAlert, [id.description])
  }
}

extension Reading {
  /// What an alert says now.
  func standing(_ id: Alert.ID) throws(LedgerFault) -> Edition? {
    try first(
      """
      SELECT *
      FROM standing
      WHERE alert = ?
      """, [id.description], Edition.init(standing:))
  }

  /// The verdict that an alert stands on now, by its item and its number.
  package func verdictInForce(
    of id: Alert.ID
  ) throws(LedgerFault) -> (item: Item.ID, number: Int) {
    guard let standing = try standing(id) else { throw .noSuchAlert(id) }
    return (standing.verdictItem, standing.verdict)
  }

  /// The item an alert was raised for.
  func ownItem(of id: Alert.ID) throws(LedgerFault) -> Item.ID {
    let item: Item.ID? = try first(
      """
      SELECT item
      FROM alert
      WHERE id = ?
      """, [id.description]
    ) { row in try row.word("item") }
    guard let item else { throw .noSuchAlert(id) }
    return item
  }
}

extension LedgerFault {
  /// There is no alert of that number.
  package static func noSuchAlert(_ id: Alert.ID) -> LedgerFault {
    noSuch(Phrase(zh: "编号为 \(id) 的预警", en: "alert of the number \(id)"))
  }
}

/// What an alert said one of the times it spoke (版次).
struct Edition {
  var alert: Alert.ID
  /// From 1.
  var number: Int
  var grade: Grade
  var audience: Alert.Audience
  var unit: UnitName?
  /// Whose verdict it stands on: the alert's own item or another with its text.
  var verdictItem: Item.ID
  var verdict: Int
  /// Nil for the first.
  var reason: Decision.UpdateReason?
}

extension Edition {
  init(standing row: Row) throws(LedgerFault) {
    self.init(
      alert: try row.alertID("alert"), number: try row.number("edition"),
      grade: try row.word("grade"), audience: try row.audience(),
      unit: try row.wordIfAny("unit"), verdictItem: try row.word("verdict_item"),
      verdict: try row.number("verdict"))
  }
}
