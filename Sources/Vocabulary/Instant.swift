/// A moment as this machine knows it: wall time, and time on the ledger's own line.
///
/// Wall time is for people, it is printed and decides which day it is. Whatever is waited out or
/// measured is counted on the line, so that no step of the wall clock cheats it. `LedgerClock`
/// makes instants.
package struct Instant: Hashable, Sendable, Codable {
  /// What the wall clock says.
  package var wall: WallTime
  /// Which boot of the machine this is, `/proc/sys/kernel/random/boot_id` on Linux.
  package var boot: String
  /// Milliseconds since the first boot that the ledger knows of, suspended time included
  /// (`CLOCK_BOOTTIME`), carried on across later boots by `LedgerClock`.
  package var sinceBoot: Int64

  /// An instant of its three readings.
  package init(wall: WallTime, boot: String, sinceBoot: Int64) {
    self.wall = wall
    self.boot = boot
    self.sinceBoot = sinceBoot
  }

  /// Where it lies on the ledger's line.
  package var steady: SteadyTime { SteadyTime(milliseconds: sinceBoot) }

  /// The instant so long after this one, as things are now.
  package func later(by duration: Duration) -> Instant {
    Instant(wall: wall + duration, boot: boot, sinceBoot: sinceBoot + duration.inMilliseconds)
  }

  /// How much time has passed since an earlier instant, never negative.
  package func elapsed(since earlier: Instant) -> Duration {
    max(.zero, steady - earlier.steady)
  }

  /// Whether `elapsed(since:)` had to trust the wall clock because the machine was booted between.
  package func isUncertain(since earlier: Instant) -> Bool {
    boot != earlier.boot
  }
}

/// A moment on the ledger's own line of time (台账时间), which no step of the wall clock moves.
///
/// Only distances on it mean something: it is never printed. What is due, and when something is
/// tried again, is kept as such moments.
package struct SteadyTime: Hashable, Comparable, Sendable, Codable {
  /// Milliseconds since the line began.
  package var milliseconds: Int64

  /// A moment by its milliseconds since the line began.
  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Before everything.
  package static let beginning = SteadyTime(milliseconds: 0)

  package static func < (left: SteadyTime, right: SteadyTime) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment a duration later, to the millisecond.
  package static func + (time: SteadyTime, duration: Duration) -> SteadyTime {
    SteadyTime(milliseconds: time.milliseconds + duration.inMilliseconds)
  }

  /// The moment a duration earlier, to the millisecond.
  package static func - (time: SteadyTime, duration: Duration) -> SteadyTime {
    SteadyTime(milliseconds: time.milliseconds - duration.inMilliseconds)
  }

  /// The distance from one moment to a later one; negative when it lies before.
  package static func - (later: SteadyTime, earlier: SteadyTime) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }
}
