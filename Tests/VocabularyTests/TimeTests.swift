import TestSupport
import Testing
import Vocabulary

@Suite struct `A civil time` {
  @Test(arguments: [
    (1970, 1, 1, 4), (2000, 2, 29, 2), (2026, 3, 2, 1), (2026, 11, 21, 6), (1900, 1, 1, 1),
  ])
  func `knows its weekday`(_ year: Int, _ month: Int, _ day: Int, _ weekday: Int) {
    #expect(Sample.civil(year, month, day).weekday == weekday)
  }

  @Test(arguments: [(2026, 2, 29), (2026, 13, 1), (2026, 0, 1), (2100, 2, 29), (2026, 4, 31)])
  func `is none on a day that no calendar has`(_ year: Int, _ month: Int, _ day: Int) {
    #expect(CivilTime(year: year, month: month, day: day) == nil)
  }

  @Test func `counts days across a leap year's end of February`() {
    #expect(Sample.civil(2028, 2, 28).adding(days: 2) == Sample.civil(2028, 3, 1))
    #expect(Sample.civil(2026, 1, 1).adding(days: -1) == Sample.civil(2025, 12, 31))
  }
}

@Suite struct `An office's zone` {
  @Test func `writes RFC 3339 with its offset`() {
    #expect(OfficeZone.shanghai.rfc3339(Sample.monday) == "2026-03-02T09:00:00+08:00")
    #expect(OfficeZone("UTC")?.rfc3339(Sample.monday) == "2026-03-02T01:00:00+00:00")
  }

  @Test func `goes to wall time and back on each day of fifty years`() {
    let first = Sample.civil(1980, 1, 1, 12, 30)
    for days in 0..<18_263 {
      let civil = first.adding(days: days)
      #expect(OfficeZone.shanghai.civil(OfficeZone.shanghai.wallTime(civil)) == civil)
    }
  }

  @Test func `knows that Shanghai moved its clocks until 1991`() throws {
    let zone = try #require(OfficeZone("Asia/Shanghai"))
    #expect(zone.offset(at: zone.wallTime(Sample.civil(1990, 7, 1))) == 9 * 3600)
    #expect(zone.offset(at: Sample.monday) == 8 * 3600)
  }

  @Test func `is none under a name that no zone has`() {
    #expect(OfficeZone("Asia/Qingchuan") == nil)
  }
}

@Suite struct `An instant` {
  @Test func `measures within a boot whatever the wall clock does`() {
    var later = Sample.instant(after: .minutes(10))
    later.wall = later.wall - .hours(5)
    #expect(later.elapsed(since: Sample.instant()) == .minutes(10))
    #expect(!later.isUncertain(since: Sample.instant()))
  }

  @Test func `measures on one line across boots, and says that it is not sure`() {
    var later = Sample.instant(after: .minutes(10))
    later.boot = "boot-2"
    later.wall = later.wall - .days(1)
    #expect(later.elapsed(since: Sample.instant()) == .minutes(10))
    #expect(later.isUncertain(since: Sample.instant()))
  }
}
