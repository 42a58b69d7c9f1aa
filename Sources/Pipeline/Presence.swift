import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Keeps the ledger told that this run is alive (在岗), so that a gap between two runs is known as
/// a span in which nobody looked, and feeds the watchdog outside, but where the audit finds what another start may mend.
package struct Presence: Service {
  /// How often it says so, and so how exact a gap's beginning is.
  package static let rhythm = LedgerClock.rhythm
  /// A shorter gap is a restart: feeds that are due are read at once, and no window is so short.
  package static let restart = Duration.minutes(2)

  private let surroundings: Surroundings
  private let feedWatchdog: @Sendable () -> Void

  /// The presence of this run; `feedWatchdog` is called each time the ledger took it,
  /// unless the audit has it starve.
  package init(_ surroundings: Surroundings, feedWatchdog: @escaping @Sendable () -> Void) {
    self.surroundings = surroundings
    self.feedWatchdog = feedWatchdog
  }

  /// Begins this run: writes the gap since the last one where it was longer than `longestGap`, takes
  /// over what that one left behind, and returns how many attempts those were.
  ///
  /// Single rounds are meant to have gaps between them: these are blind spots where a feed's would
  /// be, beyond the major window.
  package static func begin(
    _ surroundings: Surroundings, longestGap: Duration = restart
  ) async throws -> Int {
    let now = surroundings.now()
    return try await surroundings.ledger.write { [surroundings] ledger in
      if let last = try ledger.lastAlive(), now.elapsed(since: last.at) > longestGap {
        let reason = Phrase(zh: "本系统停止运行", en: "Huiyin was not running")
        try ledger.beginBlindSpot(feed: nil, from: last.at.wall, reason: reason)
        try ledger.endBlindSpot(feed: nil, to: now.wall)
      }
      try ledger.begin(incarnation: surroundings.incarnation, at: now)
      return try ledger.takeOver(incarnation: surroundings.incarnation, at: now)
    }
  }

  /// Says so until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await once()
        try? await surroundings.clock.sleep(for: Presence.rhythm)
      }
    }
  }

  /// Says so once.
  package func once() async {
    let now = surroundings.now()
    do {
      try await surroundings.ledger.write { [surroundings] ledger in
        try ledger.alive(incarnation: surroundings.incarnation, at: now)
      }
      if surroundings.soundness.feedsWatchdog(at: now, patience: Auditor.patience) {
        feedWatchdog()
      }
    } catch {
      // The watchdog starves: outside it is seen that nothing can be written.
      surroundings.log.critical("ledger not writable", metadata: ["reason": "\(error)"])
    }
  }
}
