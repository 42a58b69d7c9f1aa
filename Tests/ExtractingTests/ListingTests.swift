import Foundation
import Testing
import Vocabulary

@testable import Extracting

@Suite struct `A listing` {
  private let rows = """
    <html><body><ul class=threads>
    <li><a href="/user/9">青溪渔夫</a> <a href="t/1?utm_source=x#c">青溪村停水</a> <span>昨天 23:50</span></li>
    <li><a href="t/2" title="关于3月1日竹园镇道路积水的来信">关于3月1日竹园镇…</a> <span>03-02 08:55</span></li>
    <li><a href="t/1">青溪村停水</a></li><li>没有链接也没有</li><li><a href="javascript:;"></a></li>
    </ul><a href="list?page=2">下一页</a></body></html>
    """

  private func board(_ change: (inout Feed) -> Void = { _ in }) -> Feed {
    feed(.board) {
      $0.items = Selector("//ul/li")
      $0.article = .auto
      change(&$0)
    }
  }

  @Test func `gives a lead for each row, once for each address`() throws {
    let extract = try extractor.extract(
      page(rows), of: board { $0.next = Selector("//a[text()='下一页']") })
    #expect(extract.leads.map(\.title) == ["青溪村停水", "关于3月1日竹园镇道路积水的来信"])
    #expect(extract.leads.map(\.url).first == "https://board.example/t/1?utm_source=x#c")
    #expect(
      extract.leads.map { shown($0.published) } == ["2026-03-01T23:50:00", "2026-03-02T08:55:00"])
    #expect(extract.brokenRows == [4, 5])
    #expect(extract.next == "https://board.example/list?page=2")
    #expect(extract.charset == "UTF-8 (content)")
  }

  @Test func `gives items where it says all there is`() throws {
    let html = "<div class=r><b>停水</b><i>青溪村停水三天</i><u>2026-13-01</u><a href=/1>看</a></div>"
    let item = try #require(
      try extractor.extract(
        page(html),
        of: feed(.list) {
          $0.items = Selector("css:.r")
          $0.title = Selector("./b")
          $0.body = Selector("//i")
          $0.date = Selector("./u")
        }
      ).items.first)
    #expect(item.title == "停水" && item.body == "青溪村停水三天" && item.basis == .full)
    #expect(item.published == .unreadable)
    #expect(item.url == "https://board.example/1")
  }

  @Test func `says which selector finds nothing`() throws {
    let miss = #expect(throws: Miss.self) {
      try extractor.extract(page(rows), of: board { $0.items = Selector("css:.gone") })
    }
    #expect(miss?.cause == .nothingFound)
    #expect(miss?.reason.zh.contains("css:.gone") == true)
    let empty = board {
      $0.items = Selector("css:.gone")
      $0.mayBeEmpty = true
    }
    #expect(try extractor.extract(page(rows), of: empty).leads.isEmpty)
  }

  @Test(arguments: [
    ("", Miss.Cause.empty), (" \n\0", .empty), ("<html><body></body></html>", .empty),
    ("<html><body>请完成安全验证后继续访问</body></html>", .wall),
    ("<html><script>document.cookie='x';location.reload()</script></html>", .wall),
    ("<html><body><p>栏目调整中，敬请期待</p></body></html>", .nothingFound),
  ])
  func `tells an empty page from a wall and from a new shape`(_ html: String, _ cause: Miss.Cause) {
    let miss = #expect(throws: Miss.self) { try extractor.extract(page(html), of: board()) }
    #expect(miss?.cause == cause)
  }

  @Test func `never calls itself its next page, nor anything that is no page`() throws {
    for link in ["/list?page=1#top", "javascript:next()", "#"] {
      let html = "<li><a href=/1>停水</a></li><a class=n href='\(link)'>下一页</a>"
      let own = feed(.list) {
        $0.items = Selector("//li")
        $0.next = Selector("css:a.n")
      }
      #expect(try extractor.extract(page(html), of: own).next == nil)
    }
  }

  @Test func `reads base href and the answers in its rows`() throws {
    let html = """
      <base href="https://files.example/d/"><div class=r><a href=7>路灯不亮</a><p class=q>村口路灯坏了</p>
      <div class=a><b>答复单位：区住建局</b><p>您好，路灯已修复。</p><i>2026-03-01</i></div></div>
      """
    let item = try #require(
      try extractor.extract(
        page(html),
        of: feed(.board) {
          $0.items = Selector("css:.r")
          $0.body = Selector("css:.q")
          $0.answer = AnswerReading(
            body: Selector("css:.a"), unit: Selector("css:.a b"), date: Selector("css:.a i"))
        }
      ).items.first)
    #expect(item.url == "https://files.example/d/7")
    #expect(item.answer?.unit == "区住建局")
    #expect(item.answer?.body == "您好，路灯已修复。")
    #expect(item.answer.map { shown($0.published) } == "day 2026-03-01")
  }
}

@Suite struct `A page of one item` {
  @Test func `stays the same item when its text changes`() throws {
    let notice = feed(.article) { $0.article = .auto }
    let text = String(repeating: "青川区自来水厂将于明日检修，请居民储水备用。", count: 4)
    let first = try extractor.extract(page("<h1>通告</h1><p>\(text)</p>"), of: notice).items
    let again = try extractor.extract(page("<h1>通 告</h1><p> \(text)</p>"), of: notice).items
    let other = try extractor.extract(page("<h1>通告</h1><p>\(text)另行通知。</p>"), of: notice).items
    #expect(Set((first + again + other).map(\.id)).count == 1)
    #expect(first.map(\.fingerprint) == again.map(\.fingerprint))
    #expect(first.first?.fingerprint != nil)
    #expect(first.map(\.fingerprint) != other.map(\.fingerprint))
  }

  @Test func `beats its listing in title and time, and falls back on it`() throws {
    let html = "<h1>全标题在此</h1><p class=t>2026-03-01 10:00</p><div class=c>停水</div>"
    let way = ArticleReading.selectors(
      title: Selector("//h1"), body: Selector("css:.c"), date: Selector("css:.t"))
    let board = feed(.board) { $0.article = way }
    let item = try extractor.item(on: page(html), for: lead(), of: board)
    #expect(item.title == "全标题在此" && shown(item.published) == "2026-03-01T10:00:00")
    #expect(item.id == lead().id && item.url == lead().url && item.fingerprint == nil)
    let bare = try extractor.item(on: page("<div class=c>停水</div>"), for: lead(), of: board)
    #expect(bare.title == "列表上的标题" && bare.published == .absent)
  }

  @Test func `without the body it promised is a miss`() {
    let way = ArticleReading.selectors(title: nil, body: Selector("css:.gone"), date: nil)
    let miss = #expect(throws: Miss.self) {
      try extractor.item(
        on: page("<p>帖子不存在</p>"), for: lead(), of: feed(.board) { $0.article = way })
    }
    #expect(miss?.cause == .nothingFound)
  }

  @Test func `is judged on its title when it does not come`() {
    let item = extractor.titleItem(of: lead("停水"))
    #expect(item.basis == .titleOnly && item.title == "停水" && item.body.isEmpty)
  }
}

@Suite struct `Feeds of RSS and Atom` {
  @Test func `are read though malformed`() throws {
    let xml = """
      <?xml version="1.0" encoding="gb2312"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>青川</title>
      <item><title>停水 &amp; 停电&nbsp;通知</title><link>/a?x=1&y=2</link><author>秘密</author>
      <dc:creator>秘密</dc:creator><pubDate>Mon, 02 Mar 2026 00:55:00 GMT</pubDate>
      <description><![CDATA[<p>青溪村<b>停水</b></p><p>三天 < 五天</p>]]></description></item>
      <item><title><![CDATA[积水\u{1}]]></title><guid>https://rss.example/g/1</guid><dc:date>2026-03-01</dc:date>
      <content:encoded>&lt;p&gt;全文在此，比摘要长&lt;/p&gt;</content:encoded><description>摘要</description></item>
      <item></item></channel></rss>
      """
    let extract = try extractor.extract(page(xml), of: feed(.rss))
    #expect(extract.items.map(\.title) == ["停水 & 停电 通知", "积水"])
    #expect(
      extract.items.map(\.url) == ["https://board.example/a?x=1&y=2", "https://rss.example/g/1"])
    #expect(extract.items.map(\.body) == ["青溪村停水\n三天 < 五天", "全文在此，比摘要长"])
    #expect(extract.items.map { shown($0.published) } == ["2026-03-02T08:55:00", "day 2026-03-01"])
    #expect(extract.brokenRows == [3])
    #expect(!String(describing: extract).contains("秘密"))
  }

  @Test func `are Atom with xml:base as well`() throws {
    let xml = """
      <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/d/"><title>x</title>
      <entry><title type="html">路灯&lt;b&gt;不亮&lt;/b&gt;</title><link rel="self" href="self"/><link href="e/1"/>
      <updated>2026-03-02T08:55:00+08:00</updated><published>2026-03-01T08:00:00+08:00</published>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>村口</p><p>路灯</p></div></content>
      <author><name>秘密</name></author></entry></feed>
      """
    let extract = try extractor.extract(page(xml), of: feed(.rss) { $0.article = .auto })
    #expect(extract.leads.map(\.url) == ["https://atom.example/d/e/1"])
    #expect(extract.leads.map(\.title) == ["路灯不亮"])
    #expect(extract.leads.map { shown($0.published) } == ["2026-03-01T08:00:00"])
    let item = try #require(try extractor.extract(page(xml), of: feed(.rss)).items.first)
    #expect(item.body == "村口\n路灯")
  }

  private static let whole = """
    <?xml version="1.0" encoding="gbk"?><rss><channel><title>青川</title><item><title>停水三天</title>
    <link>https://x.example/1</link><description><![CDATA[<p>青溪村</p>]]></description></item><item><title>路灯不亮</title>
    <link>https://x.example/22</link><description><![CDATA[<p>竹园镇</p>]]></description></item></channel></rss>
    """

  @Test(arguments: [
    ("<it", 0), ("<title>停", 0), ("title>路", 1), ("example/2", 1), ("<![CD", 1), ("<p>竹", 1),
    ("竹园镇</p>]]></desc", 1), ("竹园镇</p>]]></description></ite", 1),
    ("青溪村</p>]]></description></item>", 1),
    ("竹园镇</p>]]></description></item>", 2), ("</channel></r", 2),
  ])
  func `that break off give what came whole, and say so`(_ last: String, _ count: Int) throws {
    let range = try #require(Self.whole.range(of: last, options: count == 0 ? [] : .backwards))
    let xml = String(Self.whole[..<range.upperBound])
    guard count > 0 else {
      let miss = #expect(throws: Miss.self) { try extractor.extract(page(xml), of: feed(.rss)) }
      #expect(miss?.cause == .cutOff)
      return
    }
    let extract = try extractor.extract(page(xml), of: feed(.rss))
    #expect(extract.items.map(\.title) == Array(["停水三天", "路灯不亮"].prefix(count)))
    #expect(extract.items.map(\.url).last == "https://x.example/\(count == 1 ? 1 : 22)")
    #expect(extract.cut?.cause == .cutOff)
  }

  @Test func `that are whole say nothing of the kind`() throws {
    let ends = ["", "\n<!-- made by hand -->\n", "<script>x()</script>"]
    for end in ends {
      #expect(try extractor.extract(page(Self.whole + end), of: feed(.rss)).cut == nil)
    }
  }

  @Test func `that are a page of HTML are refused`() {
    let miss = #expect(throws: Miss.self) {
      try extractor.extract(page("<html><body><p>栏目调整中</p></body></html>"), of: feed(.rss))
    }
    #expect(miss?.cause == .unreadable)
  }

  @Test func `open no file that an entity names`() throws {
    let xml = """
      <?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa">
      <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
      <rss><channel><item><title>停水&f;&c;</title><link>https://x.example/1</link></item></channel></rss>
      """
    let extract = try extractor.extract(page(xml), of: feed(.rss))
    #expect(extract.items.map(\.title) == ["停水&f;&c;"])
  }
}
