import Storage
import Synchronization
package import Vocabulary

/// What the wall says for whatever goes by the calendar (日历时间), such as digests.
///
/// A clock that is set wrong is mostly set right soon; a step of more than two minutes is believed
/// once it has stood for an hour. Until then the calendar goes on as before, so that a clock which
/// jumps a month ahead and back sends no month of digests. What the wall says when a daemon begins, long
/// after the last sign of the boot before or otherwise than the daemon before it saw it, is believed
/// once it has stood for ten minutes: by then a time server has been asked.
package struct OfficeCalendar: Sendable {
  private static let tolerance = Duration.minutes(2)
  private static let firstProof = Duration.minutes(10)

  /// How far the wall was ahead of the ledger's line.
  private var believed: Duration?
  private var claimed: (ahead: Duration, since: SteadyTime)?
  private var proof = Duration.hours(1)

  /// A calendar that believes the first it is told.
  package init() {}

  /// The calendar of a boot whose first daemon began some time after the last sign of the one before,
  /// by a wall that may be wrong; nil once that boot is older than what it takes to prove.
  package init?(after lastSeen: WallTime, began: Instant, now: Instant) {
    guard now.steady - began.steady < OfficeCalendar.firstProof else { return nil }
    self.init(ahead: .milliseconds(lastSeen.milliseconds - began.steady.milliseconds))
  }

  /// The calendar of a daemon that begins where one before it, in the same boot, had the wall so far
  /// ahead of the ledger's line.
  package init(ahead: Duration) {
    believed = ahead
    proof = OfficeCalendar.firstProof
  }

  /// What the wall says by this calendar.
  package mutating func wall(at now: Instant) -> WallTime {
    let ahead = Duration.milliseconds(now.wall.milliseconds - now.steady.milliseconds)
    guard let before = believed, abs(ahead - before) > OfficeCalendar.tolerance,
      !isProven(ahead, at: now.steady)
    else {
      believed = ahead
      claimed = nil
      proof = .hours(1)
      return now.wall
    }
    return WallTime(milliseconds: now.steady.milliseconds + before.inMilliseconds)
  }

  /// Whether it believes what the wall says.
  var isSure: Bool { claimed == nil }

  private mutating func isProven(_ ahead: Duration, at now: SteadyTime) -> Bool {
    guard let claimed, abs(claimed.ahead - ahead) <= OfficeCalendar.tolerance else {
      claimed = (ahead, now)
      return false
    }
    return now - claimed.since >= proof
  }

  private func abs(_ span: Duration) -> Duration { max(span, .zero - span) }
}

/// The calendar that one loop goes by (循环日历), begun by what the ledger knows of this boot.
final class LoopCalendar: Sendable {
  private let calendar = Mutex<OfficeCalendar?>(nil)
  private let isPatient: Bool

  /// The calendar of a loop; one that is not patient believes the first it is told, for it is not there
  /// to be told anything else.
  init(isPatient: Bool) { self.isPatient = isPatient }

  /// What the wall says by this calendar, once what of a kind was drafted before its time is known to
  /// have been.
  func wall(
    of surroundings: Surroundings, at now: Instant, judging kind: Scheduled
  ) async throws -> WallTime {
    if calendar.withLock({ $0 == nil }) {
      let known = isPatient ? try await begun(surroundings, now) : OfficeCalendar()
      calendar.withLock { $0 = $0 ?? known }
    }
    let (wall, isSure) = calendar.withLock { calendar in
      (calendar?.wall(at: now) ?? now.wall, calendar?.isSure ?? false)
    }
    if isSure { try await surroundings.judge(kind, by: wall, at: now) }
    return wall
  }

  private func begun(
    _ surroundings: Surroundings, _ now: Instant
  ) async throws -> OfficeCalendar {
    let (gap, ahead) = try await surroundings.ledger.read { [surroundings] ledger in
      (
        try ledger.gap(before: now.boot),
        try ledger.aheadBefore(surroundings.incarnation)
      )
    }
    return gap.flatMap { OfficeCalendar(after: $0.lastSeen, began: $0.began, now: now) }
      ?? ahead.map(OfficeCalendar.init(ahead:)) ?? OfficeCalendar()
  }
}
