internal import GRDB
package import Vocabulary

/// A step of an alert's chain, and how it ended (催办步骤).
package struct RungRow: Sendable, Hashable {
  package var rung: Rung
  /// When it was fixed: when the alert spoke, or for a later question when it was acknowledged.
  package var plannedAt: Instant
  /// Nil while it waits.
  package var end: Rung.End?
  package var endedAt: WallTime?
}

extension Reading {
  static let dueRungs = """
    SELECT alert
    FROM waiting_rung INDEXED BY waiting_rung_by_due
    WHERE due_since_boot <= ?
    GROUP BY alert
    ORDER BY MIN(due_since_boot), alert
    LIMIT ?
    """

  /// Alerts of whose chain a step has come due, the longest due first.
  package func alertsWithDueRungs(
    at time: SteadyTime, limit: Int
  ) throws(LedgerFault) -> [Alert.ID] {
    try rows(Reading.dueRungs, [time.milliseconds, limit]) { row in try row.alertID("alert") }
  }

  static let nextRung = """
    SELECT MIN(due_since_boot) AS due
    FROM waiting_rung
    """

  /// When the next step of any chain comes due, which may be past; nil where none waits.
  package func nextRungAt() throws(LedgerFault) -> SteadyTime? {
    try first(Reading.nextRung) { row in
      row.numberIfAny("due").map(SteadyTime.init(milliseconds:))
    } ?? nil
  }

  static let rungsOfAlert = """
    SELECT rung.*, rung_end.why, rung_end.ended_at
    FROM rung
    LEFT JOIN rung_end
      ON rung_end.alert = rung.alert
      AND rung_end.number = rung.number
    WHERE rung.alert = ?
    ORDER BY rung.number
    """

  /// Every step of an alert's chains, in order.
  package func rungs(of alert: Alert.ID) throws(LedgerFault) -> [RungRow] {
    try rows(Reading.rungsOfAlert, [alert.description], RungRow.init(row:))
  }

  /// What was said of an edition of an alert and counts, in order.
  package func acknowledgements(
    of alert: Alert.ID, edition: Int
  ) throws(LedgerFault) -> [Acknowledgement] {
    try rows(
      """
      SELECT by_unit, phoned, officer, said_at
      FROM standing_word
      WHERE alert = ?
      AND edition = ?
      ORDER BY number
      """, [alert.description, edition]
    ) { row in
      Acknowledgement(
        byUnit: try row.flag("by_unit"), phoned: try row.flag("phoned"),
        officer: row.textIfAny("officer"), at: try row.time("said_at"))
    }
  }
}

extension Writing {
  /// Fixes the chain of what an alert says now; its steps are counted on from those before.
  package func insert(
    _ rungs: [Rung], alert: Alert.ID, at time: Instant
  ) throws(LedgerFault) {
    guard let standing = try standing(alert) else { throw .noSuchAlert(alert) }
    let last = try count(
      """
      SELECT COALESCE(MAX(number), 0)
      FROM rung
      WHERE alert = ?
      """, [alert.description])
    for var rung in rungs {
      rung.number += last
      try insert(rung, alert: alert, edition: standing.number, at: time)
    }
  }

  private func insert(
    _ rung: Rung, alert: Alert.ID, edition: Int, at time: Instant
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO rung (
        alert, number, edition, audience, purpose, ends_with_officer, due_at, due_boot,
        due_since_boot, planned_at, planned_boot, planned_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        alert.description, rung.number, edition, rung.audience.rawValue, rung.purpose.rawValue,
        rung.endsWithOfficer,
      ] + rung.dueAt.columns + time.columns)
    try run(
      """
      INSERT INTO waiting_rung (alert, number, due_since_boot)
      VALUES (?, ?, ?)
      """, [alert.description, rung.number, rung.dueAt.sinceBoot])
  }

  /// Ends steps of a chain; one that has ended stays as it is.
  package func end(
    _ rungs: [Rung], of alert: Alert.ID, _ end: Rung.End, at time: Instant
  ) throws(LedgerFault) {
    for rung in rungs {
      try run(
        """
        INSERT INTO rung_end (alert, number, why, ended_at, ended_boot, ended_since_boot)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (alert, number) DO NOTHING
        """, [alert.description, rung.number, end.rawValue] + time.columns)
      try run(
        """
        DELETE FROM waiting_rung
        WHERE alert = ?
        AND number = ?
        """, [alert.description, rung.number])
    }
  }

  /// Ends every step of an alert's chains that still waits, or those that an officer's word ends.
  func endWaitingRungs(
    of alert: Alert.ID, _ why: Rung.End, officersAlone: Bool = false, at time: Instant
  ) throws(LedgerFault) {
    let waiting = try rungs(of: alert).filter { row in
      row.end == nil && (row.rung.endsWithOfficer || !officersAlone)
    }
    try end(waiting.map(\.rung), of: alert, why, at: time)
  }
}

extension RungRow {
  init(row: Row) throws(LedgerFault) {
    let rung = Rung(
      number: try row.number("number"), audience: try row.word("audience"),
      purpose: try row.word("purpose"), endsWithOfficer: try row.flag("ends_with_officer"),
      dueAt: try row.instant("due"))
    self.init(
      rung: rung, plannedAt: try row.instant("planned"), end: try row.wordIfAny("why"),
      endedAt: row.timeIfAny("ended_at"))
  }
}
