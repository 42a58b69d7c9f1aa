/// What the machine's clocks say at one moment (时钟读数), before the ledger's line is known.
package struct ClockReading: Hashable, Sendable {
  /// What the wall clock says.
  package var wall: WallTime
  /// Which boot of the machine this is.
  package var boot: String
  /// Milliseconds since that boot, suspended time included (`CLOCK_BOOTTIME`).
  package var sinceBoot: Int64

  /// The three readings of one moment.
  package init(wall: WallTime, boot: String, sinceBoot: Int64) {
    self.wall = wall
    self.boot = boot
    self.sinceBoot = sinceBoot
  }
}

/// The one clock of the house (台账时钟): it makes every `Instant`.
///
/// Its line of time runs with the time since boot. Within one boot nothing else moves it: not a
/// step of the wall clock by an hour or a day, and it goes on through a suspension. A later boot
/// goes on from the last that the ledger wrote, by as much as the wall clock says has passed, and
/// by nothing where the wall clock says less: the line never runs backwards. How far it runs ahead
/// of the time since boot is fixed once a boot and kept in the ledger, so that every daemon and
/// command of that boot reads the same line.
package struct LedgerClock: Sendable {
  /// The daemon says so often that it is there; what it wrote after it last said so is younger.
  package static let rhythm = Duration.seconds(20)

  /// How far the line runs ahead of the time since this boot, in milliseconds.
  package let ahead: Int64
  private let read: @Sendable () -> ClockReading

  /// The clock in the boot that is now; `ahead` is what the ledger has for this boot, nil where it
  /// knows nothing of it, and `last` the last instant that it is sure of.
  package init(after last: Instant?, ahead: Int64?, _ read: @escaping @Sendable () -> ClockReading)
  {
    self.read = read
    self.ahead = ahead ?? LedgerClock.ahead(read(), after: last)
  }

  /// What the clocks say now.
  package var now: @Sendable () -> Instant {
    { [ahead, read] in
      let reading = read()
      return Instant(
        wall: reading.wall, boot: reading.boot, sinceBoot: reading.sinceBoot + ahead)
    }
  }

  private static func ahead(_ reading: ClockReading, after last: Instant?) -> Int64 {
    guard let last, last.boot != reading.boot else { return 0 }
    let passed = max(.zero, reading.wall - last.wall)
    return (last.steady + rhythm + passed).milliseconds - reading.sinceBoot
  }
}
