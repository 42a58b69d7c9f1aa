package import Vocabulary

/// When an alert's notices leave (送出安排): at once, gathered at the office's hours, or when the duty
/// officer has signed them off.
///
/// What is to be signed off waits for as long as the office says, for half of its window unless it says
/// so, and then leaves as it stands: the rest is for the mail and for the unit. A general one keeps the
/// office's hours then too: the next of them where that is in time, otherwise, unless the office says how
/// long, the last of a working day before.
package struct LeavingPlan: Sendable {
  /// How long an officer has for a general draft at the least.
  private static let leastWait = Duration.hours(1)

  private let batches: BatchCalendar
  private let signOff: SignOff

  /// The plan of an office.
  package init(office: Office) {
    batches = BatchCalendar(hours: office.hours, calendar: office.calendar, zone: office.zone)
    signOff = office.signOff
  }

  /// When an alert's notices leave; nil for at once. What nobody is to sign off leaves as it does in
  /// an office without sign-off: general ones at its hours.
  package func leavingTime(
    of grade: Grade, by deadline: Deadline, mayBeHeld: Bool, at now: Instant
  ) -> LeavingTime? {
    guard mayBeHeld, let wait = signOff.wait(of: grade, in: deadline.window),
      case let end = deadline.startedAt.steady + wait, end > now.steady
    else { return batches.leavingTime(of: grade, by: deadline, at: now) }
    let then = now.later(by: end - now.steady)
    let gathered = batches.leavingTime(of: grade, by: deadline, at: then)
    let before = gathered.flatMap { gathered in
      gathered.reason == .hour || signOff.waits[grade] != nil
        ? nil : batches.lastHour(after: now.wall + LeavingPlan.leastWait, upTo: then.wall)
    }
    return LeavingTime(at: before ?? gathered?.at ?? then.wall, reason: .release)
  }
}
