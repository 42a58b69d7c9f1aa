import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A daemon with a heartbeat` {
  /// How many of its audits have failed so far.
  private func failures(_ daemon: Program) -> Int {
    daemon.errors.components(separatedBy: "audit failed").count - 1
  }

  /// A look of the audit at once, as a new set-up brings it.
  private func audit(
    _ daemon: Program, until holds: () async throws -> Bool
  ) async throws {
    daemon.signal(SIGHUP)
    try await eventually(holds)
  }

  @Test func `beats while its audit passes, and falls silent when it does not`() async throws {
    let town = try await Town()
    try town.web.pages.write("heard", to: "beat/5f3b")
    try town.add("heartbeat: http://\(town.web.host)/beat/5f3b")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.visits(of: "/beat/5f3b") >= 1 }
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    let before = town.visits(of: "/beat/5f3b")
    try await audit(daemon) { town.visits(of: "/beat/5f3b") > before }
    #expect(try await town.run("status").code == 0)
    // An alert of which nobody was told, as no fault of ours has ever left one.
    try await town.sql("DROP TRIGGER notice_is_never_deleted")
    try await town.sql("DELETE FROM notice WHERE alert IS NOT NULL")
    try await audit(daemon) { failures(daemon) >= 1 }
    try await audit(daemon) { failures(daemon) >= 2 }
    let beats = town.visits(of: "/beat/5f3b")
    for times in 3...5 { try await audit(daemon) { failures(daemon) >= times } }
    #expect(town.visits(of: "/beat/5f3b") == beats)
    let status = try await town.run("status")
    #expect(status.code == 1)
    #expect(status.output.contains("值守程序自查自"))
    try await eventually { town.mails(to: "admin@letters.example").count == 1 }
    try await daemon.end(by: SIGTERM)
    // The next run finds what this one left, goes on, and stays silent outside.
    let next = try Program(["run", "--config", town.config])
    try await eventually { failures(next) >= 1 }
    try town.put(threads: 2)
    try await eventually { town.mails(to: "zjj@unit.example").count == 2 }
    try await next.end(by: SIGTERM)
    #expect(town.visits(of: "/beat/5f3b") == beats)
    #expect(town.mails(to: "admin@letters.example").count == 1)
  }

  @Test func `tells the admins once that nobody hears it, and ends in time all the same`()
    async throws
  {
    let town = try await Town()
    try town.add("heartbeat: http://127.0.0.1:\(try freePort())/secret-path")
    let daemon = try Program(["run", "--config", town.config])
    func unheard() -> Int { daemon.errors.components(separatedBy: "heartbeat not heard").count - 1 }
    try await eventually { unheard() >= 1 }
    for times in 2...5 { try await audit(daemon) { unheard() >= times } }
    try await eventually { town.mails(to: "admin@letters.example").count == 1 }
    let letter = try #require(
      try await town.letters().first { $0.to == "admin@letters.example" })
    #expect(letter.text.contains("心跳"))
    #expect(!letter.all.contains("secret-path"))
    #expect(!daemon.errors.contains("secret-path"))
    let status = try await town.run("status")
    #expect(status.code == 0, "the daemon does what it is there for")
    #expect(status.output.contains("※"))
    try await daemon.end(by: SIGTERM)
    #expect(town.mails(to: "admin@letters.example").count == 1)
  }

  @Test func `beats once in a round by itself`() async throws {
    let town = try await Town()
    try town.web.pages.write("heard", to: "beat")
    try town.add("heartbeat: http://\(town.web.host)/beat")
    let round = try await town.run("run", "--once")
    #expect(round.code == 0, "\(round.errors)")
    #expect(town.visits(of: "/beat") == 1)
  }
}

extension Town {
  /// Runs a command of `huiyin` on the town's set-up to its end.
  func run(_ arguments: String...) async throws -> Program.Outcome {
    try await Program.run(arguments + ["--config", config])
  }
}
