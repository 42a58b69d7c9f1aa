import Foundation
import Synchronization
import TestSupport

// Items 1 and 12 at a change of shifts: killed while the hand-over list is drafted or sent, and the
// wall clock set across the change. There is one list, and it comes.

extension Scenario {
  /// kill -9 from the moment of a change on, at any step of the ledger or of the mail.
  static let shiftChanges: [Scenario] = [
    Scenario(1, "kill: hand-over list drafted or sent", runs: 50) { turn in
      var chance = turn.chance
      let moments: [Sink.Moment?] = [nil, nil, nil, .recipient, .data, .content, .end]
      let moment = moments.randomElement(using: &chance) ?? nil
      let victim = Victim()
      let office = try await OfficeAtNight(victim, killsAt: moment)
      try await office.untilChange()
      let fault =
        moment == nil
        ? Fault(.kill, at: .changes, of: .all, nth: .random(in: 1...160, using: &chance)) : .none
      let dead = try await office.district.fatalRound(fault)
      try office.inquest.see(the: dead)
      return try await office.close()
    },
    step("an hour back", [.seconds(-3600)]),
    step("an hour forward", [.seconds(3600)]),
    step("a day forward and back again", [.seconds(86_400), .seconds(-86_400)]),
    step("to and fro by a minute", [.seconds(-60), .seconds(60), .seconds(-60), .seconds(60)]),
  ]

  private static func step(_ name: String, _ steps: [Duration]) -> Scenario {
    Scenario(12, "clock at a change of shifts: " + name, runs: 6, isSlow: true) { _ in
      let office = try await OfficeAtNight(Victim(), killsAt: nil)
      let program = try office.district.start()
      try await office.untilChange()
      for step in steps {
        office.district.board.shift(wall: step)
        try await Task.sleep(for: .milliseconds(200))
      }
      // Back to where people's clocks are.
      let moved = steps.reduce(Duration.zero, +)
      office.district.board.shift(wall: .zero - moved)
      try await office.district.patiently { try Snapshot(beside: office.district).lists.count == 1 }
      try await office.district.settled()
      try await program.end(by: SIGTERM)
      try office.inquest.see(the: program)
      return try await office.close()
    }
  }
}

/// A district after hours, with a change of shifts a second after it is made (夜间换班).
private struct OfficeAtNight {
  let district: District
  let inquest: Inquest
  private let change: Date

  /// An office whose roster changes shifts after its first round; from then on the mail server kills
  /// at a moment.
  init(_ victim: Victim, killsAt moment: Sink.Moment?) async throws {
    let armed = Armed()
    district = try await District(Post.mixture(), victim: victim) { now, _ in
      guard now == moment, armed.goOff() else { return nil }
      victim.kill()
      return .cut
    }
    inquest = Inquest(district)
    let first = try await district.round()
    guard first.code == 0 else { throw Broken("the first round ended with \(first.code)") }
    try inquest.see(the: first)
    change = Date(timeIntervalSinceNow: 2)
    try district.home.write(
      """
      from,to,officers
      \(OfficeAtNight.shown(change - 3600)),\(OfficeAtNight.shown(change)),officer@letters.example
      \(OfficeAtNight.shown(change)),\(OfficeAtNight.shown(change + 86_400)),officer@letters.example

      """, to: "roster.csv")
    let setup = try district.home.read("huiyin.yaml")
    // Duty hours that end where they begin are none.
    try district.home.write(
      setup + "\nhours: {duty: \"00:00-00:00\"}\nroster: ./roster.csv\n", to: "huiyin.yaml")
    armed.turnOn()
  }

  /// Waits until others have come on duty.
  func untilChange() async throws {
    // A roster's times are to the second.
    try await Task.sleep(for: .seconds(max(0, change.timeIntervalSinceNow) + 1))
  }

  /// Closes the run: one list was drafted, and it came.
  func close() async throws -> Findings {
    try await district.runToTheEnd()
    var findings = try await inquest.close()
    let lists = try Snapshot(of: district).lists
    if lists.isEmpty { findings.losses.append("nobody was handed anything over") }
    if lists.count > 1 { findings.forbidden.append("\(lists.count) hand-over lists") }
    return findings
  }

  /// By the clock of the office.
  private static func shown(_ date: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "Asia/Shanghai")
    formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
    return formatter.string(from: date)
  }
}

/// Whether the mail server kills yet; it does so once.
private final class Armed: Sendable {
  private let state = Mutex(false)
  func turnOn() { state.withLock { $0 = true } }

  /// Whether it was on.
  func goOff() -> Bool {
    state.withLock { state in
      defer { state = false }
      return state
    }
  }
}

extension Snapshot {
  /// Hand-over lists, an envelope each.
  fileprivate var lists: [EnvelopeFacts] { envelopes.filter { $0.kind == "handOver" } }
}
