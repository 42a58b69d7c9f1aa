import Vocabulary

/// The file of public holidays and make-up working days that `calendar:` names (工作日历文件).
///
///     2026:
///       holidays: [2026-01-01..2026-01-03, 2026-02-15..2026-02-23]
///       working: [2026-01-04, 2026-02-14]
enum CalendarFile {
  /// The calendar that a file holds; nil, with findings, where it cannot be opened.
  static func read(_ path: String, findings: Findings) -> WorkCalendar? {
    guard let root = Manuscript.open(path, findings: findings)?.section(findings) else {
      return nil
    }
    var years: [Int: WorkCalendar.Year] = [:]
    for name in root.names {
      guard let year = Int(name), (2000...2999).contains(year) else {
        // Asked for, so that it is reported once and as what it is.
        _ = root.value(name)
        findings.error(
          at: root.keyPlace(name),
          Phrase(zh: "这里应当是年份，如 2026", en: "a year such as 2026 is expected here"))
        continue
      }
      guard let value = root.value(name) else { continue }
      years[year] = value.section()?.year(year) ?? WorkCalendar.Year()
    }
    root.close()
    return WorkCalendar(years)
  }
}

extension Section {
  fileprivate func year(_ year: Int) -> WorkCalendar.Year {
    let holidays = days("holidays", of: year)
    let working = days("working", of: year)
    close()
    for day in working.intersection(holidays).sorted() {
      findings.error(
        at: keyPlace("working"),
        Phrase(
          zh: "\(day.dayInDigits) 既是节假日又是上班日",
          en: "\(day.dayInDigits) is both a holiday and a working day"))
    }
    for day in working.sorted() where day.weekday <= 5 && !holidays.contains(day) {
      findings.warning(
        at: keyPlace("working"),
        Phrase(
          zh: "\(day.dayInDigits) 本来就是工作日", en: "\(day.dayInDigits) is worked anyway"))
    }
    return WorkCalendar.Year(holidays: holidays, makeUpDays: working)
  }

  private func days(_ key: String, of year: Int) -> Set<CivilTime> {
    let spans = read(key, Form<[[CivilTime]]>.list(of: .days(of: year))) ?? []
    return Set(spans.joined())
  }
}

extension Form where Result == [CivilTime] {
  /// A day, or a span of days with both ends, of one year.
  fileprivate static func days(of year: Int) -> Form {
    let expected = Phrase(
      zh: " \(year) 年的日期，如 \(year)-05-01，或起止 \(year)-05-01..\(year)-05-05",
      en: "a day of \(year) such as \(year)-05-01, or a span \(year)-05-01..\(year)-05-05")
    return parsed(expected) { words in
      let ends = words.split(separator: "..", omittingEmptySubsequences: false)
        .map { CivilTime(day: $0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first.year == year, last.year == year, first <= last
      else { return nil }
      var days = [first]
      while let day = days.last, day < last { days.append(day.adding(days: 1)) }
      return days
    }
  }
}
