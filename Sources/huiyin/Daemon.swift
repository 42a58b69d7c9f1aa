import Alerting
import Fetching
import Foundation
import Logging
import Pipeline
import ServiceLifecycle
import Storage
import UnixSignals
import Vocabulary

/// The daemon (值守程序): the ledger held, the loops run, the set-up reloaded.
struct Daemon {
  private let workshop: Workshop
  private let surroundings: Surroundings
  private let systemd = Systemd()

  /// Reads the set-up, takes the ledger and makes everything ready.
  init(config: Config, logLevel: String) async throws {
    guard let level = Logger.Level(rawValue: logLevel) else {
      let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw Ending.wrongUsage(
        say(
          zh: "--log 不认识“\(logLevel)”，可用：\(levels)",
          en: "--log does not know \"\(logLevel)\"; it knows \(levels)"))
    }
    var log = Logger(label: "huiyin", factory: { StreamLogHandler.standardError(label: $0) })
    log.logLevel = level
    let setup = try config.setupToRun()
    let ledger = try Daemon.ledger(setup.folder)
    let now = try await ledger.startClock(WallClock.read).now
    workshop = try await Workshop(config: config, setup: setup, ledger: ledger, now: now)
    surroundings = Surroundings(
      ledger: ledger, inForce: InForce(try await workshop.generation(of: setup)),
      now: now, log: log, incarnation: UUID().uuidString)
  }

  private static func ledger(_ folder: String) throws(LedgerFault) -> Ledger {
    let ledger = try Ledger.open(folder: folder, now: WallClock.now())
    try ledger.holdAsDaemon()
    return ledger
  }

  /// One round of every feed, what is due delivered as it comes.
  func once() async throws {
    let windows = surroundings.inForce.current.setup.office.windows
    _ = try await Presence.begin(surroundings, longestGap: windows.major)
    try await Outbox(surroundings).during { [surroundings, digests = digests(waits: false)] in
      await Leads(surroundings).during { await Rounds(surroundings).once() }
      await Revisits(surroundings).once()
      await digests.once()
      await ShiftChanges(surroundings, waits: false).once()
      if await Mailroom(surroundings).once() { await Mailroom(surroundings).endOldBounces() }
      await Reminders(surroundings).once()
    }
    await LateMail(surroundings).once()
    // One look a round: what passes now has passed.
    await Auditor(surroundings).once(proof: .zero)
    await heartbeat.once()
    try await Outbox(surroundings).once()
    await presence.once()
    await close()
  }

  /// Watches until it is told to stop.
  func run() async throws {
    // Until Reloading listens a hang-up is nothing: the set-up has just been read.
    signal(SIGHUP, SIG_IGN)
    let takenOver = try await Presence.begin(surroundings)
    OpenFiles.allowAll()
    surroundings.log.notice(
      "watching",
      metadata: [
        "version": "\(Huiyin.version)", "feeds": "\(surroundings.inForce.current.feeds.count)",
        "ruleBook": "\(surroundings.inForce.current.setup.ruleBook.version)",
        "takenOver": "\(takenOver)", "trial": "\(workshop.trialNote(surroundings))",
      ])
    let configuration = ServiceGroupConfiguration(
      services: [
        // Later ones stop first: fetching before the outbox, which drains last.
        .init(service: Outbox(surroundings, giveUp: workshop.giveUpDeliveries)),
        .init(service: LateMail(surroundings)),
        .init(service: Auditor(surroundings)),
        .init(service: heartbeat),
        .init(service: presence),
        .init(service: Reloading(workshop: workshop, surroundings: surroundings, systemd: systemd)),
        .init(service: digests(waits: true)),
        .init(service: ShiftChanges(surroundings)),
        .init(service: Reminders(surroundings)),
        .init(service: Mailroom(surroundings)),
        .init(service: Revisits(surroundings)),
        .init(service: Leads(surroundings)),
        .init(service: Rounds(surroundings)),
        .init(service: Readiness(systemd: systemd)),
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet(surroundings.log))
    try await ServiceGroup(configuration: configuration).run()
    await close()
    surroundings.log.notice("stopped")
  }

  private var presence: Presence {
    Presence(surroundings, feedWatchdog: systemd.feedWatchdog)
  }

  private var heartbeat: Heartbeat {
    Heartbeat(surroundings) { await Beat(to: $0, version: Huiyin.version).send() }
  }

  /// A single round is over before a wall that may be wrong could be set right.
  private func digests(waits: Bool) -> Digests {
    Digests(surroundings, waits: waits) { setup, rhythm, now in
      DigestCalendar(hours: setup.digests, zone: setup.office.zone).latest(rhythm, by: now)
    } reckon: {
      WindowReckoning($0, every: $1, at: $2).use
    }
  }

  private func close() async {
    await workshop.close()
    surroundings.ledger.close()
  }

  /// The lifecycle library narrates every start and stop; its warnings are enough.
  private func quiet(_ log: Logger) -> Logger {
    var quiet = log
    quiet.logLevel = max(.warning, log.logLevel)
    return quiet
  }
}
