import Foundation
import TestSupport
import Testing

private let article = """
  <html><meta charset=utf-8><head><title>幸福路停水三天</title></head><body><h1>幸福路停水三天</h1>
  <div class=time>2026-03-02 08:55</div>
  <div class=content><p>幸福路从周六起停水，已经三天，全小区都靠桶装水过日子，老人提不动水。</p>
  <p>打了几次电话，都说在修，没有说什么时候修好，希望尽快恢复。</p></div>
  <div class=reply>已安排抢修，今晚恢复供水。<span class=dept>区水务局</span></div></body></html>
  """

private let list = """
  <html><meta charset=utf-8><body><ul>
  <li><a href='/t/2'>幸福路停水</a> <span>2026-03-02</span></li>
  <li><a href='/t/1'>路灯不亮</a></li></ul></body></html>
  """

private let rss = """
  <?xml version="1.0"?><rss version="2.0"><channel><title>晚报</title>
  <item><title>停水通知</title><link>http://paper.example/1</link>
  <description>明天停水</description><pubDate>Mon, 02 Mar 2026 00:55:00 GMT</pubDate></item>
  </channel></rss>
  """

@Suite struct `huiyin extract` {
  private let keys: Set = ["url", "title", "body", "publishedAt", "answer"]

  @Test func `needs no set-up without a feed`() async throws {
    let empty = try Folder()
    try empty.write(article, to: "saved.html")
    let outcome = try await Program.run(
      ["extract", "--url", "http://board.example/t/9", "saved.html"], in: empty.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let item = try outcome.object
    #expect(keys == Set(item.keys))
    #expect(item["url"] as? String == "http://board.example/t/9")
    #expect(item["title"] as? String == "幸福路停水三天")
    #expect(item["publishedAt"] as? String == "2026-03-02T08:55:00+08:00")
    #expect((item["body"] as? String)?.contains("全小区都靠桶装水") == true)
    #expect(empty.names(in: ".") == ["saved.html"])
  }

  @Test func `reads RSS from standard input`() async throws {
    let empty = try Folder()
    let outcome = try await Program.run(
      ["extract", "--kind", "rss", "-"], input: rss, in: empty.path)
    let item = try outcome.object
    #expect(keys == Set(item.keys))
    #expect(item["url"] as? String == "http://paper.example/1")
    #expect(item["publishedAt"] as? String == "2026-03-02T08:55:00+08:00")
    #expect(item["answer"] is NSNull)
  }

  @Test func `reads a list and an article by a feed's selectors`() async throws {
    let room = try DutyRoom()
    let rows = try await room.run("extract", "--feed", "board", "-", input: list).objects
    #expect(rows.map { $0["title"] as? String } == ["幸福路停水", "路灯不亮"])
    #expect(rows[0]["url"] as? String == "http://board.example/t/2")
    #expect(rows[0]["publishedAt"] as? String == "2026-03-02T00:00:00+08:00")
    #expect(rows[1]["publishedAt"] is NSNull)
    #expect(rows.allSatisfy { keys == Set($0.keys) })
    let item = try await room.run(
      "extract", "--feed", "board", "--kind", "article", "--url", "http://board.example/t/2", "-",
      input: article
    ).object
    #expect(item["url"] as? String == "http://board.example/t/2")
    #expect((item["body"] as? String)?.split(separator: "\n").count == 2)
    let answer = try #require(item["answer"] as? [String: Any])
    #expect(Set(answer.keys) == ["unit", "body", "publishedAt"])
    #expect(answer["unit"] as? String == "区水务局")
    #expect(answer["publishedAt"] is NSNull)
    #expect(!room.hasData)
  }

  @Test func `says what was not found and exits 1, and 3 for a file that is not there`()
    async throws
  {
    let room = try DutyRoom()
    let nothing = try await room.run(
      "extract", "--feed", "board", "-", input: "<html><body>改版了</body></html>")
    #expect(nothing.code == 1)
    #expect(nothing.output.isEmpty)
    #expect(nothing.errors.contains("选择器"))
    let unknown = try await room.run("extract", "--feed", "bord", "-", input: list)
    #expect(unknown.code == 1)
    #expect(try await room.run("extract", "no.html").code == 3)
  }
}
