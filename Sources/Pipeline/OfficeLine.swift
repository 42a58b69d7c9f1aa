import Storage
import Vocabulary

/// The office's own line to the world (本机网络): where most feeds fail at once it is not the feeds.
///
/// Then one letter goes out for all of them, and one when the line is up again.
struct OfficeLine: Sendable {
  /// So many feeds at least must fail for it to be the line.
  private static let fewest = 3
  private static let trouble = "lineDown"

  private let generation: Generation

  /// The line behind the feeds of a generation.
  init(_ generation: Generation) {
    self.generation = generation
  }

  /// Whether it is down: most of the feeds that were ever polled missed last, in a way that a line
  /// which is down makes them miss.
  func isDown(in ledger: Writing) throws -> Bool {
    let (failing, watched) = try count(in: ledger)
    return failing >= OfficeLine.fewest && failing * 2 > watched
  }

  /// The letter that says so; nil where it was written.
  func goesDown(_ miss: Miss, in ledger: Writing, at now: Instant) throws -> Trouble? {
    guard try ledger.beginTrouble(OfficeLine.trouble, at: now) else { return nil }
    let (failing, watched) = try count(in: ledger)
    return .lineDown(feeds: failing, of: watched, miss, at: now.wall)
  }

  /// The letter that says that it is up again; nil where it was not down, or is so still.
  func comesUp(in ledger: Writing, at now: Instant) throws -> Trouble? {
    guard try ledger.standsSince(OfficeLine.trouble) != nil, try !isDown(in: ledger),
      let since = try ledger.endTrouble(OfficeLine.trouble)
    else { return nil }
    return .lineUp(since: since.wall, at: now.wall)
  }

  private func count(in ledger: Writing) throws -> (failing: Int, watched: Int) {
    let watched = try ledger.feedStates().filter { state in
      state.lastPolledAt != nil && generation.feeds[state.id]?.isPolled ?? false
    }
    return (
      watched.count { $0.misses > 0 && $0.lastMiss?.cause.isOfTheLine ?? false }, watched.count
    )
  }
}

extension Miss.Cause {
  /// Whether a line that is down makes a fetch miss so.
  fileprivate var isOfTheLine: Bool {
    switch self {
    case .nameUnknown, .nameTimeout, .unreachable, .timeout, .cutOff, .tls: true
    case .busy, .wall, .robots, .gone, .forbiddenAddress, .badAddress, .tooLarge, .redirect,
      .status, .empty, .unreadable, .nothingFound, .folder:
      false
    }
  }
}
