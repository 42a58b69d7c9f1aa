import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Checks every minute that everything open has somebody who sees to it (稽核): each open alert its
/// notices and the steps of its chain, each envelope a next try or an attempt under way, each feed a
/// next poll, each loop its turns.
///
/// What only a copy of the facts had wrong is mended on the spot. What stays wrong is told to the
/// admins, once a day while it lasts, and ends the heartbeat, so that silence outside is an alarm. The
/// watchdog starves where another start of the daemon may help: see decision 13.
package struct Auditor: Service {
  /// How often it looks.
  static let rhythm = Duration.minutes(1)
  /// How long a loop may take for one turn, and an audit for its end.
  static let patience = Duration.minutes(5)
  /// How long a step of a chain may be due before it is taken.
  package static let reminding = Duration.minutes(10)
  /// How long it must have passed before it counts as mended: longer than a loop takes to be found
  /// standing still, so that one that sticks again and again is one trouble.
  package static let proof = Duration.minutes(15)
  /// How many findings of a kind are looked at in one go.
  private static let most = 200
  /// What it is called among the troubles that stand.
  package static let trouble = "audit"

  private let surroundings: Surroundings

  /// The audit of this run.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Looks until the daemon is told to stop, and at once where a new set-up comes into force.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await once()
        await surroundings.auditMayGoOn.wait(upTo: Auditor.rhythm, on: surroundings.clock)
      }
    }
  }

  /// Looks once. A trouble is over once it has passed for as long as `proof`.
  package func once(proof: Duration = Auditor.proof) async {
    let soundness = surroundings.soundness
    do {
      let verdict = try await verdict(proof)
      soundness.conclude(verdict, at: surroundings.now())
      if verdict == .sound { surroundings.auditPassed.ring() }
    } catch {
      guard !Task.isCancelled else { return }
      soundness.conclude(.mendableByRestart, at: surroundings.now())
      surroundings.log.critical("audit not possible", metadata: ["reason": "\(error)"])
    }
  }

  private func verdict(_ proof: Duration) async throws -> Soundness.Verdict {
    let now = surroundings.now()
    let watch = surroundings.soundness.look(at: now, patience: Auditor.patience)
    let astray = try await mended(at: now, watch).map(\.fault)
    let stuck =
      try await forgottenFeeds(at: now) + stuckLoops(at: now) + deliveriesWithoutEnd(at: now, watch)
    guard !astray.isEmpty || !stuck.isEmpty else {
      if surroundings.soundness.passing(at: now) >= proof { try await end(at: now) }
      return .sound
    }
    let since = try await begin(astray + stuck, at: now)
    // A run that finds what an earlier one left has shown that a start does not mend it.
    let isLeftOver = since.map { $0.steady < watch.began } ?? false
    return stuck.isEmpty && isLeftOver ? .unsound : .mendableByRestart
  }

  /// What is wrong in the ledger once what can be mended is.
  private func mended(
    at now: Instant, _ watch: Soundness.Watch
  ) async throws -> [AuditFinding] {
    let by = now.steady - Auditor.reminding
    let remindedBy = watch.awakeSince < by ? by : .beginning
    let audit: @Sendable (Storage.Reading) throws -> [AuditFinding] = {
      try $0.audit(limit: Auditor.most, remindedBy: remindedBy)
    }
    let found = try await surroundings.ledger.read(audit)
    guard !found.isEmpty else { return [] }
    try await surroundings.ledger.write { try $0.mend(found) }
    let left = try await surroundings.ledger.read(audit)
    surroundings.log.error(
      "audit", metadata: ["found": "\(found.count)", "left": "\(left.count)"])
    surroundings.noticesCame.ring()
    return left
  }

  /// Feeds whose next poll has long passed, though the rounds go on.
  private func forgottenFeeds(at now: Instant) async throws -> [Trouble.Fault] {
    let states = try await surroundings.ledger.read { try $0.feedStates() }
    let byID = Dictionary(states.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let feeds = surroundings.inForce.current.feeds.filter { $0.value.isPolled }
    let due = feeds.mapValues { FeedState.current(byID[$0.id], of: $0).nextPollAt }
      .filter { $0.value < now.steady }
    return surroundings.soundness.waited(for: due, at: now)
      .filter { id, waited in waited > max(.hours(1), (feeds[id]?.every ?? .zero) * 6) }
      .map(\.key).sorted { $0.rawValue < $1.rawValue }.map(Trouble.Fault.feed)
  }

  private func stuckLoops(at now: Instant) -> [Trouble.Fault] {
    surroundings.soundness.stuck(for: Auditor.patience, at: now).map(\.fault)
  }

  /// Deliveries that were taken up and take longer than any may: nobody else will.
  private func deliveriesWithoutEnd(
    at now: Instant, _ watch: Soundness.Watch
  ) -> [Trouble.Fault] {
    let latest = now.steady - Outbox.lease
    guard watch.awakeSince < latest else { return [] }
    return surroundings.envelopes.begun(before: latest).map {
      .envelope($0.notice, MailAddress(address: $0.recipient))
    }
  }

  /// Tells the admins of what was found, once a day; since when the trouble stands.
  private func begin(_ faults: [Trouble.Fault], at now: Instant) async throws -> Instant? {
    surroundings.log.critical(
      "audit failed", metadata: ["faults": "\(faults.map(\.word).joined(separator: ", "))"])
    let steps = surroundings.inForce.current.steps
    let (since, isTold) = try await surroundings.ledger.write { ledger in
      let isTold = try ledger.beginTrouble(Auditor.trouble, at: now, again: .days(1))
      if isTold { try steps.tell(.auditFailed(faults, at: now.wall), at: now, in: ledger) }
      return (try ledger.standsSince(Auditor.trouble), isTold)
    }
    if isTold { surroundings.noticesCame.ring() }
    return since
  }

  private func end(at now: Instant) async throws {
    let stands = try await surroundings.ledger.read { try $0.standsSince(Auditor.trouble) }
    guard stands != nil else { return }
    let steps = surroundings.inForce.current.steps
    try await surroundings.ledger.write { ledger in
      guard let since = try ledger.endTrouble(Auditor.trouble) else { return }
      try steps.tell(.auditPasses(since: since.wall, at: now.wall), at: now, in: ledger)
    }
    surroundings.noticesCame.ring()
  }
}

extension AuditFinding {
  fileprivate var fault: Trouble.Fault {
    switch self {
    case .envelope(let notice, let recipient): .envelope(notice, recipient)
    case .alert(let alert): .alert(alert)
    case .chain(let alert): .chain(alert)
    }
  }
}

extension Soundness.Loop {
  fileprivate var fault: Trouble.Fault {
    switch self {
    case .calls: .loop(Phrase(zh: "第二通道", en: "second channel"))
    case .digests: .loop(Phrase(zh: "报表", en: "digests"))
    case .lateMail: .loop(Phrase(zh: "超时检查", en: "late mail"))
    case .revisits: .loop(Phrase(zh: "留言回访", en: "revisits"))
    case .leads: .loop(Phrase(zh: "正文采集", en: "leads"))
    case .mailroom: .loop(Phrase(zh: "收信", en: "mailbox"))
    case .outbox: .loop(Phrase(zh: "发送", en: "outbox"))
    case .reminders: .loop(Phrase(zh: "催办", en: "reminders"))
    case .shiftChanges: .loop(Phrase(zh: "交接班", en: "changes of shifts"))
    case .rounds: .loop(Phrase(zh: "列表采集", en: "rounds"))
    }
  }
}
