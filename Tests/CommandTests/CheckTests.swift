import Foundation
import TestSupport
import Testing

@Suite struct `huiyin check` {
  @Test(arguments: ["zh", "en"])
  func `sums up a valid set-up, and lets warnings pass`(language: String) async throws {
    let room = try DutyRoom(language: language, extra: "trial: true\n")
    let outcome = try await room.run("check")
    #expect(outcome.code == 0)
    // The folder of the ledger is not there yet.
    #expect(outcome.output.contains(": warning: "))
    #expect(!outcome.output.contains(": error: "))
    #expect(outcome.errors.contains(language == "zh" ? "信源 2 个，规则 3 条" : "2 feeds, 3 rules"))
    #expect(outcome.errors.contains(language == "zh" ? "试运行" : "In trial"))
  }

  @Test func `prints every problem at its place, and exits 1`() async throws {
    let room = try DutyRoom()
    try room.home.write(
      DutyRoom.rules.replacingOccurrences(of: "unit: 供水", with: "unit: 供电"), to: "Rules/all.yaml")
    let board = try room.home.read("Feeds/board.yaml")
    try room.home.write(
      board.replacingOccurrences(of: "items: //li", with: "items: //li["), to: "Feeds/board.yaml")
    let outcome = try await room.run("check")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("\(room.home.path)/Feeds/board.yaml:5:"))
    #expect(outcome.output.contains("\(room.home.path)/Rules/all.yaml:5:"))
    #expect(outcome.errors.contains("错误 2 处"))
  }

  @Test func `warns of a calendar that lacks the year, and so does status`() async throws {
    let room = try DutyRoom(extra: "calendar: ./calendar.yaml\n")
    try room.home.write("2020: {holidays: [2020-10-01..2020-10-08]}\n", to: "calendar.yaml")
    let check = try await room.run("check")
    #expect(check.code == 0, "\(check)")
    #expect(check.output.contains("工作日历里没有 20"))
    let status = try await room.run("status")
    #expect(status.output.contains("※ 工作日历里没有 20"))
    let line = try await room.run("status", "--json").object
    #expect((line["warnings"] as? [String])?.count == 1)
    #expect((line["problems"] as? [String])?.count == 1, "that no daemon has run yet")
    #expect((line["leaving"] as? [Any])?.isEmpty == true)
  }

  @Test func `warns of what a roster leaves open, and so does status`() async throws {
    let room = try DutyRoom(
      extra: "hours: {duty: \"00:00-00:00\"}\nroster: ./roster.csv\n")
    let now = Date()
    let shown = { (hours: Double) in
      let formatter = DateFormatter()
      formatter.locale = Locale(identifier: "en_US_POSIX")
      formatter.timeZone = TimeZone(identifier: "Asia/Shanghai")
      formatter.dateFormat = "yyyy-MM-dd HH:mm"
      return formatter.string(from: now.addingTimeInterval(hours * 3600))
    }
    try room.home.write(
      """
      from,to,officers
      \(shown(-24)),\(shown(24)),zhang@letters.example
      \(shown(48)),\(shown(72)),wang@letters.example
      """, to: "roster.csv")
    let check = try await room.run("check")
    #expect(check.code == 0, "\(check)")
    let place = "\(room.home.path)/roster.csv"
    #expect(check.output.contains("\(place):2:1: warning: 值班表 \(shown(24)) 至 \(shown(48)) 无人值班"))
    #expect(check.output.contains("\(place):3:1: warning: 值班表只排到 \(shown(72))"))
    let status = try await room.run("status")
    #expect(status.output.contains("※ 值班表 \(shown(24)) 至 \(shown(48)) 无人值班"))
    #expect(tooWide(status.output) == [])
    let line = try await room.run("status", "--json").object
    #expect((line["warnings"] as? [String])?.count == 2)
    #expect((line["problems"] as? [String])?.count == 1, "that no daemon has run yet")

    try FileManager.default.removeItem(atPath: place)
    let absent = try await room.run("check")
    #expect(absent.code == 1)
    #expect(absent.output.contains("\(place):1:1: error: 没有这个文件"))
  }

  @Test func `gives a problem a line as JSON`() async throws {
    let room = try DutyRoom(language: "en", extra: "ofice: x\n")
    let outcome = try await room.run("check", "--json")
    #expect(outcome.code == 1)
    let problems = try outcome.objects
    #expect(
      problems.allSatisfy { Set($0.keys) == ["file", "line", "column", "weight", "sentence"] })
    let error = try #require(problems.first { $0["weight"] as? String == "error" })
    #expect((error["sentence"] as? String)?.contains("office") == true)
    #expect(error["column"] as? Int == 1)
  }

  @Test func `judges the examples of rules, and says which come out otherwise and why`()
    async throws
  {
    let room = try DutyRoom()
    let examples = """
          examples:
            match: [全小区断水三天, 计划检修停水, 路灯不亮]
            skip: [停水计划检修公告, 老是断水]

      """
    let rules = DutyRoom.rules.replacingOccurrences(
      of: "  - id: gas-leak", with: examples + "  - id: gas-leak")
    try room.home.write(rules, to: "Rules/all.yaml")
    let outcome = try await room.run("check")
    #expect(outcome.code == 1)
    let file = room.home.path("Rules/all.yaml")
    let errors = outcome.lines.filter { $0.contains("error:") }
    #expect(
      errors == [
        "\(file):13:24: error: 规则“water-cut”应命中这一例句，却没有：被“计划检修”排除",
        "\(file):13:32: error: 规则“water-cut”应命中这一例句，却没有：要找的词不够",
        "\(file):14:24: error: 规则“water-cut”不应命中这一例句，却因“断水”命中",
      ])
    #expect(outcome.errors.contains("错误 3 处"))
    // The rules work: what they do is not what somebody wrote down, and that is for `check` to say.
    #expect(try await room.run("explain", "停水").code == 0)
  }

  @Test func `warns of what keeps the daemon from running`() async throws {
    let room = try DutyRoom(maildir: false)
    let text = try room.home.read("huiyin.yaml").replacingOccurrences(
      of: "<duty@letters.example>}",
      with: "<duty@letters.example>, server: smtps://127.0.0.1:465, username: duty, "
        + "password_file: ./no.password}")
    try room.home.write(text, to: "huiyin.yaml")
    let check = try await room.run("check")
    #expect(check.code == 0, "\(check)")
    #expect(check.output.contains("no.password"))
    let run = try await room.run("run", "--once")
    #expect(run.code == 1)
    #expect(run.output.contains(": error: "))
    #expect(run.output.contains("no.password"))
  }
}
