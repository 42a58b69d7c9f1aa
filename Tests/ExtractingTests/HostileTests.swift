import Foundation
import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Hostile pages` {
  private func body(_ html: String) throws -> String {
    let way = ArticleReading.selectors(title: nil, body: Selector("//body"), date: nil)
    return try extractor.item(on: page(html), for: lead(), of: feed(.board) { $0.article = way })
      .body
  }

  /// How many times a tag stands in what libxml2 is given of a page: its work grows with that.
  private func tags(_ tag: String, in html: String) -> Int {
    String(decoding: MarkupGuard.html(Array(html.utf8)), as: UTF8.self)
      .components(separatedBy: tag).count - 1
  }

  @Test func `may nest without end`() throws {
    let deep = String(repeating: "<div>", count: 300_000) + "<p>停水</p>"
    #expect(try body(deep).contains("停水"))
    #expect(tags("<div>", in: deep) <= MarkupGuard.deepest)
  }

  @Test(arguments: ["<dd>", "<thead>", "<div a=/>", "<!-- --!><div>"])
  func `may nest in ways that the guard does not see`(_ opening: String) throws {
    let nesting =
      String(repeating: opening, count: 40_000) + String(repeating: "</b>", count: 40_000)
    #expect(try body("<p>停水</p>" + nesting).contains("停水"))
  }

  @Test(arguments: ["<wbr>", "<source src=a>", "<track>"])
  func `may be full of tags that libxml2 takes for open`(_ tag: String) throws {
    let html = "<p>停水</p>" + String(repeating: tag, count: 2000) + "<p>停电</p>"
    #expect(try body(html) == "停水\n停电")
  }

  /// One byte that becomes three fills what was reserved for two, before one that is none.
  @Test(arguments: [("windows-1252", UInt8(0x80), UInt8(0x81)), ("shift_jis", 0xB1, 0xFF)])
  func `may grow threefold when they are decoded`(
    _ label: String, _ wide: UInt8, _ wrong: UInt8
  ) throws {
    let charset = try #require(Charset(label: label))
    for length in 1..<300 {
      let bytes = [UInt8](repeating: wide, count: length) + [wrong] + Array("aaaaaaaaaaa".utf8)
      let text = String(
        decoding: bytes.withUnsafeBufferPointer { Decoding.utf8($0, from: charset) }, as: UTF8.self)
      #expect(text.hasSuffix("aaaaaaaaaaa"))
    }
  }

  @Test func `may leave 2,000 tags open and still be read to the end`() throws {
    let open = String(repeating: "<font><b>字", count: 1000)
    #expect(try body(open + "<p>最后停水</p>").hasSuffix("最后停水"))
  }

  @Test(arguments: ["a%=%", "a%", "a%='>'", "a%=\"\""])
  func `may give a tag 50,000 attributes`(_ shape: String) throws {
    let attributes = (0..<50_000).map {
      shape.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\($0)")
    }
    let html = "<p \(attributes.joined(separator: " "))>停水</p><p>停电</p>"
    #expect(try body(html) == "停水\n停电")
    #expect(MarkupGuard.html(Array(html.utf8)).count < MarkupGuard.mostAttributes * 20)
  }

  @Test func `may hide a tag from us behind a quotation`() throws {
    let many = (0..<20_000).map { "b\($0)" }.joined(separator: " ")
    let html = "<a \"><p \(many)>停水</p><script>x<b c=\"</script><p \(many)>停电</p>"
    #expect(try body(html).contains("停电"))
    #expect(MarkupGuard.html(Array(html.utf8)).count < 2 * MarkupGuard.mostAttributes * 20)
  }

  @Test(arguments: ["<", "&", "1", "13800001234 ", "@", "一", "<p>停水", "a@", "网友：", "</p>"])
  func `may be one thing without end`(_ unit: String) throws {
    let text = try body("<p>停水" + String(repeating: unit, count: 100_000 / unit.utf8.count))
    #expect(text.hasPrefix("停水"))
    #expect(text.utf8.count < 200_000)
  }

  @Test func `may carry controls, zero widths and turned writing`() throws {
    #expect(
      try body("<p>停\u{200B}水\u{202E}三\u{0}天\u{2028}无人　管\u{A0}&nbsp;&#12288;事</p>") == "停水三天 无人 管 事"
    )
  }

  @Test func `show plain text in order`() throws {
    let html = """
      <p>一<br>二</p>三<div>四<span>五</span></div><table><tr><td>六<td>七<tr><td>八</table><!-- 九 -->
      <script>十</script><style>十</style><p style="display:none">十</p><pre>甲
      乙</pre>&lt;b&gt;&amp;
      """
    #expect(try body(html) == "一\n二\n三\n四五\n六 七\n八\n甲\n乙\n<b>&")
  }
}
