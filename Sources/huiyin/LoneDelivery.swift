import Foundation
import Logging
import Pipeline
import Storage
import Vocabulary

/// Delivery by a command (命令行发信) while no daemon runs and the command holds the ledger.
struct LoneDelivery {
  let config: Config
  let books: Books

  /// The delivery of a command that holds the ledger alone.
  init(config: Config, _ books: Books) {
    self.config = config
    self.books = books
  }

  /// Delivers some notices, and says how many of their envelopes have not left.
  func run(_ notices: [Notice.ID]) async throws -> Int {
    let now = try await books.ledger.clock(WallClock.read).now
    let workshop = try await Workshop(
      config: config, setup: books.setup, ledger: books.ledger, now: now)
    let surroundings = Surroundings(
      ledger: books.ledger, inForce: InForce(try await workshop.generation(of: books.setup)),
      now: now, log: Logger(label: "huiyin", factory: { _ in SwiftLogNoOpLogHandler() }),
      incarnation: try await incarnation())
    try await Outbox(surroundings).deliver(notices)
    await workshop.close()
    return try await books.ledger.read { ledger in
      try notices.reduce(0) { try $0 + ledger.waitingCount(of: $1) }
    }
  }

  /// In the name of the last daemon: this one watches nothing, so that it is no daemon of its own.
  private func incarnation() async throws -> String {
    try await books.ledger.read { try $0.lastAlive()?.incarnation } ?? UUID().uuidString
  }
}
