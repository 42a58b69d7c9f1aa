import Foundation
import TestSupport
import Testing

@Suite struct `What an officer directs of an alert` {
  @Test func `assign tells the new unit, the one that had it, and the officers`() async throws {
    let town = try await Town.withTwoUnits()
    let id = try await town.onlyAlert()
    let before = town.mails.count
    let said = try await town.run("assign", id, "供水", "--reason", "阀门井在供水管线上")
    #expect(said.code == 0, "\(said.errors)")
    #expect(said.output == "\(id) 改派区水务局\n")
    #expect(said.errors == "通知已写入待发；值守程序没有运行，启动后才会发出\n")
    _ = try await town.run("run", "--once")
    let sheet = try #require(town.mails(to: "swj@unit.example").first)
    #expect(try await town.text(of: sheet).contains("值班员改派：由区住建局改由区水务局承办。理由：阀门井在供水管线上"))
    let farewell = try #require(
      try await town.texts(to: "zjj@unit.example").first { $0.contains("改派") })
    #expect(farewell.contains("本件已改派区水务局，贵单位不再承办。"))
    #expect(farewell.contains("改派告知单"))
    #expect(
      try await town.texts(to: "officer@letters.example").contains { $0.contains("改由区水务局承办") })
    // The leaders hear of a major alert each time it speaks.
    #expect(town.mails.count == before + 4)
    let alert = try await town.run("alerts", id, "--json").object
    #expect(alert["unit"] as? String == "区水务局")
    #expect(alert["state"] as? String == "open")
    let course = try await town.run("alerts", id).output
    #expect(course.contains("改派区水务局（终端）：阀门井在供水管线上"))
    #expect(tooWide(course) == [])
    let again = try await town.run("assign", id, "区水务局")
    #expect(again.code == 1)
    #expect(again.errors == "\(id) 已由区水务局承办\n")
  }

  @Test func `a unit that never had its sheet is told nothing when another gets the alert`()
    async throws
  {
    let town = try await Town.withTwoUnits(trial: "trial: [区住建局]\n")
    let id = try await town.onlyAlert()
    #expect(town.mails(to: "zjj@unit.example").isEmpty)
    _ = try await town.run("assign", id, "区水务局")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "swj@unit.example").count == 1)
    #expect(town.mails(to: "zjj@unit.example").isEmpty)
  }

  @Test func `an assigned alert keeps its unit when the same text is seen again`() async throws {
    let town = try await Town.withTwoUnits()
    let id = try await town.onlyAlert()
    _ = try await town.run("assign", id, "区水务局")
    try town.repostFirstThread()
    _ = try await town.run("run", "--once")
    #expect(try await town.alerts().count == 1)
    let alert = try await town.run("alerts", id, "--json").object
    #expect(alert["unit"] as? String == "区水务局")
    #expect(town.mails(to: "swj@unit.example").count == 1)
  }

  @Test func `grade speaks again, and the same words do not undo it`() async throws {
    let town = try await Town.withTwoUnits()
    let id = try await town.onlyAlert()
    let said = try await town.run("grade", id, "considerable", "--reason", "现场核实无人受伤")
    #expect(said.code == 0, "\(said.errors)")
    #expect(said.output == "\(id) 调级为较大舆情\n")
    try town.repostFirstThread()
    _ = try await town.run("run", "--once")
    let alert = try await town.run("alerts", id, "--json").object
    #expect(alert["grade"] as? String == "considerable")
    #expect(try await town.alerts().count == 1)
    let sheet = try #require(
      try await town.texts(to: "zjj@unit.example").first { $0.contains("调级") })
    #expect(sheet.contains("值班员调级：由重大舆情调为较大舆情。理由：现场核实无人受伤"))
    #expect(sheet.contains("较大舆情（值班员调定）"))
    // The leaders hear of major ones alone.
    #expect(town.mails(to: "leaders@letters.example").count == 1)
    let same = try await town.run("grade", id, "considerable")
    #expect(same.code == 1)
    #expect(try await town.run("grade", id, "none").code == 2)
  }

  @Test func `the next mail names the officer who acknowledged, as sudo has kept the name`()
    async throws
  {
    let town = try await Town.withTwoUnits()
    let id = try await town.onlyAlert()
    let said = try await Program.run(
      "/usr/bin/env",
      ["SUDO_USER=liuyang", Program.url.path, "ack", id, "--config", town.config])
    #expect(said.code == 0, "\(said.errors)")
    #expect(try await town.run("alerts", id).output.contains("签收（终端 liuyang）"))
    _ = try await town.run("assign", id, "区水务局")
    _ = try await town.run("run", "--once")
    #expect(
      try await town.texts(to: "officer@letters.example")
        .contains { $0.contains("此前的通知值班员 liuyang 已于") })
  }

  @Test func `what an officer writes leaves no telephone in the ledger or a mail`() async throws {
    let town = try await Town.withTwoUnits()
    let id = try await town.onlyAlert()
    let why = "已与来信人13912345678通话，邮箱 lihua@mail.example"
    for said in [
      ["ack", id], ["assign", id, "区水务局"], ["grade", id, "considerable"], ["close", id],
    ] {
      let outcome = try await Program.run(said + ["--reason", why, "--config", town.config])
      #expect(outcome.code == 0, "\(outcome.errors)")
      if said[0] != "close" { _ = try await town.run("run", "--once") }
    }
    let course = try await town.run("alerts", id).output
    #expect(course.components(separatedBy: "已与来信人[电话]通话").count == 5, "\(course)")
    for file in town.home.names(in: "data") {
      let bytes = try Data(contentsOf: URL(filePath: town.home.path("data/\(file)")))
      for secret in ["13912345678", "lihua"] {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file)")
      }
    }
    for mail in town.mails {
      let text = try await town.text(of: mail)
      #expect(!text.contains("13912345678") && !text.contains("lihua"))
    }
  }

  @Test func `what an officer signs off waits for their word, and leaves with it`() async throws {
    let town = try await Town.withTwoUnits(trial: "release: {major: officer}\n")
    let id = try await town.onlyAlert()
    #expect(town.mails(to: "zjj@unit.example").isEmpty)
    #expect(town.mails(to: "leaders@letters.example").isEmpty)
    let draft = try #require(try await town.texts(to: "officer@letters.example").first)
    #expect(draft.contains("待签发：联系单暂缓发出，运行 huiyin release \(id)后立即送出"))
    let before = try await town.run("alerts", id, "--json").object
    let states = (before["notices"] as? [[String: Any]])?.compactMap { $0["state"] as? String }
    #expect(states?.sorted() == ["held", "held", "sent"])
    #expect(try await town.run("alerts", id).output.contains("待值班员签发，逾期自动送出"))
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "zjj@unit.example").isEmpty)

    let said = try await town.run("release", id, "--reason", "已与带班领导核对")
    #expect(said.code == 0, "\(said.errors)")
    #expect(said.output == "\(id) 已签发\n")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "zjj@unit.example").count == 1)
    #expect(town.mails(to: "leaders@letters.example").count == 1)
    let course = try await town.run("alerts", id).output
    #expect(course.contains("签发（终端）：已与带班领导核对"))
    let after = try await town.run("alerts", id, "--json").object
    #expect(after["state"] as? String == "acknowledged")
    #expect(try await town.run("release", id).code == 1)
  }

  @Test func `a direction needs no sign-off of its own`() async throws {
    let town = try await Town.withTwoUnits(trial: "release: officer\n")
    let id = try await town.onlyAlert()
    _ = try await town.run("assign", id, "区水务局")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "swj@unit.example").count == 1)
    #expect(town.mails(to: "zjj@unit.example").isEmpty)
  }

  @Test func `close ends every reminder and takes it off the list`() async throws {
    let town = try await Town.withTwoUnits()
    let id = try await town.onlyAlert()
    let said = try await town.run("close", id, "--reason", "已修好并答复")
    #expect(said.code == 0, "\(said.errors)")
    #expect(said.output == "\(id) 已办结\n")
    #expect(try await town.rungEnds(of: id).allSatisfy { $0 == "closed" })
    #expect(try await town.run("alerts", id).output.contains("办结（终端）：已修好并答复"))
    for command in [["close", id], ["assign", id, "区水务局"], ["grade", id, "general"]] {
      let outcome = try await Program.run(command + ["--config", town.config])
      #expect(outcome.code == 1)
      #expect(outcome.errors.hasPrefix("\(id) 已办结"))
    }
  }

  @Test func `what cannot be done is said with the remedy`() async throws {
    let town = try await Town.withTwoUnits()
    let id = try await town.onlyAlert()
    let nobody = try await town.run("assign", id, "区气象局")
    #expect(nobody.code == 1)
    #expect(nobody.errors == "设置中没有单位“区气象局”；现有：区住建局、区水务局\n")
    let none = try await town.run("assign", "2020-0001", "区水务局")
    #expect(none.code == 1)
    #expect(none.errors == "没有编号为 2020-0001 的预警\n")
    try town.speakEnglish()
    #expect(try await town.run("grade", id, "general").output == "\(id) regraded to general\n")
  }
}

extension Town {
  /// A town of two units, with one major alert that has been told to the one for homes.
  fileprivate static func withTwoUnits(trial: String = "") async throws -> Town {
    let town = try await Town()
    let office = try town.home.read("huiyin.yaml").replacingOccurrences(
      of: "officers:", with: "  - {name: 区水务局, roles: [供水], mail: [swj@unit.example]}\nofficers:")
    try town.home.write(trial + office, to: "huiyin.yaml")
    let round = try await town.run("run", "--once")
    try #require(round.code == 0, "\(round.errors)")
    return town
  }

  /// Puts the first thread's text at another address.
  fileprivate func repostFirstThread() throws {
    try web.pages.write(try web.pages.read("t/1"), to: "t/9")
    let list = try web.pages.read("list").replacingOccurrences(
      of: "<ul>", with: "<ul><li><a href='/t/9'>幸福路1号燃气泄漏</a> <span>刚刚</span></li>")
    try web.pages.write(list, to: "list")
  }

  fileprivate func texts(to address: String) async throws -> [String] {
    var texts: [String] = []
    for mail in mails(to: address) { texts.append(try await text(of: mail)) }
    return texts
  }

  /// The plain text of a mail.
  fileprivate func text(of mail: String) async throws -> String {
    let script = """
      import sys, email, email.policy
      mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
      print(mail.get_body(("plain",)).get_content())
      """
    return try await Program.run("/usr/bin/env", ["python3", "-c", script], input: mail).output
  }
}
