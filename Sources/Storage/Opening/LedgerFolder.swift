internal import Foundation
internal import Synchronization
internal import Vocabulary

/// The folder of a ledger and the names in it.
struct LedgerFolder: Sendable {
  var path: String

  var ledger: String { path + "/ledger.sqlite" }
  /// Held by the daemon alone.
  var daemonLock: String { path + "/daemon.lock" }
  /// Shared by whoever has the ledger open; restoring wants it alone.
  var ledgerLock: String { path + "/ledger.lock" }
  /// Where a new ledger is made ready before it gets its name.
  var making: String { path + "/ledger.sqlite.making" }
  /// Where a restored ledger is made ready before it takes the place of the old one.
  var restoring: String { path + "/ledger.sqlite.restoring" }

  /// What SQLite keeps beside a ledger while it is open, and after a crash.
  static let companions = ["-wal", "-shm"]

  /// Makes the folder, readable by its owner alone, where its parent is there and it is not.
  func make() throws(LedgerFault) {
    guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw LedgerFolder.fault(errno)
  }

  /// Makes an empty file, readable by its owner alone, where there is none; SQLite gives what it
  /// keeps beside it the same mode.
  static func makeFile(_ path: String) throws(LedgerFault) {
    let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw fault(errno) }
    _ = Foundation.close(descriptor)
  }

  /// Makes sure that a file, or the names in a folder, are on the disk.
  static func sync(_ path: String) throws(LedgerFault) {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(errno) }
    defer { _ = Foundation.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw fault(errno) }
  }

  /// The first bytes of a file, fewer where it has no more.
  static func beginning(of path: String, _ count: Int) throws(LedgerFault) -> [UInt8] {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault(errno) }
    defer { _ = Foundation.close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let length = read(descriptor, &bytes, count)
    guard length >= 0 else { throw fault(errno) }
    return [UInt8](bytes.prefix(length))
  }

  static func size(of path: String) throws(LedgerFault) -> Int {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw fault(errno) }
    return Int(facts.st_size)
  }

  static func rename(_ from: String, to: String) throws(LedgerFault) {
    guard Foundation.rename(from, to) == 0 else { throw fault(errno) }
  }

  /// Gives a file a second name, and fails where that name is taken.
  static func link(_ from: String, to: String) throws(LedgerFault) {
    guard Foundation.link(from, to) == 0 else { throw fault(errno) }
  }

  static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// Removes a file that is ours to remove, and what SQLite kept beside it.
  static func discard(_ path: String) {
    for name in [path] + companions.map({ path + $0 }) { _ = unlink(name) }
  }

  /// What the system said, as a fault.
  static func fault(_ code: Int32) -> LedgerFault {
    switch code {
    case ENOENT: .noLedger
    case EEXIST: .inTheWay
    case EACCES, EPERM, ENOTDIR: .unreadable
    case EROFS: .readOnly
    case ENOSPC, EDQUOT: .diskFull
    default: .failed(detail: String(cString: strerror(code)))
    }
  }
}

/// The locks that one open ledger has.
final class LedgerLocks: Sendable {
  private let held = Mutex<(open: FolderLock?, daemon: FolderLock?)>((nil, nil))

  /// Shares the ledger with whoever has it open. A reader that may not write the folder does
  /// without: it opens read-only, and restoring replaces the file by renaming.
  func share(_ folder: LedgerFolder, mayDoWithout: Bool) throws(LedgerFault) {
    switch FolderLock.take(folder.ledgerLock, .shared) {
    case .held(let lock): held.withLock { $0.open = lock }
    case .refused: throw .inUse
    case .unreachable: guard mayDoWithout else { throw LedgerFolder.fault(errno) }
    }
  }

  /// Takes the ledger alone, from daemons and commands.
  func takeAlone(_ folder: LedgerFolder) throws(LedgerFault) {
    try holdAsDaemon(folder)
    try openAlone(folder)
  }

  /// Takes the ledger alone, from whoever would open it.
  func openAlone(_ folder: LedgerFolder) throws(LedgerFault) {
    switch FolderLock.take(folder.ledgerLock, .alone) {
    case .held(let lock): held.withLock { $0.open = lock }
    case .refused: throw .inUse
    case .unreachable: throw LedgerFolder.fault(errno)
    }
  }

  func holdAsDaemon(_ folder: LedgerFolder) throws(LedgerFault) {
    guard held.withLock({ $0.daemon == nil }) else { return }
    switch LedgerLocks.takeFromLookers(folder.daemonLock) {
    case .held(let lock): held.withLock { $0.daemon = lock }
    case .refused: throw .heldByDaemon
    case .unreachable: throw LedgerFolder.fault(errno)
    }
  }

  /// A refusal may be somebody who only looks whether a daemon is there.
  private static func takeFromLookers(_ path: String) -> FolderLock.Outcome {
    var outcome = FolderLock.take(path, .alone)
    for _ in 0..<4 {
      guard case .refused = outcome else { return outcome }
      usleep(10_000)
      outcome = FolderLock.take(path, .alone)
    }
    return outcome
  }

  func release() {
    held.withLock { held in
      held.open?.release()
      held.daemon?.release()
      held = (nil, nil)
    }
  }
}
