internal import Dispatch
internal import GRDB

extension Ledger {
  /// Writes a copy of the ledger, as it stands at one moment, while it is written to.
  ///
  /// The copy is checked and on the disk when this returns. `.inTheWay` where there is a file of
  /// that name; a copy that fails half-way is removed.
  package func backup(to path: String) async throws {
    try LedgerFolder.makeFile(path)
    do {
      // Copying blocks, so it does not take one of the few threads that tasks share.
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { [pool] in
          continuation.resume(with: Result { try Ledger.copy(pool, to: path) })
        }
      }
      try LedgerFolder.sync(path)
    } catch {
      LedgerFolder.discard(path)
      throw LedgerFault(error)
    }
  }

  /// Copies a database through SQLite's backup and checks the copy.
  static func copy(_ original: some DatabaseReader, to path: String) throws {
    let copy = try DatabaseQueue(path: path)
    defer { try? copy.close() }
    try original.backup(to: copy)
    try copy.writeWithoutTransaction { db in
      // The copy says that it has a write-ahead log; on its own it is better off without, in one
      // file that can be carried away.
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
    }
    guard try copy.read({ db in try Reading(db).integrity() }).isEmpty else {
      throw LedgerFault.damaged
    }
  }
}
