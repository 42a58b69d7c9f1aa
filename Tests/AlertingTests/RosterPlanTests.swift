import Alerting
import TestSupport
import Testing
import Vocabulary

/// Who hears when nobody is at work: the roster of an office, and what follows from it.
@Suite struct `A roster` {
  private static let zhang = Sample.address("zhang@letters.example")
  private static let wang = Sample.address("wang@letters.example")
  private static let li = Sample.address("li@letters.example")
  private static let officer = Sample.address("officer@letters.example")

  private static func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> WallTime {
    Sample.time(2026, 3, day, hour, minute)
  }

  /// Monday night, a gap on Tuesday night, and Wednesday night to Saturday morning in two lines that
  /// overlap on Thursday night.
  private static var office: Office {
    var office = Sample.office
    office.roster = Roster([
      Shift(from: at(4, 18), to: at(6, 8, 30), officers: [wang]),
      Shift(from: at(2, 18), to: at(3, 8, 30), officers: [zhang], leaders: [li]),
      Shift(from: at(5, 18), to: at(7, 8, 30), officers: [zhang, officer], leaders: [li]),
    ])
    return office
  }

  @Test(
    arguments: [
      (at(2, 17, 59), [officer], []), (at(2, 18), [zhang, officer], [li]),
      (at(3, 8, 29), [zhang, officer], [li]), (at(3, 8, 30), [officer], []),
      // The gap: the office's own, as always.
      (at(3, 22), [officer], []),
      // At work, whatever the roster says.
      (at(5, 12), [officer], []),
      // Two lines: those of both, each once.
      (at(5, 20), [wang, zhang, officer], [li]), (at(6, 9), [officer], []),
      (at(7, 0), [zhang, officer], [li]),
    ] as [(WallTime, [MailAddress], [MailAddress])])
  func `says who hears first after hours, and leaves nobody out`(
    moment: WallTime, officers: [MailAddress], leaders: [MailAddress]
  ) {
    #expect(Self.office.officers(at: moment) == officers)
    #expect(Self.office.dutyLeaders(at: moment) == leaders)
  }

  @Test func `is of no account on a working day's hours, and of all on a public holiday`() {
    var office = Self.office
    #expect(office.officers(at: Self.at(5, 12)) == [Self.officer])
    office.calendar = WorkCalendar([
      2026: WorkCalendar.Year(holidays: [Sample.civil(2026, 3, 5)])
    ])
    #expect(office.officers(at: Self.at(5, 12)) == [Self.wang, Self.officer])
  }

  @Test func `leaves gaps after hours alone, joined where nobody comes between`() throws {
    let gaps = Self.office.rosterGaps(from: Self.at(2, 12), to: Self.at(9, 12))
    #expect(
      gaps == [
        RosterOutlook.Gap(from: Self.at(3, 18), to: Self.at(4, 8, 30)),
        RosterOutlook.Gap(from: Self.at(7, 8, 30), to: Self.at(9, 8, 30)),
      ])
    let outlook = try #require(RosterOutlook(of: Self.office, at: Self.at(2, 12)))
    #expect(outlook.gaps.count == 1)
    #expect(outlook.endsAt == Self.at(7, 8, 30))
    #expect(RosterOutlook(of: Sample.office, at: Self.at(2, 12)) == nil)
  }

  @Test func `names two weeks of nights that nobody has in a few sentences`() throws {
    var office = Sample.office
    office.roster = Roster([
      Shift(from: Self.at(30, 18), to: Self.at(31, 8, 30), officers: [Self.zhang])
    ])
    let outlook = try #require(RosterOutlook(of: office, at: Self.at(2, 12)))
    #expect(outlook.gaps.count == 10)
    #expect(outlook.endsAt == nil)
    let sentences = outlook.sentences(in: .shanghai)
    #expect(sentences.count == 6)
    #expect(sentences.last?.sentence.zh.contains("另有 5 段") == true)
  }

  @Test func `changes where a shift begins, and where it hands back to the office`() {
    let roster = Self.office.roster
    #expect(
      roster?.changes == [
        Self.at(2, 18), Self.at(3, 8, 30), Self.at(4, 18), Self.at(5, 18), Self.at(7, 8, 30),
      ])
    #expect(roster?.lastChange(by: Self.at(3, 8, 29)) == Self.at(2, 18))
    #expect(roster?.lastChange(by: Self.at(2, 17)) == nil)
    #expect(roster?.nextChange(after: Self.at(5, 18)) == Self.at(7, 8, 30))
  }

  @Test(
    arguments: [
      (at(2, 18), [zhang], [officer], [li], at(3, 8, 30)),
      (at(3, 8, 30), [officer], [zhang], [], at(4, 18)),
      (at(5, 18), [wang, zhang, officer], [wang], [li], at(7, 8, 30)),
      (at(7, 8, 30), [officer], [zhang, officer], [], nil),
    ] as [(WallTime, [MailAddress], [MailAddress], [MailAddress], WallTime?)])
  func `says who comes on at a change, and who goes off`(
    change: WallTime, on: [MailAddress], off: [MailAddress], leaders: [MailAddress], to: WallTime?
  ) {
    let list = HandOverList(of: Self.office, at: change, draftedAt: change)
    #expect(list.comingOn == on)
    #expect(list.goingOff == off)
    #expect(list.leaders == leaders)
    #expect(list.to == to)
    #expect(list.isEmpty)
  }
}

/// The chain of a major alert with a roster.
@Suite struct `A plan of reminders with a roster` {
  private func rungs(
    _ grade: Grade, day: Int, hour: Int, minute: Int = 0, leaders: Bool = true
  ) -> [Rung.Audience] {
    let at = Sample.time(2026, 3, day, hour, minute)
    let now = Sample.instant(after: at - Sample.monday)
    var office = Sample.office
    office.roster = Roster([
      Shift(
        from: Sample.time(2026, 3, 2, 18), to: Sample.time(2026, 3, 3, 8, 30),
        officers: [Sample.address("zhang@letters.example")],
        leaders: leaders ? [Sample.address("li@letters.example")] : [])
    ])
    let alert = Alert(
      id: Alert.ID(year: 2026, number: 17), item: Sample.item().id, grade: grade,
      audience: .unit(Sample.unit("区水务局")), raisedAt: now,
      deadline: Deadline(.notify, from: now, window: .hours(2)))
    return EscalationPlan(office: office).rungs(for: alert, at: now).map(\.audience)
  }

  @Test func `has the leader on duty hear after the officers and before the leaders`() {
    #expect(rungs(.major, day: 2, hour: 22) == [.deputy, .officers, .dutyLeader, .leaders])
  }

  @Test func `has nobody more where nobody leads, or it is not after hours by then`() {
    let plain: [Rung.Audience] = [.deputy, .officers, .leaders]
    #expect(rungs(.major, day: 2, hour: 22, leaders: false) == plain)
    #expect(rungs(.major, day: 2, hour: 12) == plain)
    #expect(rungs(.major, day: 3, hour: 22) == plain, "a gap")
    // The third step falls into the working day.
    #expect(rungs(.major, day: 3, hour: 8, minute: 10) == plain)
    #expect(
      rungs(.major, day: 2, hour: 17, minute: 40) == [.deputy, .officers, .dutyLeader, .leaders])
  }

  @Test func `leaves considerable alerts to the morning as before`() {
    #expect(rungs(.considerable, day: 2, hour: 22) == [.deputy, .officers])
  }
}
