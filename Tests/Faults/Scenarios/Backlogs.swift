import Foundation
import TestSupport

// Item 19: the mail server is away for two hours while notices pile up, and then is there again. The
// backlog leaves over no more connections than ever, general notices gathered, and what is new and
// grave does not wait for it.

extension Scenario {
  /// Two hours without mail.
  static let backlogs: [Scenario] = [
    Scenario(19, "mail down for two hours, 200 notices", runs: 2, isSlow: true) { _ in
      try await outage(officers: 15, posts: 12)
    },
    Scenario(19, "mail down for two hours, 10 000 notices", runs: 1, shortRuns: 0, isSlow: true) {
      _ in try await outage(officers: 100, posts: 100)
    },
  ]

  private static func outage(officers: Int, posts: Int) async throws -> Findings {
    let reluctance = Reluctance(.cut, at: .greeting)
    let district = try await District([], cues: reluctance.cues)
    try district.hire(officers)
    let inquest = Inquest(district)
    let program = try district.start()
    let backlog = (1...posts).map { Post($0, $0.isMultiple(of: 2) ? .gas : .water) }
    try district.put(backlog + (1...20).map { Post(posts + $0, .noise) })
    try await district.pileUp()
    let waiting = try district.count(District.unsent)
    try await district.phoneUnits()
    district.board.shift(wall: .seconds(2 * 3600), boot: .seconds(2 * 3600))
    reluctance.end()
    // What is drafted from here on bears the shifted clock's time.
    try await district.patiently { !district.sink.taken.isEmpty }
    let new = Post.gas(1001...1003)
    try district.put(new)
    try await district.patiently(within: .seconds(60 + waiting / 5)) {
      try district.count("alert") == district.posts.count && district.count(District.unsent) == 0
    }
    let findings = try await finish(district, inquest, program, byLine: true)
    let end = try Snapshot(of: district)
    guard waiting >= officers * posts else { throw Broken("only \(waiting) piled up") }
    // Four that are kept, and new ones where they lay idle.
    let used = Set(district.sink.taken.map(\.connection)).count
    guard used <= 12 else { throw Broken("the backlog left over \(used) connections") }
    try end.expectGathered()
    try end.expectNotStarved(new, backlog: waiting)
    return findings
  }
}

extension District {
  fileprivate static let unsent = "outbox WHERE state NOT IN ('sent', 'failed')"

  /// Waits until all is known, and each notice has been tried or is in a batch.
  fileprivate func pileUp() async throws {
    let untried = "outbox WHERE attempts = 0 AND next_try_at IS NOT NULL"
    try await patiently(within: .seconds(600)) {
      // There is no ledger yet when the daemon begins.
      guard (try? count("alert")) == posts.count else { return false }
      return try count("lead WHERE state = 'open'") == 0 && count(untried) == 0
    }
  }

  /// The officers ring the units up, so that nobody is reminded.
  fileprivate func phoneUnits() async throws {
    for alert in try Snapshot(beside: self).alerts {
      let said = try start(["ack", alert.id, "--phoned"])
      try await said.waitForEnd()
      guard said.code == 0 else { throw Broken("not acknowledged: \(said.errors)") }
    }
  }
}

extension Snapshot {
  /// General notices left together.
  fileprivate func expectGathered() throws {
    let carried = envelopes.filter(\.isCarried)
    guard Set(carried.map(\.messageID)).count * 2 <= carried.count, !carried.isEmpty else {
      throw Broken("\(carried.count) notices in \(Set(carried.map(\.messageID)).count) batches")
    }
  }

  /// Of a backlog no more left between the drafting of something new and its own leaving than goes
  /// beside it: one for one, and what was on its way. And it left within its window.
  fileprivate func expectNotStarved(_ posts: [Post], backlog: Int) throws {
    let alerts = Set(posts.flatMap { alertsByPath[$0.path] ?? [] })
    let new = envelopes.filter { alerts.contains($0.alert ?? "") }
    let old = envelopes.filter { !alerts.contains($0.alert ?? "") }
    for mail in new {
      let sentAt = mail.sentAt ?? .max
      let between = old.filter { mail.draftedAt...max(mail.draftedAt, sentAt) ~= $0.sentAt ?? 0 }
      // A batch is one mail, however many it carries.
      let before = Set(between.map { [$0.messageID, $0.recipient] }).count
      guard before <= new.count + 32, sentAt <= mail.leavesBy else {
        throw Broken(
          "\(before) of \(backlog) left before \(mail.notice), drafted at \(mail.draftedAt), "
            + "sent at \(sentAt), due at \(mail.leavesBy), attempts: \(mail.attempts)")
      }
    }
  }
}
