import Logging
import ServiceLifecycle
import Storage
package import Vocabulary

/// Drafts each digest when its hour has come (报送), exactly once a period: the notice's id says
/// the period, and the ledger takes an id once. One that is late is caught up once.
package struct Digests: Service {
  /// How often the calendar is looked at.
  private static let rhythm = Duration.seconds(20)

  private let surroundings: Surroundings
  private let latest: @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period?

  /// The digests of the set-up in force; `latest` is the calendar: the last period of a rhythm
  /// that has ended by a moment.
  package init(
    _ surroundings: Surroundings,
    latest: @escaping @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period?
  ) {
    self.surroundings = surroundings
    self.latest = latest
  }

  /// Drafts digests until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await once()
        try? await surroundings.clock.sleep(for: Digests.rhythm)
      }
    }
  }

  /// Drafts the digests whose hour has come and that are not there yet.
  package func once() async {
    let generation = surroundings.inForce.current
    for rhythm in Digest.Rhythm.allCases {
      let now = surroundings.now()
      guard let period = latest(generation.setup, rhythm, now.wall) else { continue }
      do {
        try await draft(period, generation, at: now)
      } catch {
        surroundings.log.critical(
          "digest not written",
          metadata: ["digest": "\(rhythm.rawValue)", "reason": "\(error)"])
      }
    }
  }

  private func draft(
    _ period: Digest.Period, _ generation: Generation, at now: Instant
  ) async throws {
    let postbox = Postbox(steps: generation.steps)
    let setup = generation.setup
    let isNew = try await surroundings.ledger.write { ledger in
      // A period that ended before this office began to watch has nothing to say.
      guard let began = try ledger.firstBegan(), began < period.to else { return false }
      let digest = try ledger.digest(of: period, for: setup)
      var isNew = false
      for notice in generation.steps.draft(.digest(digest)) {
        isNew = try postbox.put(notice, at: now, in: ledger) || isNew
      }
      return isNew
    }
    guard isNew else { return }
    surroundings.log.info("digest drafted", metadata: ["digest": "\(period.rhythm.rawValue)"])
    surroundings.noticesCame.ring()
  }
}

extension Storage.Reading {
  /// The digest of a period, with the names of an office's feeds.
  package func digest(of period: Digest.Period, for setup: Setup) throws -> Digest {
    let span = period.to - period.from
    let before = Digest.Period(period.rhythm, from: period.from - span, to: period.from)
    let weekAgo = Digest.Period(
      period.rhythm, from: period.from - .days(7), to: period.to - .days(7))
    return try digest(
      period, before: before, weekAgo: period.rhythm == .daily ? weekAgo : nil,
      feedNames: Dictionary(
        setup.feeds.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
      language: setup.office.language)
  }
}
