internal import GRDB
package import Vocabulary

extension Reading {
  static let callsOfAlert = """
    SELECT
      envelope.notice, envelope.recipient, notice_text.subject, outbox.state, outbox.attempts,
      outbox.last_reply, outbox.doubtful, outbox.sent_at, leaving.leaves_at, leaving.reason
    FROM notice
    JOIN envelope
      ON envelope.notice = notice.id
    JOIN outbox
      ON outbox.notice = envelope.notice
      AND outbox.recipient = envelope.recipient
    LEFT JOIN notice_text
      ON notice_text.notice = notice.id
    LEFT JOIN leaving
      ON leaving.notice = notice.id
    WHERE notice.alert = ?
    AND envelope.part = 'channel'
    ORDER BY notice.drafted_at, notice.edition, notice.id, envelope.recipient
    """

  /// Whether it was said already that mail of what an alert says now has not reached a part.
  package func hasCall(
    of alert: Alert.ID, mailTo part: Part, isLost: Bool
  ) throws(LedgerFault) -> Bool {
    try isTrue(
      """
      SELECT EXISTS (
        SELECT 1
        FROM notice
        JOIN standing
          ON standing.alert = notice.alert
          AND standing.edition = notice.edition
        JOIN envelope
          ON envelope.notice = SUBSTR(notice.id, 1, LENGTH(notice.id) - LENGTH(?2))
        WHERE notice.alert = ?1
        AND notice.kind = 'call'
        AND notice.id LIKE '%' || ?2
        AND envelope.part = ?3)
      """, [alert.description, Unsent.ending(isLost: isLost), part.rawValue])
  }

  /// Every call of an alert and how far it has come, in the order of drafting.
  func calls(of alert: Alert.ID) throws(LedgerFault) -> [CallRow] {
    try rows(Reading.callsOfAlert, [alert.description]) { row in
      CallRow(
        notice: try row.word("notice"),
        channel: MailAddress(address: try row.text("recipient")).channel ?? "",
        line: row.textIfAny("subject"), state: try row.word("state"),
        attempts: try row.number("attempts"), lastReply: row.textIfAny("last_reply"),
        sentAt: row.timeIfAny("sent_at"), mayHaveBeenSentTwice: try row.flag("doubtful"),
        leaving: try row.leaving())
    }
  }
}
