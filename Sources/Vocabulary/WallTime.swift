/// A moment on the wall clock (时刻), in milliseconds since 1970-01-01T00:00:00Z.
///
/// The ledger keeps times as these integers. Nothing in the package makes one by reading a clock
/// but the one file that is allowed to.
package struct WallTime: Hashable, Comparable, Sendable, Codable {
  /// Milliseconds since the Unix epoch, UTC.
  package var milliseconds: Int64

  /// A moment by its milliseconds since the Unix epoch.
  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// A moment by its whole seconds since the Unix epoch.
  package init(seconds: Int64) {
    self.milliseconds = seconds * 1000
  }

  package static func < (left: WallTime, right: WallTime) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment a duration later, to the millisecond.
  package static func + (time: WallTime, duration: Duration) -> WallTime {
    WallTime(milliseconds: time.milliseconds + duration.inMilliseconds)
  }

  /// The moment a duration earlier, to the millisecond.
  package static func - (time: WallTime, duration: Duration) -> WallTime {
    WallTime(milliseconds: time.milliseconds - duration.inMilliseconds)
  }

  /// The distance from one moment to a later one; negative when it lies before.
  package static func - (later: WallTime, earlier: WallTime) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }
}

extension Duration {
  /// This duration in whole milliseconds, rounded toward zero.
  package var inMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }

  /// So many minutes.
  package static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
  /// So many hours.
  package static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }
  /// So many days of 24 hours.
  package static func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }
}
