import Logging
import Storage
import Vocabulary

/// Writes down how a reading of a feed went, and tells the admins once when it has gone blind and
/// once when it sees again (信源健康).
///
/// A feed is blind when three polls in a row failed, or when nothing was read for longer than the
/// major window: from then on "nothing found" may be "could not look".
struct FeedHealth: Sendable {
  /// So many misses in a row make a feed blind.
  static let patience = 3
  /// The longest that a feed which asks to be left alone is left alone.
  static let longestPause = Duration.hours(1)

  let surroundings: Surroundings
  let generation: Generation
  let feed: Feed

  /// How a reading went, as it is written down.
  struct Outcome: Sendable {
    var state: FeedState
    var at: Instant
    var succeeded: Bool
    var change = Change.none
    var notices: [Notice] = []
  }

  /// What a reading changed in whether the feed is watched.
  enum Change: Sendable {
    case none
    case wentBlind(since: WallTime, Phrase)
    case seesAgain
  }

  /// A reading that went through.
  func success(after known: FeedState, _ harvest: Poll.Harvest) -> Outcome {
    var state = known
    let now = harvest.readAt
    state.firstReadAt = known.firstReadAt ?? now
    state.lastPolledAt = now.wall
    state.lastSuccessAt = now.wall
    state.nextPollAt = now.wall + feed.every
    state.misses = 0
    state.blindSince = nil
    state.reportedBlind = false
    state.validators = harvest.validators
    state.lastItemCount = harvest.rows ?? known.lastItemCount
    var outcome = Outcome(state: state, at: now, succeeded: true)
    if known.blindSince != nil { outcome.change = .seesAgain }
    if known.reportedBlind {
      outcome.notices = draft(
        .feedSeesAgain(feed.id, name: feed.name, blindSince: known.blindSince, at: now.wall))
    }
    return outcome
  }

  /// A reading that brought nothing, and why.
  func miss(_ miss: Miss, after known: FeedState) -> Outcome {
    var state = known
    let now = surroundings.now()
    state.lastPolledAt = now.wall
    state.misses = known.misses + 1
    state.lastMiss = FeedState.LastMiss(
      cause: miss.cause, reasonZh: miss.reason.zh, reasonEn: miss.reason.en, at: now.wall)
    state.nextPollAt = now.wall + wait(after: miss, misses: state.misses)
    surroundings.log.warning(
      "feed missed",
      metadata: [
        "feed": "\(feed.id)", "cause": "\(miss.cause.rawValue)", "misses": "\(state.misses)",
        "status": "\(miss.status.map(String.init) ?? "-")",
      ])
    guard isBlind(state, at: now), !state.reportedBlind else {
      return Outcome(state: state, at: now, succeeded: false)
    }
    let since = known.lastSuccessAt ?? known.lastMiss?.at ?? now.wall
    state.reportedBlind = true
    state.blindSince = since
    let trouble = Trouble.feedBlind(
      feed.id, name: feed.name, since: known.lastSuccessAt, misses: state.misses, miss,
      at: now.wall)
    return Outcome(
      state: state, at: now, succeeded: false, change: .wentBlind(since: since, miss.reason),
      notices: draft(trouble))
  }

  private func isBlind(_ state: FeedState, at now: Instant) -> Bool {
    if state.misses >= FeedHealth.patience { return true }
    // One miss may be the first look after a long stop, which is our own gap and not the feed's.
    guard state.misses > 1, let success = state.lastSuccessAt else { return false }
    return now.wall - success > generation.setup.office.windows.major
  }

  /// A fault that may pass is tried again at the feed's own pace; a wall or a request for patience
  /// slows it down, up to an hour, and never for good.
  private func wait(after miss: Miss, misses: Int) -> Duration {
    switch miss.cause {
    case .busy, .wall, .robots, .gone, .forbiddenAddress, .badAddress:
      let slower = feed.every * (1 << min(misses - 1, 6))
      let asked = max(slower, miss.retryAfter ?? .zero)
      return max(feed.every, min(asked, FeedHealth.longestPause))
    case .nameUnknown, .nameTimeout, .unreachable, .timeout, .cutOff, .tls, .tooLarge, .redirect,
      .status, .empty, .unreadable, .nothingFound:
      return feed.every
    }
  }

  private func draft(_ trouble: Trouble) -> [Notice] {
    generation.steps.draft(.trouble(trouble))
  }

  /// Writes down how a reading went.
  func keep(_ outcome: Outcome) async throws {
    try await surroundings.ledger.write { try write(outcome, in: $0) }
    if !outcome.notices.isEmpty { surroundings.noticesCame.ring() }
  }

  /// Writes down how a reading went beside what it brought.
  func write(_ outcome: Outcome, in ledger: Writing) throws {
    try ledger.save(outcome.state)
    try ledger.countPoll(feed.id, hour: outcome.at.wall.startOfHour, succeeded: outcome.succeeded)
    switch outcome.change {
    case .none: break
    case .wentBlind(let since, let reason):
      try ledger.beginBlindSpot(feed: feed.id, from: since, reason: reason)
    case .seesAgain: try ledger.endBlindSpot(feed: feed.id, to: outcome.at.wall)
    }
    for notice in outcome.notices {
      try Postbox(steps: generation.steps).put(notice, at: outcome.at, in: ledger)
    }
  }
}

extension FeedState {
  /// What is known of a feed: what the ledger has, unless the feed has moved to another address
  /// since, which makes its next reading a first one.
  static func current(_ state: FeedState?, of feed: Feed) -> FeedState {
    if let state, state.url == feed.url { return state }
    var fresh = FeedState(id: feed.id, url: feed.url, nextPollAt: WallTime(milliseconds: 0))
    // Whoever mended the address is to hear that it sees again.
    fresh.blindSince = state?.blindSince
    fresh.reportedBlind = state?.reportedBlind ?? false
    return fresh
  }
}

extension WallTime {
  /// The full hour, in UTC, in which this moment lies.
  var startOfHour: WallTime {
    WallTime(milliseconds: milliseconds - milliseconds % 3_600_000)
  }
}
