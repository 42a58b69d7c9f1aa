import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Hostile pages` {
  private let clock = ContinuousClock()

  private func body(_ html: String) throws -> String {
    let way = ArticleReading.selectors(title: nil, body: Selector("//body"), date: nil)
    return try extractor.item(on: page(html), for: lead(), of: feed(.board) { $0.article = way })
      .body
  }

  @Test func `may nest without end`() throws {
    let deep = String(repeating: "<div>", count: 300_000)
    let took = try clock.measure {
      let text = try body(deep + "<p>停水</p>")
      #expect(text.contains("停水"))
    }
    #expect(took < .seconds(20))
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
    let took = try clock.measure {
      let text = try body("<p \(attributes.joined(separator: " "))>停水</p><p>停电</p>")
      #expect(text == "停水\n停电")
    }
    #expect(took < .seconds(5))
  }

  @Test func `may hide a tag from us behind a quotation`() throws {
    let many = (0..<20_000).map { "b\($0)" }.joined(separator: " ")
    let took = try clock.measure {
      let text = try body(
        "<a \"><p \(many)>停水</p><script>x<b c=\"</script><p \(many)>停电</p>")
      #expect(text.contains("停电"))
    }
    #expect(took < .seconds(5))
  }

  @Test func `may be one thing without end`() throws {
    for unit in ["<", "&", "1", "13800001234 ", "@", "一", "<p>停水", "a@", "网友：", "</p>"] {
      let took = clock.measure {
        _ = try? body("<p>停水" + String(repeating: unit, count: 100_000 / unit.utf8.count))
      }
      #expect(took < .seconds(20), "\(unit)")
    }
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
