import Vocabulary

/// Times as an office writes them (时间写法): its own zone, a 24-hour clock, the year when it is not
/// the paper's own.
struct Dates: Sendable {
  let zone: OfficeZone
  let language: Language
  /// The year in which the paper is written.
  let year: Int

  /// Dates for a paper written at a moment.
  init(_ office: Office, asOf moment: WallTime) {
    zone = office.zone
    language = office.language
    year = office.zone.civil(moment).year
  }

  /// `3月2日 08:55`, `2 Mar 08:55`.
  func moment(_ time: WallTime) -> String {
    let civil = zone.civil(time)
    return "\(day(civil)) \(civil.hour.inTwoDigits):\(civil.minute.inTwoDigits)"
  }

  /// `3月2日`, `2 Mar`.
  func day(_ time: WallTime) -> String {
    day(zone.civil(time))
  }

  /// `周一`, `Mon`.
  func shortWeekday(_ time: WallTime) -> String {
    let day = Dates.weekdays[zone.civil(time).weekday - 1]
    return Phrase(zh: "周\(day.zh.suffix(1))", en: "\(day.en.prefix(3))")[language]
  }

  /// `星期一`, `Monday`.
  func weekday(_ time: WallTime) -> String {
    Dates.weekdays[zone.civil(time).weekday - 1][language]
  }

  /// `30 分钟`, `2 小时 5 分钟`, `3 天`: whole minutes, and whole days from two days on.
  func span(_ duration: Duration) -> String {
    let minutes = max(0, duration.inMilliseconds / 60_000)
    let (hours, rest) = (minutes / 60, minutes % 60)
    guard hours <= 48 else {
      return Phrase(zh: "\(hours / 24) 天", en: "\(hours / 24) days")[language]
    }
    let whole = Phrase(zh: "\(hours) 小时", en: hours == 1 ? "1 hour" : "\(hours) hours")
    let part = Phrase(zh: "\(rest) 分钟", en: rest == 1 ? "1 minute" : "\(rest) minutes")
    guard hours > 0 else { return part[language] }
    return rest == 0 ? whole[language] : "\(whole[language]) \(part[language])"
  }

  /// `48 分钟`, `3.5 小时`, `2.1 天`: one number, for tables.
  func brief(_ duration: Duration) -> String {
    let minutes = Double(max(0, duration.inMilliseconds)) / 60_000
    func rounded(_ number: Double) -> String {
      let tenths = Int((number * 10).rounded())
      return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
    let phrase =
      switch minutes {
      case ..<1: Phrase(zh: "1 分钟内", en: "<1 min")
      case ..<90: Phrase(zh: "\(Int(minutes)) 分钟", en: "\(Int(minutes)) min")
      case ..<2880: Phrase(zh: "\(rounded(minutes / 60)) 小时", en: "\(rounded(minutes / 60)) h")
      default: Phrase(zh: "\(rounded(minutes / 1440)) 天", en: "\(rounded(minutes / 1440)) d")
      }
    return phrase[language]
  }

  private func day(_ civil: CivilTime) -> String {
    let short = Phrase(
      zh: "\(civil.month)月\(civil.day)日", en: "\(civil.day) \(Dates.months[civil.month - 1])")
    guard civil.year != year else { return short[language] }
    return Phrase(zh: "\(civil.year)年\(short.zh)", en: "\(short.en) \(civil.year)")[language]
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static let weekdays = [
    Phrase(zh: "星期一", en: "Monday"), Phrase(zh: "星期二", en: "Tuesday"),
    Phrase(zh: "星期三", en: "Wednesday"), Phrase(zh: "星期四", en: "Thursday"),
    Phrase(zh: "星期五", en: "Friday"), Phrase(zh: "星期六", en: "Saturday"),
    Phrase(zh: "星期日", en: "Sunday"),
  ]
}

extension Int {
  fileprivate var inTwoDigits: String { self < 10 ? "0\(self)" : "\(self)" }
}
