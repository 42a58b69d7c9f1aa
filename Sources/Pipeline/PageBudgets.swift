import Logging
import Synchronization
import Vocabulary

/// How many pages behind its links each feed has had fetched today (正文页数).
///
/// A calendar that links to tomorrow for ever, or a board whose links change at each reading, would
/// otherwise never come to an end. Titles are judged all the same.
final class PageBudgets: Sendable {
  /// What a feed gets that asks for one page more.
  enum Grant: Sendable {
    case page
    /// Nothing is left; whether it is the first time in these 24 hours.
    case nothing(isFirst: Bool)
  }

  private struct Day {
    var from: SteadyTime
    var used = 0
    var isSpent = false
  }

  private let days = Mutex<[Feed.ID: Day]>([:])

  /// Takes one page from what a feed has for 24 hours.
  func take(for feed: Feed, at now: Instant) -> Grant {
    days.withLock { days in
      var day = days[feed.id] ?? Day(from: now.steady)
      if now.steady - day.from >= .days(1) { day = Day(from: now.steady) }
      defer { days[feed.id] = day }
      guard day.used < feed.budget else {
        defer { day.isSpent = true }
        return .nothing(isFirst: !day.isSpent)
      }
      day.used += 1
      return .page
    }
  }
}

extension Surroundings {
  /// Whether a feed may have one page more today; that it may not is logged once.
  func mayOpenPage(of feed: Feed) -> Bool {
    switch budgets.take(for: feed, at: now()) {
    case .page: return true
    case .nothing(let isFirst):
      if isFirst {
        log.warning(
          "page budget used up", metadata: ["feed": "\(feed.id)", "budget": "\(feed.budget)"])
      }
      return false
    }
  }
}
