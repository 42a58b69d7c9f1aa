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
      AND untimely = 0
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

  /// The number of the next digest of a period: 1, and more where one was drafted before its time.
  package func nextNumber(of period: Digest.Period) throws(LedgerFault) -> Int {
    try count(
      """
      SELECT COUNT(*) + 1
      FROM digest_period
      WHERE rhythm = ?
      AND to_at = ?
      """, [period.rhythm.rawValue, period.to.milliseconds])
  }
}

extension Writing {
  /// Writes down that a period's digest is drafted; false where one of that end is there already.
  package func insert(_ period: Digest.Period, at time: Instant) throws(LedgerFault) -> Bool {
    let end = period.to
    guard try draftedPeriod(period.rhythm, endingFrom: end, to: end) == nil else { return false }
    try run(
      """
      INSERT INTO digest_period (
        rhythm, to_at, number, from_at, drafted_at, drafted_boot, drafted_since_boot, untimely)
      VALUES (?, ?, ?, ?, ?, ?, ?, 0)
      """,
      [
        period.rhythm.rawValue, end.milliseconds, try nextNumber(of: period),
        period.from.milliseconds,
      ] + time.columns)
    return true
  }
}
