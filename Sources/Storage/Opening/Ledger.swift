internal import Dispatch
internal import GRDB
internal import Synchronization

/// The ledger (台账): all that has happened, in order, in one SQLite file.
///
/// What the rest of the house may build on:
/// - What `write` has returned is on the disk: the write-ahead log with `synchronous = FULL`, which
///   is set after GRDB has set its own and read back from the writer before the ledger is handed
///   out. What a transaction did not reach never happened.
/// - Facts are only ever added. Triggers refuse to change or delete them, whoever asks; texts alone
///   may be deleted, so that retention removes text and leaves facts.
/// - What is a projection (`outbox`, `standing`) is written in the transaction of the facts it is
///   read off, by the same view that `auditOutbox` compares it with.
/// - One daemon holds the ledger (`daemon.lock`); commands may write beside it, in turns.
/// - A file that is damaged, foreign or newer is never written to.
package final class Ledger: Sendable {
  let pool: DatabasePool
  let folder: LedgerFolder
  private let group = GroupCommit()
  private let isReadOnly: Bool
  private let locks: LedgerLocks

  init(_ pool: DatabasePool, in folder: LedgerFolder, readOnly: Bool, locks: LedgerLocks) {
    self.pool = pool
    self.folder = folder
    self.isReadOnly = readOnly
    self.locks = locks
  }

  // No deinit that closes: a work may hold the ledger last and let go of it on the writer's own queue,
  // where closing would wait for itself and end the process. Pool and locks go by themselves.

  /// Takes the ledger for this daemon until it is closed or the process ends; `.locked` where
  /// another daemon has it.
  package func holdAsDaemon() throws(LedgerFault) {
    try locks.holdAsDaemon(folder)
  }

  /// Whether a daemon has the ledger at this moment; nil where that cannot be found out.
  package var isHeldByDaemon: Bool? { FolderLock.isHeld(folder.daemonLock) }

  /// How many works wait for the transaction after this one.
  var waiting: Int { group.count }

  /// Does some work in one transaction and returns when it is durable. A work that throws leaves no
  /// trace; what it threw is thrown on. One that `waitsForCompany` takes up to a tenth of a second
  /// longer and shares its commit.
  package func write<T: Sendable>(
    waitsForCompany: Bool = false, _ work: @escaping @Sendable (Writing) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      write(waitsForCompany: waitsForCompany, work) { continuation.resume(with: $0) }
    }
  }

  /// As `write`, for who goes on meanwhile. What is asked for first stands first in the ledger, and
  /// what came of it is told where the writer is, so be short.
  package func write<T: Sendable>(
    waitsForCompany: Bool = false, _ work: @escaping @Sendable (Writing) throws -> T,
    then tell: @escaping @Sendable (Result<T, any Error>) -> Void
  ) {
    guard !isReadOnly else { return tell(.failure(LedgerFault.readOnly)) }
    let work = GroupCommit.Work(waitsForCompany: waitsForCompany, work, tell)
    if let turn = group.add(work) { Ledger.come(on: turn, pool, group) }
  }

  /// As `write`, for a thread that may be blocked, which is none of the cooperative ones: where nobody
  /// else writes it is itself the writer, and no other thread has to be woken.
  package func writeHere<T: Sendable>(
    _ work: @escaping @Sendable (Writing) throws -> T
  ) throws -> T {
    guard !isReadOnly else { throw LedgerFault.readOnly }
    let outcome = Outcome<T>()
    let work = GroupCommit.Work(waitsForCompany: false, work, outcome.come)
    if group.add(work) != nil {
      // One group alone: what comes meanwhile is not this thread's to wait for.
      let next = pool.writeWithoutTransaction { group.commitAll($0, on: .now, atMost: 1) }
      if let next { Ledger.come(on: next, pool, group) }
    }
    return try outcome.wait()
  }

  /// Brings what waits to the writer. The closures hold no ledger: the last to let go of one closes
  /// it, and must not do so on the writer's own queue.
  private static func come(on turn: GroupCommit.Turn, _ pool: DatabasePool, _ group: GroupCommit) {
    let commit: @Sendable () -> Void = {
      pool.asyncWriteWithoutTransaction { db in
        if let next = group.commitAll(db, on: turn) { come(on: next, pool, group) }
      }
    }
    switch turn {
    case .now: commit()
    case .later:
      DispatchQueue.global().asyncAfter(deadline: .now() + GroupCommit.patience, execute: commit)
    }
  }

  /// Asks the ledger, as it stood at one moment; writers do not wait for it.
  package func read<T: Sendable>(
    _ work: @escaping @Sendable (Reading) throws -> T
  ) async throws -> T {
    do {
      return try await pool.read { db in try work(Reading(db)) }
    } catch {
      throw GroupCommit.plain(error)
    }
  }

  /// What the integrity check and the foreign keys say; empty where all is well. It reads the whole
  /// file, so call it seldom.
  func integrity() async throws -> [String] {
    try await read { reading in try reading.integrity() }
  }

  /// Closes the file and gives up its locks; safe to call again.
  package func close() {
    // It can only fail while a statement runs, and every statement runs inside a queue's turn.
    try? pool.close()
    locks.release()
  }
}

/// What a thread waits for.
private final class Outcome<T: Sendable>: Sendable {
  private let result = Mutex<Result<T, any Error>?>(nil)
  private let hasCome = DispatchSemaphore(value: 0)

  func come(_ result: Result<T, any Error>) {
    self.result.withLock { $0 = result }
    hasCome.signal()
  }

  func wait() throws -> T {
    while true {
      if let result = result.withLock(\.self) { return try result.get() }
      hasCome.wait()
    }
  }
}
