import Faults
import Foundation
import TestSupport
import Testing

/// That the shim does what the suite believes it does.
@Suite(.serialized) struct `A shim in the program` {
  @Test func `loses with the power what was not synced, and nothing that was`() async throws {
    var lost = 0
    for seed: UInt64 in 1...12 {
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

  @Test func `moves the clocks that the program is asked by, and not those it sleeps by`()
    async throws
  {
    let district = try await District([Post(1, .gas)])
    district.board.shift(wall: .seconds(86_400 * 365 * 13), boot: .seconds(86_400))
    let daemon = try district.start()
    try await district.settled(within: .seconds(30))
    let visits = district.web.requests.count
    // It goes on reading every second.
    try await eventually(within: .seconds(20)) { district.web.requests.count >= visits + 3 }
    let alerts = try district.start(["alerts", "--json"])
    try await alerts.waitForEnd(within: .seconds(30))
    let found = try #require(alerts.output.firstMatch(of: /"foundAt":"(\d+)/)?.output.1)
    #expect(Int(found).map { $0 >= Self.year + 12 } == true, "\(alerts.output)")
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
  }

  private static var year: Int {
    Calendar(identifier: .gregorian).component(.year, from: Date())
  }
}
