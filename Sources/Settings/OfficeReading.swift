import Vocabulary

extension Section {
  /// The office and everybody it writes to.
  func office(_ roll: Roll) -> Office {
    var office = Office(name: require("office", .text) ?? "", units: roll.units)
    let unit = Form<UnitName>.unit(in: roll)
    office.telephone = read("telephone", .text)
    office.zone = read("time_zone", .zone) ?? .shanghai
    office.language = read("language", .choice(of: Language.allCases)) ?? .zh
    office.trial = read("trial", .trial(unit)) ?? .off
    office.windows = read("windows", .section)?.windows() ?? .regulation
    office.defaultUnit = read("default_unit", unit)
    office.supervision = read("supervision", unit)
    office.officers = require("officers", .some(of: .mailAddress)) ?? []
    office.leaders = read("leaders", .list(of: .mailAddress)) ?? []
    office.admins = read("admins", .list(of: .mailAddress)) ?? []
    office.leadersHear =
      read("leaders_hear", .list(of: .choice(of: Grade.raised))).map { Set($0) } ?? [.major]
    office.hours = read("hours", .section)?.dutyHours() ?? .usual
    office.calendar =
      read("calendar", .path).flatMap { CalendarFile.read($0, findings: findings) }
      ?? WorkCalendar()
    office.escalation =
      read("escalate", .section)?.escalation(within: office.windows)
      ?? .usual(within: office.windows)
    office.signOff = read("release", .signOff(within: office.windows)) ?? SignOff()
    office.mailbox = mailboxSettings()
    office.channels = channels(inTrial: office.trial == .everyone)
    return office
  }

  /// How soon each grade must be told; the regulation's windows may be tightened, never loosened.
  fileprivate func windows() -> Windows {
    let regulation = Windows.regulation
    // What is not said follows a graver or milder one that was tightened.
    let general = read("general", .window(atMost: regulation.general)) ?? regulation.general
    let considerable =
      read("considerable", .window(atMost: regulation.general))
      ?? min(regulation.considerable, general)
    let major =
      read("major", .window(atMost: regulation.major)) ?? min(regulation.major, considerable)
    let windows = Windows(major: major, considerable: considerable, general: general)
    close()
    checkOrder(of: windows)
    return windows
  }

  private func checkOrder(of windows: Windows) {
    guard windows.major > windows.considerable || windows.considerable > windows.general else {
      return
    }
    findings.error(
      at: has("considerable") ? keyPlace("considerable") : place,
      Phrase(
        zh: "通知时限应是重大 ≤ 较大 ≤ 一般，现为 \(windows.written)",
        en: "windows must rise from major to considerable to general, found \(windows.written)"))
  }

  /// The folder of the ledger, absolute.
  func ledgerFolder() -> String? {
    guard let path = require("data", .path) else { return nil }
    if !FilePath.isFolder(path) {
      findings.absent(
        at: value("data")?.place ?? place,
        Phrase(
          zh: "数据目录“\(path)”不存在：运行前请先建好",
          en: "no folder \"\(path)\": make it before the daemon runs"))
    }
    return FilePath.absolute(path)
  }
}

extension Windows {
  fileprivate var written: String {
    [major, considerable, general].map(TimeText.written).joined(separator: "、")
  }
}

extension Grade {
  /// The grades that somebody hears of.
  static let raised: [Grade] = [.general, .considerable, .major]
}

extension Form where Result == Duration {
  /// A window no looser than the regulation's.
  fileprivate static func window(atMost limit: Duration) -> Form {
    span.unless { window in
      guard window > limit else { return nil }
      let (most, now) = (TimeText.written(limit), TimeText.written(window))
      return Phrase(
        zh: "通知时限只能收紧：制度规定不超过 \(most)，现为 \(now)",
        en: "a window may only be tightened: the regulation allows \(most), found \(now)")
    }
  }
}

extension Form where Result == Trial {
  /// `true`, `false`, or a list of units.
  fileprivate static func trial(_ unit: Form<UnitName>) -> Form {
    .scalar(
      Form<Bool>.flag.map { $0 ? .everyone : .off },
      otherwise: Form<[UnitName]>.list(of: unit).map { .units(Set($0)) })
  }
}
