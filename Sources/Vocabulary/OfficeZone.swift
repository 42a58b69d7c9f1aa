import Foundation

/// A date and time of day as people write them, in no zone of its own (民用时间).
package struct CivilTime: Hashable, Comparable, Sendable {
  /// Gregorian year, as in 2026.
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int
  /// 0 to 23.
  package var hour: Int
  /// 0 to 59.
  package var minute: Int
  /// 0 to 59.
  package var second: Int

  /// A civil time, or nil where the calendar has no such day or the clock no such time.
  package init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilTime.days(inMonth: month, of: year),
      (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// A civil time by seconds counted from 1970-01-01 00:00 on the same civil clock.
  init(civilSeconds: Int64) {
    let days = Int64((Double(civilSeconds) / 86_400).rounded(.down))
    let rest = Int(civilSeconds - days * 86_400)
    // Howard Hinnant's civil_from_days: years begin in March, so that the leap day comes last.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// Seconds from 1970-01-01 00:00 on the same civil clock.
  var civilSeconds: Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let marchMonth = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * marchMonth + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return days * 86_400 + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
  }

  /// 1 for Monday to 7 for Sunday (ISO 8601).
  package var weekday: Int {
    let days = Int64((Double(civilSeconds) / 86_400).rounded(.down))
    return Int(((days + 3) % 7 + 7) % 7) + 1
  }

  /// The same day at midnight.
  package var startOfDay: CivilTime {
    var copy = self
    (copy.hour, copy.minute, copy.second) = (0, 0, 0)
    return copy
  }

  /// The same time of day, so many days later (earlier when negative).
  package func adding(days: Int) -> CivilTime {
    CivilTime(civilSeconds: civilSeconds + Int64(days) * 86_400)
  }

  /// How many days a month has.
  package static func days(inMonth month: Int, of year: Int) -> Int {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  package static func < (left: CivilTime, right: CivilTime) -> Bool {
    left.civilSeconds < right.civilSeconds
  }
}

/// The time zone in which an office lives, reads dates and prints them (时区).
package struct OfficeZone: Hashable, Sendable {
  /// The zone's name in the tz database, `Asia/Shanghai`.
  package let name: String
  private let zone: TimeZone

  /// A zone by its name in the tz database, or nil where there is none of that name.
  package init?(_ name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.name = name
    self.zone = zone
  }

  /// Beijing time, which is what an office has unless its set-up says otherwise.
  package static let shanghai =
    OfficeZone("Asia/Shanghai") ?? OfficeZone(name: "Asia/Shanghai", offset: 8 * 3600)

  private init(name: String, offset: Int) {
    self.name = name
    self.zone = TimeZone(secondsFromGMT: offset) ?? .gmt
  }

  /// Seconds east of UTC at a moment.
  package func offset(at time: WallTime) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.milliseconds) / 1000))
  }

  /// What the office's clock shows at a moment.
  package func civil(_ time: WallTime) -> CivilTime {
    let seconds = Int64((Double(time.milliseconds) / 1000).rounded(.down))
    return CivilTime(civilSeconds: seconds + Int64(offset(at: time)))
  }

  /// The moment at which the office's clock shows a civil time.
  package func wallTime(_ civil: CivilTime) -> WallTime {
    let naive = WallTime(seconds: civil.civilSeconds)
    let guess = naive - .seconds(offset(at: naive))
    // Once more with the offset in force there: near a change of the zone's rules the first differs.
    return naive - .seconds(offset(at: guess))
  }

  /// A moment as RFC 3339 writes it, with this zone's offset and whole seconds.
  package func rfc3339(_ time: WallTime) -> String {
    let civil = civil(time)
    let offset = offset(at: time)
    let sign = offset < 0 ? "-" : "+"
    let minutes = abs(offset) / 60
    let east = CivilTime(civilSeconds: Int64(minutes) * 60)
    return "\(civil.dayInDigits)T\(civil.timeInDigits)\(sign)\(east.timeInDigits.prefix(5))"
  }
}
