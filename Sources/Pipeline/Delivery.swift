import Logging
import ServiceLifecycle
import Storage
import Synchronization
package import Vocabulary

/// One attempt to deliver one envelope (投递), from the server's question for the content to the
/// receipt in the ledger.
///
/// An attempt is written down before the first byte of the content leaves. One that is turned away
/// earlier is written together with its receipt: nothing of it can have arrived.
final class Delivery: Sendable {
  /// How long it waits where the ledger could not be written.
  static let retry = Duration.seconds(2)

  private enum Progress: Sendable {
    case notBegun
    case begun(attempt: Int)
    case withdrawn
    /// It has left already, or leaves in a batch.
    case unwanted
  }

  private let due: DueEnvelope
  private let surroundings: Surroundings
  private let generation: Generation
  private let progress = Mutex(Progress.notBegun)

  /// An attempt that is to be made.
  init(of due: DueEnvelope, _ surroundings: Surroundings, _ generation: Generation) {
    self.due = due
    self.surroundings = surroundings
    self.generation = generation
  }

  private var envelope: Envelope { due.envelope }
  private var ledger: Ledger { surroundings.ledger }

  /// Delivers and writes down what came of it.
  func run() async {
    do {
      guard try await mayLeave() else { return }
      let receipt = await generation.steps.deliver(envelope) { await self.begin() }
      await settleInTheEnd(receipt)
    } catch {
      surroundings.log.critical(
        "attempt not written", metadata: ["notice": "\(envelope.notice)", "reason": "\(error)"])
      try? await surroundings.clock.sleep(for: Delivery.retry)
    }
  }

  private func mayLeave() async throws -> Bool {
    let (isToLeave, withdrawal) = try await ledger.read { [envelope] ledger in
      (
        try ledger.isToLeave(envelope.notice, to: envelope.recipient),
        try ledger.withdrawal(of: envelope.notice)
      )
    }
    guard isToLeave else { return false }
    guard withdrawal != nil else { return true }
    return await begin()
  }

  /// Writes down that the content is about to go, or that it must not go any more, and why; returns
  /// whether it may.
  ///
  /// Looked at again here: between the outbox's look and this moment an earlier attempt may have
  /// ended, or a batch may have gathered it.
  private func begin() async -> Bool {
    if case .begun = progress.withLock(\.self) { return true }
    let now = surroundings.now()
    do {
      let next = try await ledger.write { [self] ledger in
        guard try ledger.isToLeave(envelope.notice, to: envelope.recipient) else {
          return Progress.unwanted
        }
        let attempt = try beginAttempt(in: ledger, at: now)
        guard let why = try ledger.withdrawal(of: envelope.notice) else {
          return .begun(attempt: attempt)
        }
        let reply = why[generation.setup.office.language]
        try record(Receipt(.failed, reply: reply, at: now), attempt, nextTryAt: nil, in: ledger)
        return .withdrawn
      }
      progress.withLock { $0 = next }
      guard case .begun = next else { return false }
      return true
    } catch {
      surroundings.log.critical(
        "attempt not written", metadata: ["notice": "\(envelope.notice)", "reason": "\(error)"])
      return false
    }
  }

  private func beginAttempt(in ledger: Writing, at now: Instant) throws -> Int {
    try ledger.beginAttempt(
      notice: envelope.notice, recipient: envelope.recipient,
      incarnation: surroundings.incarnation, at: now)
  }

  private func record(
    _ receipt: Receipt, _ attempt: Int, nextTryAt: SteadyTime?, in ledger: Writing
  ) throws {
    try ledger.record(
      receipt, notice: envelope.notice, recipient: envelope.recipient, attempt: attempt,
      nextTryAt: nextTryAt)
  }
}

/// A recipient that mail does not reach (收信失败), among the troubles that stand.
package enum MailTrouble {
  /// What it is called.
  package static func name(of recipient: MailAddress) -> String {
    "mailFailing/\(recipient.address)"
  }
}

extension Delivery {
  /// Writes a receipt, again and again where the ledger takes nothing: what was sent and is not
  /// known to be would otherwise stand as under way until the next start. One that a stop leaves
  /// unwritten is found then.
  private func settleInTheEnd(_ receipt: Receipt) async {
    while true {
      do {
        return try await settle(receipt)
      } catch {
        surroundings.log.critical(
          "receipt not written",
          metadata: ["notice": "\(envelope.notice)", "reason": "\(error)"])
        // Another daemon has taken over: it writes down what comes of it.
        if (error as? LedgerFault)?.cause == .locked { return }
      }
      guard !Task.isCancelled, !Task.isShuttingDownGracefully else { return }
      try? await surroundings.clock.sleep(for: Delivery.retry)
    }
  }

  private func settle(_ receipt: Receipt) async throws {
    let begun: Int?
    switch progress.withLock(\.self) {
    case .notBegun: begun = nil
    case .begun(let attempt): begun = attempt
    case .withdrawn, .unwanted: return
    }
    var life = EnvelopeLife(
      begun == nil ? .waiting : .sending, attempts: begun ?? due.attempts, grade: due.grade,
      draftedAt: due.drafted.steady)
    let reason = life.take(
      .answered(receipt.outcome), at: receipt.at.steady, jitter: Double.random(in: 0...1))
    try await ledger.write { [self, life] ledger in
      let attempt = try begun ?? beginAttempt(in: ledger, at: receipt.at)
      try record(receipt, attempt, nextTryAt: life.nextTryAt, in: ledger)
      try tellAdmins(receipt, isLost: life.state == .failed, in: ledger)
    }
    tell(receipt, attempt: life.attempts, reason)
  }

  /// A recipient that cannot be reached is told to the admins, so that it is mended before the
  /// next emergency: at once, and while it lasts once a day at most. A trouble that cannot be told to
  /// an admin is not told to that admin again; `huiyin status` shows it.
  private func tellAdmins(_ receipt: Receipt, isLost: Bool, in ledger: Writing) throws {
    let trouble = MailTrouble.name(of: envelope.recipient)
    if receipt.outcome == .sent { try ledger.endTrouble(trouble) }
    guard isLost, try ledger.beginTrouble(trouble, at: receipt.at, again: .days(1)),
      due.part != .admin
    else { return }
    let letter = Trouble.mailFailing(
      envelope.recipient, reply: receipt.reply, notice: envelope.notice, at: receipt.at.wall)
    try generation.steps.tell(letter, at: receipt.at, in: ledger)
    surroundings.noticesCame.ring()
  }

  private func tell(_ receipt: Receipt, attempt: Int, _ reason: EnvelopeLife.Reason?) {
    // Across a boot only the wall could say how long it took.
    let isUncertain = receipt.at.isUncertain(since: due.drafted)
    surroundings.log.log(
      level: receipt.outcome == .sent ? .info : .warning,
      "notice \(receipt.outcome.rawValue)",
      metadata: [
        "notice": "\(envelope.notice)", "attempt": "\(attempt)",
        "code": "\(receipt.code.map(String.init) ?? "-")",
        "elapsed": "\(receipt.at.elapsed(since: due.drafted))\(isUncertain ? " (uncertain)" : "")",
        "why": "\(reason?.rawValue ?? "-")",
      ])
  }
}
