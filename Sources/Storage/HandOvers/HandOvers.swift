internal import GRDB
package import Vocabulary

// What is handed over at a change of shifts is read off the ledger as it stands when the list is
// drafted; that it was drafted is written with it, so that no change has two lists.

extension Reading {
  /// The last change of shifts by a moment whose list was drafted; nil where there is none.
  package func lastHandOver(by time: WallTime) throws(LedgerFault) -> WallTime? {
    try first(
      """
      SELECT MAX(to_at) AS at
      FROM hand_over
      WHERE to_at <= ?
      AND untimely = 0
      """, [time.milliseconds]
    ) { row in row.timeIfAny("at") } ?? nil
  }

  /// The number of the next list of a change: 1, and more where one was drafted before its time.
  package func nextNumber(ofListAt change: WallTime) throws(LedgerFault) -> Int {
    try count(
      """
      SELECT COUNT(*) + 1
      FROM hand_over
      WHERE to_at = ?
      """, [change.milliseconds])
  }

  static let feedbackDue = """
    SELECT deadline.alert
    FROM deadline
    JOIN standing
      ON standing.alert = deadline.alert
    WHERE deadline.purpose = 'feedback'
    AND deadline.due_at >= ?
    AND deadline.due_at < ?
    AND standing.state <> 'closed'
    AND NOT EXISTS (
      SELECT 1
      FROM deadline_stop
      WHERE deadline_stop.alert = deadline.alert
      AND deadline_stop.purpose = deadline.purpose
      AND deadline_stop.number = deadline.number)
    ORDER BY deadline.due_at, deadline.alert
    """

  /// Alerts that are not closed and whose unit is to report in a span, in order.
  package func feedbackDue(from: WallTime, to: WallTime) throws(LedgerFault) -> [Alert.ID] {
    try rows(Reading.feedbackDue, [from.milliseconds, to.milliseconds]) { row in
      try row.alertID("alert")
    }
  }

  // What was withdrawn has no need to arrive; in both languages, for the ledger keeps sentences.
  static let lostMail = """
    SELECT
      outbox.recipient, envelope.recipient_name, outbox.state, outbox.last_reply, notice.alert
    FROM outbox
    JOIN envelope
      ON envelope.notice = outbox.notice
      AND envelope.recipient = outbox.recipient
    JOIN notice
      ON notice.id = outbox.notice
    LEFT JOIN standing
      ON standing.alert = notice.alert
    WHERE outbox.state IN ('deferred', 'failed')
    AND (
      outbox.state = 'deferred'
      OR (
        outbox.last_reply NOT LIKE '已撤回%'
        AND outbox.last_reply NOT LIKE 'withdrawn%'
        AND EXISTS (
          SELECT 1
          FROM receipt
          WHERE receipt.notice = outbox.notice
          AND receipt.recipient = outbox.recipient
          AND receipt.attempt = outbox.attempts
          AND receipt.received_at >= ?)))
    AND COALESCE(standing.state, '') <> 'closed'
    ORDER BY outbox.recipient, notice.drafted_at
    """

  /// Mail that was given up since a moment, or has not left yet because it was refused or unanswered,
  /// by recipient.
  package func lostMail(since: WallTime) throws(LedgerFault) -> [HandOverList.LostMail] {
    let letters = try rows(Reading.lostMail, [since.milliseconds]) { row in
      (
        recipient: try row.recipient(), isFailed: try row.text("state") == "failed",
        reply: row.textIfAny("last_reply"),
        alert: row.textIfAny("alert") == nil ? nil : try row.alertID("alert")
      )
    }
    var lost: [HandOverList.LostMail] = []
    for letter in letters {
      if lost.last?.recipient.address != letter.recipient.address {
        lost.append(HandOverList.LostMail(to: letter.recipient, failed: 0, deferred: 0))
      }
      let last = lost.count - 1
      lost[last].failed += letter.isFailed ? 1 : 0
      lost[last].deferred += letter.isFailed ? 0 : 1
      lost[last].reply = letter.reply ?? lost[last].reply
      if let alert = letter.alert, !lost[last].alerts.contains(alert) {
        lost[last].alerts.append(alert)
      }
    }
    return lost
  }
}

extension Writing {
  /// Writes down that the list of a change of shifts is drafted; false where it was before.
  package func insertHandOver(of change: WallTime, at time: Instant) throws(LedgerFault) -> Bool {
    guard try lastHandOver(by: change) != change else { return false }
    try run(
      """
      INSERT INTO hand_over (
        to_at, number, drafted_at, drafted_boot, drafted_since_boot, untimely)
      VALUES (?, ?, ?, ?, ?, 0)
      """, [change.milliseconds, try nextNumber(ofListAt: change)] + time.columns)
    return true
  }
}
