internal import GRDB
package import Vocabulary

extension Writing {
  /// Keeps a notice with one envelope a recipient, to leave at once.
  ///
  /// A notice drafted twice is the same notice: where one of that id is there already, nothing
  /// changes and the answer is false.
  @discardableResult
  package func insert(
    _ notice: Notice, envelopes: [(recipient: Recipient, messageID: String, inReplyTo: String?)],
    at time: Instant
  ) throws(LedgerFault) -> Bool {
    guard try !noticeExists(notice.id) else { return false }
    try run(
      """
      INSERT INTO notice (
        id, kind, alert, edition, grade, due_at, send_at, drafted_at, drafted_boot,
        drafted_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        notice.id.rawValue, notice.kind.rawValue, notice.alert?.description,
        try edition(of: notice), notice.grade?.rawValue, notice.dueAt?.milliseconds,
        time.wall.milliseconds,
      ] + time.columns)
    try run(
      """
      INSERT INTO notice_text (notice, subject, text, html)
      VALUES (?, ?, ?, ?)
      """, [notice.id.rawValue, notice.subject, notice.text, notice.html])
    for envelope in envelopes {
      try insert(envelope.recipient, of: notice.id, envelope.messageID, envelope.inReplyTo)
    }
    return true
  }

  private func edition(of notice: Notice) throws(LedgerFault) -> Int? {
    guard let alert = notice.alert else { return nil }
    guard let standing = try standing(alert) else { throw .noSuchAlert(alert) }
    return standing.number
  }

  /// An address that has two parts in a notice gets it once.
  private func insert(
    _ recipient: Recipient, of notice: Notice.ID, _ messageID: String, _ inReplyTo: String?
  ) throws(LedgerFault) {
    let added = try run(
      """
      INSERT INTO envelope (notice, recipient, recipient_name, part, message_id, in_reply_to)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (notice, recipient) DO NOTHING
      """,
      [
        notice.rawValue, recipient.address.address, recipient.address.name,
        recipient.part.rawValue, messageID, inReplyTo,
      ])
    guard added > 0 else { return }
    try project(notice, recipient.address)
  }

  static let projectEnvelope = """
    INSERT INTO outbox
    SELECT *
    FROM outbox_by_facts
    WHERE notice = ?
    AND recipient = ?
    ON CONFLICT (notice, recipient) DO UPDATE SET
      state = excluded.state,
      next_try_at = excluded.next_try_at,
      attempts = excluded.attempts,
      urgency = excluded.urgency,
      leaves_by = excluded.leaves_by,
      incarnation = excluded.incarnation,
      last_reply = excluded.last_reply,
      sent_at = excluded.sent_at,
      doubtful = excluded.doubtful
    """

  /// Writes where an envelope stands, read off its facts.
  func project(_ notice: Notice.ID, _ recipient: MailAddress) throws(LedgerFault) {
    try run(Writing.projectEnvelope, [notice.rawValue, recipient.address])
  }
}

extension Reading {
  /// Whether a notice of that id was drafted before.
  package func noticeExists(_ id: Notice.ID) throws(LedgerFault) -> Bool {
    try isTrue(
      """
      SELECT EXISTS (SELECT 1 FROM notice WHERE id = ?)
      """, [id.rawValue])
  }

  /// The Message-ID of the first notice of an alert to a recipient; nil where there is none.
  package func firstMessageID(
    alert: Alert.ID, recipient: MailAddress
  ) throws(LedgerFault) -> String? {
    try first(
      """
      SELECT envelope.message_id
      FROM notice
      JOIN envelope
        ON envelope.notice = notice.id
      WHERE notice.alert = ?
      AND envelope.recipient = ?
      ORDER BY notice.drafted_at, notice.edition, notice.id
      LIMIT 1
      """, [alert.description, recipient.address]
    ) { row in try row.text("message_id") }
  }

  static let noticesOfAlert = """
    SELECT notice.kind, envelope.recipient_name, envelope.part, envelope.message_id, outbox.*
    FROM notice
    JOIN envelope
      ON envelope.notice = notice.id
    JOIN outbox
      ON outbox.notice = envelope.notice
      AND outbox.recipient = envelope.recipient
    WHERE notice.alert = ?
    ORDER BY notice.drafted_at, notice.edition, notice.id, envelope.recipient
    """

  /// Every envelope of an alert and how far it has come, in the order of drafting.
  func notices(of alert: Alert.ID) throws(LedgerFault) -> [NoticeRow] {
    try rows(Reading.noticesOfAlert, [alert.description], NoticeRow.init(row:))
  }
}

extension NoticeRow {
  init(row: Row) throws(LedgerFault) {
    self.init(
      notice: try row.word("notice"), kind: try row.word("kind"),
      recipient: try row.recipient(), part: try row.word("part"), state: try row.word("state"),
      messageID: try row.text("message_id"), attempts: try row.number("attempts"),
      lastReply: row.textIfAny("last_reply"), sentAt: row.timeIfAny("sent_at"),
      mayHaveBeenSentTwice: try row.flag("doubtful"))
  }
}

extension Row {
  func recipient() throws(LedgerFault) -> MailAddress {
    MailAddress(name: textIfAny("recipient_name"), address: try text("recipient"))
  }
}
