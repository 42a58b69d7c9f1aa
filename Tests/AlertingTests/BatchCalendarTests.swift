import Alerting
import TestSupport
import Testing
import Vocabulary

/// The year 2026 as the State Council arranged it.
private let calendar = WorkCalendar([
  2026: WorkCalendar.Year(
    holidays: days(
      (1, 1...3), (2, 15...23), (4, 4...6), (5, 1...5), (6, 19...21), (9, 25...27), (10, 1...7)),
    makeUpDays: days(
      (1, 4...4), (2, 14...14), (2, 28...28), (5, 9...9), (9, 20...20), (10, 10...10)))
])

private func days(_ spans: (month: Int, days: ClosedRange<Int>)...) -> Set<CivilTime> {
  Set(spans.flatMap { span in span.days.map { Sample.civil(2026, span.month, $0) } })
}

@Suite struct `A work calendar` {
  @Test(
    arguments: [
      (Sample.civil(2026, 3, 2), .workday), (Sample.civil(2026, 3, 7), .weekend),
      (Sample.civil(2026, 2, 14), .makeUpDay), (Sample.civil(2026, 2, 15), .holiday),
      (Sample.civil(2026, 2, 23, 23, 59), .holiday), (Sample.civil(2026, 2, 24), .workday),
      (Sample.civil(2026, 2, 28, 16), .makeUpDay), (Sample.civil(2026, 10, 1), .holiday),
      (Sample.civil(2026, 10, 8), .workday), (Sample.civil(2026, 9, 20), .makeUpDay),
      (Sample.civil(2027, 1, 1), .workday), (Sample.civil(2027, 1, 2), .weekend),
    ] as [(CivilTime, WorkCalendar.Day)])
  func `knows what each day is`(_ day: CivilTime, _ kind: WorkCalendar.Day) {
    #expect(calendar.kind(of: day) == kind)
    #expect(calendar.isWorked(day) == [.workday, .makeUpDay].contains(kind))
  }

  @Test(
    arguments: [
      (Sample.civil(2026, 11, 30), nil), (Sample.civil(2026, 12, 1), 2027),
      (Sample.civil(2026, 12, 31), 2027), (Sample.civil(2027, 1, 1), 2027),
      (Sample.civil(2025, 6, 1), 2025),
    ] as [(CivilTime, Int?)])
  func `misses the next year from 1 December on`(_ day: CivilTime, _ missing: Int?) {
    #expect(calendar.missingYear(on: day) == missing)
    #expect(WorkCalendar().missingYear(on: day) == nil, "an office that keeps none misses none")
  }
}

@Suite struct `A batch calendar` {
  /// When something that is found then leaves, with the regulation's window unless said.
  struct Row: Sendable, CustomTestStringConvertible {
    let what: String
    let found: WallTime
    var window = Duration.hours(24)
    var hours = DutyHours.usual
    let leaves: WallTime
    let reason: LeavingTime.Reason

    var testDescription: String { what }
  }

  static let rows = [
    Row(
      what: "Monday morning: the afternoon's hour", found: Sample.time(2026, 3, 2, 10),
      leaves: Sample.time(2026, 3, 2, 16), reason: .hour),
    Row(
      what: "an hour that has just begun is past", found: Sample.time(2026, 3, 2, 16),
      leaves: Sample.time(2026, 3, 3, 9), reason: .hour),
    Row(
      what: "at night: the next morning", found: Sample.time(2026, 3, 2, 23, 30),
      leaves: Sample.time(2026, 3, 3, 9), reason: .hour),
    Row(
      what: "Friday 17:00: Saturday's last hour", found: Sample.time(2026, 3, 6, 17),
      leaves: Sample.time(2026, 3, 7, 16), reason: .dayOff),
    Row(
      what: "Friday 16:15: 16:00 would leave a quarter of an hour, which is no reserve",
      found: Sample.time(2026, 3, 6, 16, 15), leaves: Sample.time(2026, 3, 7, 9),
      reason: .dayOff),
    Row(
      what: "Saturday noon: Sunday morning, for the window ends at noon",
      found: Sample.time(2026, 3, 7, 12), leaves: Sample.time(2026, 3, 8, 9), reason: .dayOff),
    Row(
      what: "Sunday 10:00: Monday is worked and begins before the window ends",
      found: Sample.time(2026, 3, 8, 10), leaves: Sample.time(2026, 3, 9, 9), reason: .hour),
    Row(
      what: "the Friday before a Saturday that is worked", found: Sample.time(2026, 2, 27, 17),
      leaves: Sample.time(2026, 2, 28, 9), reason: .hour),
    Row(
      what: "the eve of the Spring Festival, a Saturday that is worked",
      found: Sample.time(2026, 2, 14, 15), leaves: Sample.time(2026, 2, 14, 16), reason: .hour),
    Row(
      what: "within the Spring Festival", found: Sample.time(2026, 2, 18, 17),
      leaves: Sample.time(2026, 2, 19, 16), reason: .dayOff),
    Row(
      what: "the last afternoon of the Spring Festival", found: Sample.time(2026, 2, 23, 15),
      leaves: Sample.time(2026, 2, 24, 9), reason: .hour),
    Row(
      what: "a Wednesday before the National Day", found: Sample.time(2026, 9, 30, 16, 30),
      leaves: Sample.time(2026, 10, 1, 16), reason: .dayOff),
    Row(
      what: "a window shorter than the gap between the hours", found: Sample.time(2026, 3, 2, 10),
      window: .hours(4), leaves: Sample.time(2026, 3, 2, 10), reason: .window),
    Row(
      what: "the same in the quiet time", found: Sample.time(2026, 3, 2, 5), window: .hours(3),
      leaves: Sample.time(2026, 3, 2, 7), reason: .window),
    Row(
      what: "quiet for longer than the window", found: Sample.time(2026, 3, 2, 23),
      window: .hours(3), leaves: Sample.time(2026, 3, 3, 1, 30), reason: .window),
    Row(
      what: "a window that has passed already", found: Sample.time(2026, 3, 2, 10),
      window: .hours(-1), leaves: Sample.time(2026, 3, 2, 10), reason: .window),
    Row(
      what: "an hour in the quiet time is none", found: Sample.time(2026, 3, 2, 17),
      hours: DutyHours(
        batch: [.init(hour: 23, minute: 0), .init(hour: 10, minute: 30)],
        duty: DutyHours.usual.duty, quiet: DutyHours.usual.quiet),
      leaves: Sample.time(2026, 3, 3, 10, 30), reason: .hour),
  ]

  @Test(arguments: rows)
  func `says when a general notice leaves, and why then`(_ row: Row) {
    let batches = BatchCalendar(hours: row.hours, calendar: calendar, zone: .shanghai)
    let leaving = batches.leavingTime(after: row.found, dueAt: row.found + row.window)
    #expect(leaving == LeavingTime(at: row.leaves, reason: row.reason))
  }

  @Test func `never lets one leave after its window, whatever the hour of the year`() {
    let batches = BatchCalendar(hours: .usual, calendar: calendar, zone: .shanghai)
    for hour in 0..<(366 * 24) {
      let found = Sample.time(2026, 1, 1) + .hours(Int64(hour)) + .minutes(Int64(hour % 60))
      let leaving = batches.leavingTime(after: found, dueAt: found + .hours(24))
      #expect(leaving.at > found && leaving.at <= found + .hours(24) - BatchCalendar.reserve)
      let civil = OfficeZone.shanghai.civil(leaving.at)
      #expect(!DutyHours.usual.quiet.contains(civil))
      #expect((leaving.reason == .hour) == calendar.isWorked(civil))
    }
  }

  @Test func `counts the window on the ledger's line, and lets graver ones leave at once`() {
    let batches = BatchCalendar(hours: .usual, calendar: calendar, zone: .shanghai)
    let found = Sample.instant()
    let deadline = Deadline(.notify, from: found, window: .hours(24))
    // Ten hours have passed, and somebody has set the wall clock ten hours back.
    var now = found.later(by: .hours(10))
    now.wall = found.wall
    #expect(
      batches.leavingTime(of: .general, by: deadline, at: now)
        == LeavingTime(at: Sample.time(2026, 3, 2, 16), reason: .hour))
    // Twenty have, and it says nine in the morning: four hours are left, and no hour lies in them.
    now = found.later(by: .hours(20))
    now.wall = found.wall
    #expect(
      batches.leavingTime(of: .general, by: deadline, at: now)
        == LeavingTime(at: found.wall, reason: .window))
    #expect(batches.leavingTime(of: .considerable, by: deadline, at: now) == nil)
    #expect(batches.leavingTime(of: .major, by: deadline, at: now) == nil)
  }
}
