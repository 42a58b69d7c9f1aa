import Logging
import ServiceLifecycle
import Storage
import Synchronization
package import Vocabulary

/// Drafts each digest when its hour has come (报送), exactly once: the ledger keeps the periods that
/// were drafted, and each begins where the one before ended, so that a restart repeats nothing and
/// another hour in the set-up leaves nothing out. Periods that ended while nobody was there to draft
/// them are caught up, the oldest first.
package final class Digests: Service {
  /// How often the calendar is looked at.
  private static let rhythm = Duration.seconds(20)
  /// How many periods of one rhythm are caught up at most.
  private static let mostCaughtUp = 7

  private let surroundings: Surroundings
  private let latest: @Sendable (Setup, Digest.Rhythm, WallTime) -> Digest.Period?
  private let calendar = Mutex(OfficeCalendar())

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
        self.surroundings.soundness.turn(.digests, at: self.surroundings.now())
        await self.once()
        try? await self.surroundings.clock.sleep(for: Digests.rhythm)
      }
    }
  }

  /// Drafts the digests whose hour has come and that are not there yet.
  package func once() async {
    let generation = surroundings.inForce.current
    for rhythm in Digest.Rhythm.allCases {
      do {
        for period in try await owed(rhythm, generation.setup) {
          try await draft(period, generation)
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
  private func owed(_ rhythm: Digest.Rhythm, _ setup: Setup) async throws -> [Digest.Period] {
    let now = surroundings.now()
    let wall = calendar.withLock { $0.wall(at: now) }
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
      return periods.reversed()
    }
  }

  private func draft(_ period: Digest.Period, _ generation: Generation) async throws {
    let (setup, now) = (generation.setup, surroundings.now())
    // Read apart from writing: a long digest must not hold up an alert.
    let digest = try await surroundings.ledger.read {
      try $0.digest(of: try $0.joined(period), for: setup, at: now.wall)
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

extension Storage.Reading {
  /// The digest of a period as things are known now, with the names of an office's feeds.
  package func digest(
    of period: Digest.Period, for setup: Setup, at now: WallTime
  ) throws -> Digest {
    let zone = setup.office.zone
    var digest = try digest(
      period, before: period.before(in: zone),
      weekAgo: period.rhythm == .daily ? period.weekAgo(in: zone) : nil,
      feedNames: Dictionary(
        setup.feeds.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
      language: setup.office.language)
    let spots = [try beforeService(period, setup), try sinceLastSeen(period, setup, now)]
    digest.blindSpots = (spots.compactMap(\.self) + digest.blindSpots).sorted { $0.from < $1.from }
    return digest
  }

  /// What of a period lies before the office's first daemon: nobody looked then.
  private func beforeService(
    _ period: Digest.Period, _ setup: Setup
  ) throws -> Digest.BlindSpot? {
    guard let began = try firstBegan(), began > period.from else { return nil }
    let reason = Phrase(zh: "本系统尚未启用", en: "Huiyin was not in service yet")
    return Digest.BlindSpot(
      feedName: nil, from: period.from, to: min(began, period.to),
      reason: reason[setup.office.language])
  }

  /// What of a period lies after the last daemon's last sign of life: a blind spot that the next one
  /// will write down, unless it is no longer than what a feed is allowed.
  private func sinceLastSeen(
    _ period: Digest.Period, _ setup: Setup, _ now: WallTime
  ) throws -> Digest.BlindSpot? {
    let end = min(period.to, now)
    guard let alive = try lastAlive()?.at.wall, end - alive > setup.office.windows.major else {
      return nil
    }
    let reason = Phrase(zh: "本系统停止运行", en: "Huiyin was not running")
    return Digest.BlindSpot(
      feedName: nil, from: max(alive, period.from), to: end < now ? end : nil,
      reason: reason[setup.office.language])
  }
}
