package import Vocabulary

/// Says when a general notice leaves (成批送出): gathered with others at the office's hours, and
/// always before its window ends.
package struct BatchCalendar: Sendable {
  /// So long before its window ends a notice leaves at the latest: a mail server that is down for a
  /// while must not make it late.
  package static let reserve = Duration.hours(2)

  private let hours: DutyHours
  private let calendar: WorkCalendar
  private let zone: OfficeZone

  /// Why a notice leaves when it does.
  package enum Reason: String, Sendable, Codable {
    /// The next of the office's hours on a working day.
    case hour
    /// No working day comes before its window ends: the last of the hours before that, to whoever
    /// is on duty.
    case dayOff
    /// None of the hours comes before its window ends.
    case window
  }

  /// When something leaves, and why then.
  package struct Departure: Sendable, Hashable {
    package var at: WallTime
    package var reason: Reason
  }

  /// The calendar of an office.
  package init(hours: DutyHours, calendar: WorkCalendar, zone: OfficeZone) {
    self.hours = hours
    self.calendar = calendar
    self.zone = zone
  }

  /// When a notice of now leaves that must have left by `dueAt`.
  package func departure(after now: WallTime, dueAt: WallTime) -> Departure {
    let last = dueAt - BatchCalendar.reserve
    let hours = self.hours(after: now, upTo: last)
    if let next = hours.first(where: { calendar.isWorked(zone.civil($0)) }) {
      return Departure(at: next, reason: .hour)
    }
    if let latest = hours.last { return Departure(at: latest, reason: .dayOff) }
    return Departure(at: max(now, min(last, quietEnd(after: now) ?? now)), reason: .window)
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

  /// When the quiet time that it now is ends; nil where it is none.
  private func quietEnd(after now: WallTime) -> WallTime? {
    let civil = zone.civil(now)
    guard hours.quiet.contains(civil) else { return nil }
    let end = zone.wallTime(civil.at(hours.quiet.to))
    return end > now ? end : zone.wallTime(civil.at(hours.quiet.to).adding(days: 1))
  }
}
