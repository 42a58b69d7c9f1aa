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

  /// Whether so much is late and was blind at once, as after an outage, that less of each is named: one
  /// page is read, and `huiyin alerts` has the rest.
  var isCrowded: Bool {
    unkept.count > 5 && Set(digest.blindSpots.map(\.feedName)).count > 5
  }

  /// Trial, that it takes the place of another, that it is late, and that its period is none of the
  /// ordinary length.
  var remarks: [String] {
    [trial, anew, caughtUp, irregular].compactMap(\.self)
  }

  private var anew: String? {
    guard digest.number > 1 else { return nil }
    return say(
      "此前本机时钟超前，曾提前发出本期，内容不全，请以本件为准。",
      "This machine's clock was ahead, and sent this one before its time: it was not whole, and this "
        + "one takes its place.")
  }

  private var trial: String? {
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

  private var caughtUp: String? {
    guard let at = digest.caughtUpAt else { return nil }
    let (due, late) = (dates.moment(digest.period.to), dates.moment(at))
    return say(
      "补发：应于 \(due) 发出，\(late) 补发；办理情况以补发时为准。",
      "Late: due at \(due), drafted at \(late); what came of alerts is told as of then.")
  }

  /// What a telephone shows below the subject: what is new, what is grave, what is late, what was not
  /// watched.
  var leads: [String] {
    [total == 0 ? quiet : news, standing, lateness, blindness].compactMap(\.self)
  }

  var figures: [Figure] {
    let grades = [Grade.major, .considerable, .general].map { grade in
      Figure(grade.name[office.language], digest.counts.byGrade[grade] ?? 0, grade.tint)
    }
    let windows = digest.windows
    return grades + [
      Figure(say("超时", "late"), windows.late + windows.unsent, Grade.major.tint),
      Figure(say("未签收", "unheard"), digest.unacknowledged, Grade.major.tint),
      Figure(say("盲区", "blind"), digest.blindSpots.count, Grade.considerable.tint),
    ]
  }

  /// The parts in their order; what has nothing to say is left out.
  var sections: [DigestView.Section] {
    let parts: [DigestView.Section?] =
      switch digest.period.rhythm {
      case .daily:
        [grave, late, awaiting, recent, counts, foundLate, undated, watched]
      case .weekly, .monthly:
        [
          grave, windows, awaiting, recent, counts, foundLate, undated, watched,
        ]
      }
    return parts.compactMap(\.self)
  }

  var foot: String {
    say(
      "点标题看原文。要看某件的全过程，请报编号向值班室索取。",
      "A title leads to its page. Of the whole course of one ask the duty desk, by its number.")
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

  /// A period that an outage or another hour in the set-up made longer or shorter.
  private var irregular: String? {
    let (period, zone) = (digest.period, office.zone)
    let regular = Digest.Period(period.rhythm, ending: period.to, in: zone)
    let ratio = (period.to - period.from) / (regular.to - regular.from)
    guard ratio < 0.85 || ratio > 1.15 else { return nil }
    let span = dates.span(period.to - period.from)
    return say(
      "本期时段长 \(span)，与平常不同，和上期对比时请留意。",
      "This period is \(span) long, which is not the usual: mind that when comparing.")
  }

  private func names(_ units: Set<UnitName>) -> String {
    units.map(\.rawValue.onOneLine).sorted().joined(separator: say("、", ", "))
  }
}
