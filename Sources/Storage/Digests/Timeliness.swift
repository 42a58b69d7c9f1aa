internal import GRDB
package import Vocabulary

// A machine that boots with its clock ahead cannot know it. What is drafted then for a moment that has
// not come, a digest or a hand-over list, says nothing of its time and must not stand for it. Within
// the boot in which it was drafted the ledger's line says when that was by the clock as it is believed
// now; only a boot that began after a gap is looked at, for a clock that ran on through was right, and
// one that somebody sets back for a while makes nothing that was drafted in time untimely.

/// What is drafted once for a moment of the calendar (定时文稿).
package enum Scheduled: String, Sendable, CaseIterable {
  case digests = "digest_period"
  case handOvers = "hand_over"
}

extension Reading {
  /// By so much a clock may be ahead without what it had drafted being untimely.
  static let drift = Duration.hours(1)

  fileprivate static let judgedOtherwise = """
    drafted_boot = ?1
    AND untimely <> (to_at - drafted_since_boot > ?2)
    AND EXISTS (
      SELECT 1
      FROM boot
      WHERE id = ?1
      AND gap > ?3)
    """

  fileprivate static func judging(_ wall: WallTime, _ now: Instant) -> Values {
    let ahead = wall.milliseconds - now.steady.milliseconds
    return [now.boot, ahead + drift.inMilliseconds, drift.inMilliseconds]
  }

  /// Whether something of a kind was drafted before its time, or in time after all, as one knows by
  /// what the calendar says now.
  package func misjudges(
    _ kind: Scheduled, by wall: WallTime, at now: Instant
  ) throws(LedgerFault) -> Bool {
    try isTrue(
      "SELECT EXISTS (SELECT 1 FROM \(kind.rawValue) WHERE \(Reading.judgedOtherwise))",
      Reading.judging(wall, now))
  }

  /// When the first daemon of this boot began, and when the one of the boot before was seen last, both
  /// by the wall; nil where that was no more than an hour before, and for the first boot of all.
  package func gap(
    before boot: String
  ) throws(LedgerFault) -> (lastSeen: WallTime, began: Instant)? {
    try first(
      """
      SELECT began_at, began_since_boot, gap
      FROM boot
      WHERE id = ?
      AND gap > ?
      """, [boot, Reading.drift.inMilliseconds]
    ) { row in
      let began = Instant(
        wall: try row.time("began_at"), boot: boot,
        sinceBoot: Int64(try row.number("began_since_boot")))
      return (began.wall - .milliseconds(Int64(try row.number("gap"))), began)
    }
  }

  /// How far the wall was ahead of the ledger's line at the last sign of the daemon before this one in
  /// the same boot; nil where this is the first.
  package func aheadBefore(_ incarnation: String) throws(LedgerFault) -> Duration? {
    try first(
      """
      SELECT ahead_before
      FROM incarnation
      WHERE id = ?
      AND ahead_before IS NOT NULL
      """, [incarnation]
    ) { row in .milliseconds(Int64(try row.number("ahead_before"))) }
  }
}

extension Writing {
  /// Judges anew what of a kind was drafted in this boot.
  package func judge(
    _ kind: Scheduled, by wall: WallTime, at now: Instant
  ) throws(LedgerFault) {
    try run(
      """
      UPDATE \(kind.rawValue)
      SET untimely = (to_at - drafted_since_boot > ?2)
      WHERE \(Reading.judgedOtherwise)
      """, Reading.judging(wall, now))
  }
}
