import Foundation
import Vocabulary

/// The only place in the package that reads a clock of the wall.
enum WallClock {
  /// This moment: wall time, and time since boot with the boot's own name.
  static let read: @Sendable () -> ClockReading = {
    var sinceBoot = timespec()
    clock_gettime(CLOCK_BOOTTIME, &sinceBoot)
    let wall = Date().timeIntervalSince1970 * 1000
    return ClockReading(
      wall: WallTime(milliseconds: Int64(wall)), boot: boot,
      sinceBoot: Int64(sinceBoot.tv_sec) * 1000 + Int64(sinceBoot.tv_nsec) / 1_000_000)
  }

  /// This moment where no ledger is at hand.
  static let now = LedgerClock(after: nil, ahead: nil, read).now

  /// Linux names each boot; where it does not, each run counts as one, which is only more careful.
  private static let boot: String = {
    let path = "/proc/sys/kernel/random/boot_id"
    let name = try? String(contentsOfFile: path, encoding: .utf8)
    return name?.trimmingCharacters(in: .whitespacesAndNewlines) ?? UUID().uuidString
  }()
}
