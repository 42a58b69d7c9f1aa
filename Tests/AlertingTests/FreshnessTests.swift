import Alerting
import TestSupport
import Testing
import Vocabulary

@Suite struct `The rules of freshness` {
  private let rules = Freshness()
  private let now = Sample.instant()

  private func admission(
    _ published: PublicationTime, firstRun: Feed.FirstRun = .recent, onFirstRun: Bool = true
  ) -> Admission {
    var feed = Sample.feed()
    feed.firstRun = firstRun
    return rules.admission(of: published, in: feed, onFirstRun: onFirstRun, foundAt: now)
  }

  @Test(arguments: [
    (Duration.hours(23), Admission.new), (.hours(24), .new), (.hours(25), .baseline),
    (.hours(-3), .new), (.days(29), .baseline), (.days(31), .tooOld),
  ])
  func `takes the last 24 hours of a first run as new`(_ age: Duration, _ expected: Admission) {
    #expect(admission(.moment(now.wall - age)) == expected)
  }

  @Test(arguments: [
    // 2 March 09:00: yesterday reaches into the last 24 hours, the day before does not.
    (2, Admission.new), (1, .new), (28, .baseline),
  ])
  func `takes a date without a time as the whole day`(_ day: Int, _ expected: Admission) {
    let from = Sample.time(2026, day == 28 ? 2 : 3, day)
    #expect(admission(.day(from: from, to: from + .days(1))) == expected)
  }

  @Test func `takes an item without a date as baseline on a first run, and says so`() {
    #expect(admission(.absent) == .undatedBaseline)
    #expect(admission(.absent, onFirstRun: false) == .new)
  }

  @Test func `takes a date that nobody can read as new`() {
    #expect(admission(.unreadable) == .new)
  }

  @Test func `follows what the feed says of its first run`() {
    let old = PublicationTime.moment(now.wall - .days(10))
    #expect(admission(old, firstRun: .all) == .new)
    #expect(admission(.moment(now.wall), firstRun: .baseline) == .baseline)
  }

  @Test func `never takes what is older than the cap as new`() {
    let ancient = PublicationTime.moment(now.wall - .days(31))
    #expect(admission(ancient, firstRun: .all) == .tooOld)
    #expect(admission(ancient, onFirstRun: false) == .tooOld)
  }
}
