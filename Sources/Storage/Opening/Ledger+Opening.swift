internal import Foundation
internal import GRDB
package import Vocabulary

extension Ledger {
  /// Opens an office's ledger for reading and writing, makes it where there is none and brings it
  /// up to date. What is no ledger of ours, or a newer one, is left untouched.
  package static func open(folder path: String, now: Instant) throws(LedgerFault) -> Ledger {
    let folder = LedgerFolder(path: path)
    try folder.make()
    if !LedgerFolder.exists(folder.ledger) { try makeFirst(folder) }
    let locks = LedgerLocks()
    try locks.share(folder, mayDoWithout: false)
    guard try LedgerFile.look(folder.ledger) != .newer else { throw .newer }
    do {
      let pool = try DatabasePool(path: folder.ledger, configuration: LedgerFile.writable())
      try LedgerFile.bringUpToDate(pool)
      try pool.writeWithoutTransaction { db in
        try LedgerFile.makeDurable(db)
        // Ids are hashes, so that each item touches pages all over its tables: with SQLite's own
        // 2 MB most of them would be read again each time.
        try db.execute(sql: "PRAGMA cache_size = -16384")
        // For the same reason a log of 16 MB and not of 4: each page goes into the ledger less often.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
      }
      return Ledger(pool, in: folder, readOnly: false, locks: locks)
    } catch {
      throw LedgerFault(error)
    }
  }

  /// Opens an office's ledger for reading alone, beside whoever writes; never makes or migrates
  /// one.
  package static func look(folder path: String) throws(LedgerFault) -> Ledger {
    let folder = LedgerFolder(path: path)
    guard LedgerFolder.exists(folder.ledger) else { throw LedgerFolder.fault(errno) }
    let locks = LedgerLocks()
    try locks.share(folder, mayDoWithout: true)
    switch try LedgerFile.look(folder.ledger) {
    case .current: break
    case .newer: throw .newer
    case .older: throw .older
    }
    do {
      let pool = try DatabasePool(path: folder.ledger, configuration: LedgerFile.readOnly())
      return Ledger(pool, in: folder, readOnly: true, locks: locks)
    } catch {
      throw LedgerFault(error)
    }
  }

  /// Makes the first ledger of a folder, alone, so that nobody writes to one that is replaced.
  private static func makeFirst(_ folder: LedgerFolder) throws(LedgerFault) {
    let locks = LedgerLocks()
    try locks.openAlone(folder)
    defer { locks.release() }
    guard !LedgerFolder.exists(folder.ledger) else { return }
    // A log without its ledger: SQLite would take it for the new ledger's.
    guard !LedgerFolder.exists(folder.ledger + "-wal") else { throw .damaged }
    try LedgerFile.make(folder)
  }
}
