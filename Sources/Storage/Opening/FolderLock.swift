internal import Foundation
internal import Synchronization

/// A lock on a file of the ledger's folder (flock(2)), held until it is released or the process
/// ends, however it ends.
final class FolderLock: Sendable {
  /// Whether others may hold it at the same time.
  enum Sharing {
    case shared
    case alone
  }

  /// What came of trying.
  enum Outcome {
    case held(FolderLock)
    /// Somebody else has it.
    case refused
    /// The file cannot be opened.
    case unreachable
  }

  private let descriptor: Mutex<Int32?>

  private init(_ descriptor: Int32) {
    self.descriptor = Mutex(descriptor)
  }

  deinit {
    release()
  }

  /// Tries a lock once, without waiting.
  static func take(_ path: String, _ sharing: Sharing) -> Outcome {
    // O_CLOEXEC: a child that outlives us must not keep the lock.
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return .unreachable }
    let operation = sharing == .alone ? LOCK_EX : LOCK_SH
    guard flock(descriptor, operation | LOCK_NB) == 0 else {
      _ = Foundation.close(descriptor)
      return .refused
    }
    return .held(FolderLock(descriptor))
  }

  /// Whether somebody holds a lock alone at this moment; nil where that cannot be found out. Looking
  /// shares the lock for an instant, so whoever takes it asks more than once.
  static func isHeld(_ path: String) -> Bool? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == ENOENT ? false : nil }
    defer { _ = Foundation.close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return false }
    return errno == EWOULDBLOCK ? true : nil
  }

  /// Gives the lock up; safe to call again.
  func release() {
    let descriptor = descriptor.withLock { descriptor in
      defer { descriptor = nil }
      return descriptor
    }
    guard let descriptor else { return }
    // A child that is just being started has the descriptor too, until it runs its program.
    flock(descriptor, LOCK_UN)
    _ = Foundation.close(descriptor)
  }
}
