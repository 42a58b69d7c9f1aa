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
  /// month with its own length.
  package func start(ofPeriodEnding end: CivilTime) -> CivilTime {
    switch self {
    case .daily: return end.adding(days: -1)
    case .weekly: return end.adding(days: -7)
    case .monthly:
      var start = end.adding(days: -28)
      while start.day != end.day { start = start.adding(days: -1) }
      return start
    }
  }
}

extension Digest.Period {
  /// The period of a rhythm that ends at a moment, by an office's calendar.
  package init(_ rhythm: Digest.Rhythm, ending end: WallTime, in zone: OfficeZone) {
    let start = rhythm.start(ofPeriodEnding: zone.civil(end))
    self.init(rhythm, from: zone.wallTime(start), to: end)
  }

  /// The period before, by the calendar (上期): February before March, whatever their lengths.
  package func before(in zone: OfficeZone) -> Digest.Period {
    Digest.Period(rhythm, ending: from, in: zone)
  }

  /// The same span of the office's clock a week earlier (上周同日).
  package func weekAgo(in zone: OfficeZone) -> Digest.Period {
    let (from, to) = (zone.civil(from).adding(days: -7), zone.civil(to).adding(days: -7))
    return Digest.Period(rhythm, from: zone.wallTime(from), to: zone.wallTime(to))
  }
}
