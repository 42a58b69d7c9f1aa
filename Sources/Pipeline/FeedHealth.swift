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

  /// A reading that went through.
  func succeeded(after known: FeedState, _ harvest: Poll.Harvest) async throws {
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
    let notices =
      known.reportedBlind
      ? draft(.feedSeesAgain(feed.id, name: feed.name, blindSince: known.blindSince, at: now.wall))
      : []
    let wasBlind = known.blindSince != nil
    try await save(state, notices, at: now, succeeded: true) { [feed] ledger in
      if wasBlind { try ledger.endBlindSpot(feed: feed.id, to: now.wall) }
    }
  }

  /// A reading that brought nothing, and why.
  func missed(after known: FeedState, _ miss: Miss) async throws {
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
      return try await save(state, [], at: now, succeeded: false) { _ in }
    }
    let since = known.lastSuccessAt ?? known.lastMiss?.at ?? now.wall
    state.reportedBlind = true
    state.blindSince = since
    let trouble = Trouble.feedBlind(
      feed.id, name: feed.name, since: known.lastSuccessAt, misses: state.misses, miss,
      at: now.wall)
    try await save(state, draft(trouble), at: now, succeeded: false) { [feed] ledger in
      try ledger.beginBlindSpot(feed: feed.id, from: since, reason: miss.reason)
    }
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

  private func save(
    _ state: FeedState, _ notices: [Notice], at now: Instant, succeeded: Bool,
    _ more: @escaping @Sendable (Writing) throws -> Void
  ) async throws {
    let postbox = Postbox(steps: generation.steps)
    try await surroundings.ledger.write { [feed] ledger in
      try ledger.save(state)
      try ledger.countPoll(feed.id, hour: now.wall.startOfHour, succeeded: succeeded)
      try more(ledger)
      for notice in notices { try postbox.put(notice, at: now, in: ledger) }
    }
    if !notices.isEmpty { surroundings.noticesCame.ring() }
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
