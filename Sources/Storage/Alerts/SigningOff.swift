internal import GRDB
package import Vocabulary

extension Writing {
  /// An officer signs off what an alert says now (签发): what was held for them leaves at once, and the
  /// chain begins anew with `rungs`. False where nothing is held.
  package func signOff(
    _ id: Alert.ID, by place: String, officer: String?, reason: String?, rungs: [Rung],
    at time: Instant
  ) throws(LedgerFault) -> Bool {
    guard let standing = try standing(id) else { throw .noSuchAlert(id) }
    let held = try rows(Writing.heldEnvelopes, [id.description, standing.number]) { row in
      (notice: try row.word("notice") as Notice.ID, recipient: try row.recipient())
    }
    guard !held.isEmpty else { return false }
    try run(
      """
      INSERT INTO sign_off (
        alert, edition, said_by, officer, reason, said_at, said_boot, said_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [id.description, standing.number, place, officer, reason] + time.columns)
    for envelope in held { try project(envelope.notice, envelope.recipient) }
    // Whom the unit's word, or a telephone, has told already nobody is reminded of.
    let said = try acknowledgements(of: id, edition: standing.number)
    guard !said.contains(where: \.byUnit) else { return true }
    try endWaitingRungs(of: id, .superseded, at: time)
    try insert(rungs, alert: id, at: time)
    return true
  }

  static let heldEnvelopes = """
    SELECT outbox.notice, outbox.recipient, envelope.recipient_name
    FROM notice
    JOIN outbox
      ON outbox.notice = notice.id
    JOIN envelope
      ON envelope.notice = outbox.notice
      AND envelope.recipient = outbox.recipient
    WHERE notice.alert = ?
    AND notice.edition = ?
    AND outbox.state = 'held'
    """
}

extension Reading {
  /// Who signed off an alert, and when.
  func signOffs(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT said_by, officer, reason, said_at
      FROM sign_off
      WHERE alert = ?
      ORDER BY edition
      """, [id.description]
    ) { row in
      CourseStep(
        at: try row.time("said_at"),
        what: Phrase(zh: "签发", en: "signed off").said(
          by: try row.text("said_by"), row.textIfAny("officer"),
          because: row.textIfAny("reason")))
    }
  }
}
