import Foundation
import TestSupport
import Testing

@Suite struct `A roster in force` {
  /// A town that is never at work, whose roster names one officer until a moment and another from
  /// then on.
  private func roster(_ town: Town, change seconds: TimeInterval) throws {
    let format = "yyyy-MM-dd HH:mm:ss"
    let moments = [-3600, seconds, 86_400].map { Town.time(format, after: $0) }
    try town.home.write(
      """
      起,止,值班员,带班领导
      \(moments[0]),\(moments[1]),zhang@letters.example,li@letters.example
      \(moments[1]),\(moments[2]),王工 <wang@letters.example>,li@letters.example

      """, to: "roster.csv")
  }

  private func lists(_ town: Town) async throws -> [String] {
    try await town.letters().filter { $0.subject.contains("交接班") }.map(\.to).sorted()
  }

  @Test func `has whoever is on duty hear, hands over once, and outlives a broken one`()
    async throws
  {
    let town = try await Town()
    var daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "officer@letters.example").count == 1 }
    // Duty hours that end where they begin are none.
    try town.add("hours: {duty: \"00:00-00:00\"}\nroster: ./roster.csv")
    try roster(town, change: 1)
    daemon.signal(SIGHUP)
    try await eventually { try await self.lists(town).count == 2 }
    let handed = try await town.letters().filter { $0.subject.contains("交接班") }
    #expect(handed.allSatisfy { $0.text.contains("未签收（1 件）") && $0.defects.isEmpty })
    #expect(handed.allSatisfy { $0.text.contains("接班：王工") && !$0.all.contains("wang@") })

    try town.home.write("from,to\n", to: "roster.csv")
    daemon.signal(SIGHUP)
    try await eventually { daemon.errors.contains("roster.csv:1:1: error") }
    try town.put(threads: 2)
    try await eventually { town.mails(to: "officer@letters.example").count == 2 }
    try await eventually { town.mails(to: "wang@letters.example").count == 2 }
    #expect(town.mails(to: "zhang@letters.example").count == 1, "the list alone")

    try await daemon.end(by: SIGKILL)
    try roster(town, change: -600)
    daemon = try Program(["run", "--config", town.config])
    try town.put(threads: 3)
    try await eventually { town.mails(to: "wang@letters.example").count == 3 }
    try await daemon.end(by: SIGTERM)
    #expect(try await lists(town).count == 2)
  }

  @Test func `lets whoever has the hand-over list answer it, by an alert's number`() async throws {
    let town = try await Town(threads: 3)
    try town.openInbox()
    // Whoever comes on duty has none of the mails from before.
    var round = try await Program.run(["run", "--once", "--config", town.config])
    #expect(round.code == 0, "\(round.errors)")
    try town.add("hours: {duty: \"00:00-00:00\"}\nroster: ./roster.csv")
    try roster(town, change: 1)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { try await self.lists(town).count == 2 }
    try await daemon.end(by: SIGTERM)
    let list = try #require(
      town.mails(to: "wang@letters.example").first { $0.contains("text/plain") })
    let ids = try await town.alerts().map(\.id).sorted()
    try #require(ids.count == 3)
    let officer = "wang@letters.example"
    try town.answer(list, from: officer, saying: "\(ids[0]) 已电话通知，燃气公司已到场", id: "one")
    try town.answer(list, from: officer, saying: "您好，\(ids[1])，误报，系演练", id: "two")
    try town.answer(list, from: "nobody@else.example", saying: "\(ids[2]) 误报", id: "three")
    try town.answer(list, from: officer, saying: "收到", id: "four")
    try town.answer(list, from: officer, saying: "\(ids[0]) \(ids[2]) 误报", id: "five")
    round = try await Program.run(["run", "--once", "--config", town.config])
    #expect(round.code == 0, "\(round.errors)")

    let states = try await town.alerts().sorted { $0.id < $1.id }.map(\.state)
    #expect(states == ["acknowledged", "closed", "open"])
    let heard = try await town.sql("SELECT alert || ' ' || word FROM hearing ORDER BY alert, word")
    #expect(
      heard == """
        \(ids[0]) phoned
        \(ids[0]) relayed
        \(ids[1]) falseAlarm
        \(ids[2]) relayed
        \(ids[2]) relayed
        """)
    let sheet = try #require(handOver(try await town.letters()))
    #expect(sheet.text.contains("直接回复本单") && !sheet.all.contains("huiyin "))
  }

  private func handOver(_ letters: [Letter]) -> Letter? {
    letters.first { $0.subject.contains("交接班") }
  }
}
