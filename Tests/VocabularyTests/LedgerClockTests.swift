import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `The ledger's clock` {
  private static func clock(
    after last: Instant?, ahead: Int64? = nil, _ readings: ClockReading...
  ) -> LedgerClock {
    let left = Mutex(readings)
    return LedgerClock(after: last, ahead: ahead) {
      left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
  }

  private static func reading(
    _ wall: Duration, _ boot: String, _ sinceBoot: Duration
  )
    -> ClockReading
  {
    ClockReading(
      wall: Sample.monday + wall, boot: boot, sinceBoot: sinceBoot.inMilliseconds)
  }

  private static let last = Instant(
    wall: Sample.monday, boot: "one", sinceBoot: Duration.hours(5).inMilliseconds)

  @Test(arguments: [Duration.zero, .hours(1), .days(1), .zero - .hours(1), .zero - .days(1)])
  func `measures the same whatever step the wall makes`(_ step: Duration) {
    let clock = Self.clock(
      after: Self.last, Self.reading(.zero, "one", .hours(5)),
      Self.reading(.zero, "one", .hours(5)),
      Self.reading(step + .minutes(30), "one", .hours(5) + .minutes(30)))
    let before = clock.now()
    let after = clock.now()
    #expect(after.elapsed(since: before) == .minutes(30))
    #expect(after.wall - before.wall == step + .minutes(30))
    #expect(!after.isUncertain(since: before))
  }

  @Test func `goes on through a suspension longer than a window`() {
    let clock = Self.clock(after: Self.last, Self.reading(.hours(9), "one", .hours(14)))
    #expect(clock.now().elapsed(since: Self.last) == .hours(9))
  }

  @Test(
    arguments: [
      (Duration.hours(2), Duration.hours(2)), (.zero, .zero), (.zero - .days(3), .zero),
    ])
  func `goes on from the last entry after a boot, by what the wall says and never back`(
    _ wall: Duration, _ passed: Duration
  ) {
    let clock = Self.clock(after: Self.last, Self.reading(wall, "two", .seconds(40)))
    let now = clock.now()
    // What was written after the daemon last said that it was there lies before it too.
    #expect(now.elapsed(since: Self.last) == passed + LedgerClock.rhythm)
    #expect(now.isUncertain(since: Self.last))
  }

  @Test func `keeps the line of a boot that the ledger knows, though the wall was set since`() {
    let first = Self.clock(after: Self.last, Self.reading(.hours(2), "two", .seconds(40)))
    let later = Instant(wall: Sample.monday + .hours(3), boot: "two", sinceBoot: 0)
    let again = Self.clock(
      after: later, ahead: first.ahead, Self.reading(.zero - .days(9), "two", .seconds(100)))
    #expect(again.now().elapsed(since: first.now()) == .seconds(60))
  }

  @Test func `is the time since boot where the ledger knows nothing yet`() {
    let clock = Self.clock(after: nil, Self.reading(.zero, "one", .hours(5)))
    #expect(clock.now() == Self.last)
  }
}
