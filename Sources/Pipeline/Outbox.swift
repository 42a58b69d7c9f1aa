import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Delivers what is written and due (发送).
///
/// The order of commits is the promise: `sending` is in the ledger before the server hears of the
/// notice, `sent` only after its 250. Whatever dies between the two is found at the next start as
/// an attempt without a receipt, and is tried again under the same Message-ID.
package struct Outbox: Service {
  /// How many envelopes are handed to the mailer at one time.
  private static let atOnce = 64
  /// The longest the loop sleeps.
  private static let longestSleep = Duration.seconds(30)

  /// How long a stop waits before it asks the mailer to give deliveries up, which takes six seconds
  /// more; systemd and the office expect an end within ten.
  private static let patience = Duration.seconds(2)
  /// How long it waits where the ledger could not be written.
  private static let retry = Duration.seconds(2)

  private let surroundings: Surroundings
  private let giveUp: @Sendable () async -> Void

  /// The outbox of the set-up in force; `giveUp` ends deliveries that are under way, each with a
  /// receipt, when a stop can wait no longer.
  package init(_ surroundings: Surroundings, giveUp: @escaping @Sendable () async -> Void = {}) {
    self.surroundings = surroundings
    self.giveUp = giveUp
  }

  /// Delivers until the daemon is told to stop, then finishes what is under way.
  package func run() async throws {
    await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        await withGracefulShutdownHandler {
          await deliverUntilStopped()
        } onGracefulShutdown: {
          surroundings.noticesCame.ring()
        }
      }
      group.addTask {
        try await gracefulShutdown()
        try await surroundings.clock.sleep(for: Outbox.patience)
        await giveUp()
        try await surroundings.clock.sleep(for: .seconds(3600))
      }
      _ = await group.nextResult()
      group.cancelAll()
    }
  }

  /// Delivers what is due once, and returns when each has its receipt.
  package func once() async throws {
    var tried: Set<EnvelopeKey> = []
    while true {
      let due = try await due(limit: 256).filter { !tried.contains(EnvelopeKey($0)) }
      guard !due.isEmpty else { return }
      tried.formUnion(due.map(EnvelopeKey.init))
      await withTaskGroup(of: Void.self) { group in
        for (index, envelope) in due.enumerated() {
          if index >= Outbox.atOnce { await group.next() }
          group.addTask { await deliver(envelope) }
        }
      }
    }
  }

  private func deliverUntilStopped() async {
    await withDiscardingTaskGroup { group in
      let underWay = UnderWay<EnvelopeKey>()
      while !Task.isCancelled, !Task.isShuttingDownGracefully {
        for envelope in await dueNow(underWay) where underWay.begin(EnvelopeKey(envelope)) {
          group.addTask {
            await deliver(envelope)
            underWay.end(EnvelopeKey(envelope))
            surroundings.noticesCame.ring()
          }
        }
        await surroundings.noticesCame.wait(
          upTo: await untilNext(underWay), on: surroundings.clock)
      }
    }
  }

  private func due(limit: Int) async throws -> [DueEnvelope] {
    let now = surroundings.now().wall
    return try await surroundings.ledger.read { try $0.dueEnvelopes(at: now, limit: limit) }
  }

  private func dueNow(_ underWay: UnderWay<EnvelopeKey>) async -> [DueEnvelope] {
    let room = Outbox.atOnce - underWay.count
    guard room > 0 else { return [] }
    do {
      return Array(
        try await due(limit: Outbox.atOnce * 2)
          .filter { !underWay.has(EnvelopeKey($0)) }
          .prefix(room))
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
      return []
    }
  }

  private func untilNext(_ underWay: UnderWay<EnvelopeKey>) async -> Duration {
    guard underWay.count < Outbox.atOnce else { return Outbox.longestSleep }
    let next = try? await surroundings.ledger.read { try $0.nextEnvelopeAt() }
    guard let next = next.flatMap(\.self) else { return Outbox.longestSleep }
    let wait = next - surroundings.now().wall
    // What is due and under way rings when it is done.
    return wait > .zero ? min(wait, Outbox.longestSleep) : .seconds(1)
  }

  private func deliver(_ due: DueEnvelope) async {
    let generation = surroundings.inForce.current
    let envelope = due.envelope
    do {
      let (attempt, withdrawal) = try await begin(envelope, generation)
      guard withdrawal == nil else { return }
      let receipt = await generation.steps.deliver(envelope)
      await settleInTheEnd(receipt, due, attempt, generation)
    } catch {
      surroundings.log.critical(
        "attempt not written", metadata: ["notice": "\(envelope.notice)", "reason": "\(error)"])
      try? await surroundings.clock.sleep(for: Outbox.retry)
    }
  }

  /// Writes down that an attempt begins, or that there must not be one any more, and why.
  private func begin(
    _ envelope: Envelope, _ generation: Generation
  ) async throws -> (attempt: Int, withdrawal: Phrase?) {
    let now = surroundings.now()
    let language = generation.setup.office.language
    return try await surroundings.ledger.write { [surroundings] ledger in
      let attempt = try ledger.beginAttempt(
        notice: envelope.notice, recipient: envelope.recipient,
        incarnation: surroundings.incarnation, at: now)
      let withdrawal = try ledger.withdrawal(of: envelope.notice)
      if let withdrawal {
        try ledger.record(
          Receipt(.failed, reply: withdrawal[language], at: now), notice: envelope.notice,
          recipient: envelope.recipient, attempt: attempt, nextTryAt: nil)
      }
      return (attempt, withdrawal)
    }
  }

  /// Writes a receipt, again and again where the ledger takes nothing: what was sent and is not
  /// known to be would otherwise stand as under way until the next start. One that a stop leaves
  /// unwritten is found then.
  private func settleInTheEnd(
    _ receipt: Receipt, _ due: DueEnvelope, _ attempt: Int, _ generation: Generation
  ) async {
    while true {
      do {
        return try await settle(receipt, due, attempt, generation)
      } catch {
        surroundings.log.critical(
          "receipt not written",
          metadata: ["notice": "\(due.envelope.notice)", "reason": "\(error)"])
      }
      guard !Task.isCancelled, !Task.isShuttingDownGracefully else { return }
      try? await surroundings.clock.sleep(for: Outbox.retry)
    }
  }

  private func settle(
    _ receipt: Receipt, _ due: DueEnvelope, _ attempt: Int, _ generation: Generation
  ) async throws {
    let envelope = due.envelope
    let nextTryAt = Backoff.nextTry(
      after: receipt, attempt: attempt, grade: due.grade, draftedAt: envelope.draftedAt,
      jitter: Double.random(in: 0...1))
    let notices = troubles(over: receipt, due, nextTryAt, generation)
    let postbox = Postbox(steps: generation.steps)
    try await surroundings.ledger.write { ledger in
      try ledger.record(
        receipt, notice: envelope.notice, recipient: envelope.recipient, attempt: attempt,
        nextTryAt: nextTryAt)
      for notice in notices { try postbox.put(notice, at: receipt.at, in: ledger) }
    }
    tell(receipt, due, attempt)
  }

  /// A recipient that cannot be reached is told to the admins, so that it is mended before the
  /// next emergency; a trouble that cannot be told to an admin is not told to that admin again.
  private func troubles(
    over receipt: Receipt, _ due: DueEnvelope, _ nextTryAt: WallTime?, _ generation: Generation
  ) -> [Notice] {
    let isLost = receipt.outcome != .sent && nextTryAt == nil
    guard isLost, due.part != .admin else { return [] }
    return generation.steps.draft(
      .trouble(
        .mailFailing(
          due.envelope.recipient, reply: receipt.reply, notice: due.envelope.notice,
          at: receipt.at.wall)))
  }

  private func tell(_ receipt: Receipt, _ due: DueEnvelope, _ attempt: Int) {
    surroundings.log.log(
      level: receipt.outcome == .sent ? .info : .warning,
      "notice \(receipt.outcome.rawValue)",
      metadata: [
        "notice": "\(due.envelope.notice)", "attempt": "\(attempt)",
        "code": "\(receipt.code.map(String.init) ?? "-")",
        "elapsed": "\(receipt.at.wall - due.envelope.draftedAt)",
      ])
  }
}

/// One envelope among others: its notice and its recipient.
struct EnvelopeKey: Hashable, Sendable {
  let notice: Notice.ID
  let recipient: String

  init(_ due: DueEnvelope) {
    notice = due.envelope.notice
    recipient = due.envelope.recipient.address
  }
}
