/// On which days the office works (工作日历): Monday to Friday, but for public holidays
/// (法定节假日), and weekend days that are worked in exchange (调休上班日).
///
/// The State Council publishes both each November for the year after; without a year's list
/// Mondays to Fridays are worked, which is wrong on some forty days.
package struct WorkCalendar: Sendable, Hashable {
  /// One year's arrangement, by days at midnight.
  package struct Year: Sendable, Hashable {
    package var holidays: Set<CivilTime>
    package var makeUpDays: Set<CivilTime>

    /// The days of a year that are not as their weekday says.
    package init(holidays: Set<CivilTime> = [], makeUpDays: Set<CivilTime> = []) {
      self.holidays = holidays
      self.makeUpDays = makeUpDays
    }
  }

  /// What a day is, which says why it is worked or not.
  package enum Day: String, Sendable, CaseIterable {
    /// 工作日
    case workday
    /// 调休上班
    case makeUpDay
    /// 周末
    case weekend
    /// 法定节假日
    case holiday

    package var isWorked: Bool { self == .workday || self == .makeUpDay }
  }

  package private(set) var years: [Int: Year]

  /// A calendar of the years whose arrangements are known.
  package init(_ years: [Int: Year] = [:]) { self.years = years }

  /// What a day is, at whatever time of it.
  package func kind(of moment: CivilTime) -> Day {
    let day = moment.startOfDay
    let year = years[day.year]
    if year?.holidays.contains(day) == true { return .holiday }
    if year?.makeUpDays.contains(day) == true { return .makeUpDay }
    return day.weekday > 5 ? .weekend : .workday
  }

  /// Whether the office works on a day.
  package func isWorked(_ moment: CivilTime) -> Bool { kind(of: moment).isWorked }

  /// The year whose arrangement is missing and needed soon: this one, or from 1 December the next;
  /// nil for an office that keeps no calendar at all.
  package func missingYear(on day: CivilTime) -> Int? {
    guard !years.isEmpty else { return nil }
    if years[day.year] == nil { return day.year }
    return day.month == 12 && years[day.year + 1] == nil ? day.year + 1 : nil
  }
}
