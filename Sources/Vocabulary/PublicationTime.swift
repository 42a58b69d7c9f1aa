/// When a page says that something was published (发布时间).
package enum PublicationTime: Sendable, Hashable {
  /// The page has no date.
  case absent
  /// There is something where the date should be, and nobody can read it.
  case unreadable
  /// A date without a time: the whole day in the office's zone, `from` inclusive, `to` exclusive.
  case day(from: WallTime, to: WallTime)
  /// A date with a time.
  case moment(WallTime)

  /// The moment to print and to sort by: a day's first; nil where there is none.
  package var moment: WallTime? {
    switch self {
    case .absent, .unreadable: nil
    case .day(let from, _): from
    case .moment(let time): time
    }
  }

  /// The last moment it can mean: a day's end; nil where there is none.
  package var latest: WallTime? {
    switch self {
    case .absent, .unreadable: nil
    case .day(_, let to): to
    case .moment(let time): time
    }
  }
}
