internal import GRDB
package import Vocabulary

extension Reading {
  /// Since when a trouble stands that the admins have been told of; nil where it does not.
  package func standsSince(_ what: String) throws(LedgerFault) -> Instant? {
    try first(
      """
      SELECT *
      FROM standing_trouble
      WHERE what = ?
      """, [what]
    ) { row in try row.instant("began") }
  }
}

extension Reading {
  /// Every trouble that stands, and since when.
  package func standingTroubles() throws(LedgerFault) -> [String: Instant] {
    let standing = try rows(
      """
      SELECT *
      FROM standing_trouble
      """
    ) { row in (what: try row.text("what"), since: try row.instant("began")) }
    return Dictionary(standing.map { ($0.what, $0.since) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Writing {
  /// A trouble begins of which the admins are to hear once, or while it lasts once in so long;
  /// whether they are to hear of it now.
  package func beginTrouble(
    _ what: String, at time: Instant, again: Duration? = nil
  ) throws(LedgerFault) -> Bool {
    let before = again.map { (time.steady - $0).milliseconds } ?? .min
    return try run(
      """
      INSERT INTO standing_trouble (what, began_at, began_boot, began_since_boot, told_since_boot)
      VALUES (?1, ?2, ?3, ?4, ?4)
      ON CONFLICT (what) DO UPDATE SET told_since_boot = excluded.told_since_boot
      WHERE told_since_boot <= ?5
      """, [what] + time.columns + [before]) > 0
  }

  /// A trouble is over; returns when it began, nil where it did not stand.
  @discardableResult
  package func endTrouble(_ what: String) throws(LedgerFault) -> Instant? {
    guard let began = try standsSince(what) else { return nil }
    try run("DELETE FROM standing_trouble WHERE what = ?", [what])
    return began
  }
}

extension Reading {
  /// Whether a notice to an address was sent between two moments and has not come back until now.
  ///
  /// A bounce that names none of our alerts may be of any notice, and a notice of no alert may be what
  /// any bounce is of: both are taken for the worse.
  package func isReached(
    _ address: String, after begin: Instant, before end: SteadyTime
  ) throws(LedgerFault) -> Bool {
    try isTrue(
      """
      SELECT EXISTS (
        SELECT 1
        FROM outbox
        JOIN receipt
          ON receipt.notice = outbox.notice
          AND receipt.recipient = outbox.recipient
          AND receipt.outcome = 'sent'
        JOIN notice
          ON notice.id = outbox.notice
        WHERE LOWER(outbox.recipient) = ?1
        AND outbox.state = 'sent'
        AND receipt.received_since_boot > ?2
        AND receipt.received_since_boot <= ?3
        AND NOT EXISTS (
          SELECT 1
          FROM letter
          LEFT JOIN hearing
            ON hearing.letter = letter.id
          WHERE letter.nature = 'bounce'
          AND letter.heard_since_boot >= receipt.received_since_boot
          AND (
            hearing.alert IS NULL
            OR notice.alert IS NULL
            OR hearing.alert = notice.alert)))
      """, [address.lowercased(), begin.steady.milliseconds, end.milliseconds])
  }
}
