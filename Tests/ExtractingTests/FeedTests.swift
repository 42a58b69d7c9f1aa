import Foundation
import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Feeds as they are served` {
  private func rows(_ text: String) throws -> [String] {
    try rows(Array(text.utf8))
  }

  private func rows(_ bytes: [UInt8]) throws -> [String] {
    try extractor.extract(page(bytes, url: "https://news.example/rss"), of: feed(.rss)).items.map {
      "\($0.title)|\($0.url)|\($0.body)|\(shown($0.published))"
    }
  }

  private let whole = "停水通知|https://news.example/1|竹园镇停水。|2026-03-02T08:55:00"

  @Test(arguments: [
    """
    <rss version="0.91"><channel><title>青川网</title><item><title>停水通知</title>
    <link>/1</link><description>竹园镇停水。</description><pubDate>Mon, 02 Mar 2026 08:55:00 +0800</pubDate>
    </item></channel></rss>
    """,
    """
    <?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/>
    <item rdf:about="/1"><title>停水通知</title><link>https://news.example/1</link>
    <description>竹园镇停水。</description><dc:date>2026-03-02T08:55:00+08:00</dc:date></item></rdf:RDF>
    """,
    """
    <feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="base64">5YGc5rC06YCa55+l</title>
    <link rel="alternate" href="https://news.example/1"/><issued>2026-03-02T00:55:00Z</issued>
    <content type="text/html" mode="escaped">&lt;p&gt;竹园镇停水。&lt;/p&gt;</content></entry></feed>
    """,
    """
    <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><entry><title>停水通知</title>
    <link href="1"/><published>2026-03-02T08:55:00+08:00</published><content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><p>竹园镇停水。</p></div></content></entry></feed>
    """,
    """
    {"version": "https://jsonfeed.org/version/1.1", "title": "青川网", "items": [{"id": 1,
      "url": "https://news.example/1", "title": "停水通知", "content_html": "<p>竹园镇停水。</p>",
      "date_published": "2026-03-02T08:55:00+08:00", "authors": [{"name": "王小五"}]}]}
    """,
    """
    {"version": "https://jsonfeed.org/version/1", "items": [{"id": "https://news.example/1",
      "title": "停水通知", "content_text": "竹园镇停水。", "date_modified": "2026-03-02T00:55:00Z"}]}
    """,
  ])
  func `are read in each of their formats`(_ text: String) throws {
    #expect(try rows(text) == [whole])
  }

  /// A feed of two rows around what is wrong with it.
  private func broken(_ first: String, root: String = "<rss version=\"2.0\"><channel>") -> String {
    """
    \(root)<item>\(first)</item><item><title>停电通知</title><link>https://news.example/2</link>
    <description>青溪村停电。</description></item></channel></rss>
    """
  }

  private let good = """
    <title>停水通知</title><link>https://news.example/1</link><description>竹园镇停水。</description>\
    <pubDate>2026-03-02 08:55</pubDate>
    """

  @Test(arguments: [
    ("</title>", ""), ("</link>", ""), ("</pubDate>", ""), ("</title>", "</title></div>"),
    ("</title>", "</TITLE>"), ("停水通知", "<![CDATA[停水通知]]>"), ("停水。", "停水。<br>"),
    ("停水。", "停水。<![CDATA["), ("<title>", "<guid isPermaLink=false>7</guid><title>"),
    ("<title>", "<category domain=\"h<ttp://a.example/\">水</category><title>"),
    ("<title>", "<!-- 停 -- 水 --><title>"), ("<title>", "<media:title>图片</media:title><title>"),
    ("停水。", "停水。<b><i></b></i>"), ("</pubDate>", "</pubDate><item><title>停气通知</title>"),
  ])
  func `are read where a tag is missing, stray or crooked`(_ part: String, _ other: String) throws {
    let rows = try rows(broken(good.replacingOccurrences(of: part, with: other)))
    #expect(rows.count == (other.contains("<item>") ? 3 : 2))
    #expect(rows.first?.hasPrefix("停水通知|") == true)
    #expect(rows.last?.hasPrefix("停电通知|https://news.example/2|青溪村停电。|") == true)
  }

  @Test(arguments: [
    "\n \n<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", "<rss version=2.0\"><channel>",
    "<rss version='2.0><channel>", "<?xml version=1.0\"?><rss version=\"2.0\"><channel>",
    "<!DOCTYPE rss [<!ENTITY 水 \"水\">]><rss version=\"2.0\"><channel>",
    "<<rss version=\"2.0\"><channel>", "停水 <rss version=\"2.0\"><channel>",
    "<rss version=\"2.0\" version=\"2.0\" wild><channel>",
  ])
  func `are read whatever their head is like`(_ root: String) throws {
    #expect(try rows(broken(good, root: root)).first == whole)
  }

  @Test(arguments: [
    ("a & b", "a & b"), ("a &amp b", "a &amp b"), ("&ldquo;水&rdquo;", "“水”"), ("&nbsp;水", " 水"),
    ("&foo;", "&foo;"), ("&#x6C34;", "水"), ("&#0;水", "\u{FFFD}水"), ("1 < 2", "1 < 2"),
    ("&amp;lt;b&amp;gt;", "<b>"), ("水\u{B}压", "水压"),
  ])
  func `keep text that is not XML`(_ written: String, _ read: String) throws {
    let text = broken(good.replacingOccurrences(of: "竹园镇停水。", with: "停" + written + "止"))
    #expect(try rows(text).first?.split(separator: "|")[2] == "停\(read)止")
  }
}

@Suite struct `Hostile feeds` {
  private func extract(_ text: String) throws -> Extract {
    try extractor.extract(page(text, url: "https://news.example/rss"), of: feed(.rss))
  }

  private func feed(_ head: String, _ body: String) -> String {
    head + "<rss><channel><item><title>停水</title><link>https://news.example/1</link>"
      + "<description>\(body)</description></item></channel></rss>"
  }

  private func feed(_ kind: Feed.Kind) -> Feed { ExtractingTests.feed(kind) }

  /// A file that must not be read, and its words.
  private func withSecret(_ test: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "secret-\(UUID().uuidString)"
    try Data("机密".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try test(path)
  }

  @Test func `read no file and no network`() throws {
    try withSecret { path in
      let heads = [
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file://\(path)\">]>",
        "<!DOCTYPE rss [<!ENTITY % p SYSTEM \"file://\(path)\"> %p;]>",
        "<!DOCTYPE rss SYSTEM \"file://\(path)\">",
        "<!DOCTYPE rss PUBLIC \"-//x//\" \"http://127.0.0.1:1/a.dtd\">",
      ]
      for head in heads {
        let body = try #require(try extract(feed(head, "停&x;水")).items.first).body
        #expect(body.hasPrefix("停") && body.hasSuffix("水") && !body.contains("机密"))
      }
      let include =
        "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"\(path)\" parse=\"text\"/>"
      #expect(try extract(feed("", "停\(include)水")).items.first?.body == "停水")
    }
  }

  @Test func `grow by no entity`() throws {
    let levels = (1..<12).map { level in
      "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
    }
    let head = "<!DOCTYPE rss [<!ENTITY l0 \"笑\">\(levels.joined())]>"
    let body = try #require(try extract(feed(head, "停&l11;水")).items.first).body
    #expect(body == "停&l11;水")
  }

  @Test func `may hold a huge CDATA section`() throws {
    let text = String(repeating: "停水。", count: 400_000)
    let body = try extract(feed("", "<![CDATA[\(text)]]>")).items.first?.body
    #expect(body?.utf8.count == text.utf8.count)
  }

  @Test(arguments: [
    "<a>", "</a>", "<", "&", "<!", "<!--", "<![CDATA[", "<?", "<a b=\"", "<a b='c", "<item>", "]]>",
    "<a b c d=e ", "&#", "<!DOCTYPE [", "\"", "<a/", "</",
  ])
  func `may be one thing without end`(_ unit: String) throws {
    let many = String(repeating: unit, count: 300_000 / unit.utf8.count)
    let mended = FeedMending.mended(Array(feed("", "停水" + many).utf8))
    #expect(mended.count < 6_000_000)
    let found = try? extract(feed("", "停水" + many))
    #expect(
      found == nil || found?.items.contains { $0.title.hasPrefix("停水") } == true
        || found?.cut != nil)
  }

  @Test func `may nest a million deep`() throws {
    let deep = String(repeating: "<b>", count: 1_000_000) + "停水三天"
    let body = try extract(feed("", deep + String(repeating: "</b>", count: 1_000_000))).items
      .first?.body
    #expect(body == "停水三天")
  }
}
