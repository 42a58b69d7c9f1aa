package import Logging
internal import ServiceLifecycle
package import Storage
import Synchronization
package import Vocabulary

/// What every loop of the daemon lives in: the ledger, the set-up in force, time, the log.
package struct Surroundings: Sendable {
  package var ledger: Ledger
  package var inForce: InForce
  /// What the clocks say now; the only way to time in the whole pipeline.
  package var now: @Sendable () -> Instant
  /// What loops sleep on.
  package var clock: any Clock<Duration>
  package var log: Logger
  /// This run of the daemon, by a name that no other run has.
  package var incarnation: String
  /// What the audit said last.
  let soundness = Soundness()
  /// Leads that this run has just written down, on their way from the rounds to the leads' loop.
  let fresh = FreshLeads()
  /// How many pages each feed has had today.
  let budgets = PageBudgets()
  /// What became of them since the feed was read last.
  let pages = PageTallies()
  /// Envelopes that this run has taken up.
  let envelopes = UnderWay<EnvelopeKey>()
  /// What stands open on each connection to a mail server.
  let openMails = OpenMails()
  /// By which of two mail servers letters left.
  let mailWay = MailWay()
  /// Ring when notices were written.
  package let noticesCame = LaneBells()
  /// Rings when a reading ended or the set-up in force was replaced.
  package let roundsMayGoOn = Bell()
  /// Rings when the set-up in force was replaced.
  package let auditMayGoOn = Bell()
  /// Rings when an audit has passed.
  let auditPassed = Bell()

  /// What a daemon lives in.
  package init(
    ledger: Ledger, inForce: InForce, now: @escaping @Sendable () -> Instant,
    clock: any Clock<Duration> = ContinuousClock(), log: Logger, incarnation: String
  ) {
    self.ledger = ledger
    self.inForce = inForce
    self.now = now
    self.clock = clock
    self.log = log
    self.incarnation = incarnation
  }
}

extension Surroundings {
  /// Does what a loop does, again and again until the daemon is told to stop; the audit sees each turn.
  func turn(
    _ loop: Soundness.Loop, every rhythm: Duration, _ once: @escaping @Sendable () async -> Void
  ) async {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        soundness.turn(loop, at: now())
        await once()
        try? await clock.sleep(for: rhythm)
      }
    }
  }

  /// Judges anew what was drafted for a moment that had not come, where the calendar says otherwise
  /// than it did.
  func judge(_ kind: Scheduled, by wall: WallTime, at now: Instant) async throws {
    guard try await ledger.read({ try $0.misjudges(kind, by: wall, at: now) }) else { return }
    log.warning("drafted by a clock that was wrong", metadata: ["what": "\(kind.rawValue)"])
    try await ledger.write { try $0.judge(kind, by: wall, at: now) }
  }
}

/// Leads on their way from the rounds that wrote them to the loop that fetches them.
///
/// A short cut alone: what is lost of it in a crash is found again in the ledger.
final class FreshLeads: Sendable {
  /// Rings when there are some.
  let came = Bell()
  private let leads = Mutex<[OpenLead]>([])

  /// Hands leads over.
  func add(_ new: [OpenLead]) {
    leads.withLock { $0 += new }
    came.ring()
  }

  /// Takes all there are.
  func take() -> [OpenLead] {
    leads.withLock { leads in
      defer { leads = [] }
      return leads
    }
  }
}
