/// Which grades the duty officer signs off before anybody else hears (签发), and how long a draft
/// waits for their word.
package struct SignOff: Sendable, Hashable {
  /// What a wait leaves of a window at least, for the mail and for the unit.
  package static let room = Duration.minutes(10)

  package var grades: Set<Grade>
  /// How long each grade waits; half of its window where nothing is said.
  package var waits: [Grade: Duration]

  /// Some grades, and how long those wait of which the office says it.
  package init(of grades: Set<Grade> = [], waits: [Grade: Duration] = [:]) {
    self.grades = grades
    self.waits = waits
  }

  /// The longest wait that a window leaves room for.
  package static func longest(in window: Duration) -> Duration { max(window / 2, window - room) }

  /// How long a draft of a grade waits within its window; nil where nobody is to sign it off.
  package func wait(of grade: Grade, in window: Duration) -> Duration? {
    guard grades.contains(grade) else { return nil }
    return min(waits[grade] ?? window / 2, SignOff.longest(in: window))
  }
}
