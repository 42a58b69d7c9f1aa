import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A ledger that cannot be used` {
  /// What has happened to its file.
  enum Harm: CaseIterable {
    case emptied, cutShort, overwritten, foreign, newer
  }

  @Test(arguments: Harm.allCases)
  func `keeps the daemon from starting, says what to do, and is left untouched`(
    harm: Harm
  ) async throws {
    let town = try await Town()
    _ = try await Program.run(["run", "--once", "--config", town.config])
    try await cause(harm, town)
    let before = try ledger(of: town)
    let mails = town.mails.count
    for command in [["run"], ["run", "--once"], ["alerts"]] {
      let refused = try await Program.run(command + ["--config", town.config])
      #expect(refused.code == 3, "\(harm) \(command)")
      #expect(refused.errors.contains("huiyin restore"), "\(harm): \(refused.errors)")
      #expect(refused.errors.split(separator: "\n").count == 1, "\(harm): \(refused.errors)")
      #expect(try ledger(of: town) == before, "\(harm) \(command)")
    }
    #expect(town.mails.count == mails)
  }

  @Test func `is replaced by its backup with one command, and then goes on`() async throws {
    let town = try await Town()
    _ = try await Program.run(["run", "--once", "--config", town.config])
    let backup = town.home.path("backup.sqlite")
    let kept = try await Program.run(["backup", backup, "--config", town.config])
    #expect(kept.code == 0, "\(kept.errors)")
    try await cause(.overwritten, town)
    let restored = try await Program.run(["restore", backup, "--config", town.config])
    #expect(restored.code == 0, "\(restored.errors)")
    try town.put(threads: 2)
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(try await town.alerts().count == 2)
    #expect(town.mails(to: "zjj@unit.example").count == 2)
  }

  private func ledger(of town: Town) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: town.home.path("data/ledger.sqlite")))
  }

  private func cause(_ harm: Harm, _ town: Town) async throws {
    let bytes = try ledger(of: town)
    let path = "data/ledger.sqlite"
    switch harm {
    case .emptied: try town.home.write(Data(), to: path)
    case .cutShort: try town.home.write(bytes.prefix(bytes.count / 2 + 100), to: path)
    case .overwritten:
      try town.home.write(
        bytes.prefix(100) + Data(repeating: 0x5A, count: bytes.count - 100), to: path)
    case .foreign: try town.home.write(Data("收件登记.xlsx".utf8) + bytes, to: path)
    case .newer:
      try await town.sql("INSERT INTO grdb_migrations (identifier) VALUES ('a later one')")
    }
  }
}
