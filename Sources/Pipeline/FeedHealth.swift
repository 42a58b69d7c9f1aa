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
    /// Whether it is still what it was.
    var habit = FeedPast.Change.none
    /// What was known before.
    var known: FeedState
  }

  /// What a reading changed in whether the feed is watched.
  enum Change: Sendable {
    case none
    case wentBlind(since: WallTime, Miss)
    case seesAgain
  }

  /// A reading that went through.
  func success(after known: FeedState, _ harvest: Poll.Harvest) -> Outcome {
    var state = known
    let now = harvest.readAt
    state.firstReadAt = known.firstReadAt ?? now
    state.lastPolledAt = now.wall
    state.lastSuccessAt = now.wall
    state.nextPollAt = now.steady + feed.every
    state.misses = 0
    state.blindSince = nil
    state.reportedBlind = false
    state.reportedWithLine = false
    state.validators = harvest.validators
    state.lastItemCount = harvest.rows ?? known.lastItemCount
    let (past, habit) = FeedPast(known.past).after(
      harvest.shape, hasNews: harvest.hasNews, pages: surroundings.pages.take(of: feed.id),
      at: now.wall)
    state.past = past.text
    var outcome = Outcome(state: state, at: now, succeeded: true, habit: habit, known: known)
    if known.blindSince != nil { outcome.change = .seesAgain }
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
    state.nextPollAt = now.steady + wait(after: miss, misses: state.misses)
    surroundings.log.warning(
      "feed missed",
      metadata: [
        "feed": "\(feed.id)", "cause": "\(miss.cause.rawValue)", "misses": "\(state.misses)",
        "status": "\(miss.status.map(String.init) ?? "-")",
      ])
    guard isBlind(state, at: now), !state.reportedBlind || state.reportedWithLine else {
      return Outcome(state: state, at: now, succeeded: false, known: known)
    }
    let since = known.blindSince ?? known.lastSuccessAt ?? known.lastMiss?.at ?? now.wall
    state.reportedBlind = true
    state.blindSince = since
    return Outcome(
      state: state, at: now, succeeded: false, change: .wentBlind(since: since, miss),
      known: known)
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
      .status, .empty, .unreadable, .nothingFound, .folder:
      return feed.every
    }
  }

  /// Writes down how a reading went.
  func keep(_ outcome: Outcome) async throws {
    let speaks = try await surroundings.ledger.write(waitsForCompany: true) {
      try write(outcome, in: $0)
    }
    if speaks { surroundings.noticesCame.ring() }
  }

  /// Writes down how a reading went beside what it brought; returns whether the admins are told.
  @discardableResult
  func write(_ outcome: Outcome, in ledger: Writing) throws -> Bool {
    try ledger.save(outcome.state)
    try ledger.countPoll(feed.id, hour: outcome.at.wall.startOfHour, succeeded: outcome.succeeded)
    switch outcome.change {
    case .none: break
    case .wentBlind(let since, let miss):
      try ledger.beginBlindSpot(feed: feed.id, from: since, reason: miss.reason)
    case .seesAgain: try ledger.endBlindSpot(feed: feed.id, to: outcome.at.wall)
    }
    let letters = [try letter(over: outcome, in: ledger), letter(over: outcome.habit, outcome.at)]
    for letter in letters.compactMap(\.self) {
      try generation.steps.tell(letter, at: outcome.at, in: ledger)
    }
    return letters.contains { $0 != nil }
  }

  /// One letter when a feed is no longer what it was, and one when it is again.
  private func letter(over habit: FeedPast.Change, _ now: Instant) -> Trouble? {
    switch habit {
    case .none: nil
    case .becameOdd(let oddities, let since):
      .feedOdd(feed.id, name: feed.name, oddities, since: since, at: now.wall)
    case .isItselfAgain(let since):
      .feedUsual(feed.id, name: feed.name, since: since, at: now.wall)
    }
  }

  /// One letter for the whole line where that is what is down, else one for the feed; nil where
  /// there is no news or whoever must know has been told.
  private func letter(over outcome: Outcome, in ledger: Writing) throws -> Trouble? {
    let (known, now) = (outcome.known, outcome.at)
    let line = OfficeLine(generation)
    switch outcome.change {
    case .none:
      return outcome.succeeded ? try line.comesUp(in: ledger, at: now) : nil
    case .seesAgain:
      if let letter = try line.comesUp(in: ledger, at: now) { return letter }
      guard known.reportedBlind, !known.reportedWithLine else { return nil }
      return .feedSeesAgain(
        feed.id, name: feed.name, blindSince: known.blindSince, at: now.wall)
    case .wentBlind(_, let miss):
      var state = outcome.state
      state.reportedWithLine = try line.isDown(in: ledger)
      try ledger.save(state)
      if state.reportedWithLine { return try line.goesDown(miss, in: ledger, at: now) }
      return .feedBlind(
        feed.id, name: feed.name, since: known.lastSuccessAt, misses: state.misses, miss,
        at: now.wall)
    }
  }
}

extension FeedState {
  /// What is known of a feed: what the ledger has, unless the feed has moved to another address
  /// since, which makes its next reading a first one.
  static func current(_ state: FeedState?, of feed: Feed) -> FeedState {
    if let state, state.url == feed.url { return state }
    var fresh = FeedState(id: feed.id, url: feed.url, nextPollAt: .beginning)
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
