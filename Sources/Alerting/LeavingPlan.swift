package import Vocabulary

/// When an alert's notices leave (送出安排): at once, gathered at the office's hours, or when the duty
/// officer has signed them off.
///
/// What is to be signed off waits for as long as the office says, for half of its window unless it says
/// so, and then leaves as it stands: the rest is for the mail and for the unit.
package struct LeavingPlan: Sendable {
  private let batches: BatchCalendar
  private let signOff: SignOff

  /// The plan of an office.
  package init(office: Office) {
    batches = BatchCalendar(hours: office.hours, calendar: office.calendar, zone: office.zone)
    signOff = office.signOff
  }

  /// When an alert's notices leave; nil for at once.
  package func leavingTime(
    of grade: Grade, by deadline: Deadline, at now: Instant
  ) -> LeavingTime? {
    guard let wait = signOff.wait(of: grade, in: deadline.window),
      case let end = deadline.startedAt.steady + wait, end > now.steady
    else { return batches.leavingTime(of: grade, by: deadline, at: now) }
    let then = now.later(by: end - now.steady)
    let gathered = batches.leavingTime(of: grade, by: deadline, at: then)
    return LeavingTime(at: gathered?.at ?? then.wall, reason: .release)
  }
}
