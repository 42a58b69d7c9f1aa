package import Vocabulary

/// How long a notice that could not be delivered waits for its next attempt (重发间隔).
///
/// 5 s, then twice as long each time, up to a cap that lies well below the grade's window, with a
/// tenth of jitter so that a thousand notices do not knock at one moment. After five days, as
/// Postfix has it, an attempt is no longer made (RFC 5321, section 4.5.4.1).
package enum Backoff {
  /// The wait after the first failure.
  package static let first = Duration.seconds(5)
  /// How long a notice is tried at all.
  package static let patience = Duration.days(5)
  /// How long a call is tried: whoever has not been reached by then has read the mail, or a reminder.
  package static let callPatience = Duration.days(1)

  /// The most that a notice of a grade waits between two attempts, jitter included.
  package static func cap(for grade: Grade?) -> Duration {
    grade == .major ? .minutes(2) : .minutes(10)
  }

  /// The wait after so many attempts; `jitter` from 0 to 1 spreads it from 90 to 110 per cent.
  package static func wait(afterAttempt attempt: Int, grade: Grade?, jitter: Double) -> Duration {
    let doublings = min(max(attempt - 1, 0), 20)
    let plain = min(first * (1 << doublings), cap(for: grade))
    return min(plain * (0.9 + 0.2 * min(max(jitter, 0), 1)), cap(for: grade))
  }
}
