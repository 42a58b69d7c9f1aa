import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Drafts the hand-over list at each change of shifts (交接班), exactly once, and tells the admins
/// when it is after hours and the roster names nobody.
///
/// That a list was drafted is written in the transaction that writes its notice, so that neither a
/// kill nor a second look drafts it twice. A change that nobody was there to see is caught up while
/// those who came on are still on duty: the last one alone, for a list says how things stand and not
/// what they were. The wall is the one that digests go by: a clock that is set wrong and right again
/// changes no shifts.
package final class ShiftChanges: Service {
  /// How often the roster is looked at.
  private static let rhythm = Duration.seconds(20)
  /// A change longer ago than this is history.
  private static let mostLate = Duration.hours(24)
  /// What the admins are told of is called so among the troubles that stand.
  package static let trouble = "rosterOpen"

  private let surroundings: Surroundings
  private let calendar: LoopCalendar

  /// The changes of the roster in force. One that `waits` does not believe the wall at once that a
  /// machine boots with after a while.
  package init(_ surroundings: Surroundings, waits: Bool = true) {
    self.surroundings = surroundings
    calendar = LoopCalendar(isPatient: waits)
  }

  /// Looks until the daemon is told to stop.
  package func run() async throws {
    await surroundings.turn(.shiftChanges, every: ShiftChanges.rhythm) { await self.once() }
  }

  /// Drafts the list of the change that has come and that is not there yet.
  package func once() async {
    let generation = surroundings.inForce.current
    let now = surroundings.now()
    do {
      let wall = try await calendar.wall(of: surroundings, at: now, judging: .handOvers)
      if let change = try await owed(generation.setup.office, wall) {
        try await handOver(change, generation, wall, now)
      }
      try await watch(generation, wall, now)
    } catch {
      surroundings.log.critical("hand-over list not written", metadata: ["reason": "\(error)"])
    }
  }

  /// The last change, where it has no list yet and is later than the last that has, and than the
  /// first daemon.
  private func owed(_ office: Office, _ wall: WallTime) async throws -> WallTime? {
    guard let change = office.roster?.lastChange(by: wall),
      wall - change < ShiftChanges.mostLate
    else { return nil }
    let begins = try await surroundings.ledger.read { ledger in
      try ledger.lastHandOver(by: wall) ?? ledger.firstBegan()
    }
    return begins.map { $0 < change } ?? false ? change : nil
  }

  private func handOver(
    _ change: WallTime, _ generation: Generation, _ wall: WallTime, _ now: Instant
  ) async throws {
    // Read apart from writing: a long list must not hold up an alert.
    let list = try await surroundings.ledger.read { ledger in
      var list = try ledger.handOverList(of: generation.setup, at: change, draftedAt: wall)
      list.number = try ledger.nextNumber(ofListAt: change)
      return list
    }
    let notices = generation.steps.draft(.handOver(list))
    let postbox = Postbox(steps: generation.steps)
    let isNew = try await surroundings.ledger.write { ledger in
      guard try ledger.insertHandOver(of: change, at: now) else { return false }
      for notice in notices { try postbox.put(notice, at: now, in: ledger) }
      return true
    }
    guard isNew, !notices.isEmpty else { return }
    surroundings.log.info("hand-over list drafted")
    surroundings.noticesCame.ring()
  }

  /// Tells the admins once of a gap; what they were told of is over when somebody is on duty again.
  private func watch(
    _ generation: Generation, _ wall: WallTime, _ now: Instant
  ) async throws {
    let office = generation.setup.office
    let isCovered = office.roster.map { !$0.shifts(at: wall).isEmpty } ?? true
    let stands = try await surroundings.ledger.read { try $0.standsSince(ShiftChanges.trouble) }
    guard !isCovered else {
      if stands != nil {
        _ = try await surroundings.ledger.write { try $0.endTrouble(ShiftChanges.trouble) }
      }
      return
    }
    guard stands == nil, !office.isAtWork(at: wall) else { return }
    let until = office.roster?.nextChange(after: wall)
    let isTold = try await surroundings.ledger.write { ledger in
      guard try ledger.beginTrouble(ShiftChanges.trouble, at: now) else { return false }
      try generation.steps.tell(.rosterOpen(until: until, at: wall), at: now, in: ledger)
      return true
    }
    guard isTold else { return }
    surroundings.log.warning("roster names nobody")
    surroundings.noticesCame.ring()
  }
}
