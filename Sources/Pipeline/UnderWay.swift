import Synchronization
import Vocabulary

/// What is being worked on in this process, so that nothing is taken up twice (在办).
final class UnderWay<ID: Hashable & Sendable>: Sendable {
  private let taken = Mutex<[ID: SteadyTime]>([:])

  /// Takes something up; false when it is under way already.
  func begin(_ id: ID, at now: Instant) -> Bool {
    taken.withLock { taken in
      guard taken[id] == nil else { return false }
      taken[id] = now.steady
      return true
    }
  }

  /// Puts it down.
  func end(_ id: ID) {
    taken.withLock { _ = $0.removeValue(forKey: id) }
  }

  /// Whether something is under way.
  func has(_ id: ID) -> Bool {
    taken.withLock { $0[id] != nil }
  }

  /// All that is under way.
  var all: Set<ID> { taken.withLock { Set($0.keys) } }

  /// How many are under way.
  var count: Int { taken.withLock(\.count) }

  /// How many of some kind are under way.
  func count(where isOfKind: (ID) -> Bool) -> Int {
    taken.withLock { $0.keys.count(where: isOfKind) }
  }

  /// What was taken up before a moment and not yet put down.
  func begun(before moment: SteadyTime) -> [ID] {
    taken.withLock { taken in taken.filter { $0.value < moment }.map(\.key) }
  }
}
