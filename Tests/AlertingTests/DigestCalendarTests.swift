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

  @Test func `ends a month on its last day where it is too short for the day that was set`()
    throws
  {
    let late = DigestCalendar(
      hours: DigestHours(
        monthly: DigestHours.Monthly(day: 31, at: DigestHours.TimeOfDay(hour: 17, minute: 0))),
      zone: .shanghai)
    var ends: [String] = []
    var moment = Sample.time(2028, 5, 31, 16, 59)
    for _ in 1...4 {
      let period = try #require(late.latest(.monthly, by: moment))
      let end = OfficeZone.shanghai.civil(period.to)
      ends.append("\(end.month)-\(end.day)")
      #expect(period.before(in: .shanghai, monthly: 31).to == period.from)
      moment = period.from
    }
    // A leap year's February.
    #expect(ends == ["4-30", "3-31", "2-29", "1-31"])
  }

  @Test func `has weeks run on over the new year`() throws {
    let week = try #require(calendar.latest(.weekly, by: Sample.time(2027, 1, 5)))
    #expect(week.from == Sample.time(2026, 12, 28, 8, 30))
    #expect(week.to == Sample.time(2027, 1, 4, 8, 30))
    #expect(week.before(in: .shanghai).to == week.from)
  }

  @Test func `draws a day in the week that ends with it, a week in days, a month in weeks`() throws
  {
    let month = try #require(calendar.latest(.monthly, by: Sample.time(2026, 4, 1, 9, 0)))
    let weeks = month.stretches(in: .shanghai)
    #expect(weeks.count == 5)
    #expect(weeks.first?.from == month.from && weeks.last?.to == month.to)
    let day = try #require(calendar.latest(.daily, by: Sample.time(2026, 3, 2, 9, 0)))
    let days = day.stretches(in: .shanghai)
    #expect(days.count == 7 && days.last?.from == day.from)
    #expect(zip(days, days.dropFirst()).allSatisfy { $0.to == $1.from })
  }

  @Test func `keeps its hour when summer time begins and ends`() throws {
    let zone = try #require(OfficeZone("America/New_York"))
    let early = DigestCalendar(
      hours: DigestHours(daily: DigestHours.TimeOfDay(hour: 8, minute: 0)), zone: zone)
    for (month, day, hours) in [(3, 8, 23), (11, 1, 25), (7, 1, 24)] as [(Int, Int, Int64)] {
      let civil = try #require(CivilTime(year: 2026, month: month, day: day))
      let period = early.period(.daily, on: civil)
      #expect(period.to - period.from == .hours(hours))
      #expect(zone.civil(period.from).hour == 8 && zone.civil(period.to).hour == 8)
    }
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
