import Foundation
import Testing
import Vocabulary

@testable import Storage

@Suite struct `A ledger after a crash` {
  let desk: Desk
  /// Where the file lies as the crash left it.
  let left: String

  init() throws {
    desk = try Desk()
    left = desk.folder + "/left"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
  }

  @Test func `has all that was answered before the process was killed`() async throws {
    let folder = desk.folder
    let told = folder + "/told"
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [folder = folder as String, told = told as String] in
      let ledger = try Ledger.open(folder: folder + "/data", now: .sample)
      _ = FileManager.default.createFile(atPath: told, contents: nil)
      let answers = try #require(FileHandle(forWritingAtPath: told))
      await withTaskGroup { group in
        for number in 0..<500 {
          group.addTask {
            _ = try? await ledger.write { try $0.draft(try $0.raise(.sample("a\(number)"))) }
            try? answers.write(contentsOf: Data("a\(number)\n".utf8))
            if number == 300 { kill(getpid(), SIGKILL) }
          }
        }
      }
    }
    let answered = try String(contentsOfFile: told, encoding: .utf8).split(separator: "\n")
    #expect(answered.count > 1)
    let ledger = try desk.ledger()
    #expect(try await ledger.integrity().isEmpty)
    #expect(try await ledger.read { try $0.auditOutbox() }.isEmpty)
    let ids = answered.map { Item.ID(rawValue: String($0)) }
    #expect(try await ledger.read { try $0.known(ids) }.count == ids.count)
    try await expectWhole(ledger)
  }

  @Test func `can be looked at before a daemon has opened it again`() async throws {
    let ledger = try desk.ledger()
    _ = try await ledger.write { try $0.raise() }
    try copyAsLeft()
    let looking = try Ledger.look(folder: left)
    #expect(try await looking.read { try $0.alerts(AlertFilter()) }.count == 1)
  }

  @Test(arguments: [0, 31, 32, 4000, 9000, 70_001, 150_000])
  func `holds whole works only, wherever its log was torn`(keeping bytes: Int) async throws {
    let ledger = try desk.ledger()
    for number in 0..<12 {
      _ = try await ledger.write { try $0.draft(try $0.raise(.sample("a\(number)"))) }
    }
    try copyAsLeft()
    let log = URL(fileURLWithPath: left + "/ledger.sqlite-wal")
    let whole = try Data(contentsOf: log)
    #expect(whole.count > 150_000)
    // What the log has lost there, and what it kept of another write in its place.
    let torn = whole.prefix(bytes) + Data(repeating: 0x5A, count: 3000)
    try torn.write(to: log)
    let again = try Ledger.open(folder: left, now: .sample)
    #expect(try await again.integrity().isEmpty)
    #expect(try await again.read { try $0.auditOutbox() }.isEmpty)
    try await expectWhole(again)
    _ = try await again.write { try $0.raise(.sample("after")) }
  }

  @Test func `finds no journal to roll back, for the log is on before the file has its name`()
    async throws
  {
    let folder = LedgerFolder(path: desk.data)
    try folder.make()
    try LedgerFile.make(folder)
    try expectLogIsOn(desk.data)
    let ledger = try desk.ledger()
    try await ledger.backup(to: desk.folder + "/copy.sqlite")
    try Ledger.restore(
      from: desk.folder + "/copy.sqlite", into: desk.folder + "/other", now: .sample)
    try expectLogIsOn(desk.folder + "/other")
  }

  /// SQLite's file format, section 1.3.3: 2 stands for the write-ahead log.
  private func expectLogIsOn(_ folder: String) throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: folder + "/ledger.sqlite"))
    #expect([UInt8](file[18...19]) == [2, 2])
    for companion in LedgerFolder.companions {
      #expect(!FileManager.default.fileExists(atPath: folder + "/ledger.sqlite" + companion))
    }
  }

  private func expectWhole(_ ledger: Ledger) async throws {
    let counts = try await ledger.read { reading in
      try ["item", "verdict", "alert", "notice"].map {
        try reading.count("SELECT COUNT(*) FROM \($0)")
      }
    }
    #expect(Set(counts).count == 1, "each work wrote one of each: \(counts)")
  }

  private func copyAsLeft() throws {
    for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
      try FileManager.default.copyItem(
        atPath: desk.data + "/" + name, toPath: left + "/" + name)
    }
  }
}
