extension Digest {
  /// How often a digest comes.
  package enum Rhythm: String, Sendable, Codable, CaseIterable {
    /// 日报
    case daily
    /// 周报
    case weekly
    /// 月报
    case monthly
  }

  /// The span a digest speaks of, `from` inclusive, `to` exclusive.
  package struct Period: Sendable, Hashable {
    package var rhythm: Rhythm
    package var from: WallTime
    package var to: WallTime

    /// A period of a rhythm.
    package init(_ rhythm: Rhythm, from: WallTime, to: WallTime) {
      self.rhythm = rhythm
      self.from = from
      self.to = to
    }
  }
}

extension Digest.Rhythm {
  /// When a period that ends at `end` begins by the calendar: a day, a week or a month before, each
  /// month with its own length. `monthly` is the day of the month on which monthly ones leave, where
  /// it is not the end's own: a month that is too short for it ends on its last day.
  package func start(ofPeriodEnding end: CivilTime, monthly day: Int? = nil) -> CivilTime {
    switch self {
    case .daily: return end.adding(days: -1)
    case .weekly: return end.adding(days: -7)
    case .monthly:
      let day = day.map { end.isDay($0) ? $0 : end.day } ?? end.day
      let before = end.adding(days: -end.day)
      return before.adding(days: min(day, before.day) - before.day)
    }
  }
}

extension CivilTime {
  /// Whether it is the day of the month of that number, or the month's last where it has none.
  package func isDay(_ number: Int) -> Bool {
    day == min(number, CivilTime.days(inMonth: month, of: year))
  }
}

extension Digest.Period {
  /// The period of a rhythm that ends at a moment, by an office's calendar.
  package init(
    _ rhythm: Digest.Rhythm, ending end: WallTime, in zone: OfficeZone, monthly day: Int? = nil
  ) {
    let start = rhythm.start(ofPeriodEnding: zone.civil(end), monthly: day)
    self.init(rhythm, from: zone.wallTime(start), to: end)
  }

  /// The period before, by the calendar (上期): February before March, whatever their lengths.
  package func before(in zone: OfficeZone, monthly day: Int? = nil) -> Digest.Period {
    Digest.Period(rhythm, ending: from, in: zone, monthly: day)
  }

  /// The same span of the office's clock a week earlier (上周同日).
  package func weekAgo(in zone: OfficeZone) -> Digest.Period {
    let (from, to) = (zone.civil(from).adding(days: -7), zone.civil(to).adding(days: -7))
    return Digest.Period(rhythm, from: zone.wallTime(from), to: zone.wallTime(to))
  }

  /// What its course is drawn in (走势): the seven days that end with it, its days, or its weeks, in
  /// order; the first of a month may be shorter.
  package func stretches(in zone: OfficeZone) -> [(from: WallTime, to: WallTime)] {
    let days = rhythm == .monthly ? 7 : 1
    let begins = rhythm == .daily ? zone.wallTime(zone.civil(to).adding(days: -7)) : from
    var stretches: [(from: WallTime, to: WallTime)] = []
    var end = to
    // No period is drawn in more than so many, however long an outage made it.
    while end > begins, stretches.count < 7 {
      let start = max(begins, zone.wallTime(zone.civil(end).adding(days: -days)))
      guard start < end else { break }
      stretches.append((start, end))
      end = start
    }
    return stretches.reversed()
  }
}
