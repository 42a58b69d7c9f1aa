internal import GRDB
package import Vocabulary

// Gathering: several notices to one recipient leave as one.
//
// Each was put into the outbox when its alert was raised, so an alert never stands without its
// notices, and where nothing gathers them they leave one by one. A batch is a notice like any
// other; what it gathered keeps its own envelopes, which wait for the batch's. Once the batch is
// sent, each of them gets its attempt and its receipt in the same transaction, so that alerts and
// deadlines need to know nothing of batches; once the batch is given up, they leave by themselves.

/// An envelope that may leave together with others.
package struct Gatherable: Sendable, Hashable {
  package var notice: Notice.ID
  package var recipient: Recipient
  package var kind: Notice.Kind
  package var inTrial: Bool
  package var leavesBy: SteadyTime

  /// An envelope whose time has come.
  package init(
    notice: Notice.ID, recipient: Recipient, kind: Notice.Kind, inTrial: Bool,
    leavesBy: SteadyTime
  ) {
    self.notice = notice
    self.recipient = recipient
    self.kind = kind
    self.inTrial = inTrial
    self.leavesBy = leavesBy
  }
}

extension Reading {
  static let gatherable = """
    SELECT
      outbox.notice, outbox.recipient, outbox.leaves_by, envelope.recipient_name, envelope.part,
      notice.kind, notice_listing.in_trial
    FROM outbox
    JOIN notice_listing
      ON notice_listing.notice = outbox.notice
    JOIN envelope
      ON envelope.notice = outbox.notice
      AND envelope.recipient = outbox.recipient
    JOIN notice
      ON notice.id = outbox.notice
    JOIN standing
      ON standing.alert = notice.alert
      AND standing.edition = notice.edition
    WHERE standing.state <> 'closed'
    AND outbox.next_try_at <= ?
    AND outbox.attempts = 0
    AND outbox.urgency = 1
    AND NOT EXISTS (
      SELECT 1
      FROM gathering
      WHERE gathering.notice = outbox.notice
      AND gathering.recipient = outbox.recipient)
    ORDER BY outbox.leaves_by, outbox.notice, outbox.recipient
    """

  /// Envelopes whose time has come, that were never tried and may leave with others, without those
  /// that are to be withdrawn; the one that must leave first comes first.
  package func gatherableEnvelopes(at time: SteadyTime) throws(LedgerFault) -> [Gatherable] {
    try rows(Reading.gatherable, [time.milliseconds], Gatherable.init(row:))
  }

  static let paper = """
    SELECT
      notice.id, notice.alert, notice.due_at, notice_text.text, notice_text.html,
      notice_listing.title, notice_listing.gist, notice_listing.url, notice_listing.found_at,
      notice_listing.in_trial
    FROM outbox
    JOIN notice
      ON notice.id = outbox.notice
    JOIN notice_text
      ON notice_text.notice = outbox.notice
    JOIN notice_listing
      ON notice_listing.notice = outbox.notice
    WHERE outbox.notice = ?
    AND outbox.recipient = ?
    AND outbox.state IN ('waiting', 'held')
    AND outbox.attempts = 0
    AND NOT EXISTS (
      SELECT 1
      FROM gathering
      WHERE gathering.notice = outbox.notice
      AND gathering.recipient = outbox.recipient)
    """

  /// A notice as a batch holds it; nil where it may not be gathered any more.
  package func paper(
    _ notice: Notice.ID, to recipient: MailAddress
  ) throws(LedgerFault) -> Batch.Paper? {
    guard try withdrawal(of: notice) == nil else { return nil }
    return try first(
      Reading.paper, [notice.rawValue, recipient.address], Batch.Paper.init(row:))
  }

  static let papersOfBatch = """
    SELECT notice
    FROM gathering
    WHERE batch = ?
    ORDER BY notice
    """

  /// The notices that a batch gathered; none for any other notice.
  func papers(in batch: Notice.ID) throws(LedgerFault) -> [Notice.ID] {
    try rows(Reading.papersOfBatch, [batch.rawValue]) { row in try row.word("notice") }
  }

  static let leavings = """
    SELECT leaving.leaves_at, leaving.reason, COUNT(*) AS envelopes
    FROM outbox
    JOIN leaving
      ON leaving.notice = outbox.notice
    JOIN notice
      ON notice.id = outbox.notice
    JOIN standing
      ON standing.alert = notice.alert
      AND standing.edition = notice.edition
    WHERE outbox.state = 'waiting'
    AND outbox.next_try_at IS NOT NULL
    AND standing.state <> 'closed'
    GROUP BY leaving.leaves_at, leaving.reason
    ORDER BY leaving.leaves_at
    """

  /// How many envelopes wait for which hour, the next hour first.
  package func leavings() throws(LedgerFault) -> [(leaving: LeavingTime, envelopes: Int)] {
    try rows(Reading.leavings) { row in
      (
        leaving: LeavingTime(at: try row.time("leaves_at"), reason: try row.word("reason")),
        envelopes: try row.number("envelopes")
      )
    }
  }
}

extension Writing {
  /// Notices to one recipient leave as one from now on; `batch` is in the outbox already.
  package func gather(
    _ notices: [Notice.ID], into batch: Notice.ID, to recipient: MailAddress, at time: Instant
  ) throws(LedgerFault) {
    for notice in notices {
      try run(
        """
        INSERT INTO gathering (
          notice, recipient, batch, gathered_at, gathered_boot, gathered_since_boot)
        VALUES (?, ?, ?, ?, ?, ?)
        """, [notice.rawValue, recipient.address, batch.rawValue] + time.columns)
      try project(notice, recipient)
    }
  }

  /// What the receipt of a batch is to the notices in it: once it is sent each has its own; once it
  /// is given up each leaves by itself, perhaps for the second time.
  func passOn(
    _ receipt: Receipt, of batch: Notice.ID, to recipient: MailAddress, attempt: Int,
    isFinal: Bool
  ) throws(LedgerFault) {
    guard isFinal else { return }
    for notice in try papers(in: batch) {
      switch receipt.outcome {
      case .sent: try copyReceipt(of: batch, attempt, to: notice, recipient)
      case .failed, .deferred: try copyDoubt(of: batch, to: notice, recipient, at: receipt.at)
      }
      try project(notice, recipient)
      if receipt.outcome == .sent { try stopDeadline(of: notice, at: receipt.at) }
    }
  }

  private func copyReceipt(
    of batch: Notice.ID, _ attempt: Int, to notice: Notice.ID, _ recipient: MailAddress
  ) throws(LedgerFault) {
    let values: Reading.Values = [
      notice.rawValue, batch.rawValue, recipient.address, attempt,
    ]
    try run(
      """
      INSERT INTO attempt (
        notice, recipient, number, incarnation, begun_at, begun_boot, begun_since_boot)
      SELECT ?1, recipient, 1, incarnation, begun_at, begun_boot, begun_since_boot
      FROM attempt
      WHERE notice = ?2
      AND recipient = ?3
      AND number = ?4
      """, values)
    try run(
      """
      INSERT INTO receipt (
        notice, recipient, attempt, outcome, reply, code, may_have_been_sent, next_try_at,
        received_at, received_boot, received_since_boot)
      SELECT
        ?1, receipt.recipient, 1, receipt.outcome, receipt.reply, receipt.code, outbox.doubtful,
        NULL, receipt.received_at, receipt.received_boot, receipt.received_since_boot
      FROM receipt
      JOIN outbox
        ON outbox.notice = receipt.notice
        AND outbox.recipient = receipt.recipient
      WHERE receipt.notice = ?2
      AND receipt.recipient = ?3
      AND receipt.attempt = ?4
      """, values)
  }

  private func copyDoubt(
    of batch: Notice.ID, to notice: Notice.ID, _ recipient: MailAddress, at time: Instant
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO doubt (
        notice, recipient, attempt, why, doubted_at, doubted_boot, doubted_since_boot)
      SELECT ?1, recipient, 0, 'taken over', ?4, ?5, ?6
      FROM outbox
      WHERE notice = ?2
      AND recipient = ?3
      AND doubtful = 1
      ON CONFLICT DO NOTHING
      """, [notice.rawValue, batch.rawValue, recipient.address] + time.columns)
  }
}

extension Gatherable {
  init(row: Row) throws(LedgerFault) {
    self.init(
      notice: try row.word("notice"),
      recipient: Recipient(try row.recipient(), as: try row.word("part")),
      kind: try row.word("kind"), inTrial: try row.flag("in_trial"),
      leavesBy: try row.steady("leaves_by"))
  }
}

extension Batch.Paper {
  init(row: Row) throws(LedgerFault) {
    let listing = Notice.Listing(
      title: try row.text("title"), gist: try row.text("gist"), url: try row.text("url"),
      foundAt: try row.time("found_at"), inTrial: try row.flag("in_trial"))
    self.init(
      notice: try row.word("id"), alert: try row.alertID("alert"), listing: listing,
      dueAt: try row.time("due_at"), text: try row.text("text"), html: try row.text("html"))
  }
}
