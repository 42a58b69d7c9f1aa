import Faults
import Foundation
import TestSupport
import Testing

/// That the shim does what the suite believes it does.
@Suite(.serialized) struct `A shim in the program` {
  @Test func `loses with the power what was not synced, and nothing that was`() async throws {
    var lost = 0
    for seed: UInt64 in 1...6 {
      let district = try await District([Post(1, .gas), Post(2, .water)])
      try await district.runToTheEnd()
      try district.put([Post(3, .gas)])
      let dead = try await district.fatalRound(
        Fault(.cut, at: .sync, of: .log, nth: 3, seed: seed))
      #expect(dead.wasKilled)
      lost += district.lostWrites
    }
    #expect(lost > 0)
  }

  @Test(arguments: ["OFF", "FULL"])
  func `takes back what a program only believed to be durable`(synchronous: String) async throws {
    let writing = """
      import sqlite3, sys
      ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
      ledger.execute("PRAGMA journal_mode = WAL")
      ledger.execute("PRAGMA synchronous = " + sys.argv[2])
      ledger.execute("CREATE TABLE line (number)")
      for number in range(500):
          ledger.execute("INSERT INTO line VALUES (?)", (number,))
          print(number, flush=True)
      """
    let counting = """
      import sqlite3, sys
      print(sqlite3.connect(sys.argv[1]).execute("SELECT COUNT(*) FROM line").fetchone()[0])
      """
    var losses = 0
    for seed: UInt64 in 1...6 {
      let district = try await District([])
      let ledger = district.data + "/ledger.sqlite"
      let cut = Fault(.cut, at: .write, of: .log, nth: 90 + Int(seed) * 7, seed: seed)
      let writer = try district.start(
        ["python3", "-c", writing, ledger, synchronous], cut, path: "/usr/bin/env")
      try await writer.waitForEnd()
      #expect(writer.wasKilled, "\(writer.errors)")
      let said = writer.output.split(separator: "\n").count
      let counted = try await Program.run("/usr/bin/env", ["python3", "-c", counting, ledger])
      // A cut that leaves not even the table has lost all that was said.
      let left = Int(counted.output.trimmingCharacters(in: .newlines)) ?? 0
      #expect(said > 0)
      losses += left < said ? 1 : 0
    }
    #expect(synchronous == "OFF" ? losses > 1 : losses == 0, "\(losses)")
  }

  @Test func `moves the clocks that the program is asked by, and not those it sleeps by`()
    async throws
  {
    let district = try await District([Post(1, .gas)])
    district.board.shift(wall: .seconds(86_400 * 365 * 13), boot: .seconds(86_400))
    let daemon = try district.start()
    try await district.settled()
    let visits = district.web.requests.count
    // It goes on reading every second.
    try await eventually { district.web.requests.count >= visits + 3 }
    let alerts = try district.start(["alerts", "--json"])
    try await alerts.waitForEnd()
    let found = try #require(alerts.output.firstMatch(of: /"foundAt":"(\d+)/)?.output.1)
    #expect(Int(found).map { $0 >= Self.year + 12 } == true, "\(alerts.output)")
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
  }

  private static var year: Int {
    Calendar(identifier: .gregorian).component(.year, from: Date())
  }
}
