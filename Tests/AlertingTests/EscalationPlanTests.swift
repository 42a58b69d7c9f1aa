import Alerting
import TestSupport
import Testing
import Vocabulary

@Suite struct `A plan of reminders` {
  private static let water = Alert.Audience.unit(Sample.unit("区水务局"))
  /// Without a deputy.
  private static let homes = Alert.Audience.unit(Sample.unit("区住建局"))

  private func plan(
    _ office: Office = Sample.office, holidays: Set<CivilTime> = []
  ) -> EscalationPlan {
    var office = office
    office.calendar = WorkCalendar([2026: WorkCalendar.Year(holidays: holidays)])
    return EscalationPlan(office: office)
  }

  private func alert(_ grade: Grade, _ audience: Alert.Audience, at now: Instant) -> Alert {
    Alert(
      id: Alert.ID(year: 2026, number: 17), item: Sample.item().id, grade: grade,
      audience: audience, raisedAt: now, deadline: Deadline(.notify, from: now, window: .hours(2)))
  }

  private func instant(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    Sample.instant(after: Sample.time(2026, 3, day, hour, minute) - Sample.monday)
  }

  /// `deputy 03-02T09:10` for each step.
  private func shown(_ rungs: [Rung]) -> [String] {
    rungs.map {
      let at = OfficeZone.shanghai.rfc3339($0.dueAt.wall).dropFirst(5).prefix(11)
      return "\($0.audience.rawValue) \(at)\($0.endsWithOfficer ? " or an officer" : "")"
    }
  }

  @Test func `has the deputy, the officers and the leaders hear of a major alert, at any hour`() {
    let night = instant(1, 2)
    #expect(
      shown(plan().rungs(for: alert(.major, Self.water, at: night), at: night)) == [
        "deputy 03-01T02:10", "officers 03-01T02:20 or an officer", "leaders 03-01T02:30",
      ])
  }

  @Test(arguments: [
    (2, 9, ["deputy 03-02T10:00", "officers 03-02T11:00 or an officer"]),
    // The second step ends the day.
    (2, 16, ["deputy 03-02T17:00", "officers 03-03T08:30 or an officer"]),
    (2, 23, ["deputy 03-03T08:30", "officers 03-03T09:30 or an officer"]),
    // A Friday evening, and the Monday is a holiday.
    (6, 18, ["deputy 03-10T08:30", "officers 03-10T09:30 or an officer"]),
  ])
  func `waits for duty hours with a considerable one, step by step`(
    _ day: Int, _ hour: Int, _ expected: [String]
  ) {
    let now = instant(day, hour)
    let plan = plan(holidays: [Sample.civil(2026, 3, 9)])
    let rungs = plan.rungs(for: alert(.considerable, Self.water, at: now), at: now)
    #expect(shown(rungs) == expected)
  }

  @Test func `counts on the ledger's line`() {
    let now = instant(2, 9)
    let rungs = plan().rungs(for: alert(.major, Self.water, at: now), at: now)
    #expect(
      rungs.map { $0.dueAt.steady - now.steady } == [.minutes(10), .minutes(20), .minutes(30)])
  }

  @Test func `leaves out whoever has no address, so that the next hears the sooner`() {
    let now = instant(2, 9)
    #expect(
      shown(plan().rungs(for: alert(.major, Self.homes, at: now), at: now)) == [
        "officers 03-02T09:10 or an officer", "leaders 03-02T09:20",
      ])
    var office = Sample.office
    office.leaders = []
    #expect(
      shown(plan(office).rungs(for: alert(.major, Self.homes, at: now), at: now)) == [
        "officers 03-02T09:10 or an officer"
      ])
  }

  @Test func `ends wholly with an officer's word where no unit is to acknowledge`() {
    let now = instant(2, 9)
    #expect(
      shown(plan().rungs(for: alert(.major, .officers(.noUnit), at: now), at: now)) == [
        "officers 03-02T09:10 or an officer", "leaders 03-02T09:20 or an officer",
      ])
  }

  @Test func `keeps misconduct inside the supervising office`() {
    let now = instant(2, 9)
    #expect(plan().rungs(for: alert(.major, .supervision, at: now), at: now).isEmpty)
    var office = Sample.office
    office.units[2].deputy = [Sample.address("jw-deputy@unit.example")]
    #expect(
      shown(plan(office).rungs(for: alert(.major, .supervision, at: now), at: now)) == [
        "deputy 03-02T09:10"
      ])
    let asked = plan(office).askingAgain(
      of: alert(.major, .supervision, at: now), byUnit: false, at: now)
    #expect(asked == nil)
  }

  @Test func `brings no general alert again unless the set-up says when`() {
    let now = instant(2, 9)
    #expect(plan().rungs(for: alert(.general, Self.water, at: now), at: now).isEmpty)
    var office = Sample.office
    office.escalation.general = .hours(6)
    office.leadersHear = [.general]
    #expect(
      shown(plan(office).rungs(for: alert(.general, Self.water, at: now), at: now)) == [
        "deputy 03-02T15:00", "officers 03-03T08:30 or an officer", "leaders 03-03T14:30",
      ])
  }

  @Test func `asks again of a major alert alone, in duty hours, whoever acknowledged`() throws {
    let now = instant(2, 9)
    let major = alert(.major, Self.water, at: now)
    let unit = try #require(plan().askingAgain(of: major, byUnit: true, at: now))
    #expect(unit.purpose == .report)
    #expect(shown([unit]) == ["unit 03-03T08:30"])
    let officer = try #require(plan().askingAgain(of: major, byUnit: false, at: now))
    #expect(shown([officer]) == ["officers 03-03T08:30 or an officer"])
    let mild = alert(.considerable, Self.water, at: now)
    #expect(plan().askingAgain(of: mild, byUnit: true, at: now) == nil)
  }
}
