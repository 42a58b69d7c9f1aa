internal import Foundation
internal import GRDB
package import Vocabulary

extension Ledger {
  /// Puts a copy of a ledger in the place of an office's ledger, and keeps the old one beside it.
  ///
  /// Refused while a daemon or a command has the old one. The copy is checked and made ready under
  /// another name and then renamed, so that at every moment one whole ledger is in its place.
  /// Envelopes that had no final receipt when the backup was made are marked as perhaps sent twice.
  package static func restore(
    from path: String, into folderPath: String, now: Instant
  ) throws(LedgerFault) {
    let folder = LedgerFolder(path: folderPath)
    guard LedgerFolder.exists(path) else { throw .noBackup }
    try folder.make()
    let locks = LedgerLocks()
    try locks.takeAlone(folder)
    defer { locks.release() }
    try checkAge(of: path)
    LedgerFolder.discard(folder.restoring)
    do {
      try LedgerFolder.makeFile(folder.restoring)
      try fill(folder.restoring, from: path, numbers: lastNumbers(in: folder.ledger), now: now)
      try setAside(folder, now: now)
      try LedgerFolder.rename(folder.restoring, to: folder.ledger)
      try LedgerFolder.sync(folder.path)
    } catch {
      LedgerFolder.discard(folder.restoring)
      throw LedgerFault(error)
    }
  }

  private static func checkAge(of path: String) throws(LedgerFault) {
    switch try LedgerFile.look(path) {
    case .current, .older: return
    case .newer: throw .newer
    }
  }

  private static func fill(
    _ path: String, from backup: String, numbers: [(year: Int, last: Int)], now: Instant
  ) throws {
    let original = try DatabaseQueue(path: backup, configuration: LedgerFile.readOnly())
    defer { try? original.close() }
    try copy(original, to: path)
    let queue = try DatabaseQueue(path: path, configuration: LedgerFile.writable())
    try LedgerFile.bringUpToDate(queue)
    try queue.write { db in
      let writing = Writing(db)
      // On the line of the backup, not of this machine: whoever begins next finds it past.
      var at = now
      at.sinceBoot = try writing.lastAlive()?.at.sinceBoot ?? 0
      try writing.doubtAllUnfinished(at: at)
      for number in numbers { try writing.skipNumbers(of: number.year, to: number.last) }
      try writing.mendProjections()
    }
    try LedgerFile.turnOnLog(queue)
    try queue.close()
    try LedgerFolder.sync(path)
  }

  /// The numbers that the old ledger has given to alerts: people may have them on paper, so no
  /// other alert is to get them. None where the old ledger cannot be read.
  private static func lastNumbers(in path: String) -> [(year: Int, last: Int)] {
    guard isSound(path),
      let queue = try? DatabaseQueue(path: path, configuration: LedgerFile.readOnly())
    else { return [] }
    defer { try? queue.close() }
    let numbers = try? queue.read { db in try Reading(db).lastNumbers() }
    return numbers ?? []
  }

  /// Keeps the old ledger under a name of its own. Its log is written into it first where that can
  /// be done; where it is too damaged for that, the log is kept beside it under the same name,
  /// because SQLite would take a log it finds for the new ledger's.
  private static func setAside(_ folder: LedgerFolder, now: Instant) throws {
    guard LedgerFolder.exists(folder.ledger) else { return }
    let kept = folder.ledger + ".before-restore-" + stamp(now)
    if isSound(folder.ledger), let queue = try? DatabaseQueue(path: folder.ledger) {
      try? queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
      try? queue.close()
    }
    guard !LedgerFolder.exists(kept) else { throw LedgerFault.inTheWay }
    try LedgerFolder.link(folder.ledger, to: kept)
    for companion in LedgerFolder.companions
    where LedgerFolder.exists(folder.ledger + companion) {
      try LedgerFolder.rename(folder.ledger + companion, to: kept + companion)
    }
  }

  /// Whether the old ledger is one, so that SQLite may be let near it.
  private static func isSound(_ path: String) -> Bool {
    (try? LedgerFile.look(path)) != nil
  }

  /// `20260302T005500Z`
  private static func stamp(_ now: Instant) -> String {
    guard let zone = OfficeZone("GMT") else { return String(now.wall.milliseconds) }
    return zone.rfc3339(now.wall).replacing("+00:00", with: "Z").filter { !"-:".contains($0) }
  }
}

extension Reading {
  /// The number last given in each year.
  func lastNumbers() throws(LedgerFault) -> [(year: Int, last: Int)] {
    try rows(
      """
      SELECT year, last
      FROM alert_number
      ORDER BY year
      """
    ) { row in (year: try row.number("year"), last: try row.number("last")) }
  }
}

extension Writing {
  /// Sees to it that a year's next number lies above one that was given elsewhere.
  func skipNumbers(of year: Int, to last: Int) throws(LedgerFault) {
    try run(
      """
      INSERT INTO alert_number (year, last)
      VALUES (?, ?)
      ON CONFLICT (year) DO UPDATE SET last = MAX(last, excluded.last)
      """, [year, last])
  }
}

extension LedgerFault {
  static let noBackup = LedgerFault(
    .notFound,
    Phrase(
      zh: "找不到备份文件，未作任何改动：请检查文件名",
      en: "there is no backup of that name, and nothing was changed: check the name"))
}
