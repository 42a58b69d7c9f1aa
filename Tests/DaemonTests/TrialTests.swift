import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `An office in trial` {
  private static let water = """
      - id: water-cut
        name: 停水断水
        topic: 城乡建设
        unit: 供水
        grade: general
        any: [停水]
      - id: bribe
        name: 收受红包
        topic: 党风廉政
        kind: conduct
        grade: considerable
        any: [收受红包]
    """

  private static let threads: [BoardThread] = [
    .gas(1),
    BoardThread(
      number: 2, title: "青溪村停水", body: "<p>青溪村从前天起停水，村里几十户人没有水用，请供水部门尽快抢修恢复。</p>"),
    BoardThread(
      number: 3, title: "反映窗口人员收受红包",
      body: "<p>竹园镇便民服务窗口的工作人员多次收受红包，不给就拖着不办，请上级部门认真查一查。</p>"),
  ]

  private func town(trial: String) async throws -> Town {
    let town = try await Town()
    try town.home.write(
      try town.home.read("Rules/gas.yaml") + "\n" + Self.water + "\n", to: "Rules/gas.yaml")
    try town.change(
      "officers:",
      to: """
          - {name: 区水务局, roles: [供水], mail: [swj@unit.example]}
          - {name: 区纪委监委, roles: [监督], mail: [jw@unit.example]}
        supervision: 区纪委监委
        trial: \(trial)
        windows: {major: 10m, considerable: 20m, general: 25m}
        digests: {daily: \"\(Town.time("HH:mm", after: -3600))\"}
        officers:
        """)
    try town.put(Self.threads)
    _ = try await Program.run(["run", "--once", "--config", town.config])
    let began = Int(Date(timeIntervalSinceNow: -86_400 / 2).timeIntervalSince1970) * 1000
    try await town.sql("INSERT INTO incarnation VALUES ('earlier', \(began), 'boot', 1, NULL)")
    let round = try await Program.run(["run", "--once", "--config", town.config])
    #expect(round.code == 0, "\(round.output)\(round.errors)")
    return town
  }

  @Test func `writes to the officers alone and names who would have been written to`()
    async throws
  {
    let letters = try await town(trial: "true").letters()
    #expect(Set(letters.map(\.to)) == ["officer@letters.example"])
    #expect(letters.count == 4)
    let gas = try #require(letters.first { $0.all.contains("幸福路1号") && !isDigest($0) })
    #expect(gas.text.contains("区住建局") && gas.text.contains("领导小组"))
    #expect(gas.subject.contains("试运行"))
    let water = try #require(letters.first { $0.all.contains("青溪村") && !isDigest($0) })
    #expect(water.text.contains("区水务局"))
    let digest = try #require(letters.first(where: isDigest))
    #expect(digest.subject.contains("试运行") || digest.text.contains("试运行"))
  }

  @Test(arguments: ["true", "[区住建局, 区纪委监委]"])
  func `shows of an allegation its number and grade, and no word of it`(
    trial: String
  ) async throws {
    let letters = try await town(trial: trial).letters()
    let alleged = try #require(letters.first { $0.all.contains("区纪委监委") && !isDigest($0) })
    #expect(alleged.to == "officer@letters.example")
    #expect(alleged.all.contains("较大"))
    #expect(alleged.all.contains(/20\d\d-000\d/))
    for letter in letters {
      for word in ["红包", "窗口", "竹园镇"] {
        #expect(!letter.all.contains(word), "\(word) in \(letter.subject)")
      }
    }
    #expect(!letters.contains { $0.to == "jw@unit.example" })
  }

  @Test func `may be one unit of it, and the others hear`() async throws {
    let letters = try await town(trial: "[区住建局]").letters()
    #expect(!letters.contains { $0.to == "zjj@unit.example" })
    #expect(letters.count { $0.to == "swj@unit.example" } == 1)
    #expect(letters.count { $0.to == "jw@unit.example" } == 1)
    #expect(letters.filter { $0.to == "leaders@letters.example" }.map(isDigest) == [true])
    let gas = letters.filter { $0.all.contains("幸福路1号") && !isDigest($0) }
    #expect(gas.map(\.to) == ["officer@letters.example"])
    #expect(gas.first?.text.contains("区住建局") == true)
    let digest = try #require(letters.first(where: isDigest))
    #expect(digest.text.contains("试运行"))
  }

  @Test func `says so in check and in status`() async throws {
    let town = try await town(trial: "true")
    let check = try await Program.run(["check", "--config", town.config])
    let status = try await Program.run(["status", "--config", town.config])
    #expect((check.output + check.errors).contains("试运行"))
    #expect(status.output.contains("试运行"))
  }

  private func isDigest(_ letter: Letter) -> Bool { letter.subject.contains("日报") }
}
