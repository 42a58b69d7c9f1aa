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

  /// When the daemon that was alive last began; nil before the first.
  package func lastBegan() throws(LedgerFault) -> Instant? {
    try first(
      """
      SELECT incarnation.*
      FROM pulse
      JOIN incarnation
        ON incarnation.id = pulse.incarnation
      """
    ) { row in try row.instant("begun") }
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

  /// How far the ledger's line runs ahead of the time since a boot; nil for one it does not know.
  func ahead(in boot: String) throws(LedgerFault) -> Int64? {
    try first(
      """
      SELECT ahead
      FROM boot
      WHERE id = ?
      """, [boot]
    ) { row in Int64(try row.number("ahead")) }
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

extension Ledger {
  /// The clock by which everybody who holds this ledger open tells the time.
  package func clock(
    _ read: @escaping @Sendable () -> ClockReading
  ) async throws -> LedgerClock {
    let boot = read().boot
    let (last, ahead) = try await self.read { (try $0.lastAlive()?.at, try $0.ahead(in: boot)) }
    return LedgerClock(after: last, ahead: ahead, read)
  }

  /// The same for a daemon, which fixes the line for this boot of the machine.
  package func startClock(
    _ read: @escaping @Sendable () -> ClockReading
  ) async throws -> LedgerClock {
    let boot = read().boot
    return try await write { ledger in
      let last = try ledger.lastAlive()?.at
      let clock = LedgerClock(after: last, ahead: try ledger.ahead(in: boot), read)
      let now = clock.now()
      try ledger.run(
        """
        INSERT INTO boot (id, ahead, began_at, began_since_boot, gap)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """,
        [
          boot, clock.ahead, now.wall.milliseconds, now.sinceBoot,
          last.map { $0.boot == boot ? 0 : (now.wall - $0.wall).inMilliseconds },
        ])
      return clock
    }
  }
}

extension Writing {
  /// A daemon begins, under an id that no other ever had. What the one before it in this boot took for
  /// the time is kept with it.
  package func begin(incarnation: String, at time: Instant) throws(LedgerFault) {
    try run(
      """
      INSERT INTO incarnation (id, begun_at, begun_boot, begun_since_boot, ahead_before)
      VALUES (?1, ?2, ?3, ?4, (
        SELECT alive_at - alive_since_boot
        FROM pulse
        WHERE alive_boot = ?3))
      """, [incarnation] + time.columns)
    try takeOffice(incarnation, at: time)
  }

  /// Whether no other daemon has begun since this one: the fence that keeps one which was held up,
  /// and does not know that another has taken over, from going on.
  func isInOffice(_ incarnation: String) throws(LedgerFault) -> Bool {
    let latest = try first("SELECT incarnation FROM pulse") { try $0.text("incarnation") }
    return latest == nil || latest == incarnation
  }

  /// The daemon says that it is alive; refused where another has begun since.
  package func alive(incarnation: String, at time: Instant) throws(LedgerFault) {
    guard try isInOffice(incarnation) else { throw .superseded }
    try takeOffice(incarnation, at: time)
  }

  private func takeOffice(_ incarnation: String, at time: Instant) throws(LedgerFault) {
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
