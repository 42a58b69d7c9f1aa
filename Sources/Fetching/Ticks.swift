internal import Vocabulary
import Glibc

/// Time for timeouts and pauses within one run (单调时钟): milliseconds that never step back.
/// It says nothing about the hour, which is handed in as an `Instant`.
struct Ticks: Comparable, Hashable, Sendable {
  var milliseconds: Int64

  /// The reading of `CLOCK_BOOTTIME`, which runs on while the machine sleeps.
  static func read() -> Ticks {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Ticks(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  static func < (left: Ticks, right: Ticks) -> Bool { left.milliseconds < right.milliseconds }
  static func + (time: Ticks, wait: Duration) -> Ticks {
    Ticks(milliseconds: time.milliseconds + wait.inMilliseconds)
  }
  static func - (later: Ticks, earlier: Ticks) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }
}
