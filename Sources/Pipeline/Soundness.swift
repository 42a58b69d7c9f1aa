import Synchronization
import Vocabulary

/// Whether the daemon does what it is there for (健康): what its audit said last, and when each of
/// its loops last turned.
final class Soundness: Sendable {
  /// The loops that turn by themselves, each at least once a minute.
  enum Loop: String, Sendable, CaseIterable {
    case calls, digests, lateMail, leads, mailroom, outbox, reminders, revisits, rounds,
      shiftChanges
  }

  /// What an audit came to.
  enum Verdict: Sendable {
    /// Everything open has somebody who sees to it.
    case sound
    /// Something has not, and another start of the daemon may help.
    case mendableByRestart
    /// Something has not, and a start was tried before or would not help.
    case unsound
  }

  private struct State {
    var verdict: (Verdict, at: SteadyTime)?
    var soundSince: SteadyTime?
    var isBeatOwed = false
    var turnedAt: [Loop: SteadyTime] = [:]
    var lookedAt: SteadyTime?
    var began: SteadyTime?
    var awakeSince = SteadyTime.beginning
    var waitedFor: [Feed.ID: (next: SteadyTime, since: SteadyTime)] = [:]
  }

  private let state = Mutex(State())

  /// An audit has ended so.
  func conclude(_ verdict: Verdict, at now: Instant) {
    state.withLock { state in
      state.verdict = (verdict, now.steady)
      state.isBeatOwed = verdict == .sound
      if verdict != .sound { state.soundSince = nil }
    }
  }

  /// An audit finds nothing; for how long that has been so, look after look.
  func passing(at now: Instant) -> Duration {
    state.withLock { state in
      let since = state.soundSince ?? now.steady
      state.soundSince = since
      return now.steady - since
    }
  }

  /// Whether the watchdog is fed: until a start may help, or no audit has ended for so long.
  func feedsWatchdog(at now: Instant, patience: Duration) -> Bool {
    state.withLock { state in
      guard let (verdict, at) = state.verdict else { return true }
      return verdict != .mendableByRestart && now.steady - at <= patience
    }
  }

  /// Whether an audit has passed since this was asked last.
  func takeBeat() -> Bool {
    state.withLock { state in
      defer { state.isBeatOwed = false }
      return state.isBeatOwed
    }
  }

  /// A loop begins another turn.
  func turn(_ loop: Loop, at now: Instant) {
    state.withLock { $0.turnedAt[loop] = now.steady }
  }
}

extension Soundness {
  /// Since when the audit has looked often, and since when at all.
  struct Watch: Sendable {
    var awakeSince: SteadyTime
    var began: SteadyTime
  }

  /// The audit looks. Where it has not for so long, the whole machine stood still: whatever was due
  /// meanwhile has only now its chance.
  func look(at now: Instant, patience: Duration) -> Watch {
    state.withLock { state in
      if state.lookedAt.map({ now.steady - $0 >= patience }) ?? true {
        state.awakeSince = now.steady
        state.waitedFor = [:]
      }
      state.lookedAt = now.steady
      let began = state.began ?? now.steady
      state.began = began
      return Watch(awakeSince: state.awakeSince, began: began)
    }
  }

  /// The loops that have turned and have not for so long; one that never began is not at fault.
  func stuck(for patience: Duration, at now: Instant) -> [Loop] {
    state.withLock { state in
      Loop.allCases.filter { loop in
        guard let turnedAt = state.turnedAt[loop] else { return false }
        return now.steady - max(turnedAt, state.awakeSince) > patience
      }
    }
  }

  /// For how long each feed has been waited for, look after look: of those that are due, with the
  /// moment at which they became so.
  func waited(for due: [Feed.ID: SteadyTime], at now: Instant) -> [Feed.ID: Duration] {
    state.withLock { state in
      let before = state.waitedFor
      state.waitedFor = due.reduce(into: [:]) { waited, feed in
        let known = before[feed.key].flatMap { $0.next == feed.value ? $0 : nil }
        waited[feed.key] = known ?? (next: feed.value, since: now.steady)
      }
      return state.waitedFor.mapValues { now.steady - $0.since }
    }
  }
}
