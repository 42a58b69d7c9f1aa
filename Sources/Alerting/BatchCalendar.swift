package import Vocabulary

/// Says when a general notice leaves (集中发送): gathered with others at the office's hours, and
/// always before its window ends.
///
/// The next hour of a working day is taken; where the window ends before that, the last hour before
/// the end, whatever day it is; where there is none, the notice leaves at once. Quiet time holds it
/// unless the window ends in it. Everything is reckoned on the wall of now, so that a wall clock
/// which is set meanwhile moves neither the end of the window nor the distance to it.
package struct BatchCalendar: Sendable {
  /// So long before its window ends a notice leaves at the latest: a mail server that is busy for a
  /// while must not make it late.
  package static let reserve = Duration.minutes(30)

  private let hours: DutyHours
  private let calendar: WorkCalendar
  private let zone: OfficeZone

  /// The calendar of an office.
  package init(hours: DutyHours, calendar: WorkCalendar, zone: OfficeZone) {
    self.hours = hours
    self.calendar = calendar
    self.zone = zone
  }

  /// When an alert's notices leave; nil for at once, as all but general ones do.
  package func leavingTime(
    of grade: Grade, by deadline: Deadline, at now: Instant
  ) -> LeavingTime? {
    switch grade {
    case .major, .considerable, .none: nil
    case .general: leavingTime(after: now.wall, dueAt: now.wall + (deadline.endsAt - now.steady))
    }
  }

  /// When a general notice of now leaves that must have left by `dueAt`.
  package func leavingTime(after now: WallTime, dueAt: WallTime) -> LeavingTime {
    let last = dueAt - BatchCalendar.reserve
    let hours = self.hours(after: now, upTo: last)
    if let next = hours.first(where: { calendar.isWorked(zone.civil($0)) }) {
      return LeavingTime(at: next, reason: .hour)
    }
    if let latest = hours.last { return LeavingTime(at: latest, reason: .dayOff) }
    let quietEnd = self.hours.quietEnd(after: now, in: zone) ?? now
    return LeavingTime(at: max(now, min(last, quietEnd)), reason: .window)
  }

  /// The last of the office's hours on a working day in a span; nil where there is none.
  package func lastHour(after begin: WallTime, upTo end: WallTime) -> WallTime? {
    hours(after: begin, upTo: end).last { calendar.isWorked(zone.civil($0)) }
  }

  /// The office's hours in a span, in order, of whatever day, those of the quiet time left out.
  private func hours(after now: WallTime, upTo last: WallTime) -> [WallTime] {
    var found: [WallTime] = []
    var day = zone.civil(now).startOfDay
    while zone.wallTime(day) <= last {
      for hour in hours.batch where !hours.quiet.contains(day.at(hour)) {
        let moment = zone.wallTime(day.at(hour))
        if moment > now, moment <= last { found.append(moment) }
      }
      day = day.adding(days: 1)
    }
    return found
  }
}
