internal import GRDB
package import Vocabulary

extension Reading {
  /// The daemon that was alive last, and when it last said so; nil before the first.
  package func lastAlive() throws(LedgerFault) -> (incarnation: String, at: Instant)? {
    try first(
      """
      SELECT *
      FROM pulse
      """
    ) { row in (incarnation: try row.text("incarnation"), at: try row.instant("alive")) }
  }

  /// When the first daemon of this office began to watch; nil before that.
  package func firstBegan() throws(LedgerFault) -> WallTime? {
    try first(
      """
      SELECT MIN(begun_at) AS begun
      FROM incarnation
      """
    ) { row in row.timeIfAny("begun") } ?? nil
  }

  /// The latest time that anything in the ledger happened; a clock that says less was set back.
  package func lastWall() throws(LedgerFault) -> WallTime? {
    try first(
      """
      SELECT MAX(latest) AS latest
      FROM (
        SELECT MAX(alive_at) AS latest FROM pulse
        UNION ALL
        SELECT MAX(found_at) FROM item
        UNION ALL
        SELECT MAX(raised_at) FROM alert
        UNION ALL
        SELECT MAX(begun_at) FROM attempt
        UNION ALL
        SELECT MAX(received_at) FROM receipt
        UNION ALL
        SELECT MAX(begun_at) FROM incarnation)
      """
    ) { row in row.timeIfAny("latest") } ?? nil
  }

  /// The office's secret, 32 random bytes made with the ledger, that signs Message-IDs.
  package func secret() throws(LedgerFault) -> [UInt8] {
    let bytes = try first(
      """
      SELECT bytes
      FROM keepsake
      WHERE name = 'secret'
      """
    ) { row in row.bytes("bytes") }
    guard let bytes, bytes.count == 32 else { throw .damaged }
    return bytes
  }
}

extension Writing {
  /// A daemon begins, under an id that no other ever had.
  package func begin(incarnation: String, at time: Instant) throws(LedgerFault) {
    try run(
      """
      INSERT INTO incarnation (id, begun_at, begun_boot, begun_since_boot)
      VALUES (?, ?, ?, ?)
      """, [incarnation] + time.columns)
    try alive(incarnation: incarnation, at: time)
  }

  /// The daemon says that it is alive.
  package func alive(incarnation: String, at time: Instant) throws(LedgerFault) {
    try run(
      """
      INSERT INTO pulse (id, incarnation, alive_at, alive_boot, alive_since_boot)
      VALUES (1, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        incarnation = excluded.incarnation,
        alive_at = excluded.alive_at,
        alive_boot = excluded.alive_boot,
        alive_since_boot = excluded.alive_since_boot
      """, [incarnation] + time.columns)
  }

  /// Makes the office's secret where there is none yet.
  func makeSecret() throws(LedgerFault) {
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    try run(
      """
      INSERT INTO keepsake (name, bytes)
      VALUES ('secret', ?)
      ON CONFLICT (name) DO NOTHING
      """, [bytes.column])
  }
}
