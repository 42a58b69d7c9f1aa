import Foundation
import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Pages that nobody wrote selectors for` {
  private func read(_ html: String, url: String = "https://news.example/t/1") throws -> Item {
    try extractor.item(
      on: page(html, url: url), for: lead(), of: feed(.list) { $0.article = .auto })
  }

  private static let text = """
    <p>3月1日，青川区竹园镇自来水主管爆裂，青溪村等三个村停水，影响群众约四百户。</p>
    <p>区水务局负责人介绍，抢修人员已经赶到现场，预计今晚恢复供水，送水车已经派到村口。</p>
    <p>记者在现场看到，村民正排队取水，村委会安排专人给老人送水上门，秩序良好。</p>
    """
  private static let lines = text.split(separator: "\n").map {
    $0.replacingOccurrences(of: "<p>", with: "").replacingOccurrences(of: "</p>", with: "")
  }

  private func news(_ inside: String, title: String = "竹园镇水管爆裂_青川网") -> String {
    "<html><head><title>\(title)</title></head><body><h1>竹园镇水管爆裂</h1>\(inside)</body></html>"
  }

  @Test(arguments: [
    "<p>免责声明：本文仅代表作者本人观点，与青川网无关，请读者仅作参考，并请自行核实相关内容。</p>",
    "<p>声明：凡本网注明来源的作品，版权均属于本网，未经本网授权不得转载、摘编或利用其他方式使用上述作品。</p>",
    "<p>（本文来源：青川日报）</p>", "<p>分享</p><p>收藏</p>", "<p>相关新闻</p><p>昨天也停水</p>",
    "<p>上一页 1 2 下一页</p>", "<p>＊＊＊＊＊＊＊＊＊＊</p>",
  ])
  func `end where the text ends`(_ after: String) throws {
    #expect(
      try read(news("<div class=content>\(Self.text)\(after)</div>")).body
        == Self.lines.joined(separator: "\n"))
  }

  @Test(arguments: [
    "<p>2026-03-01 20:15 来源：青川日报</p>", "<p>分享</p>",
    "<p align=center><img src=a.jpg></p><p align=center>抢修人员在现场</p>",
    "<table><tr><td><img src=a.jpg></td></tr><tr><td>抢修人员在现场 资料图片</td></tr></table>",
    "<figure><img src=a.jpg><figcaption>抢修人员在现场。</figcaption></figure>",
    "<font class=jammer>e2f7 青川论坛</font>",
  ])
  func `begin where the text begins, and pictures have no words`(_ before: String) throws {
    let text = Self.text + Self.text.replacingOccurrences(of: "3月1日", with: "另据了解")
    let body = try read(news("<div class=content>\(before)\(text)</div>")).body
    #expect(body.hasPrefix(Self.lines[0]))
    #expect(!body.contains("现场 资料") && !body.contains("人员在现场\n") && !body.contains("论坛"))
  }

  @Test func `keep the words under pictures where these are all there is`() throws {
    let html = news("<div class=content><p><img src=a.jpg></p><p>村口的水管爆了</p></div>")
    #expect(try read(html).body.contains("村口的水管爆了"))
  }

  @Test func `have the summary over their text`() throws {
    let html = news(
      "<div class=daodu>摘要：竹园镇三个村停水，预计今晚恢复供水。</div><div class=content>\(Self.text)</div>")
    let body = try read(html).body
    #expect(body.hasPrefix("摘要：竹园镇三个村停水，预计今晚恢复供水。\n" + Self.lines[0]))
  }

  @Test(arguments: [
    "青川区人民政府门户网站", "信件详情", "通知公告详情_青川区水务局", "青川新闻网", "", "首页",
  ])
  func `are called by their heading where their title is only whose they are`(
    _ title: String
  ) throws {
    let headed = news("<div class=content>\(Self.text)</div>", title: title)
    #expect(try read(headed).title == "竹园镇水管爆裂")
    let plain = """
      <html><head><title>\(title)</title></head><body><div>首页 | 新闻 | 互动</div><table>
      <tr><td class=bt>竹园镇水管爆裂停水</td></tr><tr><td>2026-03-01 20:15 来源：青川日报</td></tr>
      <tr><td><div class=content>\(Self.text)</div></td></tr></table></body></html>
      """
    #expect(try read(plain).title == "竹园镇水管爆裂停水")
  }

  @Test(arguments: [
    ("<meta name=PubDate content='2026-03-01'><p>2026-03-01 20:15</p>", "2026-03-01T20:15:00"),
    ("<meta name=PubDate content='2026-03-01'><p>2026-02-27 20:15</p>", "day 2026-03-01"),
    (
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-01T20:15:00+08:00\"}</script>",
      "2026-03-01T20:15:00"
    ),
    ("<time datetime='2026-03-01T12:15:00Z'>昨晚</time>", "2026-03-01T20:15:00"),
    ("<p>20:15 2026-03-01</p>", "2026-03-01T20:15:00"),
    ("<p>青川报 2026-03-01 HKT 20:15</p>", "2026-03-01T20:15:00"),
  ])
  func `say when they were published`(_ head: String, _ time: String) throws {
    #expect(shown(try read(news(head + "<div class=content>\(Self.text)</div>")).published) == time)
  }

  @Test func `say it under a title that the way to them repeats`() throws {
    let html = """
      <html><head><title>停水了！怎么办-青川网</title></head><body><a>首页</a> &gt; <a>民生新闻</a> &gt; <a>停水了！怎么办</a>
      <h2>停水了！怎么办</h2><h6>2026年03月01日 青川传媒 时政 1665</h6><div class=content>\(Self.text)</div></body></html>
      """
    #expect(shown(try read(html).published) == "day 2026-03-01")
  }

  @Test func `have the day of their address where they say nothing`() throws {
    let html = news("<div class=content>\(Self.text)</div>")
    let dated = try read(html, url: "https://news.example/202602/t20260227_17.html")
    #expect(shown(dated.published) == "day 2026-02-27")
    #expect(try read(html).published == .absent)
  }
}
