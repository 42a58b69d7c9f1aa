import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `Nobody who writes` {
  @Test func `is found in the ledger, the mails, the log or at the terminal`() async throws {
    let town = try await Town(threads: 3)
    let round = try await Program.run(["run", "--once", "--log", "debug", "--config", town.config])
    #expect(town.mails(to: "zjj@unit.example").count == 3)
    let listed = try await Program.run(["alerts", "--json", "--config", town.config])
    let number = try #require(listed.output.firstMatch(of: /"id":"([0-9-]+)"/)?.1)
    let shown = try await Program.run(["alerts", String(number), "--config", town.config])
    #expect(shown.output.contains("幸福路"))
    let status = try await Program.run(["status", "--config", town.config])
    var places: [String: Data] = [
      "log": Data(round.errors.utf8), "output": Data(round.output.utf8),
      "alerts": Data(listed.output.utf8), "alert": Data(shown.output.utf8),
      "status": Data(status.output.utf8),
    ]
    for name in town.home.names(in: "data") {
      places[name] = try Data(contentsOf: URL(fileURLWithPath: town.home.path("data/\(name)")))
    }
    for (index, mail) in town.mails.enumerated() {
      places["mail \(index)"] = try await decoded(mail)
    }
    let traces = ["夜航的猫", "77120", "IP属地", "13800138", "@mail.example"]
    for (place, bytes) in places {
      for trace in traces {
        #expect(bytes.range(of: Data(trace.utf8)) == nil, "\(trace) in \(place)")
      }
    }
    // The search itself can find: the gist is there.
    let gist = Data("煤气味很重".utf8)
    #expect(places.contains { $0.key.hasPrefix("ledger") && $0.value.range(of: gist) != nil })
    let mails = places.filter { $0.key.hasPrefix("mail") }
    #expect(mails.count == 9)
    #expect(mails.allSatisfy { $0.value.range(of: gist) != nil })
  }

  @Test func `has a word of theirs in the log`() async throws {
    let town = try await Town(threads: 3)
    let round = try await Program.run(["run", "--once", "--log", "trace", "--config", town.config])
    #expect(!round.errors.contains("煤气味"))
    #expect(!round.errors.contains("幸福路"))
    #expect(round.errors.contains("page taken in"))
  }

  /// A mail as it stands, and as a mail program shows it.
  private func decoded(_ mail: String) async throws -> Data {
    let script = """
      import email, email.policy, sys
      mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
      print(mail["subject"])
      for part in mail.walk():
        if part.get_content_maintype() == "text": print(part.get_content())
      """
    let shown = try await Program.run("/usr/bin/env", ["python3", "-c", script], input: mail)
    return Data((mail + shown.output).utf8)
  }
}
