import Foundation
import TestSupport

// Items 12 and 13: the wall clock is set while notices wait for a mail server that says "later"; the
// machine is suspended or booted anew meanwhile. Windows run on the ledger's line: nothing leaves
// twice or never, and what is late leaves at once and is shown late.

extension Scenario {
  /// The wall clock is set while the daemon runs.
  static let clockSteps: [Scenario] = [
    step("an hour forward", [.seconds(3600)]),
    step("an hour back", [.seconds(-3600)]),
    step("a day forward", [.seconds(86_400)]),
    step("a day back", [.seconds(-86_400)]),
    step("past 2038", [.seconds(86_400 * 365 * 13)]),
    step("a leap second", [.seconds(-1)]),
    step("forward a day and back again", [.seconds(86_400), .seconds(-86_400)]),
    step("slewed by half a second", Array(repeating: .milliseconds(10), count: 50)),
  ]

  private static func step(_ name: String, _ steps: [Duration]) -> Scenario {
    Scenario(12, "clock: " + name, runs: 6, isSlow: true) { _ in
      let waiting = try await Waiting(.later)
      for step in steps {
        waiting.district.board.shift(wall: step)
        // Now and then a round goes by.
        try await Task.sleep(for: .milliseconds(20))
      }
      waiting.reluctance.end()
      try waiting.district.put([Post(9, .gas), Post(10, .water)])
      let findings = try await finish(
        waiting.district, waiting.inquest, waiting.program, byLine: true)
      try expectCalm(waiting.district, reminders: 0...0, late: 0)
      return findings
    }
  }

  /// The machine sleeps, or is booted anew.
  static let sleepsAndBoots: [Scenario] = [
    Scenario(13, "suspended for longer than each window", runs: 6, isSlow: true) { _ in
      let waiting = try await Waiting(.later)
      waiting.program.signal(SIGSTOP)
      waiting.district.board.shift(wall: .seconds(45 * 60), boot: .seconds(45 * 60))
      waiting.reluctance.end()
      waiting.program.signal(SIGCONT)
      try waiting.district.put([Post(9, .gas)])
      let findings = try await finish(
        waiting.district, waiting.inquest, waiting.program, byLine: true)
      try expectCalm(waiting.district, reminders: 0...12, late: 3)
      try await expectShownLate(waiting.district)
      return findings
    },
    Scenario(13, "booted anew inside a window", runs: 6, isSlow: true) { _ in
      let waiting = try await Waiting(.later)
      let findings = try await boot(waiting, after: .seconds(120))
      try expectCalm(waiting.district, reminders: 0...0, late: 0)
      return findings
    },
    Scenario(13, "booted anew after each window", runs: 6, isSlow: true) { _ in
      let waiting = try await Waiting(.later)
      let findings = try await boot(waiting, after: .seconds(45 * 60))
      try expectCalm(waiting.district, reminders: 0...12, late: 3)
      try await expectShownLate(waiting.district)
      return findings
    },
    Scenario(13, "booted anew with the clock a day behind", runs: 6, isSlow: true) { _ in
      let waiting = try await Waiting(.later)
      let findings = try await boot(waiting, after: .seconds(-86_400))
      try expectCalm(waiting.district, reminders: 0...0, late: 0)
      return findings
    },
  ]

  /// The power goes, and comes back so much later by the wall clock, a minute into a new boot.
  private static func boot(_ waiting: Waiting, after length: Duration) async throws -> Findings {
    let district = waiting.district
    try await waiting.program.end(by: SIGKILL)
    try waiting.inquest.see(the: waiting.program)
    waiting.reluctance.end()
    var sinceBoot = timespec()
    clock_gettime(CLOCK_BOOTTIME, &sinceBoot)
    district.board.shift(wall: length, boot: .seconds(60 - sinceBoot.tv_sec))
    try district.home.write(UUID().uuidString, to: "boot_id")
    try district.put([Post(9, .gas)])
    return try await finish(district, waiting.inquest, try district.start(), byLine: true)
  }

  /// No storm: of reminders and of letters to the admins there are no more than there must be, and so
  /// many mails left after their windows.
  private static func expectCalm(
    _ district: District, reminders: ClosedRange<Int>, late: Int
  ) throws {
    let end = try Snapshot(of: district)
    let reminded = end.envelopes.count { $0.kind == "reminder" }
    guard reminders.contains(reminded) else { throw Broken("\(reminded) reminders left") }
    let told = end.envelopes.count { $0.part == "admin" }
    guard told <= 2 else { throw Broken("\(told) letters to the admins") }
    let overdue = Set(
      end.envelopes.filter { $0.kind != "reminder" && ($0.sentAt ?? 0) > $0.leavesBy }
        .compactMap(\.alert))
    guard overdue.count == late else {
      throw Broken("\(overdue.sorted()) left late, which should be \(late)")
    }
  }

  /// What left late is shown so, with the reason.
  private static func expectShownLate(_ district: District) async throws {
    let end = try Snapshot(of: district)
    let overdue = Set(
      end.envelopes.filter { $0.kind != "reminder" && ($0.sentAt ?? 0) > $0.leavesBy }
        .compactMap(\.alert))
    for alert in overdue {
      let sheet = try district.start(["alerts", alert])
      try await sheet.waitForEnd()
      guard sheet.output.contains("超过时限"), sheet.output.contains("原因") else {
        throw Broken("\(alert) is not shown late, with the reason")
      }
    }
  }
}
