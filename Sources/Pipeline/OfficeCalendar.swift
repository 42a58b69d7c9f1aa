import Storage
import Synchronization
package import Vocabulary

/// What the wall says for whatever goes by the calendar (日历时间), such as digests.
///
/// A clock that is set wrong is mostly set right soon; a step of more than two minutes is believed
/// once it has stood for an hour. Until then the calendar goes on as before, so that a clock which
/// jumps a month ahead and back sends no month of digests. What the wall says after a boot that came
/// long after the last sign of the one before is believed once it has stood for ten minutes: by then
/// a time server has been asked.
package struct OfficeCalendar: Sendable {
  private static let tolerance = Duration.minutes(2)
  private static let bootProof = Duration.minutes(10)

  /// How far the wall was ahead of the ledger's line.
  private var believed: Duration?
  private var claimed: (ahead: Duration, since: SteadyTime)?
  private var proof = Duration.hours(1)

  /// A calendar that believes the first it is told.
  package init() {}

  /// The calendar of a boot whose first daemon began some time after the last sign of the one before,
  /// by a wall that may be wrong.
  package init(after lastSeen: WallTime, began: Instant, now: Instant) {
    guard now.steady - began.steady < OfficeCalendar.bootProof else { return }
    believed = .milliseconds(lastSeen.milliseconds - began.steady.milliseconds)
    proof = OfficeCalendar.bootProof
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
      let gap =
        isPatient ? try await surroundings.ledger.read { try $0.gap(before: now.boot) } : nil
      calendar.withLock { calendar in
        guard calendar == nil else { return }
        calendar =
          gap.map { OfficeCalendar(after: $0.lastSeen, began: $0.began, now: now) }
          ?? OfficeCalendar()
      }
    }
    let (wall, isSure) = calendar.withLock { calendar in
      (calendar?.wall(at: now) ?? now.wall, calendar?.isSure ?? false)
    }
    if isSure { try await surroundings.judge(kind, by: wall, at: now) }
    return wall
  }
}
