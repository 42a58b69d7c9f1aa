import Logging
import ServiceLifecycle
import Storage
import Synchronization
package import Vocabulary

/// Tells whoever watches from outside that all is well (心跳): one request for each audit that
/// passed, so that silence there is an alarm.
///
/// It waits for no answer that anybody else waits for. Not being heard is told to the admins once,
/// after three times in a row, and once when it is heard again.
package final class Heartbeat: Service {
  /// So many in a row must not be heard.
  private static let patience = 3
  /// What it is called among the troubles that stand.
  package static let trouble = "heartbeat"

  private let surroundings: Surroundings
  private let beat: @Sendable (HeartbeatAddress) async -> Phrase?
  private let unheard = Mutex(0)

  /// The heartbeat of this run; `beat` says why it was not heard, nil where it was.
  package init(
    _ surroundings: Surroundings, beat: @escaping @Sendable (HeartbeatAddress) async -> Phrase?
  ) {
    self.surroundings = surroundings
    self.beat = beat
  }

  /// Beats until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.once()
        await self.surroundings.auditPassed.wait(
          upTo: Auditor.patience, on: self.surroundings.clock)
      }
    }
  }

  /// Beats once where an audit has passed since the last time.
  package func once() async {
    guard surroundings.soundness.takeBeat() else { return }
    do {
      guard let address = surroundings.inForce.current.setup.heartbeat else {
        return try await forget()
      }
      let reason = await beat(address)
      guard !Task.isCancelled else { return }
      try await count(reason, at: address)
    } catch {
      surroundings.log.critical("ledger not writable", metadata: ["reason": "\(error)"])
    }
  }

  private func count(_ reason: Phrase?, at address: HeartbeatAddress) async throws {
    let now = surroundings.now()
    guard let reason else {
      unheard.withLock { $0 = 0 }
      return try await end(at: now) {
        .heartbeatHeard(host: address.host, since: $0.wall, at: now.wall)
      }
    }
    surroundings.log.warning(
      "heartbeat not heard", metadata: ["host": "\(address.host)", "reason": "\(reason.en)"])
    let times = unheard.withLock { times in
      times += 1
      return times
    }
    guard times >= Heartbeat.patience else { return }
    let steps = surroundings.inForce.current.steps
    try await surroundings.ledger.write { ledger in
      guard try ledger.beginTrouble(Heartbeat.trouble, at: now) else { return }
      try steps.tell(
        .heartbeatUnheard(host: address.host, reason, at: now.wall), at: now, in: ledger)
    }
    surroundings.noticesCame.ring()
  }

  /// Nobody is to hear it any more.
  private func forget() async throws {
    unheard.withLock { $0 = 0 }
    try await end(at: surroundings.now()) { _ in nil }
  }

  private func end(
    at now: Instant, _ letter: @escaping @Sendable (Instant) -> Trouble?
  ) async throws {
    let stands = try await surroundings.ledger.read { try $0.standsSince(Heartbeat.trouble) }
    guard stands != nil else { return }
    let steps = surroundings.inForce.current.steps
    try await surroundings.ledger.write { ledger in
      guard let since = try ledger.endTrouble(Heartbeat.trouble), let letter = letter(since)
      else { return }
      try steps.tell(letter, at: now, in: ledger)
    }
    surroundings.noticesCame.ring()
  }
}
