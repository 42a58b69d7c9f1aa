import Foundation
import TestSupport
import Testing

private let keys: Set = [
  "id", "grade", "state", "unit", "title", "url", "feed", "publishedAt", "foundAt", "raisedAt",
  "dueAt", "sentAt", "acknowledgedAt", "reason", "notices", "rungs",
]

extension Town {
  /// Runs a command of `huiyin` on the town's set-up to its end.
  func run(_ arguments: String..., input: String? = nil) async throws -> Program.Outcome {
    try await Program.run(arguments + ["--config", config], input: input)
  }

  /// The alerts as `alerts --json` lists them, the latest first.
  func alerts(_ filter: String...) async throws -> [[String: Any]] {
    let outcome = try await Program.run(["alerts", "--json"] + filter + ["--config", config])
    return try #require(try json(outcome.output) as? [[String: Any]])
  }

  /// The number of its only alert.
  func onlyAlert() async throws -> String {
    let alerts = try await alerts()
    try #require(alerts.count == 1)
    return try #require(alerts[0]["id"] as? String)
  }

  /// How the steps of an alert's chain ended, `-` for one that waits.
  func rungEnds(of id: String) async throws -> [String] {
    let alert = try await run("alerts", id, "--json").object
    let rungs = try #require(alert["rungs"] as? [[String: Any]])
    return rungs.map { $0["end"] as? String ?? "-" }
  }

  /// Has the town speak English, to whoever asks from now on.
  func speakEnglish() throws {
    let office = try home.read("huiyin.yaml")
    try home.write(
      office.replacingOccurrences(of: "language: zh", with: "language: en"), to: "huiyin.yaml")
  }
}

@Suite struct `huiyin alerts` {
  @Test func `lists alerts and shows one with its whole course, in 80 columns`() async throws {
    let town = try await Town(threads: 3)
    let round = try await town.run("run", "--once")
    #expect(round.code == 0, "\(round.errors)")
    let alerts = try await town.alerts()
    #expect(alerts.count == 3)
    #expect(alerts.allSatisfy { keys.isSubset(of: $0.keys) })
    let first = try #require(alerts.last)
    let id = try #require(first["id"] as? String)
    #expect(first["state"] as? String == "open")
    #expect(first["unit"] as? String == "区住建局")
    #expect(first["acknowledgedAt"] is NSNull)
    #expect((first["sentAt"] as? String)?.hasSuffix("+08:00") == true)
    #expect(first["reason"] as? String == "燃气泄漏：燃气泄漏")
    let notices = try #require(first["notices"] as? [[String: Any]])
    #expect(notices.allSatisfy { $0["state"] as? String == "sent" && $0["attempts"] as? Int == 1 })
    #expect(notices.contains { $0["recipient"] as? String == "zjj@unit.example" })
    let one = try await town.run("alerts", id, "--json").object
    #expect(one["id"] as? String == id)
    let url = try #require(first["url"] as? String)
    #expect(try await town.alerts("--url", url).map { $0["id"] as? String } == [id])
    #expect(try await town.alerts("--unit", "区水务局").isEmpty)
    #expect(try await town.alerts("--until", "2026-01-01").isEmpty)
    #expect(try await town.alerts("--since", "2026-01-01", "--grade", "major").count == 3)
    for language in ["zh", "en"] {
      if language == "en" { try town.speakEnglish() }
      let list = try await town.run("alerts")
      #expect(list.lines.count == 4)
      #expect(tooWide(list.output) == [])
      let sheet = try await town.run("alerts", id)
      #expect(tooWide(sheet.output) == [])
      for word in ["zjj@unit.example", url, "contactSheet", "青川区领导留言板 board"] {
        #expect(sheet.output.contains(word), "\(word)")
      }
    }
    let none = try await town.run("alerts", "--unit", "区水务局")
    #expect(none.code == 0)
    #expect(none.output.isEmpty)
    #expect(none.errors == "no alert matches\n")
  }

  @Test func `says of an address why nobody was told`() async throws {
    let town = try await Town(threads: 2)
    try town.home.write(
      """
      rules:
        - {id: gas, name: 燃气泄漏, topic: 城乡建设, unit: 区住建局, grade: general, any: [幸福路1号]}
      """, to: "Rules/gas.yaml")
    _ = try await town.run("run", "--once")
    let told = try await town.run("alerts", "--url", "http://\(town.web.host)/t/1")
    #expect(told.output.contains("予以预警"), "\(told.output)")
    #expect(told.output.contains("zjj@unit.example"), "who was told: \(told.output)")
    let filed = try await town.run("alerts", "--url", "http://\(town.web.host)/t/2")
    #expect(filed.code == 0)
    #expect(filed.output.contains("存查，不通知：没有规则给出等级"), "\(filed.output)")
    #expect(!filed.output.contains("2026-0001"))
    let never = try await town.run("alerts", "--url", "http://\(town.web.host)/t/9")
    #expect(never.output.isEmpty)
    #expect(never.errors.hasPrefix("从未见过这个网址"), "\(never.errors)")
    #expect(never.errors.hasSuffix("监测该网站的信源：青川区领导留言板 board\n"), "\(never.errors)")
    let elsewhere = try await town.run("alerts", "--url", "https://elsewhere.example/t/9")
    #expect(elsewhere.errors.hasSuffix("没有信源监测该网站\n"), "\(elsewhere.errors)")
  }

  @Test func `says of an address what became of it, whatever that was`() async throws {
    let town = try await Town()
    let why = try WhyNotTold(town)
    for _ in 0..<2 {
      let round = try await town.run("run", "--once")
      #expect(round.code == 0, "\(round.errors)")
      try why.raiseTheWatchedPage()
    }
    for (path, words) in WhyNotTold.answers {
      let told = try await town.run("alerts", "--url", "http://\(town.web.host)/\(path)")
      let said = told.output.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
      #expect(said.contains(words), "\(path): \(told.output)")
      #expect(tooWide(told.output) == [])
    }
  }

  @Test func `shows number, grade and times of an allegation of misconduct, and nothing it says`()
    async throws
  {
    let town = try await Town()
    let office = try town.home.read("huiyin.yaml").replacingOccurrences(
      of: "units:", with: "supervision: 区纪委监委\nunits:\n  - {name: 区纪委监委, mail: [jw@unit.example]}")
    try town.home.write(office, to: "huiyin.yaml")
    try town.home.write(
      """
      rules:
        - id: bribe
          name: 收受贿赂
          topic: 党风廉政
          unit: 区住建局
          kind: conduct
          grade: considerable
          any: [煤气味很重]
      """, to: "Rules/conduct.yaml")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "jw@unit.example").count == 1)
    #expect(town.mails(to: "zjj@unit.example").isEmpty)
    let id = try await town.onlyAlert()
    let alert = try await town.run("alerts", id, "--json").object
    #expect(keys.isSubset(of: alert.keys))
    #expect(alert["title"] as? String == "")
    #expect(alert["url"] as? String == "")
    #expect(alert["unit"] is NSNull)
    #expect(alert["kind"] as? String == "conduct")
    #expect(try await town.alerts("--unit", "区住建局").isEmpty)
    let outcomes = [
      try await town.run("alerts"), try await town.run("alerts", id),
      try await town.run("alerts", "--json"), try await town.run("status"),
      try await town.run("status", "--json"), try await town.run("digest"),
      try await town.run("digest", "--json"),
    ]
    for outcome in outcomes {
      for trace in ["幸福路", "煤气味", "收受贿赂", town.web.host, "区住建局", "bribe", "党风廉政"] {
        #expect(!(outcome.output + outcome.errors).contains(trace), "\(trace) in \(outcome.output)")
      }
    }
    #expect(outcomes[0].output.contains(id))
    #expect(outcomes[1].output.contains("检举控告"))
  }

  @Test func `shows as little of what may be one, until an officer has given it to a unit`()
    async throws
  {
    let town = try await Town()
    try town.home.write(
      """
      rules:
        - {id: favours, name: 疑有猫腻, topic: 党风廉政, kind: conduct, grade: none, any: [煤气味很重]}
      """, to: "Rules/favours.yaml")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "zjj@unit.example").isEmpty)
    let id = try await town.onlyAlert()
    let alert = try await town.run("alerts", id, "--json").object
    #expect(alert["title"] as? String == "" && alert["url"] as? String == "")
    #expect(alert["audienceReason"] as? String == "mayBeConduct")
    let outcomes = [
      try await town.run("alerts"), try await town.run("alerts", id),
      try await town.run("alerts", "--json"), try await town.run("alerts", "--format", "csv"),
      try await town.run("status"), try await town.run("status", "--json"),
      try await town.run("digest"), try await town.run("digest", "--json"),
    ]
    #expect(outcomes.prefix(6).allSatisfy { $0.output.contains(id) })
    for outcome in outcomes {
      for trace in ["幸福路", "煤气味", "猫腻", town.web.host, "favours", "党风廉政"] {
        #expect(!(outcome.output + outcome.errors).contains(trace), "\(trace) in \(outcome.output)")
      }
    }
    #expect(outcomes[1].output.contains("（疑似检举控告，不显示内容）"), "\(outcomes[1].output)")
    _ = try await town.run("assign", id, "区住建局")
    #expect(try await town.run("alerts", id).output.contains("幸福路"))
  }

  @Test func `knows no alert of another number, which exits 1`() async throws {
    let town = try await Town()
    _ = try await town.run("run", "--once")
    for command in ["alerts", "ack"] {
      let outcome = try await town.run(command, "2031-17")
      #expect(outcome.code == 1)
      #expect(outcome.errors == "没有编号为 2031-0017 的预警\n")
      #expect(outcome.output.isEmpty)
    }
  }
}

@Suite struct `The use of a window` {
  @Test(arguments: ["zh", "en"])
  func `is shown step by step, with each share, in 80 columns`(language: String) async throws {
    let town = try await Town(language: language)
    _ = try await town.run("run", "--once")
    let id = try await town.onlyAlert()
    _ = try await town.run("ack", id)
    _ = try await town.run("ack", id, "--unit")
    let sheet = try await town.run("alerts", id)
    #expect(tooWide(sheet.output) == [])
    let words =
      language == "zh"
      ? [
        "时限使用（通知时限 30分", "发现  ", "研判  ", "预警  ", "已发出 zjj@unit.example", "签收（值班员）",
        "签收（承办单位）", "在时限内发出，用去 ",
      ]
      : [
        "Window (30m", "found  ", "judged  ", "raised  ", "sent zjj@unit.example",
        "acknowledged by an officer", "acknowledged by the unit", "sent within the window, ",
      ]
    var rest = sheet.output[...]
    for word in words {
      let range = try #require(rest.range(of: word), "\(word) in \(sheet.output)")
      rest = rest[range.upperBound...]
    }
    let window = try #require(
      try await town.run("alerts", id, "--json").object["window"] as? [String: Any])
    let steps = try #require(window["steps"] as? [[String: Any]])
    #expect(
      steps.map { $0["step"] as? String } == [
        "found", "judged", "raised", "accepted", "accepted", "accepted", "acknowledged",
        "acknowledged",
      ])
    #expect(steps[3]["who"] as? String == "zjj@unit.example")
    #expect(window["told"] as? Bool == true)
    #expect(window["lateSeconds"] as? Double == 0)
    let used = try #require(window["used"] as? Double)
    #expect(used >= 0 && used < 1)
  }
}

@Suite struct `An alert that an officer has` {
  @Test func `stays before everybody's eyes until its unit has acknowledged it`() async throws {
    let town = try await Town()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    let id = try await town.onlyAlert()
    _ = try await town.run("ack", id)
    let status = try await town.run("status")
    #expect(status.code == 0)
    #expect(status.output.contains("值班员已签收、待承办单位签收 1 件"))
    #expect(status.output.contains("待承办单位签收  "))
    #expect(tooWide(status.output) == [])
    let line = try await town.run("status", "--json").object
    #expect(line["open"] as? [String] == [])
    #expect(line["awaitingUnit"] as? [String] == [id])
    let list = try await town.run("alerts").output
    #expect(list.contains("待单位"))
    let sheet = try await town.run("alerts", id).output
    #expect(sheet.contains("值班员已签收，承办单位未签收"))
    let alert = try await town.run("alerts", id, "--json").object
    #expect(alert["state"] as? String == "acknowledged")
    #expect(alert["awaitsUnit"] as? Bool == true)
    #expect(alert["unitAcknowledgedAt"] is NSNull)
    _ = try await town.run("ack", id, "--phoned")
    #expect(try await town.run("status", "--json").object["awaitingUnit"] as? [String] == [])
    #expect(try await town.run("status").output.contains("未签收预警 0 件\n"))
    #expect(try await town.run("alerts", id, "--json").object["unitAcknowledgedAt"] is String)
    try await daemon.end(by: SIGTERM)
  }
}

@Suite struct `huiyin ack` {
  @Test func `acknowledges an alert as the office says it, and its course shows who and why`()
    async throws
  {
    let town = try await Town()
    _ = try await town.run("run", "--once")
    let id = try await town.onlyAlert()
    let short = id.replacingOccurrences(of: "-000", with: "-")
    let first = try await town.run("ack", short)
    #expect(first.code == 0)
    #expect(first.output == "\(id) 已签收\n")
    #expect(first.errors.hasPrefix("承办单位尚未签收，对其催办照常进行"))
    #expect(try await town.rungEnds(of: id) == ["-", "acknowledged", "-", "-"])
    let again = try await town.run("ack", id, "--unit")
    #expect(again.code == 0)
    #expect(again.output == "\(id) 已签收\n")
    #expect(again.errors.contains("此前已于"))
    #expect(
      try await town.rungEnds(of: id) == [
        "acknowledged", "acknowledged", "acknowledged", "acknowledged", "-",
      ])
    let phoned = try await town.run("ack", id, "--phoned", "--reason", "与值班室通话", "--json")
    #expect(try phoned.object["state"] as? String == "acknowledged")
    #expect(try phoned.object["acknowledgedAt"] is String)
    #expect(try await town.rungEnds(of: id).last == "phoned")
    let course = try await town.run("alerts", id).output
    #expect(course.contains("备用联系人：已签收，不再催办"))
    #expect(course.contains("  签收（终端）"))
    #expect(course.contains("  承办单位签收（终端）\n"))
    #expect(course.contains("  已电话通知承办单位（终端）：与值班室通话"))
  }

  @Test func `closes a false alarm, which nobody can acknowledge after that`() async throws {
    let town = try await Town(language: "en")
    _ = try await town.run("run", "--once")
    let id = try await town.onlyAlert()
    let outcome = try await town.run("ack", id, "--false-alarm", "--reason", "a drill")
    #expect(outcome.code == 0)
    #expect(outcome.output == "\(id) closed\n")
    let late = try await town.run("ack", id)
    #expect(late.code == 1)
    #expect(late.errors.contains("is closed"))
    let sheet = try await town.run("alerts", id).output
    #expect(sheet.contains("false alarm (terminal): a drill"))
    #expect(!sheet.contains("acknowledged (terminal)"))
  }
}
