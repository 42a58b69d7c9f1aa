internal import GRDB
package import Vocabulary

// The outbox: every envelope that a notice was made out to, and where it stands.
//
// A notice is written in the same transaction as the alert it speaks of, so the only state that a
// crash can interrupt is an envelope without a receipt. Attempts and receipts are facts that never
// change; where an envelope stands is read off them by the view outbox_by_facts and kept in the
// table outbox, in the same transaction, for the queries that the sending loop waits for.

/// The ways by which envelopes leave (发送通路), each with a queue and a loop of its own.
package enum Lane: String, Sendable, CaseIterable {
  /// By mail (邮件).
  case mail
  /// By the second channel (第二通道).
  case call

  /// The lane of a recipient.
  package init(of recipient: MailAddress) {
    self = recipient.channel == nil ? .mail : .call
  }
}

extension Reading {
  /// Envelopes that were never tried, major ones that are tried again and still have time, and all
  /// that are tried again.
  ///
  /// The indices are named: SQLite would rather look for what is due and sort the whole backlog, with
  /// its letters, each time.
  static let dueFirst = dueInOrder(
    "outbox.lane = ?\nAND outbox.attempts = 0", by: "INDEXED BY outbox_in_order_first")
  static let dueInTime = dueInOrder(
    "outbox.lane = ?\nAND outbox.attempts > 0 AND outbox.urgency = 3 AND outbox.leaves_by > ?1",
    by: "INDEXED BY outbox_in_order_again")
  static let dueAgain = dueInOrder(
    "outbox.lane = ?\nAND outbox.attempts > 0", by: "INDEXED BY outbox_in_order_again")

  private static func dueInOrder(_ queue: String, by index: String = "") -> String {
    """
    SELECT
      outbox.notice, outbox.recipient, outbox.attempts, outbox.leaves_by, outbox.doubtful,
      envelope.recipient_name,
      envelope.part, envelope.message_id, envelope.in_reply_to, notice.alert, notice.grade,
      notice.drafted_at, notice.drafted_boot, notice.drafted_since_boot, notice_text.subject,
      notice_text.text, notice_text.html,
      COALESCE(
        MIN(sign_off.said_at, leaving.leaves_at), leaving.leaves_at, notice.drafted_at) AS dated_at,
      EXISTS (
        SELECT 1
        FROM notice_listing
        WHERE notice_listing.notice = outbox.notice) AS has_listing
    FROM outbox \(index)
    JOIN envelope
      ON envelope.notice = outbox.notice
      AND envelope.recipient = outbox.recipient
    JOIN notice
      ON notice.id = outbox.notice
    JOIN notice_text
      ON notice_text.notice = outbox.notice
    LEFT JOIN leaving
      ON leaving.notice = outbox.notice
    LEFT JOIN sign_off
      ON sign_off.alert = notice.alert
      AND sign_off.edition = notice.edition
      AND leaving.reason = 'release'
    WHERE outbox.next_try_at <= ?1
    AND \(queue)
    ORDER BY outbox.urgency DESC, outbox.leaves_by, outbox.next_try_at
    LIMIT ?
    """
  }

  /// Envelopes whose time has come: one that was never tried, one that is major and can still be in
  /// time, one of all that are tried again, so that none waits for a backlog of the others; of each
  /// queue the gravest first, and among those the nearest its deadline. A major one that was put off
  /// once would else stand behind all that an outage made late. Those that are under way count among
  /// so many, and their letters are not read.
  package func dueEnvelopes(
    at time: SteadyTime, limit: Int, by lane: Lane = .mail,
    unless isUnderWay: (Notice.ID, MailAddress) -> Bool = { _, _ in false }
  ) throws(LedgerFault) -> [DueEnvelope] {
    func due(_ sql: String) throws(LedgerFault) -> [DueEnvelope] {
      try rows(sql, [time.milliseconds, lane.rawValue, limit]) { row in
        let (notice, recipient) = (try row.word("notice") as Notice.ID, try row.recipient())
        return isUnderWay(notice, recipient) ? nil : try DueEnvelope(row: row)
      }.compactMap(\.self)
    }
    let queues = [
      try due(Reading.dueFirst), try due(Reading.dueInTime), try due(Reading.dueAgain),
    ]
    return Array(Reading.inTurn(queues).prefix(limit))
  }

  /// The first of each, the second of each, and so on, each envelope once.
  private static func inTurn(_ queues: [[DueEnvelope]]) -> [DueEnvelope] {
    var seen: Set<[String]> = []
    return (0..<(queues.map(\.count).max() ?? 0)).flatMap { place in
      queues.compactMap { place < $0.count ? $0[place] : nil }
    }.filter { seen.insert([$0.envelope.notice.rawValue, $0.envelope.recipient.address]).inserted }
  }

  static let dueOfNotice = dueInOrder("outbox.notice = ?")

  /// The envelopes of one notice whose time has come.
  package func dueEnvelopes(
    of notice: Notice.ID, at time: SteadyTime
  ) throws(LedgerFault) -> [DueEnvelope] {
    try rows(
      Reading.dueOfNotice, [time.milliseconds, notice.rawValue, -1], DueEnvelope.init(row:))
  }

  static let toLeave = """
    SELECT EXISTS (
      SELECT 1
      FROM outbox
      WHERE notice = ?
      AND recipient = ?
      AND next_try_at IS NOT NULL
      AND attempts = ?)
    """

  /// Whether an envelope that was read as due still is: not while it is being sent, once it has been or
  /// is given up, nor while a batch holds it; and not where it has been tried since, for then it has
  /// another time.
  package func isToLeave(_ due: DueEnvelope) throws(LedgerFault) -> Bool {
    try isTrue(
      Reading.toLeave,
      [due.envelope.notice.rawValue, due.envelope.recipient.address, due.attempts])
  }

  static let overdue = """
    SELECT
      outbox.notice, outbox.recipient, outbox.last_reply, outbox.leaves_by, notice.alert,
      notice.grade
    FROM outbox
    JOIN envelope
      ON envelope.notice = outbox.notice
      AND envelope.recipient = outbox.recipient
    JOIN notice
      ON notice.id = outbox.notice
    WHERE outbox.state NOT IN ('sent', 'failed')
    AND outbox.leaves_by < ?
    AND (outbox.next_try_at IS NOT NULL OR outbox.state <> 'waiting')
    AND notice.drafted_since_boot <= ?
    AND envelope.part NOT IN ('admin', 'channel')
    ORDER BY outbox.leaves_by
    LIMIT ?
    """

  /// Envelopes that should have left by now and have not, the longest overdue first; of what is
  /// gathered the batch alone.
  package func overdueEnvelopes(
    at time: SteadyTime, draftedBy: SteadyTime, limit: Int
  ) throws(LedgerFault) -> [OverdueEnvelope] {
    try rows(
      Reading.overdue, [time.milliseconds, draftedBy.milliseconds, limit],
      OverdueEnvelope.init(row:))
  }

  static let nextTry = """
    SELECT next_try_at
    FROM outbox
    WHERE lane = ?
    AND next_try_at IS NOT NULL
    ORDER BY next_try_at
    LIMIT 1
    """

  /// When the next envelope's time comes, which may be past; nil where none waits.
  package func nextEnvelopeAt(by lane: Lane = .mail) throws(LedgerFault) -> SteadyTime? {
    try first(Reading.nextTry, [lane.rawValue]) { row in try row.steady("next_try_at") }
  }

  /// How many envelopes are neither sent nor given up; what is gathered counts as one.
  package func waitingCount() throws(LedgerFault) -> Int {
    try count(
      """
      SELECT COUNT(*)
      FROM outbox
      WHERE state IN ('waiting', 'sending', 'deferred', 'held')
      AND (next_try_at IS NOT NULL OR state <> 'waiting')
      """)
  }

  /// How many envelopes of a notice have not left, those that are given up among them.
  package func waitingCount(of notice: Notice.ID) throws(LedgerFault) -> Int {
    try count(
      """
      SELECT COUNT(*)
      FROM outbox
      WHERE notice = ?
      AND state <> 'sent'
      """, [notice.rawValue])
  }

  static let sentAtOfEdition = """
    SELECT
      SUM(outbox.state NOT IN ('sent', 'failed')) AS waiting,
      MAX(outbox.sent_at) AS sent_at
    FROM notice
    JOIN envelope
      ON envelope.notice = notice.id
    JOIN outbox
      ON outbox.notice = envelope.notice
      AND outbox.recipient = envelope.recipient
    WHERE notice.alert = ?
    AND notice.edition = ?
    AND notice.kind IN ('contactSheet', 'bulletin')
    AND envelope.part IN ('unit', 'officer')
    GROUP BY envelope.part
    ORDER BY envelope.part DESC
    """

  /// When the last envelope of an edition's unit left, or of its officers where no unit is written
  /// to; nil while one still waits, and where none was sent.
  func sentAt(_ alert: Alert.ID, edition: Int) throws(LedgerFault) -> WallTime? {
    let parts = try rows(Reading.sentAtOfEdition, [alert.description, edition]) { row in
      (waiting: try row.number("waiting"), sentAt: row.timeIfAny("sent_at"))
    }
    guard let telling = parts.first, telling.waiting == 0 else { return nil }
    return telling.sentAt
  }

  /// Builds the outbox and the standing of alerts anew from their facts and names what differs
  /// from what is kept; empty where nothing does. It reads everything, so call it seldom.
  package func auditOutbox() throws(LedgerFault) -> [String] {
    try differences("outbox", "notice || ' ' || recipient")
      + differences("standing", "alert") + differences("waiting_rung", "alert || ' ' || number")
  }

  private func differences(_ table: String, _ key: String) throws(LedgerFault) -> [String] {
    try rows(
      """
      SELECT DISTINCT \(key) AS differing
      FROM (
        SELECT * FROM (SELECT * FROM \(table) EXCEPT SELECT * FROM \(table)_by_facts)
        UNION ALL
        SELECT * FROM (SELECT * FROM \(table)_by_facts EXCEPT SELECT * FROM \(table)))
      ORDER BY differing
      """
    ) { row in "\(table): \(try row.text("differing"))" }
  }
}

extension Writing {
  /// Reads the outbox and the standing of alerts off their facts again, where what is kept differs.
  func mendProjections() throws(LedgerFault) {
    guard try !auditOutbox().isEmpty else { return }
    for table in ["standing", "outbox", "waiting_rung"] {
      try run("DELETE FROM \(table)")
      try run("INSERT INTO \(table) SELECT * FROM \(table)_by_facts")
    }
  }
}

extension DueEnvelope {
  init(row: Row) throws(LedgerFault) {
    let envelope = Envelope(
      notice: try row.word("notice"), recipient: try row.recipient(),
      messageID: try row.text("message_id"), inReplyTo: row.textIfAny("in_reply_to"),
      subject: try row.text("subject"), text: try row.text("text"), html: try row.text("html"),
      draftedAt: try row.time("dated_at"))
    let attempts = try row.number("attempts")
    self.init(
      envelope: envelope, part: try row.word("part"), grade: try row.wordIfAny("grade"),
      leavesBy: try row.leavesBy(), drafted: try row.instant("drafted"), attempts: attempts,
      alert: try row.alertIDIfAny("alert"), isDoubtful: try row.flag("doubtful"),
      mayBeGathered: try row.flag("has_listing") && attempts == 0)
  }
}

extension OverdueEnvelope {
  init(row: Row) throws(LedgerFault) {
    self.init(
      notice: try row.word("notice"),
      recipient: MailAddress(address: try row.text("recipient")),
      alert: try row.alertIDIfAny("alert"), grade: try row.wordIfAny("grade"),
      leavesBy: try row.steady("leaves_by"), lastReply: row.textIfAny("last_reply"))
  }
}

extension Row {
  /// Nil where no window runs.
  fileprivate func leavesBy() throws(LedgerFault) -> SteadyTime? {
    let time = try steady("leaves_by")
    return time.milliseconds == .max ? nil : time
  }
}
