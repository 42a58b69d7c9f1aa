import Foundation
import Vocabulary

extension Form where Result == Duration {
  /// `30m`, `2h`, `1d`, `90s`, or several of them from the largest down, `1h30m`.
  static var duration: Form {
    let expected = Phrase(
      zh: "时长，如 90s、30m、2h、1d", en: "a duration such as 90s, 30m, 2h or 1d")
    return parsed(expected, TimeText.duration)
  }

  /// A duration that is not nothing.
  static var span: Form {
    duration.unless { $0 > .zero ? nil : Phrase(zh: "时长须大于零", en: "must be more than nothing") }
  }
}

extension Form where Result == DigestHours.TimeOfDay {
  static var timeOfDay: Form {
    parsed(
      Phrase(zh: "时刻，如 \"08:00\"", en: "a time of day such as \"08:00\""), TimeText.timeOfDay)
  }
}

extension Form where Result == DigestHours.Weekly {
  static var weekly: Form {
    let expected = Phrase(
      zh: "星期（Mon、Tue、Wed、Thu、Fri、Sat、Sun）和时刻，如 \"Mon 08:30\"",
      en: "a weekday (Mon, Tue, Wed, Thu, Fri, Sat, Sun) and a time such as \"Mon 08:30\"")
    return parsed(expected) { words in
      let parts = words.split(separator: " ")
      guard parts.count == 2, let day = TimeText.weekdays.firstIndex(of: parts[0].lowercased()),
        let at = TimeText.timeOfDay(String(parts[1]))
      else { return nil }
      return DigestHours.Weekly(weekday: day + 1, at: at)
    }
  }
}

extension Form where Result == DigestHours.Monthly {
  static var monthly: Form {
    let expected = Phrase(
      zh: "每月的日子（1 到 31，没有这一天的月份在月底）和时刻，如 \"1 09:00\"",
      en: "a day of the month (1 to 31) and a time such as \"1 09:00\"")
    return parsed(expected) { words in
      let parts = words.split(separator: " ")
      guard parts.count == 2, let day = Int(parts[0]), (1...31).contains(day),
        let at = TimeText.timeOfDay(String(parts[1]))
      else { return nil }
      return DigestHours.Monthly(day: day, at: at)
    }
  }
}

extension Form where Result == OfficeZone {
  static var zone: Form {
    Form { value in
      guard let name = Form<String>.text.read(value) else { return nil }
      return OfficeZone(name)
        ?? value.refuse(
          Phrase(zh: "没有“\(name)”这个时区", en: "no time zone is called \"\(name)\"")
            + NearestWord.hint(name, among: TimeZone.knownTimeZoneIdentifiers))
    }
  }
}

extension Form where Result == [String] {
  /// Two texts with a sign between them, `08:30-18:00` or `1h..7d`.
  static func pair(
    _ expected: Phrase, by sign: String, _ isEnd: @escaping (String) -> Bool
  ) -> Form {
    parsed(expected) { words in
      let ends = words.split(separator: sign, omittingEmptySubsequences: false).map(String.init)
      return ends.count == 2 && ends.allSatisfy(isEnd) ? ends : nil
    }
  }
}

/// Times as files write them (时间写法).
enum TimeText {
  static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  private static let units: [(sign: Character, seconds: Int64)] = [
    ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// A duration; each unit once, the largest first.
  static func duration(_ text: String) -> Duration? {
    var (rest, seconds, units) = (text[...], Int64(0), units[...])
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      guard (1...6).contains(digits.count), let count = Int64(digits), let sign = rest.popFirst(),
        let at = units.firstIndex(where: { $0.sign == sign })
      else { return nil }
      seconds += count * units[at].seconds
      units = units[(at + 1)...]
    }
    return .seconds(seconds)
  }

  /// A duration as a file would write it.
  static func written(_ duration: Duration) -> String {
    var rest = duration.components.seconds
    var text = ""
    for unit in units where rest >= unit.seconds {
      text += "\(rest / unit.seconds)\(unit.sign)"
      rest %= unit.seconds
    }
    return text.isEmpty ? "0s" : text
  }

  /// A time of day as a file would write it.
  static func written(_ time: DigestHours.TimeOfDay) -> String {
    let (hour, minute) = (time.hour, time.minute)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// `08:00`; `24:00` is none.
  static func timeOfDay(_ text: String) -> DigestHours.TimeOfDay? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { return nil }
    return DigestHours.TimeOfDay(hour: hour, minute: minute)
  }
}
