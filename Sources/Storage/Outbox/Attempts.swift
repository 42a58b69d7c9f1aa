internal import GRDB
package import Vocabulary

extension Reading {
  /// Whether it is known how an attempt ended.
  package func hasReceipt(
    _ attempt: Int, of notice: Notice.ID, to recipient: MailAddress
  ) throws(LedgerFault) -> Bool {
    try isTrue(
      """
      SELECT EXISTS (
        SELECT 1
        FROM receipt
        WHERE notice = ?
        AND recipient = ?
        AND attempt = ?)
      """, [notice.rawValue, recipient.address, attempt])
  }
}

extension Writing {
  /// An attempt to deliver an envelope begins; returns its number, from 1.
  ///
  /// Commit this before a byte is sent: an attempt without a receipt is what shows, after a crash,
  /// that the recipient may hold the notice already. A daemon after whom another has begun is
  /// refused: what it held is the other's now.
  package func beginAttempt(
    notice: Notice.ID, recipient: MailAddress, incarnation: String, at time: Instant
  ) throws(LedgerFault) -> Int {
    guard try isInOffice(incarnation) else { throw .superseded }
    let number = try count(
      """
      SELECT COALESCE(MAX(number), 0) + 1
      FROM attempt
      WHERE notice = ?
      AND recipient = ?
      """, [notice.rawValue, recipient.address])
    try run(
      """
      INSERT INTO attempt (
        notice, recipient, number, incarnation, begun_at, begun_boot, begun_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, [notice.rawValue, recipient.address, number, incarnation] + time.columns)
    try project(notice, recipient)
    return number
  }

  /// How an attempt ended. Deferred without a next try means that it is given up. Once the last
  /// of the unit's notices has left, the alert's deadline for notifying stops.
  package func record(
    _ receipt: Receipt, notice: Notice.ID, recipient: MailAddress, attempt: Int,
    nextTryAt: SteadyTime?
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO receipt (
        notice, recipient, attempt, outcome, reply, code, may_have_been_sent, next_try_at,
        received_at, received_boot, received_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        notice.rawValue, recipient.address, attempt, receipt.outcome.rawValue, receipt.reply,
        receipt.code, receipt.mayHaveBeenSent, nextTryAt?.milliseconds,
      ] + receipt.at.columns)
    try project(notice, recipient)
    try passOn(
      receipt, of: notice, to: recipient, attempt: attempt, isFinal: nextTryAt == nil)
    guard receipt.outcome == .sent else { return }
    try stopDeadline(of: notice, at: receipt.at)
  }

  func stopDeadline(of notice: Notice.ID, at time: Instant) throws(LedgerFault) {
    let alert = try first(
      """
      SELECT notice.alert
      FROM notice
      JOIN standing
        ON standing.alert = notice.alert
        AND standing.edition = notice.edition
      WHERE notice.id = ?
      """, [notice.rawValue]
    ) { row in try row.alertID("alert") }
    guard let alert, let standing = try standing(alert),
      try sentAt(alert, edition: standing.number) != nil
    else { return }
    try stopNotifying(alert, at: time)
  }

  static let leftSending = """
    SELECT notice, recipient, attempts
    FROM outbox
    WHERE state = 'sending'
    AND incarnation <> ?
    ORDER BY notice, recipient
    """

  static let deferredBeyond = """
    SELECT notice, recipient, attempts
    FROM outbox
    WHERE state = 'deferred'
    AND next_try_at > ?
    ORDER BY notice, recipient
    """

  /// What an incarnation that has just begun finds becomes due at once: deferred notices, and
  /// attempts that another incarnation left without a receipt, which are marked as perhaps sent
  /// twice. Returns how many of the latter there were. The caller holds the lock.
  @discardableResult
  package func takeOver(incarnation: String, at time: Instant) throws(LedgerFault) -> Int {
    let left = try rows(Writing.leftSending, [incarnation], Unfinished.init(row:))
    for attempt in left {
      try doubt(attempt, why: "taken over", at: time)
    }
    let later = try rows(
      Writing.deferredBeyond, [time.sinceBoot], Unfinished.init(row:))
    for attempt in later {
      try project(attempt.notice, attempt.recipient)
    }
    return left.count
  }

  static let heldTooLong = """
    SELECT outbox.notice, outbox.recipient, outbox.attempts
    FROM outbox
    JOIN attempt
      ON attempt.notice = outbox.notice
      AND attempt.recipient = outbox.recipient
      AND attempt.number = outbox.attempts
    WHERE outbox.state = 'sending'
    AND outbox.incarnation = ?
    AND attempt.begun_since_boot < ?
    ORDER BY outbox.notice, outbox.recipient
    """

  /// Takes back attempts of this incarnation that began before a moment and that nobody in it
  /// knows of any more; they are tried again, marked as perhaps sent twice. Returns how many.
  @discardableResult
  package func takeBack(
    incarnation: String, begunBefore: SteadyTime, at time: Instant,
    unless isUnderWay: (Notice.ID, MailAddress) -> Bool
  ) throws(LedgerFault) -> Int {
    let held = try rows(
      Writing.heldTooLong, [incarnation, begunBefore.milliseconds], Unfinished.init(row:)
    ).filter { !isUnderWay($0.notice, $0.recipient) }
    for attempt in held { try doubt(attempt, why: "taken over", at: time) }
    return held.count
  }

  /// Everything without a final receipt may have been sent after the backup was made.
  func doubtAllUnfinished(at time: Instant) throws(LedgerFault) {
    let left = try rows(
      """
      SELECT notice, recipient, attempts
      FROM outbox
      WHERE state IN ('waiting', 'sending', 'deferred', 'held')
      ORDER BY notice, recipient
      """, [], Unfinished.init(row:))
    for attempt in left {
      try doubt(attempt, why: "restored", at: time)
    }
  }

  private func doubt(
    _ attempt: Unfinished, why: String, at time: Instant
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO doubt (
        notice, recipient, attempt, why, doubted_at, doubted_boot, doubted_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """,
      [attempt.notice.rawValue, attempt.recipient.address, attempt.number, why] + time.columns)
    try project(attempt.notice, attempt.recipient)
  }
}

/// An envelope without a final receipt, and its latest attempt; 0 where there was none.
private struct Unfinished {
  var notice: Notice.ID
  var recipient: MailAddress
  var number: Int

  init(row: Row) throws(LedgerFault) {
    notice = try row.word("notice")
    recipient = MailAddress(address: try row.text("recipient"))
    number = try row.number("attempts")
  }
}
