internal import GRDB
package import Vocabulary

// Each moment since the office began belongs to one digest of a rhythm, whatever becomes of the
// hours in the set-up: a digest begins where the one before it ended, and is drafted once.

extension Reading {
  /// The last period of a rhythm that was drafted and ended in a span, both ends inclusive; nil
  /// where there is none.
  package func draftedPeriod(
    _ rhythm: Digest.Rhythm, endingFrom from: WallTime, to: WallTime
  ) throws(LedgerFault) -> Digest.Period? {
    try first(
      """
      SELECT from_at, to_at
      FROM digest_period
      WHERE rhythm = ?
      AND to_at >= ?
      AND to_at <= ?
      ORDER BY to_at DESC
      LIMIT 1
      """, [rhythm.rawValue, from.milliseconds, to.milliseconds]
    ) { row in
      Digest.Period(rhythm, from: try row.time("from_at"), to: try row.time("to_at"))
    }
  }

  /// A period of the calendar as it was drafted, or would be: beginning where the digest before it
  /// ended, if that was later than the calendar has it.
  package func joined(_ period: Digest.Period) throws(LedgerFault) -> Digest.Period {
    let end = period.to
    guard
      let last = try draftedPeriod(period.rhythm, endingFrom: period.from, to: end)
    else { return period }
    guard last.to < end else { return last }
    return Digest.Period(period.rhythm, from: last.to, to: end)
  }
}

extension Writing {
  /// Writes down that a period's digest is drafted; false where one of that end is there already.
  package func insert(_ period: Digest.Period, at time: Instant) throws(LedgerFault) -> Bool {
    let added = try run(
      """
      INSERT INTO digest_period (rhythm, to_at, from_at, drafted_at)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (rhythm, to_at) DO NOTHING
      """,
      [
        period.rhythm.rawValue, period.to.milliseconds, period.from.milliseconds,
        time.wall.milliseconds,
      ])
    return added > 0
  }
}
