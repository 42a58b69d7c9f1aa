import Vocabulary

/// The parts of a digest that say who acknowledged, and what came of it (签收与处理).
extension DigestFacts {
  private static let most = 5

  var acknowledging: DigestView.Table? {
    let units = digest.acknowledging
    guard !units.isEmpty else { return nil }
    let most = units.count > DigestFacts.most + 1 ? DigestFacts.most : units.count
    let rest = Array(units.dropFirst(most))
    let others = say("其他 \(rest.count) 项", "\(rest.count) others")
    let rows =
      units.prefix(most).map { row($0, name: name($0.unit)) }
      + (rest.isEmpty ? [] : [row(together(rest), name: others)])
      + (units.count > 1 ? [row(together(units), name: say("合计", "all"))] : [])
    return DigestView.Table(name: say("签收", "Acknowledged"), columns: columns, rows: rows)
  }

  private var columns: [String] {
    [
      say("件数", "alerts"), say("未签收", "unheard"), say("中位", "median"),
      say("最长", "longest"),
    ]
  }

  private func name(_ unit: UnitName?) -> String {
    unit?.rawValue.onOneLine ?? say("值班员", "officers")
  }

  private func row(_ unit: Digest.Acknowledging, name: String) -> DigestView.Count {
    DigestView.Count(
      label: name,
      cells: ["\(unit.raised)", "\(unit.waiting)"]
        + [unit.took.median, unit.took.last].map { $0.map(dates.brief) ?? "—" })
  }

  private func together(_ units: [Digest.Acknowledging]) -> Digest.Acknowledging {
    Digest.Acknowledging(
      unit: nil, raised: units.map(\.raised).reduce(0, +),
      waiting: units.map(\.waiting).reduce(0, +), took: units.flatMap(\.took).sorted())
  }

  /// `本期新增：已办结 5，误报 1，退回待改派 1，已签收在办 8，未签收 2；曾退回 2。`
  var outcomes: String? {
    let came = digest.outcomes
    guard came != Digest.Outcomes() else { return nil }
    let returned =
      came.everReturned == 0
      ? "" : say("；曾退回 \(came.everReturned)", "; returned at some time \(came.everReturned)")
    return say(
      "本期新增：已办结 \(came.closed)，误报 \(came.falseAlarms)，退回待改派 \(came.returned)，"
        + "已签收 \(came.acknowledged)，未签收 \(came.open)\(returned)。",
      "Of the new ones: closed \(came.closed), false alarms \(came.falseAlarms), "
        + "returned \(came.returned), acknowledged \(came.acknowledged), "
        + "unheard \(came.open)\(returned).")
  }
}

/// The chart (走势): the period in stretches, each with whether it could be seen.
extension DigestFacts {
  var course: DigestView.Table? {
    guard digest.course.contains(where: { $0.raised > 0 || $0.blind > .zero }) else { return nil }
    let greatest = digest.course.map(\.raised).max() ?? 0
    let heading =
      switch digest.period.rhythm {
      case .daily: say("近 7 天", "The last seven days")
      case .weekly: say("本周每日", "Day by day")
      case .monthly: say("本月每周", "Week by week")
      }
    let rows = digest.course.map { stretch in
      DigestView.Count(
        label: label(of: stretch),
        cells: ["\(stretch.raised)", "\(stretch.major)", sight(of: stretch)],
        bar: DigestView.Bar(stretch.raised, of: greatest))
    }
    return DigestView.Table(
      name: heading, columns: [say("预警", "alerts"), say("重大", "major"), say("盲区", "blind")],
      rows: rows, isCharted: true)
  }

  /// `3月2日 周一` for the day that ends then; `2月1日起` for a week.
  private func label(of stretch: Digest.Stretch) -> String {
    guard digest.period.rhythm == .monthly else {
      return "\(dates.day(stretch.from)) \(dates.shortWeekday(stretch.from))"
    }
    let day = dates.day(stretch.from)
    return say("\(day)起", "from \(day)")
  }

  private func sight(of stretch: Digest.Stretch) -> String {
    guard stretch.blind < .minutes(1) else {
      let span = dates.brief(stretch.blind)
      return say("全部 \(span)", "all \(span)")
    }
    let feeds = stretch.blindFeeds
    return feeds == 0 ? "—" : say("\(feeds) 个信源", feeds == 1 ? "1 feed" : "\(feeds) feeds")
  }
}
