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
  /// What came of writing the receipt on the connection's own thread.
  private let firstKeeping = Mutex<(Ending, Result<Void, any Error>)?>(nil)

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
      let receipt = await generation.steps.deliver(envelope, handover)
      await keepInTheEnd(receipt)
    } catch {
      tellNotWritten(error)
      try? await surroundings.clock.sleep(for: Delivery.retry)
    }
  }

  private var handover: Handover {
    Handover(
      mayBegin: { connection in self.begin(on: connection) },
      ended: { receipt, goOn in self.keep(receipt, goOn) })
  }

  private func mayLeave() async throws -> Bool {
    let (isToLeave, withdrawal) = try await ledger.read { [due] ledger in
      (try ledger.isToLeave(due), try ledger.withdrawal(of: due.envelope.notice))
    }
    guard isToLeave else { return false }
    guard withdrawal != nil else { return true }
    let now = surroundings.now()
    return try await ledger.write { ledger in
      guard try ledger.isToLeave(self.due) else { return false }
      return try !self.withdraw(in: ledger, at: now)
    }
  }

  /// Writes down that the content is about to go, or that it must not go any more, and why; returns
  /// whether it may.
  private func begin(on connection: Int) -> Bool {
    let now = surroundings.now()
    let before = surroundings.openMails.last(on: connection)
    do {
      let next = try ledger.writeHere { ledger in
        try self.begin(in: ledger, at: now, after: before)
      }
      progress.withLock { $0 = next }
      guard case .begun(let number) = next else { return false }
      surroundings.openMails.begin(attempt(number), on: connection)
      return true
    } catch {
      tellNotWritten(error)
      return false
    }
  }

  /// Looked at again here: between the outbox's look and this moment an earlier attempt may have
  /// ended, or a batch may have gathered it.
  private func begin(
    in ledger: Writing, at now: Instant, after before: OpenMails.Attempt?
  ) throws -> Progress {
    guard try ledger.isToLeave(due) else { return .unwanted }
    if let before {
      let isOver = try ledger.hasReceipt(before.number, of: before.notice, to: before.recipient)
      guard isOver else { return .notBegun }
    }
    if try withdraw(in: ledger, at: now) { return .withdrawn }
    return .begun(attempt: try beginAttempt(in: ledger, at: now))
  }

  /// Ends it where it must not leave any more; returns whether it must not.
  private func withdraw(in ledger: Writing, at now: Instant) throws -> Bool {
    guard let why = try ledger.withdrawal(of: envelope.notice) else { return false }
    let attempt = try beginAttempt(in: ledger, at: now)
    let reply = why[generation.setup.office.language]
    try record(Receipt(.failed, reply: reply, at: now), attempt, nextTryAt: nil, in: ledger)
    return true
  }

  private func beginAttempt(in ledger: Writing, at now: Instant) throws -> Int {
    try ledger.beginAttempt(
      notice: envelope.notice, recipient: envelope.recipient,
      incarnation: surroundings.incarnation, at: now)
  }

  private func attempt(_ number: Int) -> OpenMails.Attempt {
    OpenMails.Attempt(notice: envelope.notice, recipient: envelope.recipient, number: number)
  }

  private func record(
    _ receipt: Receipt, _ attempt: Int, nextTryAt: SteadyTime?, in ledger: Writing
  ) throws {
    try ledger.record(
      receipt, notice: envelope.notice, recipient: envelope.recipient, attempt: attempt,
      nextTryAt: nextTryAt)
  }

  private func tellNotWritten(_ error: any Error) {
    surroundings.log.critical(
      "attempt not written", metadata: ["notice": "\(envelope.notice)", "reason": "\(error)"])
  }
}

/// A recipient that mail does not reach (收信失败), among the troubles that stand.
package enum MailTrouble {
  /// What it is called.
  package static func name(of recipient: MailAddress) -> String {
    "mailFailing/\(recipient.address)"
  }

  /// What it is called where the mail server took the mail, and it came back later (退信).
  package static func bounced(_ address: String) -> String {
    prefix + address.lowercased()
  }

  /// The address of which a trouble of that name is; nil where it is another's.
  static func bouncedAddress(in name: String) -> String? {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
  }

  private static let prefix = "mailBounced/"
}

extension Delivery {
  /// A receipt, and where the envelope stands with it.
  private struct Ending: Sendable {
    var receipt: Receipt
    /// The number of the attempt that it ends; nil where it was turned away before it began.
    var begun: Int?
    var life: EnvelopeLife
    var reason: EnvelopeLife.Reason?

    /// Whether the admins or the second channel may have been written to with it.
    func mayHaveTold(_ due: DueEnvelope) -> Bool {
      life.state == .failed || receipt.outcome == .deferred && due.grade == .major
        || receipt.standIn != nil
    }
  }

  /// Nil where there is nothing to write: it has its receipt already, or must have none.
  private func ending(_ receipt: Receipt) -> Ending? {
    let begun: Int?
    switch progress.withLock(\.self) {
    case .notBegun: begun = nil
    case .begun(let attempt): begun = attempt
    case .withdrawn, .unwanted: return nil
    }
    let receipt = receipt.final(for: due, in: generation.setup.office.language)
    var life = EnvelopeLife(
      begun == nil ? .waiting : .sending, attempts: begun ?? due.attempts, grade: due.grade,
      draftedAt: due.drafted.steady,
      patience: due.part == .channel ? Backoff.callPatience : Backoff.patience)
    let reason = life.take(
      .answered(receipt.outcome), at: receipt.at.steady, jitter: Double.random(in: 0...1))
    return Ending(receipt: receipt, begun: begun, life: life, reason: reason)
  }

  /// Has the receipt written before anything that begins later on the same connection.
  private func keep(_ receipt: Receipt, _ goOn: @escaping @Sendable () -> Void) {
    guard let ending = ending(receipt) else { return goOn() }
    ledger.write {
      try self.write(ending, in: $0)
    } then: { result in
      self.firstKeeping.withLock { $0 = (ending, result) }
      goOn()
    }
  }

  /// Writes a receipt, again and again where the ledger takes nothing: what was sent and is not
  /// known to be would otherwise stand as under way until the next start. One that a stop leaves
  /// unwritten is found then.
  private func keepInTheEnd(_ receipt: Receipt) async {
    let first = firstKeeping.withLock(\.self)
    guard let ending = first?.0 ?? ending(receipt) else { return }
    var result = first?.1
    while true {
      do {
        if let result {
          try result.get()
        } else {
          try await ledger.write { try self.write(ending, in: $0) }
        }
        if let begun = ending.begun { surroundings.openMails.end(attempt(begun)) }
        surroundings.mailWay.take(ending.receipt, to: due)
        // What did not leave may have brought word to others.
        if ending.mayHaveTold(due) { surroundings.noticesCame.ring() }
        return tell(ending)
      } catch {
        surroundings.log.critical(
          "receipt not written",
          metadata: ["notice": "\(envelope.notice)", "reason": "\(error)"])
        // Another daemon has taken over: it writes down what comes of it.
        if (error as? LedgerFault)?.cause == .locked { return }
      }
      guard !Task.isCancelled, !Task.isShuttingDownGracefully else { return }
      try? await surroundings.clock.sleep(for: Delivery.retry)
      result = nil
    }
  }

  private func write(_ ending: Ending, in ledger: Writing) throws {
    let receipt = ending.receipt
    let attempt = try ending.begun ?? beginAttempt(in: ledger, at: receipt.at)
    try record(receipt, attempt, nextTryAt: ending.life.nextTryAt, in: ledger)
    let isLost = ending.life.state == .failed
    let aftermath = Aftermath(due: due, generation: generation)
    guard due.part != .channel else {
      return try aftermath.tellOfChannel(receipt, ending.life, in: ledger)
    }
    try tellAdmins(receipt, isLost: isLost, in: ledger)
    try aftermath.tellOfStandIn(receipt, in: ledger)
    try aftermath.callOfMail(receipt, ending.life, in: ledger)
    if isLost { try bringForward(at: receipt.at, in: ledger) }
  }

  /// Whom a mail server refuses for good hears as little as whose mail comes back: the next of the
  /// alert's chain is reminded now.
  private func bringForward(at now: Instant, in ledger: Writing) throws {
    guard due.part == .unit, let alert = due.alert, let row = try ledger.alert(alert),
      row.awaitsWord, row.isWritten(to: envelope.recipient)
    else { return }
    try ledger.hasten(alert, because: envelope.notice, at: now)
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
  }

  private func tell(_ ending: Ending) {
    let receipt = ending.receipt
    // Across a boot only the wall could say how long it took.
    let isUncertain = receipt.at.isUncertain(since: due.drafted)
    surroundings.log.log(
      level: receipt.outcome == .sent ? .info : .warning,
      "notice \(receipt.outcome.rawValue)",
      metadata: [
        "notice": "\(envelope.notice)", "attempt": "\(ending.life.attempts)",
        "code": "\(receipt.code.map(String.init) ?? "-")",
        "elapsed": "\(receipt.at.elapsed(since: due.drafted))\(isUncertain ? " (uncertain)" : "")",
        "why": "\(ending.reason?.rawValue ?? "-")",
      ])
  }
}
