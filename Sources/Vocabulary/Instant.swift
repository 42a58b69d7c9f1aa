/// A moment as this machine knows it: wall time, and time since boot within one boot.
///
/// Lengths are counted in time since boot as long as the boot is the same, so that no step of the
/// wall clock cheats them; across boots only wall time is left (`isUncertain(since:)`).
package struct Instant: Hashable, Sendable, Codable {
  /// What the wall clock says.
  package var wall: WallTime
  /// Which boot of the machine this is, `/proc/sys/kernel/random/boot_id` on Linux.
  package var boot: String
  /// Milliseconds since that boot, suspended time included (`CLOCK_BOOTTIME`).
  package var sinceBoot: Int64

  /// An instant of its three readings.
  package init(wall: WallTime, boot: String, sinceBoot: Int64) {
    self.wall = wall
    self.boot = boot
    self.sinceBoot = sinceBoot
  }

  /// How much time has passed since an earlier instant, never negative.
  package func elapsed(since earlier: Instant) -> Duration {
    guard boot == earlier.boot else { return max(.zero, wall - earlier.wall) }
    return .milliseconds(max(0, sinceBoot - earlier.sinceBoot))
  }

  /// Whether `elapsed(since:)` had to trust the wall clock because the machine was booted between.
  package func isUncertain(since earlier: Instant) -> Bool {
    boot != earlier.boot
  }
}
