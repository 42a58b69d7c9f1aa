internal import GRDB
package import Vocabulary

extension Writing {
  /// Keeps a notice with one envelope a recipient, to leave at its time.
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
        id, kind, alert, edition, grade, due_at, drafted_at, drafted_boot,
        drafted_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        notice.id.rawValue, notice.kind.rawValue, notice.alert?.description,
        try edition(of: notice), notice.grade?.rawValue, notice.dueAt?.milliseconds,
      ] + time.columns)
    try run(
      """
      INSERT INTO notice_text (notice, subject, text, html)
      VALUES (?, ?, ?, ?)
      """, [notice.id.rawValue, notice.subject, notice.text, notice.html])
    if let leaving = notice.leaving { try insert(leaving, of: notice.id, at: time) }
    if let listing = notice.listing { try insert(listing, of: notice.id) }
    for envelope in envelopes {
      try insert(envelope.recipient, of: notice.id, envelope.messageID, envelope.inReplyTo)
    }
    return true
  }

  /// The wall says when people expect it, the line when it is: the distance from now is the same.
  private func insert(
    _ leaving: LeavingTime, of notice: Notice.ID, at now: Instant
  ) throws(LedgerFault) {
    let then = now.steady + (leaving.at - now.wall)
    try run(
      """
      INSERT INTO leaving (notice, leaves_at, leaves_since_boot, reason)
      VALUES (?, ?, ?, ?)
      """,
      [notice.rawValue, leaving.at.milliseconds, then.milliseconds, leaving.reason.rawValue])
  }

  private func insert(_ listing: Notice.Listing, of notice: Notice.ID) throws(LedgerFault) {
    try run(
      """
      INSERT INTO notice_listing (notice, title, gist, url, found_at, in_trial)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        notice.rawValue, listing.title, listing.gist, listing.url, listing.foundAt.milliseconds,
        listing.inTrial,
      ])
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

  /// The Message-ID under which a recipient gets the first notice of an alert, its batch's where
  /// there is one; nil where there is no notice.
  package func firstMessageID(
    alert: Alert.ID, recipient: MailAddress
  ) throws(LedgerFault) -> String? {
    try first(
      """
      SELECT COALESCE(cover.message_id, envelope.message_id) AS message_id
      FROM notice
      JOIN envelope
        ON envelope.notice = notice.id
      \(Reading.joinBatch)
      WHERE notice.alert = ?
      AND envelope.recipient = ?
      ORDER BY notice.drafted_at, notice.edition, notice.id
      LIMIT 1
      """, [alert.description, recipient.address]
    ) { row in try row.text("message_id") }
  }

  // The batch that an envelope leaves in, unless that was given up, and where it stands.
  private static let joinBatch = """
    LEFT JOIN gathering
      ON gathering.notice = envelope.notice
      AND gathering.recipient = envelope.recipient
    LEFT JOIN outbox AS batch
      ON batch.notice = gathering.batch
      AND batch.recipient = gathering.recipient
      AND batch.state <> 'failed'
    LEFT JOIN envelope AS cover
      ON cover.notice = batch.notice
      AND cover.recipient = batch.recipient
    """

  static let noticesOfAlert = """
    SELECT
      envelope.notice, notice.kind, envelope.recipient, envelope.recipient_name, envelope.part,
      COALESCE(cover.message_id, envelope.message_id) AS message_id,
      COALESCE(batch.state, outbox.state) AS state,
      COALESCE(batch.attempts, outbox.attempts) AS attempts,
      COALESCE(batch.last_reply, outbox.last_reply) AS last_reply,
      COALESCE(batch.doubtful, outbox.doubtful) AS doubtful,
      outbox.sent_at, leaving.leaves_at, leaving.reason, batch.notice AS batch,
      (leaving.notice IS NOT NULL OR notice.kind = 'reminder')
        AND notice.edition < standing.edition AS is_replaced
    FROM notice
    JOIN envelope
      ON envelope.notice = notice.id
    JOIN outbox
      ON outbox.notice = envelope.notice
      AND outbox.recipient = envelope.recipient
    JOIN standing
      ON standing.alert = notice.alert
    LEFT JOIN leaving
      ON leaving.notice = envelope.notice
    \(joinBatch)
    WHERE notice.alert = ?
    AND envelope.part <> 'channel'
    ORDER BY notice.drafted_at, notice.edition, notice.id, envelope.recipient
    """

  /// Every envelope of an alert that leaves by mail and how far it has come, in the order of drafting.
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
      mayHaveBeenSentTwice: try row.flag("doubtful"), leaving: try row.leaving(),
      batch: try row.wordIfAny("batch"), isReplaced: try row.flag("is_replaced"))
  }
}

extension Row {
  func leaving() throws(LedgerFault) -> LeavingTime? {
    guard let at = timeIfAny("leaves_at") else { return nil }
    return LeavingTime(at: at, reason: try word("reason"))
  }

  func recipient() throws(LedgerFault) -> MailAddress {
    MailAddress(name: textIfAny("recipient_name"), address: try text("recipient"))
  }
}
