internal import GRDB
package import Vocabulary

extension Reading {
  /// Whether a letter was heard before.
  package func hasHeard(_ letter: Letter.ID) throws(LedgerFault) -> Bool {
    try isTrue("SELECT EXISTS (SELECT 1 FROM letter WHERE id = ?)", [letter.rawValue])
  }

  /// What a letter is about, and who wrote it: the alerts of the notice that it answers, otherwise
  /// those of the numbers that it has; empty where it is about none of ours.
  package func correspondence(
    of letter: Letter, numbers: [Alert.ID]
  ) throws(LedgerFault) -> [Correspondence] {
    guard let answered = try answered(by: letter) else {
      let known = try numbers.map { number throws(LedgerFault) in
        try standing(number) == nil ? nil : number
      }.compactMap(\.self)
      return try known.map { number throws(LedgerFault) in
        // Whoever answers a hand-over list is an officer, and says by the number which alert they mean.
        let isListed = try isHandedOver(number, in: letter)
        return Correspondence(
          alert: number, part: isListed ? .officer : nil, isReply: isListed,
          isOfMany: isListed && known.count > 1)
      }
    }
    let named = answered.filter { numbers.contains($0.alert) }
    let meant = named.isEmpty ? answered : named
    return try meant.map { answer throws(LedgerFault) in
      let part = try part(of: letter.from, in: answer.alert)
      return Correspondence(
        alert: answer.alert, part: part, isReply: true, isCurrent: answer.isCurrent,
        isOfMany: meant.count > 1,
        isFormer: part == nil ? try wasUnit(letter.from, of: answer.alert) : false)
    }
  }

  /// The alerts of the first of our notices that a letter answers; nil where it answers none.
  private func answered(
    by letter: Letter
  ) throws(LedgerFault) -> [(alert: Alert.ID, isCurrent: Bool)]? {
    for messageID in letter.answers {
      let alerts = try rows(Reading.alertsByMessageID, [messageID]) { row in
        (alert: try row.alertID("alert"), isCurrent: try row.flag("is_current"))
      }
      guard alerts.isEmpty else { return alerts }
    }
    return nil
  }

  static let alertsByMessageID = """
    SELECT
      COALESCE(notice.alert, gathered.alert) AS alert,
      MAX(COALESCE(notice.edition, gathered.edition)) = standing.edition AS is_current
    FROM envelope
    JOIN notice
      ON notice.id = envelope.notice
    LEFT JOIN gathering
      ON gathering.batch = envelope.notice
      AND gathering.recipient = envelope.recipient
    LEFT JOIN notice AS gathered
      ON gathered.id = gathering.notice
    JOIN standing
      ON standing.alert = COALESCE(notice.alert, gathered.alert)
    WHERE envelope.message_id = ?
    GROUP BY standing.alert
    ORDER BY standing.alert
    """

  static let handedOver = """
    SELECT EXISTS (
      SELECT 1
      FROM envelope
      JOIN notice
        ON notice.id = envelope.notice
      JOIN envelope AS theirs
        ON theirs.notice = notice.id
      JOIN standing
        ON standing.alert = ?3
      JOIN alert_edition
        ON alert_edition.alert = standing.alert
        AND alert_edition.number = standing.edition
      JOIN verdict
        ON verdict.item = alert_edition.verdict_item
        AND verdict.number = alert_edition.verdict
      WHERE envelope.message_id = ?1
      AND notice.kind = 'handOver'
      AND LOWER(theirs.recipient) = ?2
      AND alert_edition.spoken_since_boot <= notice.drafted_since_boot
      AND alert_edition.audience <> 'supervision'
      AND verdict.kind <> 'conduct')
    """

  /// Whether a letter answers a hand-over list, from an address it went to, that was drawn up when an
  /// alert said what it says now. Of an allegation of misconduct a list has the number alone, and nobody
  /// who answers it has a part in that.
  private func isHandedOver(_ alert: Alert.ID, in letter: Letter) throws(LedgerFault) -> Bool {
    for messageID in letter.answers {
      let isListed = try isTrue(
        Reading.handedOver, [messageID, letter.from.lowercased(), alert.description])
      if isListed { return true }
    }
    return false
  }

  /// The part in which an address was written to of what an alert says now; nil where it was not.
  /// The unit that has it no more was told so, and has no part.
  private func part(of address: String, in alert: Alert.ID) throws(LedgerFault) -> Part? {
    try first(
      """
      SELECT envelope.part
      FROM notice
      JOIN envelope
        ON envelope.notice = notice.id
      JOIN standing
        ON standing.alert = notice.alert
      WHERE notice.alert = ?
      AND notice.kind <> 'reassignment'
      AND (notice.edition = standing.edition OR envelope.part = 'officer')
      AND LOWER(envelope.recipient) = ?
      ORDER BY envelope.part = 'unit' DESC, envelope.part = 'officer' DESC
      LIMIT 1
      """, [alert.description, address.lowercased()]
    ) { row in try row.word("part") }
  }

  /// Whether an address was ever written to as the unit of an alert.
  private func wasUnit(_ address: String, of alert: Alert.ID) throws(LedgerFault) -> Bool {
    try isTrue(
      """
      SELECT EXISTS (
        SELECT 1
        FROM notice
        JOIN envelope
          ON envelope.notice = notice.id
        WHERE notice.alert = ?
        AND envelope.part = 'unit'
        AND LOWER(envelope.recipient) = ?)
      """, [alert.description, address.lowercased()])
  }

  /// The recipient of the first of our notices that came back, and the alert it was of.
  package func returned(
    _ letter: Letter
  ) throws(LedgerFault) -> (notice: Notice.ID, recipient: MailAddress, alert: Alert.ID?)? {
    for messageID in letter.answers {
      let envelope = try first(
        """
        SELECT envelope.notice, envelope.recipient, envelope.recipient_name, notice.alert
        FROM envelope
        JOIN notice
          ON notice.id = envelope.notice
        WHERE envelope.message_id = ?
        """, [messageID]
      ) { row in
        (
          notice: try row.word("notice") as Notice.ID, recipient: try row.recipient(),
          alert: row.textIfAny("alert").flatMap(Alert.ID.init)
        )
      }
      if let envelope { return envelope }
    }
    return nil
  }

  /// What was heard by mail of an alert, in order, each with its sender's part and its words.
  func heard(of id: Alert.ID) throws(LedgerFault) -> [HearingRow] {
    try rows(
      """
      SELECT hearing.*, letter_text.text
      FROM hearing
      LEFT JOIN letter_text
        ON letter_text.letter = hearing.letter
      WHERE hearing.alert = ?
      ORDER BY hearing.said_since_boot, hearing.letter
      """, [id.description], HearingRow.init(row:))
  }
}

/// What was heard by mail of an alert (来信).
package struct HearingRow: Sendable, Hashable {
  package var at: WallTime
  /// The part in which its sender was written to; nil for a stranger.
  package var part: Part?
  package var word: Hearing.Word
  package var doubt: Hearing.Doubt?
  /// The sender's own words, masked; nil where retention has taken them.
  package var text: String?
}

extension HearingRow {
  init(row: Row) throws(LedgerFault) {
    self.init(
      at: try row.time("said_at"), part: try row.wordIfAny("part"), word: try row.word("word"),
      doubt: try row.wordIfAny("doubt"), text: row.textIfAny("text"))
  }
}

extension Writing {
  /// Keeps that a letter was heard, and a person's masked words; false where it was heard before.
  package func insert(
    _ letter: Letter, text: String?, at time: Instant
  ) throws(LedgerFault) -> Bool {
    guard try !hasHeard(letter.id) else { return false }
    try run(
      """
      INSERT INTO letter (id, nature, heard_at, heard_boot, heard_since_boot)
      VALUES (?, ?, ?, ?, ?)
      """, [letter.id.rawValue, letter.nature.word] + time.columns)
    guard let text, !text.isEmpty else { return true }
    try run(
      """
      INSERT INTO letter_text (letter, text)
      VALUES (?, ?)
      """, [letter.id.rawValue, text])
    return true
  }

  /// Keeps what a letter did to an alert. A return (退回) takes back what was acknowledged before.
  package func insert(
    _ hearing: Hearing, of letter: Letter.ID, from sender: Correspondence, at time: Instant
  ) throws(LedgerFault) {
    guard let standing = try standing(sender.alert) else { throw .noSuchAlert(sender.alert) }
    try run(
      """
      INSERT INTO hearing (
        letter, alert, edition, part, word, doubt, said_at, said_boot, said_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        letter.rawValue, sender.alert.description, standing.number, sender.part?.rawValue,
        hearing.word.rawValue, hearing.doubt?.rawValue,
      ] + time.columns)
    try project(sender.alert)
  }

  /// Brings the next step of an alert's chain forward to now (提前催办), because a notice to its unit came
  /// back or was refused.
  @discardableResult
  package func hasten(
    _ alert: Alert.ID, because notice: Notice.ID?, at now: Instant
  ) throws(LedgerFault) -> Hastening {
    guard try !hasHastened(alert, since: notice) else { return .already }
    let waiting = try rungs(of: alert).filter {
      $0.end == nil && $0.rung.purpose == .acknowledgement
    }
    guard var next = waiting.first?.rung, next.dueAt.steady > now.steady else { return .nobody }
    try end([next], of: alert, .hastened, at: now)
    next.number = 1
    next.dueAt = now
    try insert([next], alert: alert, at: now)
    return .hastened
  }

  private func hasHastened(
    _ alert: Alert.ID, since notice: Notice.ID?
  ) throws(LedgerFault) -> Bool {
    guard let notice else { return false }
    return try isTrue(
      """
      SELECT EXISTS (
        SELECT 1
        FROM rung_end
        JOIN notice
          ON notice.id = ?2
        WHERE rung_end.alert = ?1
        AND rung_end.why = 'hastened'
        AND rung_end.ended_since_boot >= notice.drafted_since_boot)
      """, [alert.description, notice.rawValue])
  }
}

/// Whether somebody is reminded at once where a notice does not reach the unit.
package enum Hastening: Sendable, Hashable {
  /// The next of the chain is, from now on.
  case hastened
  /// They are already: another of the unit's addresses was not reached by the same notice.
  case already
  /// Nobody is left to be reminded.
  case nobody
}

extension Letter.Nature {
  /// The nature in one word for the ledger.
  var word: String {
    switch self {
    case .reply: "reply"
    case .bounce: "bounce"
    case .automatic: "automatic"
    }
  }
}
