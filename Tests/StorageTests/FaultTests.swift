import Foundation
import Testing
import Vocabulary

@testable import Storage

@Suite struct `A fault of the ledger` {
  let desk: Desk

  init() throws {
    desk = try Desk()
  }

  @Test(
    arguments: [
      ("title\tbody\n", .notALedger), ("不是台账", .notALedger),
      ("SQLite format 3\0 and no more", .damaged),
    ] as [(String, LedgerFault.Cause)])
  func `is that the file is something else, which is left as it is`(
    text: String, cause: LedgerFault.Cause
  ) throws {
    try makeFolder()
    let text = text + String(repeating: "。", count: 9000)
    try Data(text.utf8).write(to: URL(fileURLWithPath: desk.file))
    for open in [Ledger.open(folder:now:), { folder, _ in try Ledger.look(folder: folder) }] {
      let fault = #expect(throws: LedgerFault.self) { _ = try open(desk.data, .sample) }
      #expect(fault?.cause == cause)
      #expect(fault?.reason.zh.contains("huiyin restore") == true)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: desk.file)) == Data(text.utf8))
  }

  @Test(arguments: ["ledger.sqlite", "ledger.sqlite-wal"])
  func `is that nothing is left of the file, or nothing but its log`(name: String) throws {
    try makeFolder()
    try Data().write(to: URL(fileURLWithPath: desk.data + "/" + name))
    let fault = #expect(throws: LedgerFault.self) { try desk.ledger() }
    #expect(fault?.cause == .damaged)
    #expect(!FileManager.default.fileExists(atPath: desk.data + "/ledger.sqlite.making"))
  }

  @Test func `is that another program's tables are in it`() async throws {
    let ledger = try desk.ledger()
    try await ledger.write { _ = try $0.run("PRAGMA application_id = 7") }
    ledger.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: desk.file))
    #expect(throws: LedgerFault.notALedger) { try desk.ledger() }
    #expect(throws: LedgerFault.notALedger) { try Ledger.look(folder: desk.data) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: desk.file)) == before)
  }

  @Test func `is that a newer program wrote it`() async throws {
    let ledger = try desk.ledger()
    try await ledger.write { writing in
      _ = try writing.run("INSERT INTO grdb_migrations (identifier) VALUES ('from the future')")
    }
    ledger.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: desk.file))
    #expect(throws: LedgerFault.newer) { try desk.ledger() }
    #expect(throws: LedgerFault.newer) { try Ledger.look(folder: desk.data) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: desk.file)) == before)
  }

  @Test(arguments: [4096, 4096 * 20, -4096, -1])
  func `is that the file was cut short`(length: Int) async throws {
    let ledger = try desk.ledger()
    _ = try await ledger.write { try $0.raise() }
    ledger.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: desk.file))
    let cut = whole.prefix(length > 0 ? length : whole.count + length)
    try cut.write(to: URL(fileURLWithPath: desk.file))
    #expect(throws: LedgerFault.damaged) { try desk.ledger() }
    #expect(throws: LedgerFault.damaged) { try Ledger.look(folder: desk.data) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: desk.file)) == cut)
  }

  @Test func `is that pages in its middle are damaged`() async throws {
    let ledger = try desk.ledger()
    for number in 0..<50 { _ = try await ledger.write { try $0.raise(.sample("a\(number)")) } }
    ledger.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: desk.file))
    for page in 10..<bytes.count / 4096 {
      bytes.replaceSubrange(
        page * 4096..<page * 4096 + 100, with: Data(repeating: 0xFF, count: 100))
    }
    try bytes.write(to: URL(fileURLWithPath: desk.file))
    let fault = await #expect(throws: LedgerFault.self) {
      let ledger = try desk.ledger()
      _ = try await ledger.read { try $0.alerts(AlertFilter()) }
    }
    #expect(fault?.cause == .damaged)
  }

  @Test func `is that there is none yet, for who only looks`() throws {
    #expect(throws: LedgerFault.noLedger) { try Ledger.look(folder: desk.data) }
    try makeFolder()
    #expect(throws: LedgerFault.noLedger) { try Ledger.look(folder: desk.data) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.data).isEmpty)
    #expect(throws: LedgerFault.noLedger) {
      try Ledger.open(folder: desk.folder + "/no/such", now: .sample)
    }
  }

  @Test func `is a full disk, which loses nothing that was answered`() async throws {
    let ledger = try desk.ledger()
    _ = try await ledger.write { try $0.raise(.sample("before")) }
    let pages = try await ledger.read { try $0.count("PRAGMA page_count") }
    _ = try await ledger.write { try $0.run("PRAGMA max_page_count = \(pages + 20)") }
    let causes = await withTaskGroup { group in
      for number in 0..<60 {
        group.addTask { await cause(of: "a\(number)", in: ledger) }
      }
      return await group.reduce(into: [:]) { $0[$1.id] = .some($1.cause) }
    }
    #expect(Set(causes.values.compactMap(\.self)) == [.diskFull])
    let answered = Set(causes.filter { $0.value == nil }.keys)
    let ids = [Item.ID](causes.keys)
    #expect(ids.count == 60)
    #expect(try await ledger.read { try $0.known(ids) } == answered)
    // Room is made: it goes on.
    _ = try await ledger.write { try $0.run("PRAGMA max_page_count = 1000000") }
    _ = try await ledger.write { try $0.raise(.sample("after")) }
    #expect(try await ledger.integrity().isEmpty)
  }

  @Test func `is that it may only be read`() async throws {
    let ledger = try desk.ledger()
    _ = try await ledger.write { try $0.run("PRAGMA query_only = ON") }
    await #expect(throws: LedgerFault.readOnly) { _ = try await ledger.write { try $0.raise() } }
  }

  @Test(.enabled(if: geteuid() != 0, "root may open everything"))
  func `is that it may not be opened`() throws {
    try desk.ledger().close()
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: desk.file)
    #expect(throws: LedgerFault.unreadable) { try desk.ledger() }
    #expect(throws: LedgerFault.unreadable) { try Ledger.look(folder: desk.data) }
  }

  @Test func `is that another program writes for too long, which may be tried again`()
    async throws
  {
    let slow = try desk.ledger()
    let hasty = try desk.ledger()
    _ = try await hasty.write { try $0.count("PRAGMA busy_timeout = 20") }
    let began = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)
    let writing = Task {
      _ = try await slow.write { writing in
        let alert = try writing.raise()
        began.signal()
        ended.wait()
        return alert
      }
    }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        began.wait()
        continuation.resume()
      }
    }
    await #expect(throws: LedgerFault.busy) {
      _ = try await hasty.write { try $0.raise(.sample("a2")) }
    }
    ended.signal()
    try await writing.value
    _ = try await hasty.write { try $0.raise(.sample("a2")) }
    #expect(LedgerFault.busy.retry)
  }

  @Test func `never says what a citizen wrote`() async throws {
    let ledger = try desk.ledger()
    let item = Item.sample(title: "手机 13900001111 的停水投诉")
    _ = try await ledger.write { try $0.insert(item, admission: .new) }
    let error = await #expect(throws: (any Error).self) {
      try await ledger.write { try $0.insert(item, admission: .new) }
    }
    let said = "\(error.map { String(reflecting: $0) } ?? "")"
    #expect(said.contains("UNIQUE"))
    #expect(!said.contains("停水") && !said.contains("1390000") && !said.contains("INSERT"))
  }

  /// Inserts a large item and says what kept it from that.
  private func cause(
    of id: String, in ledger: Ledger
  ) async -> (id: Item.ID, cause: LedgerFault.Cause?) {
    let item = Item.sample(id, body: String(repeating: "水", count: 2000))
    do {
      try await ledger.write { try $0.insert(item, admission: .new) }
      return (item.id, nil)
    } catch {
      return (item.id, (error as? LedgerFault)?.cause ?? .failed)
    }
  }

  private func makeFolder() throws {
    try FileManager.default.createDirectory(
      atPath: desk.data, withIntermediateDirectories: true)
  }
}
