import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `Nobody who writes` {
  @Test func `is found in the ledger, the mails, the log or at the terminal`() async throws {
    let town = try await Town(threads: 3)
    let round = try await Program.run(["run", "--once", "--log", "debug", "--config", town.config])
    #expect(town.mails(to: "zjj@unit.example").count == 3)
    let listed = try await Program.run(["alerts", "--json", "--config", town.config])
    let shown = try await Program.run(["alerts", "1", "--config", town.config])
    let status = try await Program.run(["status", "--config", town.config])
    var places: [String: Data] = [
      "log": Data(round.errors.utf8), "output": Data(round.output.utf8),
      "alerts": Data(listed.output.utf8), "alert": Data(shown.output.utf8),
      "status": Data(status.output.utf8),
    ]
    for name in town.home.names(in: "data") {
      places[name] = try Data(contentsOf: URL(fileURLWithPath: town.home.path("data/\(name)")))
    }
    for (index, mail) in town.mails.enumerated() { places["mail \(index)"] = decoded(mail) }
    let traces = ["夜航的猫", "77120", "IP属地", "13800138", "@mail.example"]
    for (place, bytes) in places {
      for trace in traces {
        #expect(bytes.range(of: Data(trace.utf8)) == nil, "\(trace) in \(place)")
      }
    }
    // The search itself can find: the gist is there.
    #expect(places["ledger.sqlite"]?.range(of: Data("煤气味很重".utf8)) != nil)
    #expect(places.filter { $0.key.hasPrefix("mail") }.allSatisfy { $0.value.range(of: Data("煤气味很重".utf8)) != nil })
  }

  @Test func `has a word of theirs in the log`() async throws {
    let town = try await Town(threads: 3)
    let round = try await Program.run(["run", "--once", "--log", "trace", "--config", town.config])
    #expect(!round.errors.contains("煤气味"))
    #expect(!round.errors.contains("幸福路"))
    #expect(round.errors.contains("page taken in"))
  }

  /// A mail with its base64 parts in the clear.
  private func decoded(_ mail: String) -> Data {
    var bytes = Data(mail.utf8)
    for block in mail.components(separatedBy: "\r\n\r\n") {
      let body = block.components(separatedBy: "\r\n--").first ?? block
      if let part = Data(base64Encoded: body, options: .ignoreUnknownCharacters) { bytes += part }
    }
    return bytes
  }
}
