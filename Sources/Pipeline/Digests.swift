import Logging
import ServiceLifecycle
import Storage
package import Vocabulary

/// Drafts each digest when its hour has come (报送), exactly once: the ledger keeps the periods that
/// were drafted, and each begins where the one before ended, so that a restart repeats nothing and
/// another hour in the set-up leaves nothing out. Periods that ended while nobody was there to draft
/// them are caught up, the oldest first; of a long absence the oldest speaks of all that lies before.
package final class Digests: Service {
  /// How often the calendar is looked at.
  private static let rhythm = Duration.seconds(20)
  /// How many periods of one rhythm are caught up at most.
  private static let mostCaughtUp = 7
  /// So much later than its hour a digest says that it is late.
  package static let punctual = Duration.minutes(30)

  private let surroundings: Surroundings
  private let latest: @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period?
  private let reckon: Reckoning
  private let calendar: LoopCalendar

  /// The digests of the set-up in force; `latest` is the calendar: the last period of a rhythm
  /// that has ended by a moment; `reckon` says how a window was used. One that `waits` does not
  /// believe the wall at once that a machine boots with after a while.
  package init(
    _ surroundings: Surroundings, waits: Bool = true,
    latest: @escaping @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period?,
    reckon: @escaping Reckoning
  ) {
    self.surroundings = surroundings
    self.latest = latest
    self.reckon = reckon
    calendar = LoopCalendar(isPatient: waits)
  }

  /// Drafts digests until the daemon is told to stop.
  package func run() async throws {
    await surroundings.turn(.digests, every: Digests.rhythm) { await self.once() }
  }

  /// Drafts the digests whose hour has come and that are not there yet.
  package func once() async {
    let generation = surroundings.inForce.current
    for rhythm in Digest.Rhythm.allCases {
      do {
        let wall = try await calendar.wall(
          of: surroundings, at: surroundings.now(), judging: .digests)
        for period in try await owed(rhythm, generation.setup, by: wall) {
          try await draft(period, generation, at: wall)
        }
      } catch {
        surroundings.log.critical(
          "digest not written",
          metadata: ["digest": "\(rhythm.rawValue)", "reason": "\(error)"])
      }
    }
  }

  /// Periods that have ended since the last one that was drafted, or since the office began to
  /// watch.
  private func owed(
    _ rhythm: Digest.Rhythm, _ setup: Setup, by wall: WallTime
  ) async throws -> [Digest.Period] {
    guard let last = latest(setup, rhythm, wall) else { return [] }
    return try await surroundings.ledger.read { [latest] ledger in
      let earliest = WallTime(milliseconds: 0)
      // One that ended later than the latest by the calendar was drafted in another zone, or at an
      // hour that the set-up had then.
      let drafted = try ledger.draftedPeriod(rhythm, endingFrom: earliest, to: wall)
      guard let begins = try drafted?.to ?? ledger.firstBegan() else { return [] }
      var periods: [Digest.Period] = []
      var next: Digest.Period? = last
      while let period = next, period.to > begins, periods.count < Digests.mostCaughtUp {
        periods.append(period)
        next = latest(setup, rhythm, period.from)
      }
      if let oldest = periods.last, drafted != nil, oldest.from > begins {
        periods[periods.count - 1].from = begins
      }
      return periods.reversed()
    }
  }

  private func draft(
    _ period: Digest.Period, _ generation: Generation, at wall: WallTime
  ) async throws {
    let (setup, now) = (generation.setup, surroundings.now())
    // Read apart from writing: a long digest must not hold up an alert.
    let digest = try await surroundings.ledger.read { [reckon] ledger in
      var digest = try ledger.digest(
        of: try ledger.joined(period), for: setup, at: now, reckon: reckon)
      if wall - period.to > Digests.punctual { digest.caughtUpAt = wall }
      digest.number = try ledger.nextNumber(of: period)
      return digest
    }
    let notices = generation.steps.draft(.digest(digest))
    let postbox = Postbox(steps: generation.steps)
    let isNew = try await surroundings.ledger.write { ledger in
      try postbox.put(notices, of: digest.period, at: now, in: ledger)
    }
    guard isNew, !notices.isEmpty else { return }
    surroundings.log.info("digest drafted", metadata: ["digest": "\(period.rhythm.rawValue)"])
    surroundings.noticesCame.ring()
  }
}
