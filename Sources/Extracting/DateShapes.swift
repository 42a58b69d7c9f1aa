internal import Vocabulary

/// Dates by the calendar, in the shapes that pages use.
extension DateReader {
  private static let signs = ["-", "/", ".", "年"]

  /// `2026-03-02`, `2026/3/2`, `2026.3.2`, `2026年3月2日`.
  func fullYear(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard let year = cursor.number(4...4)?.value else { return .nothing }
    cursor.skipSpace()
    guard let sign = cursor.take(firstOf: DateReader.signs) else { return .nothing }
    cursor.skipSpace()
    guard let month = cursor.number(1...2)?.value else { return .nothing }
    guard let day = day(&cursor, sign: sign) else { return .nothing }
    guard (1900...2200).contains(year) else { return .broken }
    return finish(cursor, year, month, day)
  }

  /// The sign before the day and the day; the time may follow it without a space.
  private func day(_ cursor: inout DateCursor, sign: Int) -> Int? {
    cursor.skipSpace()
    guard cursor.take(sign == 3 ? "月" : DateReader.signs[sign]) else { return nil }
    cursor.skipSpace()
    var trial = cursor
    if let day = trial.number(1...2)?.value {
      cursor = trial
      if sign == 3 { _ = cursor.take("日") || cursor.take("号") }
      return day
    }
    guard let day = cursor.digits(2) else { return nil }
    var time = cursor
    return TimeOfDayReading.take(&time) == nil ? nil : day
  }

  /// `26-03-02`.
  func shortYear(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard let year = cursor.number(2...2)?.value,
      let sign = cursor.take(firstOf: DateReader.signs),
      let month = cursor.number(1...2)?.value,
      let day = day(&cursor, sign: sign), !DateCursor.isDigit(cursor.peek())
    else { return .nothing }
    guard place == .field || sign != 2 else { return .nothing }
    return finish(cursor, year + (year < 70 ? 2000 : 1900), month, day)
  }

  /// `03/02/2026`, and the day first where the month cannot be.
  func yearLast(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard let first = cursor.number(1...2)?.value,
      let sign = cursor.take(firstOf: ["-", "/", "."]),
      let second = cursor.number(1...2)?.value, cursor.take(DateReader.signs[sign]),
      let year = cursor.number(4...4)?.value, (1900...2200).contains(year)
    else { return .nothing }
    return first > 12 ? finish(cursor, year, second, first) : finish(cursor, year, first, second)
  }

  /// `03-02`, `3月2日`: of the latest year in which it does not lie more than a day ahead.
  func yearless(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard let month = cursor.number(1...2) else { return .nothing }
    cursor.skipSpace()
    guard let sign = cursor.take(firstOf: ["-", "/", ".", "月"]) else { return .nothing }
    if sign == 3 { cursor.skipSpace() }
    guard let day = cursor.number(1...2) ?? joined(&cursor, sign) else { return .nothing }
    if sign == 3, !(cursor.take("日") || cursor.take("号")) { return .nothing }
    var after = cursor
    let hasTime = TimeOfDayReading.take(&after) != nil
    let isPadded = month.digits == 2 && day.digits == 2
    let isSure = sign == 3 || hasTime || (sign == 0 && isPadded)
    let isPart = [0x2D, 0x2F, 0x2E, 0x25].contains(cursor.peek()) && !hasTime
    guard place == .field || (isSure && !isPart) else { return .nothing }
    return latest(cursor, month.value, day.value)
  }

  /// The day of `03-0208:55`, two boxes of a page without a space between them.
  private func joined(_ cursor: inout DateCursor, _ sign: Int) -> (value: Int, digits: Int)? {
    var trial = cursor
    guard sign == 0, let day = trial.digits(2) else { return nil }
    var time = trial
    guard TimeOfDayReading.take(&time) != nil else { return nil }
    cursor = trial
    return (day, 2)
  }

  private func latest(_ cursor: DateCursor, _ month: Int, _ day: Int) -> DateFinding {
    let year = zone.civil(now).year
    for year in stride(from: year + 1, through: year - 8, by: -1) {
      guard let date = CivilTime(year: year, month: month, day: day) else { continue }
      var rest = cursor
      let time = finish(&rest, date)
      if let moment = time.moment, moment <= now + .days(1) { return .time(time) }
    }
    return .broken
  }

  /// `20260302` and `20260302085500`.
  func compact(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var trial = cursor
    guard let count = trial.number(8...14)?.digits, [8, 12, 14].contains(count) else {
      return .nothing
    }
    // In running text eight digits may as well be a telephone or a document.
    guard place == .field else { return .nothing }
    var cursor = cursor
    guard let year = cursor.digits(4), let month = cursor.digits(2), let day = cursor.digits(2),
      (1990...2100).contains(year), let date = CivilTime(year: year, month: month, day: day)
    else { return .nothing }
    guard count > 8 else { return .time(finish(&cursor, date)) }
    let time = TimeOfDayReading(
      hour: cursor.digits(2) ?? 0, minute: cursor.digits(2) ?? 0,
      second: count == 14 ? cursor.digits(2) ?? 0 : 0, offset: nil)
    guard time.hour < 24, time.minute < 60, time.second < 60 else { return .broken }
    return .time(moment(date, time))
  }

  /// Seconds or milliseconds since 1970, from 2001 to 2100.
  func unixTime(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard place == .field, cursor.index == 0, let number = cursor.number(10...13) else {
      return .nothing
    }
    cursor.skipSpace()
    guard cursor.isAtEnd, number.digits != 11, number.digits != 12 else { return .nothing }
    let seconds = number.digits == 13 ? number.value / 1000 : number.value
    guard (1_000_000_000...4_102_444_800).contains(seconds) else { return .nothing }
    let milliseconds = number.digits == 13 ? number.value : number.value * 1000
    return .time(.moment(WallTime(milliseconds: Int64(milliseconds))))
  }

  /// `二〇二六年三月二日`.
  func numerals(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    var year = 0
    for _ in 0..<4 {
      guard let digit = ChineseDigit.value(cursor.peek()) else { return .nothing }
      year = year * 10 + digit
      cursor.index += 1
    }
    guard cursor.take("年"), let month = cursor.chineseNumber(), cursor.take("月"),
      let day = cursor.chineseNumber(), cursor.take("日") || cursor.take("号")
    else { return .nothing }
    return finish(cursor, year, month, day)
  }

  /// `三月二日` where a date should be.
  func numeralsWithoutYear(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard place == .field, let month = cursor.chineseNumber(), cursor.take("月"),
      let day = cursor.chineseNumber(), cursor.take("日") || cursor.take("号")
    else { return .nothing }
    return latest(cursor, month, day)
  }

  /// `18:07 2026-03-02`, the time before its day.
  func timeBefore(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard let hour = cursor.number(1...2)?.value, cursor.take(":"), let minute = cursor.digits(2),
      hour < 24, minute < 60
    else { return .nothing }
    var time = TimeOfDayReading(hour: hour, minute: minute, second: 0, offset: nil)
    if cursor.take(":") {
      guard let second = cursor.digits(2), second < 60 else { return .nothing }
      time.second = second
    }
    guard cursor.peek() == 0x20 || cursor.peek() == 0x2C else { return .nothing }
    while cursor.peek() == 0x20 || cursor.peek() == 0x2C { cursor.index += 1 }
    guard case .time(.day(let from, _)) = fullYear(cursor, place) else { return .nothing }
    return .time(moment(zone.civil(from), time))
  }

  /// `08:55` where a date should be: the last time the clock showed it.
  func timeAlone(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    guard place == .field, cursor.peek() != 0x20 else { return .nothing }
    var cursor = cursor
    guard let time = TimeOfDayReading.take(&cursor) else { return .nothing }
    if let date = dateAfter(cursor) { return .time(moment(date, time)) }
    let today = zone.civil(now)
    let found = moment(today, time)
    guard let moment = found.moment, moment > now + .minutes(5) else { return .time(found) }
    return .time(self.moment(today.adding(days: -1), time))
  }

  /// The day that follows a time, `3:05 PM, March 2, 2026`.
  private func dateAfter(_ cursor: DateCursor) -> CivilTime? {
    var cursor = cursor
    while cursor.peek() == 0x20 || cursor.peek() == 0x2C { cursor.index += 1 }
    for read in [fullYear, monthName, yearLast] {
      if case .time(.day(let from, _)) = read(cursor, .dated) { return zone.civil(from) }
    }
    return nil
  }

  private static let months = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]

  /// `2 Mar 2026`, `March 2, 2026`, `Mar 02 08:55:00 CST 2026` (RFC 822 and what resembles it).
  func monthName(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    var day = cursor.number(1...2)?.value
    while cursor.peek() == 0x20 || cursor.peek() == 0x2D { cursor.index += 1 }
    guard let month = cursor.take(firstOf: DateReader.months) else { return .nothing }
    while (0x41...0x5A).contains(cursor.peek()) || cursor.peek() == 0x2E { cursor.index += 1 }
    skipSigns(&cursor)
    if day == nil {
      day = cursor.number(1...2)?.value
      skipSigns(&cursor)
    }
    guard let day else { return .nothing }
    var trial = cursor
    if let year = trial.number(4...4)?.value { return finish(trial, year, month + 1, day) }
    if let year = trial.number(2...2)?.value, trial.peek() != 0x3A {
      return finish(trial, 2000 + year, month + 1, day)
    }
    return timeFirst(cursor, month + 1, day)
  }

  private func skipSigns(_ cursor: inout DateCursor) {
    while [0x20, 0x2D, 0x2C].contains(cursor.peek()) { cursor.index += 1 }
  }

  private func timeFirst(_ cursor: DateCursor, _ month: Int, _ day: Int) -> DateFinding {
    var cursor = cursor
    guard let time = TimeOfDayReading.take(&cursor) else { return .nothing }
    cursor.skipSpace()
    while (0x41...0x5A).contains(cursor.peek()) { cursor.index += 1 }
    cursor.skipSpace()
    guard let year = cursor.number(4...4)?.value else { return .nothing }
    guard let date = CivilTime(year: year, month: month, day: day) else { return .broken }
    return .time(moment(date, time))
  }
}
