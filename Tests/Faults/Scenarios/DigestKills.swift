import Foundation
import Synchronization
import TestSupport

// Item 1: kill -9 while a digest is drafted, sent and receipted. Nothing else is under way then: all
// alerts were told before its hour.

/// Whether the sink is to kill, and only once.
private final class Flag: Sendable {
  private let isUp = Atomic(false)

  func raise() { isUp.store(true, ordering: .relaxed) }
  /// Whether it was up.
  func lower() -> Bool { isUp.exchange(false, ordering: .relaxed) }
}

extension Scenario {
  /// kill -9 at each step of a digest.
  static let digestKills: [Scenario] = [
    digestKill("drafted", fault: { Fault(.kill, at: .changes, of: .all, nth: $0 % 60 + 1) }),
    digestKill("asked for content", at: .data),
    digestKill("content under way", at: .content),
    digestKill("end of data, before 250", at: .end),
    digestKill(
      "after 250",
      fault: { _ in
        Fault(.kill, at: .received, of: .network, after: "queued as", afterNth: 1)
      }),
    digestKill(
      "after 250, before sent is synced",
      fault: { _ in
        Fault(.kill, at: .sync, of: .log, nth: 1, after: "queued as", afterNth: 1)
      }),
    digestKill(
      "sent",
      fault: { _ in
        Fault(.kill, at: .synced, of: .log, nth: 1, after: "queued as", afterNth: 1)
      }),
  ]

  private static func digestKill(
    _ name: String, at moment: Sink.Moment? = nil,
    fault: @escaping @Sendable (Int) -> Fault = { _ in .none }
  ) -> Scenario {
    Scenario(1, "kill: digest " + name, runs: 50) { turn in
      var chance = turn.chance
      let victim = Victim()
      let armed = Flag()
      let district = try await District(Post.mixture(), victim: victim) { seen, _ in
        guard seen == moment, armed.lower() else { return nil }
        victim.kill()
        return .cut
      }
      try district.change(
        "mail: {", to: "time_zone: Asia/Shanghai\ndigests: {daily: \"08:00\"}\nmail: {")
      // 2026-03-02 07:50.
      district.board.shift(
        wall: .seconds(1_772_409_000 - Int(Date().timeIntervalSince1970)))
      let inquest = Inquest(district)
      try await district.runToTheEnd()
      district.board.shift(wall: .seconds(3600), boot: .seconds(3600))
      armed.raise()
      let dead = try await district.fatalRound(fault(Int.random(in: 0...999, using: &chance)))
      try inquest.see(the: dead)
      try await district.runToTheEnd()
      try await district.runToTheEnd()
      try district.expectDigests(1)
      return try await inquest.close(byLine: true)
    }
  }
}
