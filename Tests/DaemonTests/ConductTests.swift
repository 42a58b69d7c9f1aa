import Foundation
import TestSupport
import Testing

/// An allegation among other alerts, in a town where everybody who could be told anything is named and
/// whatever can be sent is.
@Suite(.serialized) struct `An allegation of misconduct` {
  /// What only the allegation says: in its title, its text, its address, its rule and its topic.
  private static let secrets = ["老水站", "索要好处费", "三百元", "管水员", "/t/2", "/t/3", "收受钱物", "党风廉政"]
  /// Who may hear of it: the supervising office and its deputy.
  private static let supervision: Set = ["jw@unit.example", "jw2@unit.example"]

  private static let setup = """
      - {name: 竹园镇政府, mail: [zyz@unit.example], deputy: [zyz2@unit.example]}
      - {name: 区信访局督查科, mail: [dc@unit.example], deputy: [dc2@unit.example]}
      - {name: 区纪委监委, mail: [jw@unit.example], deputy: [jw2@unit.example]}
    supervision: 区纪委监委
    default_unit: 区信访局督查科
    places: [青川区, {name: 竹园镇, unit: 竹园镇政府, in: 青川区}]
    leaders_hear: [general, considerable, major]
    escalate: {major: 2s, considerable: 2s, general: 2s}
    hours: {duty: "00:00-00:00", quiet: "00:00-00:00"}
    roster: ./roster.csv
    mailbox: {maildir: ./inbox}
    command: [./ring, "{number}", "{unit}"]
    """

  private static let rules = """
    rules:
      - id: bribe
        name: 收受钱物
        topic: 党风廉政
        kind: conduct
        unit: 燃气
        assist: [竹园镇政府]
        grade: major
        any: [索要好处费]
      - {id: small, name: 收受钱物二, topic: 党风廉政, kind: conduct, leads: place, grade: general, any: [收了茶叶]}
    """

  private func town() async throws -> Town {
    let town = try await Town()
    try town.change("officers:", to: Self.setup + "\nofficers:")
    try town.home.write(Self.rules, to: "Rules/conduct.yaml")
    for folder in ["inbox/new", "inbox/cur", "inbox/tmp"] {
      try town.home.write("", to: "\(folder)/.keep")
    }
    let rung = town.home.path("rung")
    try town.home.write("#!/bin/sh\necho \"$@\" >> \(rung)\ncat >> \(rung)\n", to: "ring")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: town.home.path("ring"))
    let moments = [-3600, 4, 86_400].map { Town.time("yyyy-MM-dd HH:mm:ss", after: $0) }
    try town.home.write(
      """
      起,止,值班员,带班领导
      \(moments[0]),\(moments[1]),zhang@letters.example,li@letters.example
      \(moments[1]),\(moments[2]),wang@letters.example,li@letters.example

      """, to: "roster.csv")
    try town.put([
      .gas(1),
      BoardThread(
        number: 2, title: "竹园镇老水站管水员索要好处费",
        body: "<p>竹园镇幸福路老水站抢修燃气泄漏，管水员索要好处费三百元，不给就不修。</p>"),
      BoardThread(number: 3, title: "老水站的事", body: "<p>竹园镇老水站管水员收了茶叶才给装表，请查一查。</p>"),
    ])
    return town
  }

  private func answer(_ letter: Letter, in town: Town, from sender: String, _ words: String) throws
  {
    try town.home.write(
      """
      From: \(sender)
      To: duty@letters.example
      Subject: =?utf-8?B?5Zue5aSN?=
      In-Reply-To: \(letter.messageID)
      Message-ID: <\(UUID().uuidString)@unit.example>
      MIME-Version: 1.0
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: 8bit

      \(words)

      """, to: "inbox/new/\(UUID().uuidString)")
  }

  /// Who got what, read as a mail program does.
  private func told(_ town: Town) async throws -> (supervision: [Letter], others: [Letter]) {
    let letters = try await town.letters()
    let isSealed = { (letter: Letter) in Self.supervision.contains { letter.to.contains($0) } }
    return (letters.filter(isSealed), letters.filter { !isSealed($0) })
  }

  @Test func `reaches nobody but the supervising office, by whatever notice there is`() async throws
  {
    let town = try await town()
    let daemon = try Program(["run", "--config", town.config])
    // The sheet, the reminder of its deputy, and of the other alert every step up to the leaders.
    try await eventually {
      town.mails(to: "jw@unit.example").count >= 1 && town.mails(to: "jw2@unit.example").count >= 1
        && town.mails(to: "leaders@letters.example").count >= 2
    }
    let sheet = try #require(try await told(town).supervision.first { $0.to.contains("jw@") })
    let id = try #require(sheet.all.firstMatch(of: /20\d\d-\d{4}/)).output
    // What comes back, and what officers may try to do with it.
    try answer(sheet, in: town, from: "jw@unit.example", "退回。老水站管水员索要好处费一事不属我单位。")
    try answer(sheet, in: town, from: "stranger@mail.example", "老水站管水员索要好处费的事怎么样了？")
    try await eventually {
      try await told(town).others.contains { $0.subject.contains("退回") }
    }
    _ = try await town.run("assign", "\(id)", "区住建局", "--reason", "试试")
    _ = try await town.run("grade", "\(id)", "considerable", "--reason", "试试")
    // Others come on duty; a set-up that is broken is told to the admins.
    try await eventually { try await told(town).others.contains { $0.subject.contains("交接班") } }
    try town.home.write("rules: [", to: "Rules/broken.yaml")
    daemon.signal(SIGHUP)
    try await eventually { !town.mails(to: "admin@letters.example").isEmpty }
    try FileManager.default.removeItem(atPath: town.home.path("Rules/broken.yaml"))
    try await daemon.end(by: SIGTERM)
    // As their mails will say it: those periods end later.
    for rhythm in ["--daily", "--weekly", "--monthly"] {
      let day = Town.time("yyyy-MM-dd", after: 86_400)
      let digest = try await town.run("digest", rhythm, "--date", day)
      #expect(digest.code == 0, "\(digest.errors)")
      #expect(digest.output.contains("检举控告"), "\(rhythm): \(digest.output)")
      for secret in Self.secrets { #expect(!digest.output.contains(secret), "\(secret)") }
    }
    _ = try await town.run("run", "--once")

    let (sealed, others) = try await told(town)
    #expect(sealed.contains { $0.all.contains("索要好处费") }, "supervision reads it")
    for letter in others {
      for secret in Self.secrets {
        #expect(!letter.all.contains(secret), "\(secret) to \(letter.to): \(letter.subject)")
      }
    }
    let kinds = try await town.sql("SELECT DISTINCT kind FROM notice").split(separator: "\n")
    for kind in [
      "bulletin", "call", "contactSheet", "handOver", "relay", "reminder", "trouble",
    ] {
      #expect(kinds.contains { $0 == kind }, "no \(kind) was sent, so nothing was seen of it")
    }
    // What waits for its hour is for nobody else either, and no second channel rings for it.
    let alleged =
      "SELECT alert.id FROM alert JOIN standing ON standing.alert = alert.id "
      + "WHERE standing.audience = 'supervision'"
    #expect(try await town.sql(alleged).split(separator: "\n").count == 2)
    let recipients = try await town.sql(
      "SELECT DISTINCT outbox.recipient FROM outbox JOIN notice ON notice.id = outbox.notice "
        + "WHERE notice.alert IN (\(alleged)) AND notice.kind <> 'relay'")
    #expect(Set(recipients.split(separator: "\n").map(String.init)) == Self.supervision)
    let rung = try town.home.read("rung")
    #expect(rung.contains("区住建局") && !rung.contains(id))
  }

  @Test func `shows nowhere what it says`() async throws {
    let town = try await town()
    _ = try await town.run("run", "--once")
    let numbers = try await town.sql("SELECT id FROM alert ORDER BY id DESC")
    let id = try #require(numbers.split(separator: "\n").first)
    for command in [
      ["alerts"], ["alerts", "--json"], ["alerts", String(id)], ["alerts", String(id), "--json"],
      ["alerts", "--format", "csv"], ["status"], ["status", "--json"], ["rules"],
      ["rules", "--json"],
      ["digest", "--daily"], ["digest", "--weekly", "--json"], ["digest", "--monthly"],
    ] {
      let shown = try await Program.run(command + ["--config", town.config])
      #expect(!shown.output.isEmpty)
      for secret in ["老水站", "索要", "三百元", "管水员", "/t/2", "/t/3"] {
        #expect(!shown.output.contains(secret), "\(secret) in \(command)")
      }
    }
  }
}
