/// What of the days ahead a roster leaves open (值班空缺).
package struct RosterOutlook: Sendable, Hashable {
  /// A span after hours for which the roster names nobody.
  package struct Gap: Sendable, Hashable {
    package var from: WallTime
    /// Exclusive.
    package var to: WallTime

    /// A span without anybody.
    package init(from: WallTime, to: WallTime) {
      self.from = from
      self.to = to
    }
  }

  /// How far ahead is looked.
  package static let span = Duration.days(14)
  /// As many gaps are named one by one; who leaves more open keeps no roster.
  private static let most = 5

  /// Before its end, in order.
  package var gaps: [Gap]
  /// When it ends, where that is in the days ahead or was before; nil where it goes on.
  package var endsAt: WallTime?

  /// What the days after a moment have; nil for an office without a roster.
  package init?(of office: Office, at now: WallTime) {
    guard let roster = office.roster else { return nil }
    let (horizon, end) = (now + RosterOutlook.span, roster.end ?? now)
    endsAt = end < horizon ? end : nil
    gaps = office.rosterGaps(from: now, to: min(horizon, end))
  }

  /// What an office should be told, and of which gap; empty where all is covered.
  package func sentences(in zone: OfficeZone) -> [(gap: Gap?, sentence: Phrase)] {
    let rest = gaps.count - RosterOutlook.most
    let more = Phrase(
      zh: "值班表今后 14 天内另有 \(rest) 段下班时间无人值班",
      en: "the roster leaves \(rest) more spans of the next 14 days open")
    return gaps.prefix(RosterOutlook.most).map { ($0, RosterOutlook.sentence($0, zone)) }
      + (rest > 0 ? [(nil, more)] : []) + [end(zone)].compactMap { $0.map { (nil, $0) } }
  }

  private static func sentence(_ gap: Gap, _ zone: OfficeZone) -> Phrase {
    let (from, to) = (zone.minute(gap.from), zone.minute(gap.to))
    return Phrase(
      zh: "值班表 \(from) 至 \(to) 无人值班：这段时间只有 officers 里的值班员收到",
      en: "the roster names nobody from \(from) to \(to): only those under officers: hear then")
  }

  private func end(_ zone: OfficeZone) -> Phrase? {
    endsAt.map { end in
      Phrase(
        zh: "值班表只排到 \(zone.minute(end))：之后下班时间只有 officers 里的值班员收到，请接着排",
        en:
          "the roster ends at \(zone.minute(end)): after that only those under officers: hear after "
          + "hours; write it on")
    }
  }
}

extension Office {
  /// The spans after hours and on days off, from one moment to another, for which the roster names
  /// nobody; none for an office without a roster.
  package func rosterGaps(from: WallTime, to: WallTime) -> [RosterOutlook.Gap] {
    guard let roster, from < to else { return [] }
    let near = roster.shifts.filter { $0.from < to && $0.to > from }
    let ends = (dutyEnds(from: from, to: to) + near.flatMap { [$0.from, $0.to] })
      .filter { from < $0 && $0 < to }
    let moments = [from] + Set(ends).sorted() + [to]
    var gaps: [RosterOutlook.Gap] = []
    for (start, end) in zip(moments, moments.dropFirst())
    where !isAtWork(at: start) && !near.contains(where: { $0.from <= start && start < $0.to }) {
      if let last = gaps.indices.last, gaps[last].to == start {
        gaps[last].to = end
      } else {
        gaps.append(RosterOutlook.Gap(from: start, to: end))
      }
    }
    return gaps
  }

  /// The moments at which work may begin or end, from the day of one moment to another.
  private func dutyEnds(from: WallTime, to: WallTime) -> [WallTime] {
    var ends: [WallTime] = []
    var day = zone.civil(from).startOfDay
    while zone.wallTime(day) < to {
      ends += [day, day.at(hours.duty.from), day.at(hours.duty.to)].map(zone.wallTime)
      day = day.adding(days: 1)
    }
    return ends
  }
}

extension OfficeZone {
  /// A moment to the minute, `2026-03-02 08:55`.
  package func minute(_ time: WallTime) -> String {
    let civil = civil(time)
    return "\(civil.dayInDigits) \(civil.timeInDigits.prefix(5))"
  }
}
