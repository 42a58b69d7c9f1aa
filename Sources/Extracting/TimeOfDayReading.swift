internal import Vocabulary

/// The time of day that may follow a date, and the zone that may follow the time.
struct TimeOfDayReading {
  var hour: Int
  var minute: Int
  var second: Int
  /// Seconds east of UTC where the text says so.
  var offset: Int?

  private static let halves: [(word: String, isLate: Bool)] = [
    ("上午", false), ("早上", false), ("早晨", false), ("清晨", false), ("凌晨", false),
    ("中午", true), ("下午", true), ("午后", true), ("傍晚", true), ("晚上", true), ("夜间", true),
    ("深夜", true), ("夜里", true), ("晚", true), ("夜", true), ("早", false), ("晨", false),
    ("AM", false), ("PM", true),
  ]

  /// Takes a time of day with what may part it from its date; leaves the cursor alone if there is
  /// none.
  static func take(_ cursor: inout DateCursor) -> TimeOfDayReading? {
    var trial = cursor
    skipSeparators(&trial)
    var half = half(&trial)
    trial.skipSpace()
    guard let hour = trial.number(1...2)?.value ?? hourInWords(&trial),
      var time = rest(&trial, hour: hour)
    else {
      return nil
    }
    var after = trial
    after.skipSpace()
    if half == nil, let found = self.half(&after, suffix: true) { (half, trial) = (found, after) }
    if half == true, time.hour < 12 { time.hour += 12 }
    if half == false, time.hour == 12 { time.hour = 0 }
    guard time.hour <= 24, time.minute < 60, time.second <= 60 else { return nil }
    time.second = min(59, time.second)
    time.offset = TimeZoneReading.take(&trial)
    cursor = trial
    return time
  }

  /// 九 of 上午九时三十分; without 时 or 点 after it a numeral is none.
  private static func hourInWords(_ cursor: inout DateCursor) -> Int? {
    var trial = cursor
    guard let hour = trial.chineseNumber(), hour <= 24 else { return nil }
    guard [0x65F6, 0x70B9, 0x6642].contains(trial.peek()) else { return nil }
    cursor = trial
    return hour
  }

  private static func skipSeparators(_ cursor: inout DateCursor) {
    cursor.skipSpace()
    // Hong Kong's pages name the zone before the time; it is Beijing's.
    if cursor.take("HKT") { cursor.skipSpace() }
    if cursor.peek() == 0x54, DateCursor.isDigit(cursor.peek(1)) { cursor.index += 1 }
    if cursor.take(",") { cursor.skipSpace() }
    let isBracketed = cursor.take("(") || cursor.take("[")
    if cursor.take(firstOf: ["星期", "周", "礼拜"]) != nil { cursor.index += 1 }
    if isBracketed { _ = cursor.take(")") || cursor.take("]") }
    cursor.skipSpace()
  }

  private static func half(_ cursor: inout DateCursor, suffix: Bool = false) -> Bool? {
    for half in halves where !suffix || half.word.utf8.count == 2 {
      if cursor.take(half.word) { return half.isLate }
    }
    return nil
  }

  private static func rest(_ cursor: inout DateCursor, hour: Int) -> TimeOfDayReading? {
    var time = TimeOfDayReading(hour: hour, minute: 0, second: 0, offset: nil)
    if cursor.take(":") {
      guard let minute = cursor.digits(2) else { return nil }
      time.minute = minute
      guard !DateCursor.isDigit(cursor.peek()) else { return nil }
      var trial = cursor
      if trial.take(":"), let second = trial.digits(2) {
        time.second = second
        skipFraction(&trial)
        cursor = trial
      }
      return time
    }
    guard cursor.take("时") || cursor.take("点") || cursor.take("時") else { return nil }
    if cursor.take("半") {
      time.minute = 30
    } else if let minute = cursor.number(1...2)?.value ?? minuteInWords(&cursor) {
      time.minute = minute
      if cursor.take("分"), let second = cursor.number(1...2)?.value { time.second = second }
    }
    return time
  }

  private static func minuteInWords(_ cursor: inout DateCursor) -> Int? {
    var trial = cursor
    guard let minute = trial.chineseNumber(), trial.peek() == 0x5206 else { return nil }
    cursor = trial
    return minute
  }

  private static func skipFraction(_ cursor: inout DateCursor) {
    guard cursor.peek() == 0x2E || cursor.peek() == 0x2C else { return }
    guard DateCursor.isDigit(cursor.peek(1)) else { return }
    cursor.index += 1
    while DateCursor.isDigit(cursor.peek()) { cursor.index += 1 }
  }
}

/// Zones as feeds write them (RFC 822, RFC 3339).
enum TimeZoneReading {
  /// Takes a zone; nil where there is none or it means the office's own.
  static func take(_ cursor: inout DateCursor) -> Int? {
    var trial = cursor
    trial.skipSpace()
    if trial.take(firstOf: ["GMT", "UTC", "UT"]) != nil {
      let shift = offset(&trial)
      cursor = trial
      return shift ?? 0
    }
    if trial.peek() == 0x5A, !(0x41...0x5A).contains(trial.peek(1)) {
      cursor.index = trial.index + 1
      return 0
    }
    if let shift = offset(&trial) {
      cursor = trial
      return shift
    }
    // CST is China's in pages that Chinese systems write, so it stays the office's own zone.
    let hours = ["EST": -5, "EDT": -4, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CDT": -5]
    for (name, shift) in hours where trial.take(name) {
      cursor = trial
      return shift * 3600
    }
    return nil
  }

  private static func offset(_ cursor: inout DateCursor) -> Int? {
    var trial = cursor
    let sign = trial.take("+") ? 1 : trial.take("-") ? -1 : 0
    guard sign != 0, let hours = trial.digits(2) else { return nil }
    _ = trial.take(":")
    guard let minutes = trial.digits(2), hours <= 15, minutes < 60 else { return nil }
    guard !DateCursor.isDigit(trial.peek()) else { return nil }
    cursor = trial
    return sign * (hours * 3600 + minutes * 60)
  }
}
