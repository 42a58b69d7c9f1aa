import Calling
import Collecting
import Fetching
import Foundation
import Mailing
import Pipeline
import Storage
import Synchronization
import Vocabulary

/// Makes the steps for each generation of the set-up, and keeps what outlives one: the fetcher with
/// its connections and its manners toward each host, and the office's secret.
final class Workshop: Sendable {
  /// A mailer for as long as somebody has it.
  private struct InUse {
    weak var mailer: Mailer?
  }

  let config: Config
  private let fetcher: Fetcher
  private let caller: Caller
  private let secret: [UInt8]
  /// The mailers of this generation and of earlier ones that still have letters in hand: a
  /// generation's steps keep its mailer, and whoever delivers keeps the steps.
  private let mailers = Mutex<[InUse]>([])
  private let now: @Sendable () -> Instant

  /// A workshop for a set-up and its ledger.
  init(
    config: Config, setup: Setup, ledger: Ledger,
    now: @escaping @Sendable () -> Instant
  ) async throws {
    self.config = config
    self.now = now
    caller = Caller(now: now)
    fetcher = Fetcher(manners: setup.fetch, version: Huiyin.version, now: now)
    secret = try await ledger.read { try $0.secret() }
  }

  /// The generation of a set-up; throws where its mail or its mailbox cannot be set up.
  func generation(of setup: Setup) async throws -> Generation {
    let mailer = try Mailer(
      settings: setup.mail, officeName: setup.office.name, version: Huiyin.version,
      zone: setup.office.zone, language: setup.office.language, now: now)
    mailers.withLock { mailers in
      mailers.removeAll { $0.mailer == nil }
      mailers.append(InUse(mailer: mailer))
    }
    let mailbox = try setup.office.mailbox.map { settings in
      try Mailbox(settings, zone: setup.office.zone, version: Huiyin.version, now: now)
    }
    fetcher.adopt(setup.fetch)
    return Generation(
      setup: setup,
      steps: try Live.steps(
        setup, fetcher: fetcher, mailer: mailer,
        messageIDs: MessageIDs(secret: secret, domain: setup.mail.from.domain),
        caller: caller, mailbox: mailbox))
  }

  /// Ends whatever delivery is under way, each with a receipt that says so.
  @Sendable func giveUpDeliveries() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.caller.close() }
      for mailer in mailers.withLock({ $0.compactMap(\.mailer) }) {
        group.addTask { await mailer.close() }
      }
    }
  }

  /// Ends everything that is under way.
  func close() async {
    await giveUpDeliveries()
    await fetcher.close()
  }

  /// Who is in trial, for the log.
  func trialNote(_ surroundings: Surroundings) -> String {
    switch surroundings.inForce.current.setup.office.trial {
    case .off: "off"
    case .everyone: "everyone"
    case .units(let units): units.map(\.rawValue).sorted().joined(separator: ",")
    }
  }
}
