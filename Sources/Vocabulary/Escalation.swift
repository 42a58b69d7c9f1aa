/// How long an alert waits for somebody to say that they have it (催办时限), before the next of its
/// chain hears of it.
package struct Escalation: Sendable, Hashable {
  package var major: Duration
  package var considerable: Duration
  /// Nil where general alerts are not brought again.
  package var general: Duration?
  /// How long a major alert that was acknowledged may stay without further word.
  package var askAgain: Duration

  /// Half of the day in which a unit reports its findings.
  package static let usualAskAgain = Duration.hours(12)

  /// An office's patience.
  package init(
    major: Duration, considerable: Duration, general: Duration? = nil,
    askAgain: Duration = usualAskAgain
  ) {
    self.major = major
    self.considerable = considerable
    self.general = general
    self.askAgain = askAgain
  }

  /// What an office has that says nothing of it: three steps fit into a major window, and two into a
  /// considerable one.
  package static func usual(within windows: Windows) -> Escalation {
    Escalation(
      major: min(.minutes(10), windows.major / 3),
      considerable: min(.hours(1), windows.considerable / 2))
  }

  /// The time from one step of a grade's chain to the next; nil where there is no chain.
  package func step(of grade: Grade) -> Duration? {
    switch grade {
    case .none: nil
    case .general: general
    case .considerable: considerable
    case .major: major
    }
  }
}
