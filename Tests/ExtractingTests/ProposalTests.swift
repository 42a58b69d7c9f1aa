import Foundation
import Testing
import Vocabulary

@testable import Extracting

private func rows(_ count: Int, _ row: (Int) -> String) -> String {
  (1...count).map(row).joined(separator: "\n")
}

private let menu = rows(8) { "<li><a href='/menu/\($0)'>栏目\($0)</a></li>" }

@Suite struct `A page that nobody has described` {
  static let pages: [(what: String, html: String)] = [
    (
      "a portal's list",
      """
      <title>留言选登_青川区人民政府</title><link rel=alternate type="application/rss+xml" href="/rss.xml">
      <ul class=nav>\(menu)</ul>
      <ul class="list news-list">\(rows(10) {
        "<li><a href='/t/\($0).html'>竹园镇第\($0)次反映停水问题</a><span class=date>2026-02-\(10 + $0)</span></li>"
      })</ul><div class=pages><a href="?page=2">下一页</a></div>
      """
    ),
    (
      "a board in a table",
      """
      <title>青川论坛</title><table id=menu><tr>\(menu)</tr></table><table id="threads">
      \(rows(6) {
        "<tr class=row><td><a href='/user/\($0)' class=author>夜航的猫</a></td><td>"
          + "<a href='/t/\($0)' class=s>青溪村路灯\($0)号不亮已经两周</a></td><td><em>03-01 08:0\($0)</em></td></tr>"
      })</table>
      """
    ),
    (
      "rows that are blocks",
      """
      <div class=wrap><div class=side>\(rows(5) { "<div class=x><a href='/a\($0)'>热词\($0)</a></div>" })</div>
      <div class=main>\(rows(5) {
        "<div class=item><h3><a href='/n/\($0)'>幸福路第\($0)号楼加装电梯问题的答复</a></h3><p>摘要</p><i class=time>今天 0\($0):20</i></div>"
      })</div></div>
      """
    ),
  ]

  @Test(arguments: pages)
  func `is proposed as a feed that reads its rows`(_ what: String, _ html: String) throws {
    let page = page("<html><meta charset=utf-8>\(html)</html>")
    let proposal = try extractor.proposal(for: page)
    var feed = proposal.feed
    feed.article = nil
    let extract = try extractor.extract(page, of: feed)
    let titles = extract.items.map(\.title)
    #expect(titles.count == proposal.rows && titles.count >= 5, "\(what): \(proposal.yaml)")
    #expect(titles.allSatisfy { $0.count > 8 }, "\(what): \(titles)")
    #expect(extract.items.allSatisfy { $0.published.moment != nil }, "\(what): \(proposal.yaml)")
    #expect(extract.items.allSatisfy { !$0.url.contains("menu") && !$0.url.contains("user") })
    #expect(!"\(extract)".contains("夜航"))
  }

  @Test func `says what else the page offers`() throws {
    let proposal = try extractor.proposal(for: page(Self.pages[0].html))
    #expect(proposal.feed.kind == .board && proposal.feed.name == "留言选登_青川区人民政府")
    #expect(proposal.subscriptions == ["https://board.example/rss.xml"])
    #expect(proposal.feed.next != nil)
    #expect(proposal.yaml.contains("off: true") && proposal.yaml.contains("尚未核对"))
  }

  @Test func `that is JSON is proposed by its longest list`() throws {
    let json = """
      {"code": 0, "data": {"tags": [{"a": 1}], "list": [
      {"id": 1, "subject": "竹园镇停水", "content": "三天", "publishTime": 1772445600000, "nickName": "夜航的猫"},
      {"id": 2, "subject": "路灯不亮", "content": "两周", "publishTime": 1772445600000, "nickName": "x"}]}}
      """
    let feed = try extractor.proposal(for: page(json)).feed
    #expect(feed.kind == .json && feed.items?.expression == "data.list")
    #expect(feed.title?.expression == "subject" && feed.body?.expression == "content")
    #expect(feed.date?.expression == "publishTime")
    #expect(try extractor.extract(page(json), of: feed).items.count == 2)
  }

  @Test func `that is RSS is proposed as such`() throws {
    let rss = """
      <?xml version="1.0"?><rss><channel><title>x</title><item><title>停水</title>
      <link>https://x.example/1</link></item></channel></rss>
      """
    #expect(try extractor.proposal(for: page(rss)).feed.kind == .rss)
  }

  @Test(arguments: [
    ("<p>一段话，没有链接</p>", Miss.Cause.nothingFound), ("<p>请完成安全验证</p>", .wall), (" ", .empty),
    (#"{"a": "b"}"#, .nothingFound),
  ])
  func `on which nothing repeats is a miss`(_ html: String, _ cause: Miss.Cause) throws {
    let miss = try #require(#expect(throws: Miss.self) { try extractor.proposal(for: page(html)) })
    #expect(miss.cause == cause)
  }
}
