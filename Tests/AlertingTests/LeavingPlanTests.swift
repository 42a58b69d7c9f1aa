import Testing
import Vocabulary

@testable import Alerting

@Suite struct `A leaving plan` {
  /// Monday 2 March 2026, 09:00 in Shanghai.
  private let nine = WallTime(milliseconds: 1_772_413_200_000)

  private func instant(_ minutes: Int64) -> Instant {
    Instant(
      wall: nine + .minutes(minutes), boot: "boot", sinceBoot: 1_000_000 + minutes * 60_000)
  }

  private func plan(_ release: Set<Grade>, waits: [Grade: Duration] = [:]) -> LeavingPlan {
    var office = Office(name: "青川区信访局")
    office.signOff = SignOff(of: release, waits: waits)
    return LeavingPlan(office: office)
  }

  private func leaving(
    _ grade: Grade, _ window: Duration, at minute: Int64,
    _ release: Set<Grade> = Set(Grade.allCases)
  ) -> LeavingTime? {
    plan(release).leavingTime(
      of: grade, by: Deadline(.notify, from: instant(0), window: window), mayBeHeld: true,
      at: instant(minute))
  }

  @Test func `holds what is to be signed off for half of its window at most`() {
    #expect(
      leaving(.major, .minutes(30), at: 0)
        == LeavingTime(at: nine + .minutes(15), reason: .release))
    #expect(
      leaving(.major, .minutes(30), at: 14)
        == LeavingTime(at: nine + .minutes(15), reason: .release))
  }

  @Test func `holds nothing whose window is half gone`() {
    #expect(leaving(.major, .minutes(30), at: 15) == nil)
    #expect(leaving(.major, .minutes(30), at: 40) == nil)
  }

  @Test func `holds a general one until one of the office's hours, in time for its window`() {
    // Found at nine, half of its window ends at 21:00, when nobody reads it.
    #expect(
      leaving(.general, .hours(24), at: 0)
        == LeavingTime(at: nine + .hours(7), reason: .release))
    // From 12:00 half of the window ends at midnight, and the next of the hours is soon enough.
    let noon = Deadline(.notify, from: instant(180), window: .hours(24))
    #expect(
      plan([.general]).leavingTime(
        of: .general, by: noon, mayBeHeld: true, at: instant(180))
        == LeavingTime(at: nine + .hours(24), reason: .release))
    // The hour that has as good as come leaves an officer no time.
    let four = Deadline(.notify, from: instant(390), window: .hours(3))
    #expect(
      plan([.general]).leavingTime(
        of: .general, by: four, mayBeHeld: true, at: instant(390))
        == LeavingTime(at: nine + .hours(8), reason: .release))
  }

  @Test func `holds a general one for as long as the office says, at whatever hour that ends`() {
    let nights = plan([.general], waits: [.general: .hours(11)])
    #expect(
      nights.leavingTime(
        of: .general, by: Deadline(.notify, from: instant(0), window: .hours(24)),
        mayBeHeld: true, at: instant(0))
        == LeavingTime(at: nine + .hours(11), reason: .release))
  }

  @Test func `gathers general ones that nobody is to sign off, and lets others go`() {
    let day = Deadline(.notify, from: instant(0), window: .hours(24))
    let all = plan(Set(Grade.allCases))
    #expect(
      all.leavingTime(of: .general, by: day, mayBeHeld: false, at: instant(0))
        == LeavingTime(at: nine + .hours(7), reason: .hour))
    #expect(all.leavingTime(of: .major, by: day, mayBeHeld: false, at: instant(0)) == nil)
  }

  @Test func `holds for as long as the office says`() {
    let (soon, late) = (
      plan([.major], waits: [.major: .minutes(5)]), [Grade.major: Duration.hours(2)]
    )
    let half = Deadline(.notify, from: instant(0), window: .minutes(30))
    #expect(
      soon.leavingTime(of: .major, by: half, mayBeHeld: true, at: instant(0))
        == LeavingTime(at: nine + .minutes(5), reason: .release))
    #expect(soon.leavingTime(of: .major, by: half, mayBeHeld: true, at: instant(5)) == nil)
    // Ten minutes are for the mail and the unit, whatever is said; of a short window a half.
    #expect(
      plan([.major], waits: late).leavingTime(
        of: .major, by: half, mayBeHeld: true, at: instant(0))
        == LeavingTime(at: nine + .minutes(20), reason: .release))
    let short = Deadline(.notify, from: instant(0), window: .minutes(12))
    #expect(
      plan([.major], waits: late).leavingTime(
        of: .major, by: short, mayBeHeld: true, at: instant(0))
        == LeavingTime(at: nine + .minutes(6), reason: .release))
  }

  @Test func `leaves other grades as they are`() {
    #expect(leaving(.major, .minutes(30), at: 0, [.general]) == nil)
    #expect(leaving(.general, .hours(24), at: 0, [.major])?.reason == .hour)
  }
}
