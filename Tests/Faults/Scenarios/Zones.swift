import Foundation
import TestSupport

// Item 12: an hour that comes twice or never, and an office that moves to another time zone. Each
// digest leaves once a day all the same, windows do not notice, and nothing else comes of it.

extension Scenario {
  /// Hours that summer time takes and gives, and zones that a new set-up changes.
  static let zones: [Scenario] = [
    // 2026-11-01 00:50; at 02:00 it is 01:00 again.
    digests(
      "the hour of the digest comes twice", at: "01:30", in: "America/New_York",
      from: 1_793_508_600, [.pass(hours: 2), .pass(hours: 1), .seen(1), .pass(hours: 24), .seen(2)]),
    // 2026-03-08 00:50; 02:00 is 03:00 at once.
    digests(
      "the hour of the digest never comes", at: "02:30", in: "America/New_York",
      from: 1_772_949_000, [.pass(hours: 1), .pass(hours: 2), .seen(1), .pass(hours: 24), .seen(2)]),
    moving(to: "Asia/Tokyo"), moving(to: "Asia/Kolkata"),
  ]

  private static func moving(to zone: String) -> Scenario {
    // 2026-03-02 07:50.
    digests(
      "the office moves to \(zone)", at: "08:00", in: "Asia/Shanghai", from: 1_772_409_000,
      [
        .pass(hours: 1), .seen(1), .pass(hours: 24), .seen(2), .move(zone), .pass(hours: 1),
        .seen(2),
        .pass(hours: 24), .seen(3),
      ])
  }

  private enum ZoneStep: Sendable {
    /// So much time goes by, a citizen posts something, and a round is done.
    case pass(hours: Int)
    /// So many digests have left by now, each once.
    case seen(Int)
    /// The office lives in another zone.
    case move(String)
  }

  private static func digests(
    _ name: String, at hour: String, in zone: String, from seconds: Int, _ steps: [ZoneStep]
  ) -> Scenario {
    Scenario(12, "clock: " + name, runs: 3) { _ in
      let district = try await District(Post.mixture())
      try district.change(
        "mail: {", to: "time_zone: \(zone)\ndigests: {daily: \"\(hour)\"}\nmail: {")
      district.board.shift(wall: .seconds(seconds - Int(Date().timeIntervalSince1970)))
      let inquest = Inquest(district)
      try await district.runToTheEnd()
      for (number, step) in steps.enumerated() {
        switch step {
        case .pass(let hours): try await district.letPass(.seconds(hours * 3600), post: 10 + number)
        case .seen(let count): try district.expectDigests(count)
        case .move(let other): try district.change("time_zone: \(zone)", to: "time_zone: \(other)")
        }
      }
      let findings = try await inquest.close(byLine: true)
      guard findings.windowUse < 0.5 else { throw Broken("\(findings.windowUse) of a window") }
      return findings
    }
  }
}

extension District {
  /// So much time goes by and a citizen posts something; all that must leaves.
  fileprivate func letPass(_ length: Duration, post number: Int) async throws {
    board.shift(wall: length, boot: length)
    try put([Post(number, .gas)])
    try await runToTheEnd()
  }

  /// So many digests have left by now, each once.
  func expectDigests(_ count: Int) throws {
    let digests = try Snapshot(of: self).envelopes.filter { $0.kind == "digest" }
    guard digests.count == count, digests.allSatisfy({ $0.state == "sent" }) else {
      throw Broken("digests \(digests.map { "\($0.notice) \($0.state)" }), not \(count)")
    }
  }
}
