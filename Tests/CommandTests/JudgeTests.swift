import Foundation
import TestSupport
import Testing

private let keys: Set = [
  "id", "grade", "topic", "kind", "unit", "assist", "evidence", "nearMisses",
]

@Suite struct `huiyin judge` {
  @Test func `gives a verdict a line, in order, with every key there`() async throws {
    let room = try DutyRoom()
    let outcome = try await room.run(
      "judge", "-",
      input: """
        {"id": "b", "title": "全小区停水", "publishedAt": "2026-03-02T08:55:00+08:00"}
        {"id": "a", "body": "今天天气很好"}
        {"id": 7, "title": "", "body": "燃气管道 泄漏"}

        {"id": "c", "title": "计划检修停水", "body": null}\r
        """)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    let verdicts = try outcome.objects
    #expect(verdicts.allSatisfy { keys.isSubset(of: $0.keys) })
    #expect(verdicts.map { $0["id"].map { "\($0)" } } == ["b", "a", "7", "c"])
    #expect(verdicts[2]["id"] is Int)
    #expect(
      verdicts.map { $0["grade"] as? String } == ["considerable", "none", "major", "none"])
    #expect(verdicts[0]["unit"] as? String == "区水务局")
    #expect(verdicts[0]["assist"] as? [String] == ["区住建局"])
    #expect(verdicts[1]["topic"] is NSNull)
    #expect(verdicts[1]["unit"] is NSNull)
    #expect(verdicts[1]["kind"] as? String == "other")
    let evidence = try #require(verdicts[0]["evidence"] as? [[String: Any]])
    let word = try #require(evidence.first { $0["keyword"] as? String == "停水" })
    #expect(word["rule"] as? String == "water-cut")
    #expect(word["field"] as? String == "title")
    #expect([word["start"] as? Int, word["end"] as? Int] == [3, 5])
    let nearMisses = try #require(verdicts[3]["nearMisses"] as? [[String: Any]])
    #expect(nearMisses.first?["rule"] as? String == "water-cut")
    #expect(nearMisses.first?["missing"] as? [String] == [])
    #expect(!room.hasData)
  }

  @Test func `names the lines that are no items, judges the others and exits 1`() async throws {
    let room = try DutyRoom()
    let outcome = try await room.run(
      "judge",
      input: """
        {"id": "1", "title": "停水"}
        张三的电话
        ["停水"]
        {"title": "停水"}
        {"id": "5", "title": 5}
        {"id": "6", "title": "停水"}
        """)
    #expect(outcome.code == 1)
    #expect(try outcome.objects.map { $0["id"] as? String } == ["1", "6"])
    #expect(
      outcome.errors == """
        第 2 行不是信息：应为 JSON 对象
        第 3 行不是信息：应为 JSON 对象
        第 4 行不是信息：缺少 id
        第 5 行不是信息：title 应为字符串

        """)
  }

  @Test func `takes a file with a byte order mark, and no other encoding`() async throws {
    let room = try DutyRoom(language: "en")
    var bytes = Data(
      "\u{FEFF}{\"id\": \"1\", \"title\": \"停水\"}\n{\"id\": \"2\", \"title\": \"".utf8)
    bytes += Data([0xD0, 0xA1, 0xC7, 0xF8]) + Data("\"}\n".utf8)
    try room.home.write(bytes, to: "items.jsonl")
    let outcome = try await room.run("judge", room.home.path("items.jsonl"))
    #expect(outcome.code == 1)
    #expect(try outcome.objects.map { $0["grade"] as? String } == ["general"])
    #expect(outcome.errors == "line 2 is no item: UTF-8 is wanted\n")
  }

  @Test func `lets the feed's place decide where one is given`() async throws {
    let room = try DutyRoom()
    let outcome = try await room.run(
      "judge",
      input: """
        {"id": "board", "title": "停水", "feed": "board"}
        {"id": "paper", "title": "停水", "feed": "paper"}
        {"id": "paper-ours", "title": "竹园镇停水", "feed": "paper"}
        {"id": "unknown", "title": "停水", "feed": "elsewhere"}
        """)
    #expect(
      try outcome.objects.map { $0["grade"] as? String } == ["general", "none", "general", "none"])
  }
}

@Suite struct `huiyin explain` {
  @Test func `says in 80 columns what matched, nearly did and was excluded`() async throws {
    for language in ["zh", "en"] {
      let room = try DutyRoom(language: language)
      let outcome = try await room.run("explain", "全小区停水三天，燃气也没有")
      #expect(outcome.code == 0)
      for word in ["water-cut", "gas-leak", "区水务局", "泄漏"] {
        #expect(outcome.output.contains(word))
      }
      #expect(tooWide(outcome.output) == [])
      #expect(!room.hasData)
    }
  }

  @Test func `gives the verdict as JSON, reads standard input and heeds a feed`() async throws {
    let room = try DutyRoom()
    let text = "全小区停水\n已经三天"
    let verdict = try await room.run("explain", "--json", "-", input: text).object
    #expect(keys.isSubset(of: verdict.keys))
    #expect(verdict["grade"] as? String == "considerable")
    let elsewhere = try await room.run("explain", "--json", "--feed", "paper", "停水").object
    #expect(elsewhere["grade"] as? String == "none")
    let unknown = try await room.run("explain", "--feed", "bord", "停水")
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("board"))
  }
}
