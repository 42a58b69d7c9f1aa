import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `Two officers at two terminals` {
  @Test(
    arguments: [
      ["release", "close"], ["close", "release"], ["close", "close"],
      ["ack --false-alarm", "close"], ["release", "ack --false-alarm"],
    ])
  func `what is written first counts, and the other is told so`(words: [String]) async throws {
    let town = try await Town()
    try town.home.write(
      "release: {major: officer}\n" + (try town.home.read("huiyin.yaml")), to: "huiyin.yaml")
    _ = try await town.run("run", "--once")
    let id = try await town.onlyAlert()
    // Somebody else writes: both have looked at the alert before either can write.
    let writer = try Writer(on: town.home.path("data/ledger.sqlite"))
    try await eventually { writer.holds }
    let officers = try words.map { words in
      try Program(words.split(separator: " ").map(String.init) + [id, "--config", town.config])
    }
    try await eventually { officers.allSatisfy { $0.waitsForItsTurn || !$0.isRunning } }
    writer.letGo()
    for officer in officers { try await officer.waitForEnd() }

    #expect(officers.map(\.code).sorted() == [0, 1], "\(officers.map(\.errors))")
    let lost = try #require(officers.firstIndex { $0.code == 1 })
    let alert = try await town.run("alerts", id, "--json").object
    let isReleased = words[1 - lost] == "release"
    #expect(alert["state"] as? String == (isReleased ? "acknowledged" : "closed"))
    let sentence =
      isReleased ? "\(id) 刚刚已签发，联系单已送出，未作办结" : "\(id) 已办结；经过见 huiyin alerts \(id)"
    #expect(
      officers[lost].errors.replacing("\n", with: "").hasPrefix(sentence),
      "\(officers[lost].errors)")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "zjj@unit.example").count == (isReleased ? 1 : 0))
    let course = try await town.run("alerts", id).output
    let isClosed = course.contains("办结（") || course.contains("误报（")
    #expect(course.contains("签发（") == isReleased && isClosed != isReleased, "\(course)")
  }
}

/// A SQLite that is not ours and holds the right to write.
private final class Writer: Sendable {
  private let folder: Folder
  private let program: Program

  init(on ledger: String) throws {
    folder = try Folder()
    let script = """
      import os, sqlite3, sys, time
      ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
      ledger.execute("BEGIN IMMEDIATE")
      open(sys.argv[2] + "/holds", "w").close()
      while not os.path.exists(sys.argv[2] + "/go"): time.sleep(0.01)
      ledger.execute("ROLLBACK")
      """
    program = try Program(["python3", "-c", script, ledger, folder.path], path: "/usr/bin/env")
  }

  var holds: Bool { folder.names(in: ".").contains("holds") }
  func letGo() { try? folder.write("", to: "go") }
}

extension Program {
  /// Whether it has looked at the ledger and waits for the right to write, which SQLite does asleep:
  /// one of its threads is in `nanosleep` or `clock_nanosleep`, of x86-64 or of ARM.
  fileprivate var waitsForItsTurn: Bool {
    let tasks = "/proc/\(id)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
    return threads.contains { thread in
      let call = try? String(contentsOfFile: "\(tasks)/\(thread)/syscall", encoding: .utf8)
      return ["35", "230", "101", "115"].contains(call?.split(separator: " ").first ?? "")
    }
  }
}
