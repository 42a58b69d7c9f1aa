import Vocabulary

/// Alerts of which nothing was heard.
enum Reminders {
  /// A step so many minutes after the alert was raised.
  static func rung(
    _ number: Int, _ audience: Rung.Audience, _ purpose: Rung.Purpose = .acknowledgement
  ) -> Rung {
    Rung(
      number: number, audience: audience, purpose: purpose, endsWithOfficer: audience == .officers,
      dueAt: Town.instant(Town.morning - .minutes(4)).later(by: .minutes(Int64(10 * number))))
  }

  static let told = [
    Reminder.Told(
      .contactSheet, to: .unit, addresses: 2, sentAt: Town.morning - .minutes(3)),
    Reminder.Told(.bulletin, to: .officer, sentAt: Town.morning - .minutes(3)),
    Reminder.Told(.bulletin, to: .leader, sentAt: nil),
  ]

  /// Three steps that came due together.
  static let all = Reminder(
    Town.alertCase(), rungs: [rung(1, .deputy), rung(2, .officers), rung(3, .leaders)],
    told: told, next: nil, at: Town.instant(Town.morning + .minutes(26)))

  /// The unit acknowledged and was not heard of again.
  static let report = Reminder(
    Town.alertCase {
      $0.acknowledged = [
        Acknowledgement(byUnit: false, at: Town.morning + .minutes(5)),
        Acknowledgement(byUnit: true, at: Town.morning + .minutes(8)),
      ]
    }, rungs: [rung(4, .unit, .report)], told: told,
    at: Town.instant(Town.morning + .hours(24)))

  /// The officers were to decide whose it is.
  static let officers = Reminder(
    Town.alertCase(.major, to: .officers(.noUnit)), rungs: [rung(1, .officers)],
    told: [Reminder.Told(.bulletin, to: .officer, sentAt: Town.morning - .minutes(3))],
    next: rung(2, .leaders), at: Town.instant(Town.morning + .minutes(6)))

  /// An allegation of misconduct.
  static let conduct = Reminder(
    Town.alertCase(.considerable, to: .supervision, kind: .conduct),
    rungs: [rung(1, .deputy), rung(2, .officers)],
    told: [Reminder.Told(.contactSheet, to: .unit, sentAt: Town.morning - .minutes(3))],
    at: Town.instant(Town.morning + .hours(1)))
}
