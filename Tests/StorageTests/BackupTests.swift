import Foundation
import Testing
import Vocabulary

@testable import Storage

@Suite struct `A backup` {
  let desk: Desk
  let ledger: Ledger

  init() throws {
    desk = try Desk()
    ledger = try desk.ledger()
  }

  var copy: String { desk.folder + "/copy.sqlite" }
  var other: String { desk.folder + "/other" }

  @Test func `is whole while the ledger is written to`() async throws {
    let before = (0..<50).map { "before\($0)" }
    for id in before {
      try await ledger.write { try $0.insert(Item.sample(id), admission: .new) }
    }
    try await withThrowingTaskGroup { group in
      for number in 0..<400 {
        group.addTask { [ledger] in
          _ = try await ledger.write { try $0.raise(.sample("during\(number)")) }
        }
      }
      group.addTask { [ledger, copy] in try await ledger.backup(to: copy) }
      try await group.waitForAll()
    }
    try Ledger.restore(from: copy, into: other, now: .sample)
    let restored = try Ledger.open(folder: other, now: .sample)
    #expect(try await restored.integrity().isEmpty)
    let ids = before.map(Item.ID.init(rawValue:))
    #expect(try await restored.read { try $0.known(ids) }.count == 50)
    // Each work is there whole or not at all.
    let halves = try await restored.read {
      try $0.count(
        "SELECT COUNT(*) FROM item WHERE id LIKE 'd%' AND id NOT IN (SELECT item FROM alert)")
    }
    #expect(halves == 0)
    #expect(try await ledger.read { try $0.alerts(AlertFilter()) }.count == 400)
  }

  @Test func `is one file, for its owner alone, that overwrites nothing`() async throws {
    try await ledger.backup(to: copy)
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.folder)
    #expect(names.sorted() == ["copy.sqlite", "data"])
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
    await #expect(throws: LedgerFault.inTheWay) { try await ledger.backup(to: copy) }
    await #expect(throws: LedgerFault.self) {
      try await ledger.backup(to: desk.folder + "/nowhere/copy.sqlite")
    }
  }

  @Test func `is not restored over a ledger that somebody has open`() async throws {
    try await ledger.backup(to: copy)
    #expect(throws: LedgerFault.inUse) {
      try Ledger.restore(from: copy, into: desk.data, now: .sample)
    }
    try ledger.holdAsDaemon()
    #expect(throws: LedgerFault.heldByDaemon) {
      try Ledger.restore(from: copy, into: desk.data, now: .sample)
    }
    ledger.close()
    try Ledger.restore(from: copy, into: desk.data, now: .sample)
  }

  @Test func `takes the place of the old ledger, which stays beside it`() async throws {
    _ = try await ledger.write { try $0.raise(.sample("kept")) }
    try await ledger.backup(to: copy)
    _ = try await ledger.write { try $0.raise(.sample("later")) }
    let secret = try await ledger.read { try $0.secret() }
    ledger.close()
    try Ledger.restore(from: copy, into: desk.data, now: .sample)
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.data).sorted()
    #expect(
      names == [
        "daemon.lock", "ledger.lock", "ledger.sqlite",
        "ledger.sqlite.before-restore-20260302T010000Z",
      ])
    let restored = try desk.ledger()
    let later = Item.ID(rawValue: "later")
    #expect(try await restored.read { try $0.known([later]) }.isEmpty)
    #expect(try await restored.read { try $0.secret() } == secret)
    // 2026-0002 stands on paper already.
    let next = try await restored.write { try $0.nextAlertID(year: 2026) }
    #expect(next == Alert.ID(year: 2026, number: 3))
    restored.close()
    try FileManager.default.moveItem(
      atPath: desk.file + ".before-restore-20260302T010000Z", toPath: desk.folder + "/old.sqlite")
    try Ledger.restore(from: desk.folder + "/old.sqlite", into: other, now: .sample)
    let old = try Ledger.open(folder: other, now: .sample)
    #expect(try await old.read { try $0.known([later]) } == [later])
  }

  @Test func `marks what had no receipt in it as perhaps sent twice`() async throws {
    try await ledger.write { writing in
      let first = try writing.draft(try writing.raise())
      try writing.deliver(first, to: .unit)
      let second = try writing.draft(try writing.raise(.sample("a2")))
      try writing.deliver(
        second, to: .unit, .deferred, nextTryAt: .sample + .minutes(5))
      _ = try writing.beginAttempt(
        notice: second, recipient: .officer, incarnation: "one", at: .sample)
    }
    try await ledger.backup(to: copy)
    try Ledger.restore(from: copy, into: other, now: .sample + .hours(1))
    let restored = try Ledger.open(folder: other, now: .sample)
    let notices = try await restored.read { reading in
      try reading.alerts(AlertFilter()).flatMap(\.notices)
    }
    let seen = notices.map {
      "\($0.notice) \($0.part.rawValue) \($0.state.rawValue)"
        + ($0.mayHaveBeenSentTwice ? " twice" : "")
    }
    #expect(
      seen.sorted() == [
        "2026-0001/contactSheet/1 officer waiting twice",
        "2026-0001/contactSheet/1 unit sent",
        "2026-0002/contactSheet/1 officer deferred twice",
        "2026-0002/contactSheet/1 unit deferred twice",
      ])
    #expect(try await restored.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `is refused when it is no ledger, damaged, newer or not there`() async throws {
    _ = try await ledger.write { try $0.raise() }
    ledger.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: desk.file))
    let strange = desk.folder + "/strange"
    var damaged = whole
    for page in 2..<20 {
      damaged.replaceSubrange(
        page * 4096..<page * 4096 + 200, with: Data(repeating: 0xFF, count: 200))
    }
    let cases: [(Data, LedgerFault.Cause)] = [
      (Data("title\tbody\n".utf8), .notALedger), (Data(), .damaged), (damaged, .damaged),
      (whole.prefix(4096 * 9), .damaged),
    ]
    for (bytes, cause) in cases {
      try bytes.write(to: URL(fileURLWithPath: strange))
      let fault = #expect(throws: LedgerFault.self) {
        try Ledger.restore(from: strange, into: desk.data, now: .sample)
      }
      #expect(fault?.cause == cause)
      #expect(try Data(contentsOf: URL(fileURLWithPath: strange)) == bytes)
    }
    #expect(throws: LedgerFault.noBackup) {
      try Ledger.restore(from: desk.folder + "/none", into: desk.data, now: .sample)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: desk.file)) == whole)
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.data)
    #expect(!names.contains { $0.contains("restor") })
  }

  @Test func `mends a damaged ledger`() async throws {
    _ = try await ledger.write { try $0.raise() }
    try await ledger.backup(to: copy)
    ledger.close()
    try Data("rubbish".utf8).write(to: URL(fileURLWithPath: desk.file))
    try Data("more".utf8).write(to: URL(fileURLWithPath: desk.file + "-wal"))
    try Ledger.restore(from: copy, into: desk.data, now: .sample)
    let restored = try desk.ledger()
    #expect(try await restored.read { try $0.alerts(AlertFilter()) }.count == 1)
    let kept = desk.file + ".before-restore-20260302T010000Z"
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == "rubbish")
    #expect(FileManager.default.fileExists(atPath: kept + "-wal"))
  }
}
