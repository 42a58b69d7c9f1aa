internal import Vocabulary

/// Dates counted from now: 今天, 昨天 23:50, 刚刚, 3小时前.
extension DateReader {
  /// A date that counts from the moment the page came.
  func relative(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    if cursor.take(firstOf: ["刚刚", "刚才", "JUST NOW"]) != nil { return .time(.moment(now)) }
    let found = ago(cursor)
    if case .time = found { return found }
    return namedDay(cursor, place)
  }

  private func namedDay(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    guard let days = namedDay(&cursor) else { return .nothing }
    let date = zone.civil(now).adding(days: days)
    var after = cursor
    let hasTime = TimeOfDayReading.take(&after) != nil
    // 今天 in a sentence is a word; with a time after it, or alone, it is a date.
    let isAlone = place == .field || cursor.isAtEnd || cursor.peek() == 0x20
    guard hasTime || isAlone else { return .nothing }
    return .time(finish(&cursor, date))
  }

  /// How many days ago a word means, less than 1; 昨晚 is yesterday, and 晚 belongs to its time.
  private func namedDay(_ cursor: inout DateCursor) -> Int? {
    let words = [
      "大前天", "前天", "前日", "昨天", "昨日", "今天", "今日", "TODAY", "YESTERDAY",
    ]
    if let word = cursor.take(firstOf: words) { return [-3, -2, -2, -1, -1, 0, 0, 0, -1][word] }
    let halves = Set("早晨晚夜凌".unicodeScalars.map(\.value))
    guard halves.contains(cursor.peek(1)), let word = cursor.take(firstOf: ["前", "昨", "今"]) else {
      return nil
    }
    return word - 2
  }

  /// 周三 20:15, 上周五: the last such day; with 上 before it the one of the week before.
  func weekday(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    var cursor = cursor
    let isLast = cursor.take(firstOf: ["上个", "上"]) != nil
    if !isLast { _ = cursor.take(firstOf: ["本", "这个", "这"]) }
    guard cursor.take(firstOf: ["星期", "周", "礼拜"]) != nil,
      let day = cursor.take(firstOf: ["一", "二", "三", "四", "五", "六", "日", "天"])
    else { return .nothing }
    var after = cursor
    let hasTime = TimeOfDayReading.take(&after) != nil
    guard hasTime || place == .field else { return .nothing }
    let today = zone.civil(now)
    // Monday is 0, as in the office's week.
    let (wanted, own) = (min(day, 6), today.weekday - 1)
    let back = isLast ? own + 7 - wanted : (own + 7 - wanted) % 7
    return .time(finish(&cursor, today.adding(days: -back)))
  }

  private static let units: [(words: [String], seconds: Int64, isDay: Bool)] = [
    (["秒钟", "秒", "SECONDS", "SECOND", "SECS"], 1, false),
    (["分钟", "分", "MINUTES", "MINUTE", "MINS", "MIN"], 60, false),
    (["个小时", "小时", "个钟头", "HOURS", "HOUR", "HRS"], 3600, false),
    (["天", "日", "DAYS", "DAY"], 86_400, true),
    (["个星期", "星期", "周", "WEEKS", "WEEK"], 7 * 86_400, true),
    (["个月", "月", "MONTHS", "MONTH"], 30 * 86_400, true),
    (["年", "YEARS", "YEAR"], 365 * 86_400, true),
  ]

  private func ago(_ cursor: DateCursor) -> DateFinding {
    var cursor = cursor
    let isHalf = cursor.take("半")
    guard let count = isHalf ? 1 : count(&cursor), count <= 100_000 else { return .nothing }
    cursor.skipSpace()
    for unit in DateReader.units where cursor.take(firstOf: unit.words) != nil {
      let andHalf = cursor.take("半")
      cursor.skipSpace()
      guard cursor.take(firstOf: ["前", "以前", "之前", "AGO"]) != nil else { return .nothing }
      let whole = Int64(count) * unit.seconds
      let seconds = isHalf ? unit.seconds / 2 : whole + (andHalf ? unit.seconds / 2 : 0)
      let moment = now - .seconds(seconds)
      return .time(unit.isDay && !isHalf ? day(zone.civil(moment)) : .moment(moment))
    }
    return .nothing
  }

  private func count(_ cursor: inout DateCursor) -> Int? {
    if let number = cursor.number(1...5)?.value { return number }
    if cursor.take("几") { return 3 }
    return cursor.chineseNumber()
  }
}
