import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A daemon that is killed while it reminds` {
  @Test func `takes each step of each chain exactly once`() async throws {
    let threads = 6
    let town = try await Town(threads: threads)
    try town.add("escalate: {major: 3s}")
    // Each time a little later, so that it dies before, between and after the steps.
    for round in 0..<10 {
      let daemon = try Program(["run", "--config", town.config])
      try? await eventually(within: .milliseconds(400 + 150 * round)) { false }
      try await daemon.end(by: SIGKILL)
    }
    let daemon = try Program(["run", "--config", town.config])
    let everybody = ["zjj2@unit.example", "officer@letters.example", "leaders@letters.example"]
    try await eventually {
      zip(everybody, [1, 2, 2]).allSatisfy { town.mails(to: $0).count >= $1 * threads }
    }
    try await eventually {
      try await town.sql("SELECT COUNT(*) FROM waiting_rung") == "0"
    }
    try await daemon.end(by: SIGTERM)
    let alerts = try await town.alerts()
    #expect(alerts.count == threads)
    for alert in alerts {
      let reminders = alert.notices.filter { $0.kind == "reminder" }
      #expect(reminders.map(\.recipient).sorted() == everybody.sorted(), "\(alert.id)")
    }
    let ends = try await town.sql("SELECT COUNT(*) FROM rung_end WHERE why = 'sent'")
    #expect(ends == "\(3 * threads)")
    let letters = try await town.letters()
    let reminders = letters.filter { $0.subject.contains(/催办|督办/) }
    #expect(Set(reminders.map(\.messageID)).count == 3 * threads)
    #expect(try await town.integrity() == "ok")
  }
}
