import Foundation
import Synchronization
import Testing
import Vocabulary

@testable import Storage

@Suite struct `A ledger` {
  let desk: Desk

  init() throws {
    desk = try Desk()
  }

  @Test func `is made where there is none, for its owner alone`() async throws {
    let ledger = try desk.ledger()
    defer { ledger.close() }
    #expect(try mode(desk.data) == 0o700)
    #expect(try mode(desk.file) == 0o600)
    #expect(try mode(desk.file + "-wal") == 0o600)
    #expect(try await ledger.read { try $0.alerts(AlertFilter()) }.isEmpty)
    #expect(try await ledger.integrity().isEmpty)
  }

  @Test func `waits for the disk at every commit`() async throws {
    let ledger = try desk.ledger()
    defer { ledger.close() }
    let synchronous = try await ledger.write { try $0.count("PRAGMA synchronous") }
    #expect(synchronous == 2)
  }

  @Test func `keeps what was written when it is opened again`() async throws {
    let ledger = try desk.ledger()
    let alert = try await ledger.write { try $0.raise() }
    let secret = try await ledger.read { try $0.secret() }
    ledger.close()
    let again = try desk.ledger()
    defer { again.close() }
    #expect(try await again.read { try $0.alert(alert.id)?.item } == Item.sample())
    #expect(try await again.read { try $0.secret() } == secret)
    #expect(secret.count == 32)
  }

  @Test func `may be let go of by a work, on the writer's own queue`() async throws {
    await #expect(processExitsWith: .success) { [data = desk.data as String] in
      let holder = LastHolder(try Ledger.open(folder: data, now: .sample))
      #expect(await holder.letGo(), "somebody else still has it")
    }
  }

  @Test func `undoes a work that throws, and it alone`() async throws {
    let ledger = try desk.ledger()
    defer { ledger.close() }
    struct Stop: Error {}
    await withTaskGroup { group in
      for number in 0..<40 {
        group.addTask {
          try? await ledger.write { writing in
            try writing.insert(Item.sample("a\(number)"), admission: .new)
            if number.isMultiple(of: 4) { throw Stop() }
          }
        }
      }
    }
    let ids = (0..<40).map { Item.ID(rawValue: "a\($0)") }
    let known = try await ledger.read { try $0.known(ids) }
    #expect(known.count == 30)
    #expect(known.contains(ids[1]) && !known.contains(ids[4]))
  }

  @Test func `throws what the work threw`() async throws {
    let ledger = try desk.ledger()
    defer { ledger.close() }
    struct Stop: Error {}
    await #expect(throws: Stop.self) { try await ledger.write { _ in throw Stop() } }
  }

  @Test func `can be read beside its writer`() async throws {
    let ledger = try desk.ledger()
    defer { ledger.close() }
    _ = try await ledger.write { try $0.raise() }
    let looking = try Ledger.look(folder: desk.data)
    defer { looking.close() }
    #expect(try await looking.read { try $0.alerts(AlertFilter()) }.count == 1)
    await #expect(throws: LedgerFault.readOnly) {
      try await looking.write { _ = try $0.nextAlertID(year: 2026) }
    }
  }

  @Test func `is written to by two at once, in turns`() async throws {
    let daemon = try desk.ledger()
    let command = try desk.ledger()
    defer {
      daemon.close()
      command.close()
    }
    try await withThrowingTaskGroup { group in
      for number in 0..<60 {
        let ledger = number.isMultiple(of: 2) ? daemon : command
        group.addTask {
          try await ledger.write { try $0.insert(Item.sample("a\(number)"), admission: .new) }
        }
      }
      try await group.waitForAll()
    }
    let span = (from: WallTime.sample, to: WallTime.sample + .hours(1))
    let read = try await daemon.read { try $0.itemsRead(from: span.from, to: span.to) }
    #expect(read == 60)
    let again = try await command.read { try $0.itemsRead(from: span.from, to: span.to) }
    #expect(again == 60)
  }

  @Test func `is held by one daemon`() throws {
    let first = try desk.ledger()
    try first.holdAsDaemon()
    try first.holdAsDaemon()
    let second = try desk.ledger()
    #expect(throws: LedgerFault.heldByDaemon) { try second.holdAsDaemon() }
    first.close()
    try second.holdAsDaemon()
    second.close()
  }

  @Test func `answers an error once it is closed`() async throws {
    let ledger = try desk.ledger()
    ledger.close()
    ledger.close()
    await #expect(throws: LedgerFault.self) { try await ledger.write { try $0.raise() } }
    await #expect(throws: LedgerFault.self) { try await ledger.read { try $0.secret() } }
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
  }
}

/// Has a ledger, and lets go of it inside a work, as the last that had it.
private final class LastHolder: Sendable {
  private let ledger: Mutex<Ledger?>
  private let isAlone = DispatchSemaphore(value: 0)

  init(_ ledger: Ledger) { self.ledger = Mutex(ledger) }

  /// Returns whether the ledger was gone before its work was over.
  func letGo() async -> Bool {
    await withCheckedContinuation { answer in
      begin { answer.resume(returning: $0) }
      // Whoever asked for the work has returned: the ledger is in the holder's hand alone.
      isAlone.signal()
    }
  }

  private func begin(_ answer: @escaping @Sendable (Bool) -> Void) {
    ledger.withLock(\.self)?.write { [self] _ in
      isAlone.wait()
      weak let last = ledger.withLock(\.self)
      ledger.withLock { $0 = nil }
      return last == nil
    } then: { result in
      answer((try? result.get()) ?? false)
    }
  }
}
