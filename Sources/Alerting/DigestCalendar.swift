package import Vocabulary

/// Says when digests leave and what they speak of (报送日历), in the office's zone.
package struct DigestCalendar: Sendable {
  private let hours: DigestHours
  private let zone: OfficeZone

  /// The calendar of an office.
  package init(hours: DigestHours, zone: OfficeZone) {
    self.hours = hours
    self.zone = zone
  }

  /// The latest period of a rhythm that has ended by a moment; nil for a rhythm that is switched
  /// off. A daily digest that leaves at 08:00 speaks of the 24 hours before.
  package func latest(_ rhythm: Digest.Rhythm, by now: WallTime) -> Digest.Period? {
    guard let end = lastEnd(rhythm, by: zone.civil(now)) else { return nil }
    return period(rhythm, ending: end)
  }

  /// The period of the digest that leaves on a day, whatever the hour now; for `--date`.
  package func period(_ rhythm: Digest.Rhythm, on day: CivilTime) -> Digest.Period {
    let at = time(of: rhythm)
    var end = day.startOfDay
    end.hour = at.hour
    end.minute = at.minute
    return period(rhythm, ending: end)
  }

  private func period(_ rhythm: Digest.Rhythm, ending end: CivilTime) -> Digest.Period {
    Digest.Period(
      rhythm, ending: zone.wallTime(end), in: zone, monthly: hours.monthly?.day)
  }

  private func lastEnd(_ rhythm: Digest.Rhythm, by now: CivilTime) -> CivilTime? {
    guard isOn(rhythm) else { return nil }
    let at = time(of: rhythm)
    var end = now.startOfDay
    end.hour = at.hour
    end.minute = at.minute
    // A month has at most 31 days, so a day that fits lies within the last 32.
    for _ in 0...32 {
      if end <= now, fits(rhythm, end) { return end }
      end = end.adding(days: -1)
    }
    return nil
  }

  private func isOn(_ rhythm: Digest.Rhythm) -> Bool {
    switch rhythm {
    case .daily: hours.daily != nil
    case .weekly: hours.weekly != nil
    case .monthly: hours.monthly != nil
    }
  }

  private func time(of rhythm: Digest.Rhythm) -> DigestHours.TimeOfDay {
    let morning = DigestHours.TimeOfDay(hour: 8, minute: 0)
    return switch rhythm {
    case .daily: hours.daily ?? morning
    case .weekly: hours.weekly?.at ?? morning
    case .monthly: hours.monthly?.at ?? morning
    }
  }

  private func fits(_ rhythm: Digest.Rhythm, _ day: CivilTime) -> Bool {
    switch rhythm {
    case .daily: true
    case .weekly: day.weekday == hours.weekly?.weekday
    case .monthly: hours.monthly.map { day.isDay($0.day) } ?? false
    }
  }
}
