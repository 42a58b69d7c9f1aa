internal import GRDB
package import Vocabulary

extension Writing {
  /// Starts a deadline of an alert; one of the same purpose that still runs is replaced by it.
  package func insert(_ deadline: Deadline, alert: Alert.ID) throws(LedgerFault) {
    try insert(deadline, alert: alert, at: deadline.startedAt)
    if deadline.purpose == .notify { try project(alert) }
  }

  func insert(_ deadline: Deadline, alert: Alert.ID, at time: Instant) throws(LedgerFault) {
    let before = try latest(deadline.purpose, of: alert)
    try run(
      """
      INSERT INTO deadline (
        alert, purpose, number, started_at, started_boot, started_since_boot, window_length, due_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, [alert.description, deadline.purpose.rawValue, before + 1] + deadline.columns)
    guard before > 0 else { return }
    try stop(deadline.purpose, before, of: alert, why: "replaced", by: before + 1, at: time)
  }

  /// The unit has been told: the running deadline for that stops.
  func stopNotifying(_ alert: Alert.ID, at time: Instant) throws(LedgerFault) {
    let running = try latest(.notify, of: alert)
    try stop(.notify, running, of: alert, why: "sent", by: nil, at: time)
  }

  private func latest(
    _ purpose: Deadline.Purpose, of alert: Alert.ID
  ) throws(LedgerFault) -> Int {
    try count(
      """
      SELECT COALESCE(MAX(number), 0)
      FROM deadline
      WHERE alert = ?
      AND purpose = ?
      """, [alert.description, purpose.rawValue])
  }

  /// The first stop counts: a later clock never overrides the first.
  private func stop(
    _ purpose: Deadline.Purpose, _ number: Int, of alert: Alert.ID, why: String,
    by next: Int?, at time: Instant
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO deadline_stop (
        alert, purpose, number, why, replaced_by, stopped_at, stopped_boot, stopped_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (alert, purpose, number) DO NOTHING
      """, [alert.description, purpose.rawValue, number, why, next] + time.columns)
  }
}

extension Reading {
  /// The deadline of an alert for a purpose, as it runs or ran last; nil where none was set.
  package func deadline(
    _ purpose: Deadline.Purpose, of alert: Alert.ID
  ) throws(LedgerFault) -> Deadline? {
    try first(
      """
      SELECT *
      FROM deadline
      WHERE alert = ?
      AND purpose = ?
      ORDER BY number DESC
      LIMIT 1
      """, [alert.description, purpose.rawValue]
    ) { row in try row.deadline() }
  }
}
