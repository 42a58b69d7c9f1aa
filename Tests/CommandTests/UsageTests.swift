import Foundation
import TestSupport
import Testing

private let commands = [
  "run", "check", "try", "extract", "judge", "explain", "evaluate", "status", "alerts", "ack",
  "digest", "mail-test", "backup", "restore",
]

@Suite struct `A user at the terminal` {
  @Test(arguments: ["zh", "en"])
  func `is helped in 80 columns, with examples, by every command`(language: String) async throws {
    let room = try DutyRoom(language: language)
    for command in commands {
      let help = try await room.run(command, "--help")
      #expect(help.code == 0)
      #expect(help.errors.isEmpty)
      #expect(help.output.contains(language == "zh" ? "示例：\n  huiyin \(command)" : "Example"))
      #expect(tooWide(help.output) == [], "\(command)")
    }
  }

  @Test func `sees all commands without naming one`() async throws {
    let outcome = try await Program.run([])
    #expect(outcome.code == 0)
    for command in commands { #expect(outcome.output.contains("  \(command) ")) }
    #expect(tooWide(outcome.output) == [])
  }

  @Test func `is told the version`() async throws {
    let outcome = try await Program.run(["--version"])
    #expect(outcome.code == 0)
    #expect(outcome.output.split(separator: ".").count == 3)
  }

  @Test(arguments: [
    ["chekc"], ["run", "--log", "loud"], ["alerts", "seventeen"], ["ack"],
    ["alerts", "--since", "2026-02-30"], ["alerts", "--grade", "grave"],
    ["alerts", "2026-0017", "--grade", "major"], ["digest", "--daily", "--weekly"],
    ["digest", "--date", "tomorrow"], ["mail-test", "nobody"], ["extract", "--kind", "list", "-"],
    ["ack", "2026-0017", "--false-alarm", "--unit"], ["explain"], ["judge", "--loud"], ["evaluate"],
    ["evaluate", "--examples", "-1", "x.tsv"],
  ])
  func `is told on standard error of a wrong use, which exits 2`(arguments: [String]) async throws {
    let room = try DutyRoom()
    let outcome = try await Program.run(arguments + ["--config", room.config])
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
  }

  @Test(arguments: [
    ["status"], ["judge"], ["explain", "停水"], ["alerts"], ["digest"], ["try", "board"],
    ["run", "--once"], ["check"],
  ])
  func `sees what is wrong with a broken set-up, which exits 1`(arguments: [String]) async throws {
    let room = try DutyRoom(extra: "ofice: 青川\n")
    let outcome = try await Program.run(arguments + ["--config", room.config])
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("huiyin.yaml:"))
    #expect(outcome.output.contains(": error: "))
    #expect(!room.hasData)
  }

  @Test(arguments: [
    ["alerts"], ["alerts", "2026-0001"], ["ack", "2026-0001"], ["digest"], ["digest", "--send"],
    ["backup", "copy.sqlite"],
  ])
  func `is told that there is no ledger yet, which exits 3 and makes none`(
    arguments: [String]
  ) async throws {
    let room = try DutyRoom()
    let outcome = try await Program.run(
      arguments + ["--config", room.config], in: room.home.path)
    #expect(outcome.code == 3)
    #expect(outcome.errors == "还没有台账：请先启动 huiyin run，或用 huiyin restore 恢复备份\n")
    #expect(outcome.output.isEmpty)
    #expect(!room.hasData)
  }

  @Test func `is told where a set-up was looked for, and what cannot be read`() async throws {
    let empty = try Folder()
    let nowhere = try await Program.run(["status"], in: empty.path)
    #expect(nowhere.code == 3)
    #expect(nowhere.errors.contains("./huiyin.yaml"))
    #expect(nowhere.errors.contains("--config"))
    let room = try DutyRoom(language: "en")
    let absent = try await room.run("judge", empty.path("no.jsonl"))
    #expect(absent.code == 3)
    #expect(absent.errors.hasPrefix("cannot read "))
    let named = try await Program.run(["check", "--config", empty.path("no.yaml")])
    #expect(named.code == 3)
    #expect(named.output.isEmpty)
  }

  @Test func `may stop reading, and hears of a full disk`() async throws {
    let room = try DutyRoom()
    let items = String(repeating: "{\"id\": \"1\", \"title\": \"停水\"}\n", count: 3000)
    try room.home.write(items, to: "items.jsonl")
    let command = "'\(Program.url.path)' judge items.jsonl --config huiyin.yaml"
    let piped = try await Program.run(
      "/bin/bash", ["-c", "set -o pipefail; \(command) | head -n 1"], in: room.home.path)
    #expect(piped.code == 0)
    #expect(piped.errors.isEmpty)
    #expect(piped.lines.count == 1)
    let full = try await Program.run(
      "/bin/bash", ["-c", "\(command) > /dev/full"], in: room.home.path)
    #expect(full.code == 3)
    #expect(full.errors.contains("标准输出写不进去"))
  }
}
