internal import GRDB
package import Vocabulary

extension Reading {
  /// The spans without sight that touch a period, in order; `from` inclusive, `to` exclusive.
  package func blindSpots(
    from: WallTime, to: WallTime, language: Language
  ) throws(LedgerFault) -> [BlindSpotRow] {
    try rows(
      """
      SELECT feed, from_at, to_at, reason_zh, reason_en
      FROM blind_spot
      WHERE from_at < ?
      AND (to_at IS NULL OR to_at > ?)
      ORDER BY from_at, feed
      """, [to.milliseconds, from.milliseconds]
    ) { row in
      let reason = Phrase(zh: try row.text("reason_zh"), en: try row.text("reason_en"))
      return BlindSpotRow(
        feed: try row.wordIfAny("feed"), from: try row.time("from_at"),
        to: row.timeIfAny("to_at"), reason: reason[language])
    }
  }
}

extension Writing {
  /// A feed, or with nil everything, cannot be watched from now on; one that lasts stays as it was.
  package func beginBlindSpot(
    feed: Feed.ID?, from: WallTime, reason: Phrase
  ) throws(LedgerFault) {
    if let feed { try know(feed) }
    try run(
      """
      INSERT INTO blind_spot (feed, from_at, reason_zh, reason_en)
      VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """, [feed?.rawValue, from.milliseconds, reason.zh, reason.en])
  }

  /// A feed, or with nil everything, is watched again; without a span that lasts nothing happens.
  package func endBlindSpot(feed: Feed.ID?, to: WallTime) throws(LedgerFault) {
    try run(
      """
      UPDATE blind_spot
      SET to_at = MAX(from_at, ?)
      WHERE COALESCE(feed, '') = ?
      AND to_at IS NULL
      """, [to.milliseconds, feed?.rawValue ?? ""])
  }
}
