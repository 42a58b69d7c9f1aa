package import Vocabulary

/// When an alert's notices leave (送出安排): at once, gathered at the office's hours, or when the duty
/// officer has signed them off.
///
/// What is to be signed off waits for half of its window at most and then leaves as it stands: the
/// other half is for the mail and for the unit.
package struct LeavingPlan: Sendable {
  private let batches: BatchCalendar
  private let release: Set<Grade>

  /// The plan of an office.
  package init(office: Office) {
    batches = BatchCalendar(hours: office.hours, calendar: office.calendar, zone: office.zone)
    release = office.release
  }

  /// When an alert's notices leave; nil for at once.
  package func leavingTime(
    of grade: Grade, by deadline: Deadline, at now: Instant
  ) -> LeavingTime? {
    guard release.contains(grade) else {
      return batches.leavingTime(of: grade, by: deadline, at: now)
    }
    let half = deadline.startedAt.steady + deadline.window / 2
    guard half > now.steady else {
      return batches.leavingTime(of: grade, by: deadline, at: now)
    }
    let then = now.later(by: half - now.steady)
    let gathered = batches.leavingTime(of: grade, by: deadline, at: then)
    return LeavingTime(at: gathered?.at ?? then.wall, reason: .release)
  }
}
