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
    WHERE standing.state = 'open'
    AND (
      NOT EXISTS (
        SELECT 1
        FROM standing_by_facts AS facts
        WHERE facts.alert = standing.alert
        AND facts.edition = standing.edition
        AND facts.state = standing.state
        AND facts.due_at = standing.due_at)
      OR NOT EXISTS (
        SELECT 1
        FROM notice
        JOIN outbox
          ON outbox.notice = notice.id
        WHERE notice.alert = standing.alert
        AND notice.edition = standing.edition))
    ORDER BY standing.alert
    LIMIT ?
    """

  /// What of all that is not yet done is not as it must be, so many of each kind at most. It asks
  /// only of what is open, so that years of what is done do not make it slow.
  package func audit(limit: Int) throws(LedgerFault) -> [AuditFinding] {
    let envelopes = try rows(Reading.envelopesAstray, [limit]) { row in
      AuditFinding.envelope(
        try row.word("notice"), MailAddress(address: try row.text("recipient")))
    }
    let alerts = try rows(Reading.alertsAstray, [limit]) { row in
      AuditFinding.alert(try row.alertID("alert"))
    }
    return envelopes + alerts
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
      }
    }
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
