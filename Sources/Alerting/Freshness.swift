package import Vocabulary

/// Decides whether something found counts as new (新旧判定).
///
/// A page that is read for the first time holds weeks of old items, and a clock on a page may be
/// wrong, so three rules stand before every verdict: what is older than the feed's cap never
/// raises an alert; on a feed's first run only what lies in the last 24 hours is new; and whenever
/// a date is there but cannot be trusted, the item counts as new, because a parse error must never
/// move it out of its window.
package struct Freshness: Sendable {
  /// How far back a first run looks.
  package static let recent = Duration.hours(24)

  /// The rules of freshness, which have no settings of their own.
  package init() {}

  /// Whether what a feed shows counts as new, by its time of publication and the time it was found.
  package func admission(
    of published: PublicationTime, in feed: Feed, onFirstRun: Bool, foundAt: Instant
  ) -> Admission {
    if let latest = published.latest, latest + feed.oldest < foundAt.wall { return .tooOld }
    guard onFirstRun else { return .new }
    switch feed.firstRun {
    case .all: return .new
    case .baseline: return .baseline
    case .recent: return admissionOnFirstRun(of: published, foundAt: foundAt)
    }
  }

  private func admissionOnFirstRun(
    of published: PublicationTime, foundAt: Instant
  ) -> Admission {
    switch published {
    case .absent: .undatedBaseline
    case .unreadable: .new
    // A time later than now counts as found now, so it is new without a bound above.
    case .moment(let time): time >= foundAt.wall - Freshness.recent ? .new : .baseline
    // A day is new if any of it lies in the last 24 hours; its end is exclusive.
    case .day(_, let to): to > foundAt.wall - Freshness.recent ? .new : .baseline
    }
  }
}
