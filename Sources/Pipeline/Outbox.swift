import Logging
import ServiceLifecycle
import Storage
import Synchronization
package import Vocabulary

/// Delivers what is written and due (发送).
///
/// The order of commits is the promise: `sending` is in the ledger before the server has a byte of
/// the notice, `sent` only after its 250, and on each connection before what is `sending` next.
/// Whatever dies between the two is found at the next start as an attempt without a receipt, and is
/// tried again under the same Message-ID. Mail and the second channel have a loop each, so that
/// one that hangs never holds up the other. Nobody else sends meanwhile: the daemon that holds the
/// ledger's lock is the only one, an envelope that is under way is known here, and one that began
/// and that nobody here knows of is taken back.
package struct Outbox: Service {
  /// How many envelopes of a lane are handed over at one time: enough for a mailer's connections to
  /// have the next one at hand, few enough for a major notice not to stand behind many.
  private static let atOnce = 16
  /// The longest the loop sleeps.
  private static let longestSleep = Duration.seconds(30)
  /// How long an attempt may stand as under way that nobody knows of; longer than any takes.
  package static let lease = Duration.minutes(10)

  /// How long a stop waits before it asks the mailer to give deliveries up, which takes six seconds
  /// more; systemd and the office expect an end within ten.
  private static let patience = Duration.seconds(2)

  private let surroundings: Surroundings
  private let giveUp: @Sendable () async -> Void
  /// Set when the work that is accompanied is over.
  private let isOver = Signal()

  /// The outbox of the set-up in force; `giveUp` ends deliveries that are under way, each with a
  /// receipt, when a stop can wait no longer.
  package init(_ surroundings: Surroundings, giveUp: @escaping @Sendable () async -> Void = {}) {
    self.surroundings = surroundings
    self.giveUp = giveUp
  }

  private var underWay: UnderWay<EnvelopeKey> { surroundings.envelopes }

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

  /// Delivers what comes while some work is done, and once it is done whatever is still due.
  package func during(_ work: @escaping @Sendable () async -> Void) async throws {
    await withDiscardingTaskGroup { group in
      group.addTask { await deliverUntilStopped() }
      await work()
      isOver.set()
      surroundings.noticesCame.ring()
    }
    try await once()
  }

  /// Delivers what is due once, and returns when each has its receipt.
  package func once() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in Lane.allCases { group.addTask { try await once(lane) } }
      try await group.waitForAll()
    }
  }

  private func once(_ lane: Lane) async throws {
    var tried: Set<EnvelopeKey> = []
    while true {
      let due = try await due(by: lane, limit: 256).filter { !tried.contains(EnvelopeKey($0)) }
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

  /// Delivers the envelopes of some notices that are due, once each.
  package func deliver(_ notices: [Notice.ID]) async throws {
    let now = surroundings.now().steady
    let due = try await surroundings.ledger.read { ledger in
      try notices.flatMap { try ledger.dueEnvelopes(of: $0, at: now) }
    }
    await withDiscardingTaskGroup { group in
      for envelope in due { group.addTask { await deliver(envelope) } }
    }
  }

  private func deliverUntilStopped() async {
    await withDiscardingTaskGroup { group in
      for lane in Lane.allCases { group.addTask { await deliverUntilStopped(lane) } }
    }
  }

  private func deliverUntilStopped(_ lane: Lane) async {
    let bell = surroundings.noticesCame[lane]
    await withDiscardingTaskGroup { group in
      var lookedBackAt: SteadyTime?
      while !Task.isCancelled, !Task.isShuttingDownGracefully, !isOver.isSet {
        surroundings.soundness.turn(lane.loop, at: surroundings.now())
        for envelope in await dueNow(by: lane)
        where underWay.begin(EnvelopeKey(envelope), at: surroundings.now()) {
          group.addTask {
            await deliver(envelope)
            underWay.end(EnvelopeKey(envelope))
            // One look at the ledger for several: each brings whole letters with it.
            if underWay(by: lane) <= Outbox.atOnce / 2 { bell.ring() }
          }
        }
        let now = surroundings.now().steady
        if lane == .mail, lookedBackAt.map({ now - $0 >= .minutes(1) }) ?? true {
          await takeBack()
          lookedBackAt = now
        }
        await bell.wait(upTo: await untilNext(by: lane), on: surroundings.clock)
      }
    }
  }

  /// What is due, general notices to one recipient gathered.
  private func due(by lane: Lane, limit: Int) async throws -> [DueEnvelope] {
    let due = try await read(by: lane, limit: limit)
    guard due.contains(where: \.mayBeGathered) else { return due }
    while true {
      let apart = await Gathering(surroundings: surroundings).once()
      let ready = try await read(by: lane, limit: limit).filter { !apart.contains(EnvelopeKey($0)) }
      // The rest is gathered after what is ready was taken up; where nothing is, at once.
      guard ready.isEmpty, !apart.isEmpty else {
        if !apart.isEmpty { surroundings.noticesCame[lane].ring() }
        return ready
      }
    }
  }

  private func read(by lane: Lane, limit: Int) async throws -> [DueEnvelope] {
    let now = surroundings.now().steady
    return try await surroundings.ledger.read { [underWay] ledger in
      // Those under way are still waiting as far as the ledger knows, of either kind.
      try ledger.dueEnvelopes(at: now, limit: limit, by: lane) { notice, recipient in
        underWay.has(EnvelopeKey(notice: notice, recipient: recipient.address))
      }
    }
  }

  private func underWay(by lane: Lane) -> Int {
    underWay.count { Lane(of: MailAddress(address: $0.recipient)) == lane }
  }

  private func dueNow(by lane: Lane) async -> [DueEnvelope] {
    let room = Outbox.atOnce - underWay(by: lane)
    guard room > 0 else { return [] }
    do {
      return Array(try await due(by: lane, limit: Outbox.atOnce).prefix(room))
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
      return []
    }
  }

  private func untilNext(by lane: Lane) async -> Duration {
    guard underWay(by: lane) < Outbox.atOnce else { return Outbox.longestSleep }
    let next = try? await surroundings.ledger.read { try $0.nextEnvelopeAt(by: lane) }
    guard let next = next.flatMap(\.self) else { return Outbox.longestSleep }
    let wait = next - surroundings.now().steady
    // What is due and under way rings when it is done.
    return wait > .zero ? min(wait, Outbox.longestSleep) : .seconds(1)
  }

  private func deliver(_ due: DueEnvelope) async {
    await Delivery(of: due, surroundings, surroundings.inForce.current).run()
  }

  /// Ends the leases of attempts that this run began and knows nothing of any more.
  package func takeBack() async {
    let now = surroundings.now()
    do {
      let count = try await surroundings.ledger.write { [surroundings] ledger in
        try ledger.takeBack(
          incarnation: surroundings.incarnation, begunBefore: now.steady - Outbox.lease, at: now,
          unless: { surroundings.envelopes.has(EnvelopeKey(notice: $0, recipient: $1.address)) })
      }
      guard count > 0 else { return }
      surroundings.log.error("attempts taken back", metadata: ["count": "\(count)"])
    } catch {
      surroundings.log.critical("ledger not writable", metadata: ["reason": "\(error)"])
    }
  }
}

extension Lane {
  /// The loop that sees to it, as the audit knows it.
  fileprivate var loop: Soundness.Loop {
    switch self {
    case .mail: .outbox
    case .call: .calls
    }
  }
}

/// One envelope among others: its notice and its recipient.
struct EnvelopeKey: Hashable, Sendable {
  let notice: Notice.ID
  let recipient: String

  init(notice: Notice.ID, recipient: String) {
    self.notice = notice
    self.recipient = recipient
  }

  init(_ due: DueEnvelope) {
    self.init(notice: due.envelope.notice, recipient: due.envelope.recipient.address)
  }
}

/// Something that is said once and for all, from one loop to another.
final class Signal: Sendable {
  private let said = Atomic(false)

  var isSet: Bool { said.load(ordering: .acquiring) }
  func set() { said.store(true, ordering: .releasing) }
}
