import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `General alerts` {
  private static let addresses = ["zjj@unit.example", "officer@letters.example"]

  /// A town whose threads are general, and leave as soon as they may: a window of 25 minutes leaves
  /// no time to wait for an hour.
  private func town(threads: Int, every: String = "1s") async throws -> Town {
    let town = try await Town(threads: threads, every: every)
    try town.change("grade: major", to: "grade: general", in: "Rules/gas.yaml")
    // A listing without pages behind it, so that what it shows is raised at one moment.
    try town.change(
      "article: {title: //h1, body: \"css:.content\"}", to: "oldest: 30d", in: "Feeds/board.yaml")
    try town.add("windows: {major: 10m, considerable: 20m, general: 25m}")
    return town
  }

  @Test func `of one page come as one mail to each address`() async throws {
    let town = try await town(threads: 3)
    let round = try await Program.run(["run", "--once", "--config", town.config])
    #expect(round.code == 0, "\(round.errors)")
    let letters = try await town.letters()
    #expect(letters.map(\.to).sorted() == Self.addresses.sorted())
    for address in Self.addresses {
      let numbers = letters.filter { $0.to == address }.flatMap { self.numbers(in: $0) }
      #expect(numbers.sorted() == (try await town.alerts()).map(\.id).sorted())
    }
    #expect(letters.allSatisfy { $0.subject.hasPrefix("【一般舆情】") && $0.subject.hasSuffix(" 3件") })
    #expect(letters.allSatisfy { $0.defects.isEmpty })
    let notices = try await town.alerts().flatMap(\.notices)
    #expect(notices.allSatisfy { $0.state == "sent" })
    #expect(Set(notices.map(\.messageId)) == Set(letters.map(\.messageID)))
  }

  @Test func `wait for the office's hour, and status and alerts say for which`() async throws {
    let town = try await town(threads: 2)
    try town.change(
      "windows: {major: 10m, considerable: 20m, general: 25m}",
      to: "hours: {batch: [\"\(Town.time("HH:mm", after: 7200))\"], quiet: \"00:00-00:00\"}")
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(town.mails.isEmpty)
    #expect(try await town.alerts().flatMap(\.notices).allSatisfy { $0.state == "waiting" })
    let status = try await Program.run(["status", "--config", town.config])
    #expect(status.output.contains("送出一般舆情 4 封"))
    let id = try #require(try await town.alerts().first?.id)
    let shown = try await Program.run(["alerts", id, "--config", town.config])
    #expect(shown.output.contains(" 送出："))
  }

  @Test func `are each told once though the daemon is killed again and again`() async throws {
    let town = try await town(threads: 2)
    let post = try await MailServer(.dawdle)
    try town.send(to: post)
    var threads = 2
    for round in 0..<14 {
      let daemon = try Program(["run", "--config", town.config])
      if round.isMultiple(of: 2) {
        // While a mail is under way, or just behind it.
        let enough = post.count + 1
        try? await eventually(within: .seconds(5)) { post.count >= enough }
      } else {
        // At another step each time: fetching, raising, gathering, connecting.
        try? await eventually(within: .milliseconds(150 + 60 * round)) { false }
      }
      try await daemon.end(by: SIGKILL)
      threads += Int.random(in: 1...4)
      try town.put(threads: threads)
    }
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      let alerts = try await town.alerts()
      return alerts.count == threads
        && alerts.flatMap(\.notices).allSatisfy { $0.state == "sent" }
    }
    try await daemon.end(by: SIGTERM)
    try await expectEachUnderOneMessageID(town, post)
    #expect(try await town.integrity() == "ok")
  }

  /// Each alert came to each address, under one Message-ID; what came twice is marked.
  private func expectEachUnderOneMessageID(_ town: Town, _ post: MailServer) async throws {
    let (letters, alerts) = (try await post.letters(), try await town.alerts())
    for address in Self.addresses {
      let theirs = letters.filter { $0.to == address }
      var messageIDs: [String: Set<String>] = [:]
      for letter in theirs {
        for number in self.numbers(in: letter) {
          messageIDs[number, default: []].insert(letter.messageID)
        }
      }
      #expect(Set(messageIDs.keys) == Set(alerts.map(\.id)), "\(address)")
      for (number, ids) in messageIDs where ids.count != 1 {
        Issue.record("\(number) came to \(address) under \(ids)")
      }
    }
    let notices = alerts.flatMap(\.notices)
    #expect(Set(letters.map(\.messageID)) == Set(notices.map(\.messageId)))
    let doubted = Set(notices.filter(\.mayHaveBeenSentTwice).map(\.messageId))
    for (messageID, times) in Dictionary(grouping: letters, by: \.messageID) where times.count > 1 {
      #expect(doubted.contains(messageID), "\(messageID) came \(times.count) times")
    }
    #expect(letters.contains { numbers(in: $0).count > 1 }, "nothing was gathered")
  }

  /// The alerts that a letter tells of.
  private func numbers(in letter: Letter) -> Set<String> {
    Set(letter.text.matches(of: /编号：(20\d\d-\d{4})/).map { String($0.1) })
  }
}
