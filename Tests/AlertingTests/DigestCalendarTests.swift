import Alerting
import TestSupport
import Testing
import Vocabulary

@Suite struct `A digest calendar` {
  private let calendar = DigestCalendar(
    hours: DigestHours(
      daily: DigestHours.TimeOfDay(hour: 8, minute: 0),
      weekly: DigestHours.Weekly(weekday: 1, at: DigestHours.TimeOfDay(hour: 8, minute: 30)),
      monthly: DigestHours.Monthly(day: 1, at: DigestHours.TimeOfDay(hour: 9, minute: 0))),
    zone: .shanghai)

  @Test func `ends the daily period at its hour`() {
    let period = calendar.latest(.daily, by: Sample.time(2026, 3, 2, 8, 0))
    #expect(period?.from == Sample.time(2026, 3, 1, 8, 0))
    #expect(period?.to == Sample.time(2026, 3, 2, 8, 0))
  }

  @Test func `still speaks of the day before a minute earlier`() {
    let period = calendar.latest(.daily, by: Sample.time(2026, 3, 2, 7, 59))
    #expect(period?.to == Sample.time(2026, 3, 1, 8, 0))
  }

  @Test func `ends the weekly period on its weekday`() {
    let period = calendar.latest(.weekly, by: Sample.time(2026, 3, 4, 12, 0))
    #expect(period?.from == Sample.time(2026, 2, 23, 8, 30))
    #expect(period?.to == Sample.time(2026, 3, 2, 8, 30))
  }

  @Test func `gives each month its own length`() {
    let period = calendar.latest(.monthly, by: Sample.time(2026, 3, 15))
    #expect(period?.from == Sample.time(2026, 2, 1, 9, 0))
    #expect(period?.to == Sample.time(2026, 3, 1, 9, 0))
  }

  @Test func `sets a month beside the month before, whatever their lengths`() throws {
    let march = try #require(calendar.latest(.monthly, by: Sample.time(2026, 4, 1, 9, 0)))
    let before = march.before(in: .shanghai)
    #expect(before.from == Sample.time(2026, 2, 1, 9, 0))
    #expect(before.to == march.from)
  }

  @Test func `sets a day beside the same day a week ago`() throws {
    let day = try #require(calendar.latest(.daily, by: Sample.time(2026, 3, 2, 9, 0)))
    #expect(day.weekAgo(in: .shanghai).to == Sample.time(2026, 2, 23, 8, 0))
  }

  @Test func `has no period for a rhythm that is switched off`() {
    let quiet = DigestCalendar(hours: DigestHours(), zone: .shanghai)
    #expect(quiet.latest(.daily, by: Sample.monday) == nil)
  }

  @Test func `gives the period of the digest that left on a day`() {
    let period = calendar.period(.daily, on: Sample.civil(2026, 3, 2))
    #expect(period.from == Sample.time(2026, 3, 1, 8, 0))
  }
}
