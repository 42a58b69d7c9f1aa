internal import GRDB
package import Vocabulary

/// Something in the ledger that cannot be where everything works (稽核发现).
package enum AuditFinding: Sendable, Hashable {
  /// An envelope that has still to leave and that nobody will try, or that stands in the outbox
  /// otherwise than its attempts and receipts say.
  case envelope(Notice.ID, MailAddress)
  /// An open alert of which nobody has been or will be told, or that stands otherwise than what was
  /// said of it.
  case alert(Alert.ID)
  /// An alert with a step of its chain that is long due and not taken, or that nobody would take.
  case chain(Alert.ID)
}

extension Reading {
  static let envelopesAstray = """
    SELECT outbox.notice, outbox.recipient
    FROM outbox
    WHERE outbox.state NOT IN ('sent', 'failed')
    AND NOT EXISTS (
      SELECT 1
      FROM outbox_by_facts AS facts
      WHERE facts.notice = outbox.notice
      AND facts.recipient = outbox.recipient
      AND facts.state = outbox.state
      AND facts.attempts = outbox.attempts
      AND facts.next_try_at IS outbox.next_try_at
      AND (
        facts.next_try_at IS NOT NULL
        OR facts.state = 'sending'
        OR EXISTS (
          SELECT 1
          FROM gathering
          JOIN outbox AS batch
            ON batch.notice = gathering.batch
            AND batch.recipient = gathering.recipient
          WHERE gathering.notice = outbox.notice
          AND gathering.recipient = outbox.recipient
          AND batch.state NOT IN ('sent', 'failed'))))
    ORDER BY outbox.leaves_by
    LIMIT ?
    """

  static let alertsAstray = """
    SELECT standing.alert
    FROM standing
    WHERE standing.state IN ('open', 'returned')
    AND (
      NOT EXISTS (
        SELECT 1
        FROM standing_by_facts AS facts
        WHERE facts.alert = standing.alert
        AND facts.edition = standing.edition
        AND facts.state = standing.state
        AND facts.awaits_unit = standing.awaits_unit
        AND facts.due_at = standing.due_at)
      OR NOT EXISTS (
        SELECT 1
        FROM notice
        JOIN outbox
          ON outbox.notice = notice.id
        WHERE notice.alert = standing.alert
        AND notice.edition = standing.edition
        AND notice.kind <> 'call'))
    ORDER BY standing.alert
    LIMIT ?
    """

  static let chainsOverdue = """
    SELECT alert
    FROM waiting_rung INDEXED BY waiting_rung_by_due
    WHERE due_since_boot < ?
    GROUP BY alert
    ORDER BY MIN(due_since_boot), alert
    LIMIT ?
    """

  static let chainsForgotten = """
    SELECT DISTINCT rung.alert
    FROM standing
    JOIN rung
      ON rung.alert = standing.alert
    WHERE (standing.state IN ('open', 'returned') OR standing.awaits_unit = 1)
    AND NOT EXISTS (
      SELECT 1
      FROM rung_end
      WHERE rung_end.alert = rung.alert
      AND rung_end.number = rung.number)
    AND NOT EXISTS (
      SELECT 1
      FROM waiting_rung
      WHERE waiting_rung.alert = rung.alert
      AND waiting_rung.number = rung.number)
    ORDER BY rung.alert
    LIMIT ?
    """

  /// What of all that is not yet done is not as it must be, so many of each kind at most. It asks
  /// only of what is open, so that years of what is done do not make it slow. A step of a chain must
  /// have been taken that was due before a moment.
  package func audit(
    limit: Int, remindedBy: SteadyTime = .beginning
  ) throws(LedgerFault) -> [AuditFinding] {
    let envelopes = try rows(Reading.envelopesAstray, [limit]) { row in
      AuditFinding.envelope(
        try row.word("notice"), MailAddress(address: try row.text("recipient")))
    }
    let alerts = try rows(Reading.alertsAstray, [limit]) { row in
      AuditFinding.alert(try row.alertID("alert"))
    }
    let overdue = try rows(Reading.chainsOverdue, [remindedBy.milliseconds, limit]) { row in
      AuditFinding.chain(try row.alertID("alert"))
    }
    let forgotten = try rows(Reading.chainsForgotten, [limit]) { row in
      AuditFinding.chain(try row.alertID("alert"))
    }
    return envelopes + alerts + overdue + forgotten.filter { !overdue.contains($0) }
  }
}

extension Writing {
  /// Reads off its facts again where each of them stands, which mends what only the copy had wrong.
  package func mend(_ findings: [AuditFinding]) throws(LedgerFault) {
    for finding in findings {
      switch finding {
      case .envelope(let notice, let recipient): try project(notice, recipient)
      case .alert(let alert):
        try project(alert)
        try projectNotices(of: alert)
      case .chain(let alert): try projectChain(of: alert)
      }
    }
  }

  private func projectChain(of alert: Alert.ID) throws(LedgerFault) {
    try run("DELETE FROM waiting_rung WHERE alert = ?", [alert.description])
    try run(
      """
      INSERT INTO waiting_rung
      SELECT *
      FROM waiting_rung_by_facts
      WHERE alert = ?
      """, [alert.description])
  }

  private func projectNotices(of alert: Alert.ID) throws(LedgerFault) {
    try run(
      """
      INSERT INTO outbox
      SELECT facts.*
      FROM outbox_by_facts AS facts
      JOIN notice
        ON notice.id = facts.notice
      WHERE notice.alert = ?
      ON CONFLICT (notice, recipient) DO NOTHING
      """, [alert.description])
  }
}
