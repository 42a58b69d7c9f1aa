import Synchronization

/// What is being worked on in this process, so that nothing is taken up twice (在办).
final class UnderWay<ID: Hashable & Sendable>: Sendable {
  private let ids = Mutex<Set<ID>>([])

  /// Takes something up; false when it is under way already.
  func begin(_ id: ID) -> Bool {
    ids.withLock { $0.insert(id).inserted }
  }

  /// Puts it down.
  func end(_ id: ID) {
    ids.withLock { _ = $0.remove(id) }
  }

  /// Whether something is under way.
  func has(_ id: ID) -> Bool {
    ids.withLock { $0.contains(id) }
  }

  /// All that is under way.
  var all: Set<ID> { ids.withLock(\.self) }

  /// How many are under way.
  var count: Int { ids.withLock(\.count) }
}
