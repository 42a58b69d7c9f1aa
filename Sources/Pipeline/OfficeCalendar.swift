package import Vocabulary

/// What the wall says for whatever goes by the calendar (日历时间), such as digests.
///
/// A clock that is set wrong is mostly set right soon; a step of more than two minutes is believed
/// once it has stood for an hour. Until then the calendar goes on as before, so that a clock which
/// jumps a month ahead and back sends no month of digests.
package struct OfficeCalendar: Sendable {
  private static let tolerance = Duration.minutes(2)
  private static let proof = Duration.hours(1)

  /// How far the wall was ahead of the ledger's line.
  private var believed: Duration?
  private var claimed: (ahead: Duration, since: SteadyTime)?

  /// A calendar that believes the first it is told.
  package init() {}

  /// What the wall says by this calendar.
  package mutating func wall(at now: Instant) -> WallTime {
    let ahead = Duration.milliseconds(now.wall.milliseconds - now.steady.milliseconds)
    guard let before = believed, abs(ahead - before) > OfficeCalendar.tolerance,
      !isProven(ahead, at: now.steady)
    else {
      believed = ahead
      claimed = nil
      return now.wall
    }
    return WallTime(milliseconds: now.steady.milliseconds + before.inMilliseconds)
  }

  private mutating func isProven(_ ahead: Duration, at now: SteadyTime) -> Bool {
    guard let claimed, abs(claimed.ahead - ahead) <= OfficeCalendar.tolerance else {
      claimed = (ahead, now)
      return false
    }
    return now - claimed.since >= OfficeCalendar.proof
  }

  private func abs(_ span: Duration) -> Duration { max(span, .zero - span) }
}
