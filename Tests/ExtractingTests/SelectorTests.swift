import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Selectors` {
  private static let html = """
    <html><body><table id=t><tr><td class="a first">一<td class=b>二</table>
    <ul class="list news"><li id=x data-k="ab-cd">甲<li>乙<a href="/2">丙</a><li class=last>丁</ul>
    <div><p>子</p><span>丑</span><p>寅</p></div></body></html>
    """

  private func found(_ written: String) throws -> String {
    let document = try #require(Document(html: Array(Self.html.utf8)))
    return try SelectorShelf().find(Selector(written), from: document.top, in: document).map {
      switch $0 {
      case .node(let node): PlainText.of(node)
      case .text(let text): text
      }
    }.joined(separator: "|")
  }

  @Test(arguments: [
    ("//table/tbody/tr/td", "一|二"), ("//tbody/tr/td[1]", "一"), ("//table/tr/td[2]", "二"),
    ("//table[@id='t']/tbody[1]/tr/td", "一|二"), ("//a/@href", "/2"), ("string(//a)", "丙"),
    ("//a/text()", "丙"), ("count(//li)", "3"), ("css:td.a", "一"),
    ("css:table > tbody > tr > td", "一|二"),
    ("css:.list.news li", "甲|乙丙|丁"), ("css:ul>li#x", "甲"), ("css:[data-k|=ab]", "甲"),
    ("css:[data-k^='ab'][data-k$=cd]", "甲"), ("css:[data-k*=\"-\"]", "甲"),
    ("css:[class~=news] a", "丙"),
    ("css:p + span", "丑"), ("css:p ~ p", "寅"), ("css:li:nth-child(2)", "乙丙"),
    ("css:li:nth-child(odd)", "甲|丁"),
    ("css:li:first-child, li:last-child", "甲|丁"), ("css:li:not(.last)", "甲|乙丙"),
    ("css:li:contains('乙')", "乙丙"),
    ("css:li:nth-child(-n+2)", "甲|乙丙"), ("css:LI#x", "甲"), ("css:ul:has(a) li.last", "丁"),
    ("//h6", ""),
  ])
  func `find what they say`(_ written: String, _ expected: String) throws {
    #expect(try found(written) == expected)
  }

  @Test(arguments: [
    "//a[", "//a[@href='x]", "foo(", "//", "css:li:hover", "css:", "css:ul >", "css:[a", "css:.",
    "a b", "css:li:nth-child(x)",
    "", "//a)", "css:[a&=b]",
  ])
  func `that are wrong are refused in plain words`(_ written: String) throws {
    let phrase = try #require(Extractor.fault(in: Selector(written)))
    #expect(!phrase.zh.isEmpty && phrase.zh.contains("字符"), "\(phrase)")
    #expect(phrase.en.contains("character"))
  }

  @Test(arguments: [
    "//a", ".//a/@href", "css:a:not([href])", "//a[text()='下一页']/@href", "string(.)",
  ])
  func `that are right are left in peace`(_ written: String) {
    #expect(Extractor.fault(in: Selector(written)) == nil)
  }
}

@Suite struct `Addresses` {
  @Test(arguments: [
    ("HTTP://Board.Example:80/a?id=1#top", "http://board.example/a?id=1"),
    ("https://b.example/a?utm_source=x&id=1&spm=2", "https://b.example/a?id=1"),
    ("https://b.example/a;jsessionid=AB?id=1", "https://b.example/a?id=1"),
    ("https://b.example/t?tid=1&authorid=5", "https://b.example/t?tid=1"),
    ("https://b.example/s?uid=5", "https://b.example/s?uid=5"),
    ("https://b.example", "https://b.example/"),
    ("https://b.example/#/detail/7", "https://b.example/#/detail/7"),
    ("https://b.example/信 件", "https://b.example/%E4%BF%A1%20%E4%BB%B6"),
  ])
  func `have one canonical form`(_ written: String, _ canonical: String) {
    #expect(WebAddress(written)?.canonical.text == canonical)
  }

  @Test(arguments: [
    ("../b", "https://b.example/x/b"), ("?p=2", "https://b.example/x/y/z?p=2"),
    ("/q", "https://b.example/q"),
    ("//c.example/q", "https://c.example/q"), ("./w", "https://b.example/x/y/w"),
    (" w\n", "https://b.example/x/y/w"),
    ("http://d.example", "http://d.example/"), ("/../../q", "https://b.example/q"),
  ])
  func `are resolved against the page`(_ link: String, _ address: String) throws {
    let origin = try #require(WebAddress("https://b.example/x/y/z?p=1#f"))
    #expect(WebAddress(link: link, from: origin)?.text == address)
  }

  @Test(arguments: [
    "javascript:void(0)", "mailto:a@b.example", "ftp://a.example", "data:text/html,x", "tel:123",
  ])
  func `of other schemes are none`(_ link: String) throws {
    let origin = try #require(WebAddress("https://b.example/"))
    #expect(WebAddress(link: link, from: origin) == nil)
  }

  @Test func `give an id of 32 digits`() {
    let id = Extractor.itemID(for: "https://b.example/a?id=1#x")
    #expect(id == Extractor.itemID(for: "https://B.example:443/a?utm_medium=m&id=1"))
    #expect(id.rawValue.count == 32)
    #expect(id != Extractor.itemID(for: "https://b.example/a?id=2"))
  }
}
