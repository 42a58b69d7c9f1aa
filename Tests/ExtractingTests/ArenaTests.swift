import CArena
import Foundation
import Testing

@testable import Extracting

@Suite struct `The memory of a page` {
  private static let kept: UInt = 12 * 256 * 1024

  private static func page(rows: Int) -> [UInt8] {
    let row = "<tr><td class=a>道路<td><a href='/1?x=1&amp;y=2'>积水</a></tr>"
    return Array(("<html><table>" + String(repeating: row, count: rows)).utf8)
  }

  @Test func `goes back when the page is read, but for what the next one needs`() throws {
    var document = Document(html: Self.page(rows: 20_000))
    #expect(document?.root != nil)
    #expect(huiyin_arena_footprint() > 2 * Self.kept)
    document = nil
    #expect(huiyin_arena_footprint() <= Self.kept)
    _ = try #require(Document(html: Self.page(rows: 1)))
    #expect(huiyin_arena_footprint() <= Self.kept)
  }

  @Test func `does not grow with the selectors that are run on it`() throws {
    let document = try #require(Document(html: Self.page(rows: 200)))
    let expression = try Expression("//tr[td[2]/a]/td[1]|//tr[position()=7]")
    #expect(expression.interpreted(from: document.top, in: document)?.count == 201)
    let once = huiyin_arena_footprint()
    for _ in 0..<300 { _ = expression.interpreted(from: document.top, in: document) }
    #expect(huiyin_arena_footprint() == once)
  }

  @Test func `is not that of the selectors, which outlive it`() throws {
    var first = Document(html: Self.page(rows: 50))
    let expression = try Expression("//tr[last()]/td[1]")
    #expect(throws: SelectorFault.self) { try Expression("//tr[") }
    #expect(first.map { expression.interpreted(from: $0.top, in: $0)?.count } == 1)
    first = nil
    // What comes next lies where the first page lay.
    let next = try #require(Document(html: Self.page(rows: 80)))
    #expect(expression.interpreted(from: next.top, in: next)?.count == 1)
    #expect(throws: SelectorFault.self) { try Expression("//td[") }
  }

  @Test func `holds a text of any length`() throws {
    let text = String(repeating: "水", count: 400_000)
    let document = try #require(Document(html: Array("<p title='\(text)'>\(text)</p>".utf8)))
    let expression = try Expression("string(//p)")
    let found = expression.interpreted(from: document.top, in: document)
    guard case .text(let read)? = found?.first else { return #expect(Bool(false)) }
    #expect(read == text)
  }

  @Test func `is each thread's own`() async throws {
    let counts = await withTaskGroup(of: Int?.self) { group in
      for rows in 1...32 {
        group.addTask {
          guard let document = Document(html: Self.page(rows: rows * 20)),
            let expression = try? Expression("//td[@class='a'][1]")
          else { return nil }
          return expression.interpreted(from: document.top, in: document)?.count
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts.compactMap(\.self).sorted() == (1...32).map { $0 * 20 })
  }

  @Test func `is the page's inside a page too`() throws {
    let outer = try #require(Document(html: Self.page(rows: 3)))
    do {
      let inner = try #require(Document(xml: Array("<rss><channel/><broken></rss>".utf8)))
      #expect(inner.root.name == "rss")
    }
    #expect(PlainText.of(outer.root).contains("积水"))
  }
}
