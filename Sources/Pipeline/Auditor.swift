import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Checks every minute that everything open has somebody who sees to it (稽核): each open alert its
/// notices, each envelope a next try or an attempt under way, each feed a next poll, each loop its
/// turns.
///
/// What only the outbox's copy of the facts had wrong is mended on the spot. What stays wrong is
/// told to the admins once and starves the watchdog, so that silence outside is an alarm.
package struct Auditor: Service {
  /// How often it looks.
  static let rhythm = Duration.minutes(1)
  /// How long a loop may take for one turn.
  static let patience = Duration.minutes(5)
  /// How many findings of a kind are looked at in one go.
  private static let most = 200
  private static let trouble = "audit"

  private let surroundings: Surroundings

  /// The audit of this run.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Looks until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await once()
        try? await surroundings.clock.sleep(for: Auditor.rhythm)
      }
    }
  }

  /// Looks once.
  package func once() async {
    do {
      let found = try await mended()
      let now = surroundings.now()
      let feeds = try await forgottenFeeds(at: now)
      let loops = surroundings.soundness.stuck(for: Auditor.patience, at: now)
      let faults = found.map(\.fault) + feeds.map(Trouble.Fault.feed) + loops.map(\.fault)
      surroundings.soundness.isSound = faults.isEmpty
      try await tell(faults, at: now)
    } catch {
      guard !Task.isCancelled else { return }
      surroundings.soundness.isSound = false
      surroundings.log.critical("audit not possible", metadata: ["reason": "\(error)"])
    }
  }

  /// What is wrong in the ledger once what can be mended is.
  private func mended() async throws -> [AuditFinding] {
    let found = try await surroundings.ledger.read { try $0.audit(limit: Auditor.most) }
    guard !found.isEmpty else { return [] }
    try await surroundings.ledger.write { try $0.mend(found) }
    let left = try await surroundings.ledger.read { try $0.audit(limit: Auditor.most) }
    surroundings.log.error(
      "audit", metadata: ["found": "\(found.count)", "left": "\(left.count)"])
    surroundings.noticesCame.ring()
    return left
  }

  /// Feeds whose next poll has long passed, though the rounds go on.
  private func forgottenFeeds(at now: Instant) async throws -> [Feed.ID] {
    let states = try await surroundings.ledger.read { try $0.feedStates() }
    let byID = Dictionary(states.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return surroundings.inForce.current.setup.feeds.filter { feed in
      guard !feed.off, let state = byID[feed.id], state.url == feed.url else { return false }
      return now.steady - state.nextPollAt > max(.hours(1), feed.every * 6)
    }.map(\.id)
  }

  private func tell(_ faults: [Trouble.Fault], at now: Instant) async throws {
    let since = try await surroundings.ledger.read { try $0.standsSince(Auditor.trouble) }
    let steps = surroundings.inForce.current.steps
    switch (faults.isEmpty, since) {
    case (false, nil):
      surroundings.log.critical(
        "audit failed", metadata: ["faults": "\(faults.map(\.word).joined(separator: ", "))"])
      try await surroundings.ledger.write { ledger in
        guard try ledger.beginTrouble(Auditor.trouble, at: now) else { return }
        try steps.tell(.auditFailed(faults, at: now.wall), at: now, in: ledger)
      }
    case (true, .some):
      try await surroundings.ledger.write { ledger in
        guard let since = try ledger.endTrouble(Auditor.trouble) else { return }
        try steps.tell(.auditPasses(since: since.wall, at: now.wall), at: now, in: ledger)
      }
    case (true, nil), (false, .some): return
    }
    surroundings.noticesCame.ring()
  }
}

extension AuditFinding {
  fileprivate var fault: Trouble.Fault {
    switch self {
    case .envelope(let notice, let recipient): .envelope(notice, recipient)
    case .alert(let alert): .alert(alert)
    }
  }
}

extension Soundness.Loop {
  fileprivate var fault: Trouble.Fault {
    switch self {
    case .digests: .loop(Phrase(zh: "报表", en: "digests"))
    case .lateMail: .loop(Phrase(zh: "超时检查", en: "late mail"))
    case .leads: .loop(Phrase(zh: "正文采集", en: "leads"))
    case .outbox: .loop(Phrase(zh: "发送", en: "outbox"))
    case .reminders: .loop(Phrase(zh: "催办", en: "reminders"))
    case .rounds: .loop(Phrase(zh: "列表采集", en: "rounds"))
    }
  }
}
