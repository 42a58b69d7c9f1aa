internal import Vocabulary

/// Reads times of publication as pages write them (发布时间), in the office's zone.
struct DateReader {
  var zone: OfficeZone
  /// When the page came, from which 昨天 and 3小时前 count.
  var now: WallTime

  /// How sure we are that a text is about a date.
  enum Place {
    /// It stands where the date should be.
    case field
    /// It runs on: only what can hardly be anything else is a date.
    case text
    /// The same, and only a date that names its year.
    case dated
  }

  /// What a date's field says: `.absent` if nothing, `.unreadable` if nothing that is a date.
  func read(_ text: String) -> PublicationTime {
    if let found = scan(text, .field) { return found }
    return DateReader.isEmpty(text) ? .absent : .unreadable
  }

  /// The first date in running text; `.unreadable` where there is only the shape of one.
  func find(in text: String, _ place: Place = .text) -> PublicationTime {
    scan(text, place) ?? .absent
  }

  /// Whether a field has a label at most: dashes, or 发布时间： without a time.
  private static func isEmpty(_ text: String) -> Bool {
    var rest = text
    for label in ["发布时间", "发布日期", "发表时间", "发表于", "发布于", "时间", "日期", "暂无", "无"]
    where rest.hasPrefix(label) {
      rest = String(rest.dropFirst(label.count))
      break
    }
    return !rest.unicodeScalars.contains {
      DateCursor.isDigit($0.value) || $0.properties.isAlphabetic
    }
  }

  private func scan(_ text: String, _ place: Place) -> PublicationTime? {
    var cursor = DateCursor(text)
    var sawBroken = false
    while !cursor.isAtEnd {
      if DateReader.canStart(cursor) {
        switch reading(cursor, place) {
        case .time(let time):
          if let sound = sound(time) { return sound }
          sawBroken = true
          cursor.skipBroken()
        case .broken:
          sawBroken = true
          cursor.skipBroken()
        case .nothing: break
        }
      }
      cursor.index += 1
    }
    return sawBroken ? .unreadable : nil
  }

  /// A time that can be one of publication, nil where nobody can have published then.
  ///
  /// What lies up to a day ahead is a clock that is fast, or a zone left out, and means now. What
  /// lies further ahead, or before there were such pages (a zero of some machine's is 1970), would
  /// move an item out of its window, and is no time at all.
  private func sound(_ time: PublicationTime) -> PublicationTime? {
    guard let moment = time.moment, moment <= now + .days(1) else { return nil }
    guard moment >= DateReader.earliest else { return nil }
    return moment <= now ? time : .moment(now)
  }

  /// 1990-01-01 in Beijing.
  private static let earliest = WallTime(milliseconds: 631_123_200_000)

  private static func canStart(_ cursor: DateCursor) -> Bool {
    let scalar = cursor.peek()
    if DateCursor.isDigit(scalar) { return !DateCursor.isDigit(cursor.peek(-1)) }
    if (0x41...0x5A).contains(scalar) { return !(0x41...0x5A).contains(cursor.peek(-1)) }
    return ChineseDigit.value(scalar) != nil || scalar == 0x5341 || starts.contains(scalar)
  }

  private static let starts = Set("今昨前刚半十几上下大早晚中凌傍清深夜午周星礼本这".unicodeScalars.map(\.value))

  private func reading(_ cursor: DateCursor, _ place: Place) -> DateFinding {
    let dated: [(DateCursor, Place) -> DateFinding] = [
      timeBefore, fullYear, monthName, yearLast, numerals,
    ]
    let all: [(DateCursor, Place) -> DateFinding] = [
      relative, timeBefore, fullYear, compact, monthName, shortYear, yearLast, yearless, numerals,
      numeralsWithoutYear, weekday, timeAlone, unixTime,
    ]
    for read in place == .dated ? dated : all {
      let finding = read(cursor, place)
      if case .nothing = finding { continue }
      return finding
    }
    return .nothing
  }

  /// A date with the time of day that may follow it.
  func finish(_ cursor: DateCursor, _ year: Int, _ month: Int, _ day: Int) -> DateFinding {
    var cursor = cursor
    guard let date = CivilTime(year: year, month: month, day: day) else { return .broken }
    return .time(finish(&cursor, date))
  }

  /// The same on a day that the calendar has.
  func finish(_ cursor: inout DateCursor, _ date: CivilTime) -> PublicationTime {
    guard let time = TimeOfDayReading.take(&cursor) else { return day(date) }
    return moment(date, time)
  }

  /// A whole day in the office's zone.
  func day(_ date: CivilTime) -> PublicationTime {
    let start = date.startOfDay
    return .day(from: zone.wallTime(start), to: zone.wallTime(start.adding(days: 1)))
  }

  /// A day and a time of day, in the zone the text says or else the office's.
  func moment(_ date: CivilTime, _ time: TimeOfDayReading) -> PublicationTime {
    var civil = time.hour == 24 ? date.adding(days: 1).startOfDay : date
    civil.hour = time.hour % 24
    civil.minute = time.minute
    civil.second = time.second
    guard let offset = time.offset, let utc = OfficeZone("GMT") else {
      return .moment(zone.wallTime(civil))
    }
    return .moment(utc.wallTime(civil) - .seconds(offset))
  }
}

/// What stands at one place of a text.
enum DateFinding {
  case nothing
  /// The shape of a date that no calendar has.
  case broken
  case time(PublicationTime)
}
