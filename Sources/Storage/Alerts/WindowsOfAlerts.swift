internal import GRDB
package import Vocabulary

extension Reading {
  static let momentsOfAlert = """
    SELECT
      verdict.judged_at, verdict.judged_boot, verdict.judged_since_boot, alert_edition.spoken_at,
      alert_edition.spoken_boot, alert_edition.spoken_since_boot
    FROM standing
    JOIN alert_edition
      ON alert_edition.alert = standing.alert
      AND alert_edition.number = standing.edition
    JOIN verdict
      ON verdict.item = standing.verdict_item
      AND verdict.number = standing.verdict
    WHERE standing.alert = ?
    """

  /// The moments of what an alert says now, for whoever reckons how it used its window.
  package func windowFacts(of row: AlertRow, at now: Instant) throws(LedgerFault) -> WindowFacts {
    let moments = try first(Reading.momentsOfAlert, [row.id.description]) { found in
      (judged: try found.instant("judged"), raised: try found.instant("spoken"))
    }
    guard let moments else { throw .damaged }
    return WindowFacts(
      published: row.item.published, foundAt: row.item.foundAt,
      feedFirstReadAt: try feedState(row.feed)?.firstReadAt, deadline: row.alert.deadline,
      judgedAt: moments.judged, raisedAt: moments.raised,
      letters: try letters(of: row.id, edition: row.edition),
      words: try words(on: row.id, edition: row.edition),
      closedAt: try closing(of: row.id, edition: row.edition),
      blindness: try blindness(
        of: row.feed, from: row.item.published.moment ?? row.item.foundAt.wall, to: now.wall))
  }

  static let lettersOfEdition = """
    SELECT
      envelope.notice, envelope.recipient, envelope.recipient_name, envelope.part,
      COALESCE(batch.state, outbox.state) AS state, leaving.reason,
      COALESCE(MIN(sign_off.said_at, leaving.leaves_at), leaving.leaves_at) AS leaves_at,
      COALESCE(batch.notice, envelope.notice) AS sent_as
    FROM notice
    JOIN envelope
      ON envelope.notice = notice.id
    JOIN outbox
      ON outbox.notice = envelope.notice
      AND outbox.recipient = envelope.recipient
    LEFT JOIN leaving
      ON leaving.notice = envelope.notice
    LEFT JOIN sign_off
      ON sign_off.alert = notice.alert
      AND sign_off.edition = notice.edition
      AND leaving.reason = 'release'
    LEFT JOIN gathering
      ON gathering.notice = envelope.notice
      AND gathering.recipient = envelope.recipient
    LEFT JOIN outbox AS batch
      ON batch.notice = gathering.batch
      AND batch.recipient = gathering.recipient
      AND batch.state <> 'failed'
    WHERE notice.alert = ?
    AND notice.edition = ?
    AND notice.kind IN ('contactSheet', 'bulletin')
    ORDER BY
      CASE envelope.part WHEN 'unit' THEN 0 WHEN 'officer' THEN 1 ELSE 2 END, envelope.recipient
    """

  private func letters(
    of alert: Alert.ID, edition: Int
  ) throws(LedgerFault) -> [WindowFacts.Letter] {
    try rows(Reading.lettersOfEdition, [alert.description, edition]) { row in
      let recipient = try row.recipient()
      return WindowFacts.Letter(
        to: recipient, as: try row.word("part"), state: try row.word("state"),
        leaving: try row.leaving(), attempts: try self.attempts(row.text("sent_as"), to: recipient))
    }
  }

  static let attemptsOfEnvelope = """
    SELECT
      attempt.begun_at, attempt.begun_boot, attempt.begun_since_boot, receipt.outcome,
      receipt.reply, receipt.code, receipt.received_at, receipt.received_boot,
      receipt.received_since_boot
    FROM attempt
    LEFT JOIN receipt
      ON receipt.notice = attempt.notice
      AND receipt.recipient = attempt.recipient
      AND receipt.attempt = attempt.number
    WHERE attempt.notice = ?
    AND attempt.recipient = ?
    ORDER BY attempt.number
    """

  private func attempts(
    _ notice: String, to recipient: MailAddress
  ) throws(LedgerFault) -> [WindowFacts.Attempt] {
    try rows(Reading.attemptsOfEnvelope, [notice, recipient.address]) { row in
      let outcome: Receipt.Outcome? = try row.wordIfAny("outcome")
      return WindowFacts.Attempt(
        begunAt: try row.instant("begun"),
        endedAt: outcome == nil ? nil : try row.instant("received"), outcome: outcome,
        reply: row.textIfAny("reply"), code: row.numberIfAny("code").map(Int.init))
    }
  }

  private func words(
    on alert: Alert.ID, edition: Int
  ) throws(LedgerFault) -> [WindowFacts.Word] {
    try rows(
      """
      SELECT by_unit, phoned, said_at, said_boot, said_since_boot
      FROM standing_word
      WHERE alert = ?
      AND edition = ?
      AND closes = 0
      ORDER BY number
      """, [alert.description, edition]
    ) { row in
      WindowFacts.Word(
        byUnit: try row.flag("by_unit"), phoned: try row.flag("phoned"),
        at: try row.instant("said"))
    }
  }

  private func closing(of alert: Alert.ID, edition: Int) throws(LedgerFault) -> Instant? {
    try first(
      """
      SELECT said_at, said_boot, said_since_boot
      FROM acknowledgement
      WHERE alert = ?
      AND edition = ?
      AND closes = 1
      ORDER BY number
      LIMIT 1
      """, [alert.description, edition]
    ) { row in try row.instant("said") }
  }

  private func blindness(
    of feed: Feed.ID, from: WallTime, to: WallTime
  ) throws(LedgerFault) -> [WindowFacts.Blindness] {
    try rows(
      """
      SELECT feed, from_at, to_at, reason_zh, reason_en
      FROM blind_spot
      WHERE from_at < ?
      AND (to_at IS NULL OR to_at > ?)
      AND (feed IS NULL OR feed = ?)
      ORDER BY from_at
      """, [to.milliseconds, from.milliseconds, feed.rawValue]
    ) { row in
      WindowFacts.Blindness(
        isOurs: row.textIfAny("feed") == nil, from: try row.time("from_at"),
        to: row.timeIfAny("to_at"),
        reason: Phrase(zh: try row.text("reason_zh"), en: try row.text("reason_en")))
    }
  }
}
