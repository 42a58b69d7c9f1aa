import Foundation
import Testing
import Vocabulary

@testable import Storage

@Suite struct `Works that come together` {
  @Test func `share one commit`() async throws {
    let alone = try await logged { ledger in
      for number in 0..<50 { try await raise("a\(number)", in: ledger) }
    }
    let together = try await logged { ledger in
      try await held(ledger) {
        try await withThrowingTaskGroup { group in
          for number in 0..<50 { group.addTask { try await raise("a\(number)", in: ledger) } }
          try await group.waitForAll()
        }
      }
    }
    // Pages that all of them touch are logged once and not fifty times.
    #expect(together * 5 < alone, "\(together) bytes of log together, \(alone) alone")
  }

  /// How much the log grows by fifty works.
  private func logged(_ work: (Ledger) async throws -> Void) async throws -> Int {
    let desk = try Desk()
    let ledger = try desk.ledger()
    _ = try await ledger.write { try $0.run("PRAGMA wal_autocheckpoint = 0") }
    let before = try LedgerFolder.size(of: desk.file + "-wal")
    try await work(ledger)
    #expect(try await ledger.read { try $0.alerts(AlertFilter()) }.count == 50)
    return try LedgerFolder.size(of: desk.file + "-wal") - before
  }

  /// Keeps the writer busy until fifty works wait for it.
  private func held(_ ledger: Ledger, _ works: () async throws -> Void) async throws {
    let (begun, begin) = AsyncStream<Void>.makeStream()
    async let held: Void = ledger.write { _ in
      begin.finish()
      while ledger.waiting < 50 { usleep(500) }
    }
    for await _ in begun {}
    try await works()
    try await held
  }
}

private func raise(_ id: String, in ledger: Ledger) async throws {
  _ = try await ledger.write { try $0.draft(try $0.raise(.sample(id))) }
}
