import Foundation
import Synchronization
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

  @Test func `wait for each other where nobody waits for them`() async throws {
    let alone = try await logged { ledger in
      for number in 0..<50 { try await raise("a\(number)", in: ledger) }
    }
    let together = try await logged { ledger in
      try await withThrowingTaskGroup { group in
        for number in 0..<50 {
          group.addTask { try await raise("a\(number)", in: ledger, waitsForCompany: true) }
        }
        try await group.waitForAll()
      }
    }
    #expect(together * 3 < alone, "\(together) bytes of log together, \(alone) alone")
  }

  @Test func `go with whatever cannot wait`() async throws {
    let desk = try Desk()
    let ledger = try desk.ledger()
    for number in 0..<20 {
      let isDone = Mutex(false)
      async let patient: Void = {
        defer { isDone.withLock { $0 = true } }
        try await raise("a\(number)", in: ledger, waitsForCompany: true)
      }()
      // Where nobody looked for a tenth of a second it has gone by itself.
      while ledger.waiting == 0, !isDone.withLock(\.self) { await Task.yield() }
      try await raise("b\(number)", in: ledger)
      #expect(ledger.waiting == 0)
      try await patient
    }
    #expect(try await ledger.read { try $0.alerts(AlertFilter()) }.count == 40)
  }

  @Test func `are each done once, on the thread that waits for them or elsewhere`() async throws {
    let desk = try Desk()
    let ledger = try desk.ledger()
    try await withThrowingTaskGroup { group in
      for number in 0..<60 {
        group.addTask {
          if number.isMultiple(of: 3) {
            try await raise("a\(number)", in: ledger)
          } else {
            try await raiseHere("a\(number)", in: ledger)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(ledger.waiting == 0)
    #expect(try await ledger.read { try $0.alerts(AlertFilter()) }.count == 60)
    await #expect(throws: CancellationError.self) {
      try await raiseHere("b", in: ledger, failing: true)
    }
    #expect(try await ledger.read { try $0.alerts(AlertFilter()) }.count == 60)
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

private func raise(
  _ id: String, in ledger: Ledger, waitsForCompany: Bool = false
) async throws {
  _ = try await ledger.write(waitsForCompany: waitsForCompany) {
    try $0.draft(try $0.raise(.sample(id)))
  }
}

/// As `raise`, by a thread that waits.
private func raiseHere(_ id: String, in ledger: Ledger, failing: Bool = false) async throws {
  try await withCheckedThrowingContinuation { (answer: CheckedContinuation<Void, any Error>) in
    Thread {
      answer.resume(
        with: Result {
          try ledger.writeHere { writing in
            _ = try writing.draft(try writing.raise(.sample(id)))
            if failing { throw CancellationError() }
          }
        })
    }.start()
  }
}
