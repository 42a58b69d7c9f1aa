import Vocabulary

/// The facts of a digest as it prints them (报表要素).
struct DigestFacts: Sendable {
  let digest: Digest
  let office: Office
  let dates: Dates

  /// The facts of a digest, dated by the day it is issued.
  init(_ digest: Digest, of office: Office) {
    self.digest = digest
    self.office = office
    dates = Dates(office, asOf: digest.period.to)
  }

  func say(_ zh: String, _ en: String) -> String {
    Phrase(zh: zh, en: en)[office.language]
  }

  var name: String {
    switch digest.period.rhythm {
    case .daily: say("舆情日报", "Daily Digest")
    case .weekly: say("舆情周报", "Weekly Report")
    case .monthly: say("舆情月报", "Monthly Report")
    }
  }

  var period: String {
    let (from, to) = (dates.moment(digest.period.from), dates.moment(digest.period.to))
    return say("监测时段：\(from) 至 \(to)", "Period: \(from) to \(to)")
  }

  var trial: String? {
    switch office.trial {
    case .off: nil
    case .everyone:
      say("试运行：全部通知仅发值班员", "Trial: all notices go to the officers only")
    case .units(let units):
      units.isEmpty
        ? nil
        : say(
          "试运行单位（通知仅发值班员）：\(names(units))",
          "In trial, notices to the officers only: \(names(units))")
    }
  }

  /// What a telephone shows below the subject.
  var leads: [String] {
    [total == 0 ? quiet : news, standing]
  }

  var figures: [DigestView.Figure] {
    let grades = [Grade.major, .considerable, .general].map { grade in
      let count = digest.counts.byGrade[grade] ?? 0
      return DigestView.Figure(
        label: grade.name[office.language], number: count,
        tint: count > 0 ? grade.tint : Grade.none.tint)
    }
    return grades + [
      DigestView.Figure(
        label: say("未签收", "not acknowledged"), number: digest.unacknowledged,
        tint: digest.unacknowledged > 0 ? Grade.major.tint : Grade.none.tint),
      DigestView.Figure(
        label: say("盲区", "blind spots"), number: digest.blindSpots.count,
        tint: digest.blindSpots.isEmpty ? Grade.none.tint : Grade.considerable.tint),
    ]
  }

  /// The parts in their order, numbered; what has nothing to say is left out.
  var sections: [DigestView.Section] {
    [awaiting, recent, counts, conduct, undated, watched].compactMap { $0 }
  }

  /// How many alerts the period brought.
  var total: Int {
    digest.counts.byGrade.filter { $0.key != .none }.values.reduce(0, +)
  }

  private var quiet: String {
    say("本期无预警。\(reading)", "No alerts in this period. \(reading)")
  }

  private var news: String {
    let count = { (grade: Grade) in digest.counts.byGrade[grade] ?? 0 }
    return say(
      "新增预警 \(total) 件：重大舆情 \(count(.major))，较大舆情 \(count(.considerable))，"
        + "一般舆情 \(count(.general))。",
      "New alerts: \(total) (major \(count(.major)), considerable \(count(.considerable)), "
        + "general \(count(.general))).")
  }

  private var standing: String {
    let unsent = digest.awaiting.count { $0.sentAt == nil }
    let (blind, units) = (digest.blindSpots.count, digest.awaitingUnit)
    let unheard =
      units == 0 ? "" : say("待承办单位签收 \(units) 件，", "not yet with their units \(units), ")
    return say(
      "未签收 \(digest.unacknowledged) 件，\(unheard)待发 \(unsent) 件，盲区 \(blind) 处。",
      "Unacknowledged \(digest.unacknowledged), \(unheard)not yet sent \(unsent), "
        + "blind spots \(blind).")
  }

  /// `监测信源 12 个，采集信息 340 条。`
  var reading: String {
    say(
      "监测信源 \(digest.feedsWatched) 个，采集信息 \(digest.itemsRead) 条。",
      "Feeds watched: \(digest.feedsWatched), items read: \(digest.itemsRead).")
  }

  private func names(_ units: Set<UnitName>) -> String {
    units.map(\.rawValue.onOneLine).sorted().joined(separator: say("、", ", "))
  }
}
