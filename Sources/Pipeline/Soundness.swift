import Synchronization
import Vocabulary

/// Whether the daemon does what it is there for (健康): what its audit said last, and when each of
/// its loops last turned.
final class Soundness: Sendable {
  /// The loops that turn by themselves, each at least once a minute.
  enum Loop: String, Sendable, CaseIterable {
    case digests, lateMail, leads, outbox, reminders, rounds
  }

  private struct State {
    var isSound = true
    var turnedAt: [Loop: SteadyTime] = [:]
    var lookedAt: SteadyTime?
  }

  private let state = Mutex(State())

  /// Whether the last audit passed; before the first it counts as passed.
  var isSound: Bool {
    get { state.withLock(\.isSound) }
    set { state.withLock { $0.isSound = newValue } }
  }

  /// A loop begins another turn.
  func turn(_ loop: Loop, at now: Instant) {
    state.withLock { $0.turnedAt[loop] = now.steady }
  }

  /// The loops that have turned and have not for so long; one that never began is not at fault, nor
  /// are all of them where this was not asked for as long: then the whole machine stood still.
  func stuck(for patience: Duration, at now: Instant) -> [Loop] {
    state.withLock { state in
      defer { state.lookedAt = now.steady }
      guard let lookedAt = state.lookedAt, now.steady - lookedAt < patience else { return [] }
      return Loop.allCases.filter { loop in
        state.turnedAt[loop].map { now.steady - $0 > patience } ?? false
      }
    }
  }
}
