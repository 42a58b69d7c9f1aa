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

extension Writing {
  /// A trouble begins of which the admins are to hear once; false where it stands already.
  package func beginTrouble(_ what: String, at time: Instant) throws(LedgerFault) -> Bool {
    try run(
      """
      INSERT INTO standing_trouble (what, began_at, began_boot, began_since_boot)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (what) DO NOTHING
      """, [what] + time.columns) > 0
  }

  /// A trouble is over; returns when it began, nil where it did not stand.
  @discardableResult
  package func endTrouble(_ what: String) throws(LedgerFault) -> Instant? {
    guard let began = try standsSince(what) else { return nil }
    try run("DELETE FROM standing_trouble WHERE what = ?", [what])
    return began
  }
}
