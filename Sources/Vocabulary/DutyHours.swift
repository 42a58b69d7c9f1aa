/// The hours of an office's day (作息时间).
package struct DutyHours: Sendable, Hashable {
  /// From one time of day to another, past midnight where the second is the earlier.
  package struct Span: Sendable, Hashable {
    package var from: DigestHours.TimeOfDay
    /// Exclusive.
    package var to: DigestHours.TimeOfDay

    /// A span of the day.
    package init(from: DigestHours.TimeOfDay, to: DigestHours.TimeOfDay) {
      self.from = from
      self.to = to
    }

    /// Whether a time of day lies in it; a span that ends where it begins is none.
    package func contains(_ moment: CivilTime) -> Bool { contains(minute: moment.minuteOfDay) }

    /// The same for a time of any day.
    package func contains(_ time: DigestHours.TimeOfDay) -> Bool {
      contains(minute: time.minuteOfDay)
    }

    private func contains(minute now: Int) -> Bool {
      let (start, end) = (from.minuteOfDay, to.minuteOfDay)
      return start <= end ? start <= now && now < end : now >= start || now < end
    }
  }

  /// When gathered general notices leave, in order (集中发送).
  package var batch: [DigestHours.TimeOfDay]
  /// When somebody is at work to whom a considerable alert can be brought again (值守时间).
  package var duty: Span
  /// When general notices wait (静默时间); major ones never do.
  package var quiet: Span

  /// The hours of an office that says nothing of them.
  package static let usual = DutyHours(
    batch: [.init(hour: 9, minute: 0), .init(hour: 16, minute: 0)],
    duty: Span(from: .init(hour: 8, minute: 30), to: .init(hour: 18, minute: 0)),
    quiet: Span(from: .init(hour: 22, minute: 0), to: .init(hour: 7, minute: 0)))

  /// An office's hours; the batches in whatever order.
  package init(batch: [DigestHours.TimeOfDay], duty: Span, quiet: Span) {
    self.batch = batch.sorted { $0.minuteOfDay < $1.minuteOfDay }
    self.duty = duty
    self.quiet = quiet
  }
}

extension DutyHours {
  /// When the quiet time that it is at a moment ends; nil where it is none.
  package func quietEnd(after moment: WallTime, in zone: OfficeZone) -> WallTime? {
    let civil = zone.civil(moment)
    guard quiet.contains(civil) else { return nil }
    let end = civil.at(quiet.to)
    return zone.wallTime(end > civil ? end : end.adding(days: 1))
  }
}

extension DigestHours.TimeOfDay {
  /// Minutes since midnight.
  package var minuteOfDay: Int { hour * 60 + minute }
}

extension CivilTime {
  /// Minutes since midnight.
  package var minuteOfDay: Int { hour * 60 + minute }

  /// The same day at another time of it.
  package func at(_ time: DigestHours.TimeOfDay) -> CivilTime {
    var moment = startOfDay
    (moment.hour, moment.minute) = (time.hour, time.minute)
    return moment
  }
}
