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
}
