import Foundation
import Testing
import Vocabulary

@testable import Extracting

/// Pages as offices meet them, each with what must come of it beside it.
///
/// `Pages/NAME.html` (or `.xml`) begins with a comment that names the feed's keys; `NAME.items`
/// holds the items. `UPDATE=1 swift test` writes them anew.
@Suite struct `The pages in the folder` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Pages")

  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path()))?
    .filter { !$0.hasSuffix(".items") }.sorted() ?? []

  @Test func `are there`() { #expect(Self.names.count >= 4) }

  @Test(arguments: names)
  func `give the items beside them`(_ name: String) throws {
    let file = Self.folder.appending(path: name)
    let bytes = [UInt8](try Data(contentsOf: file))
    let golden = file.deletingPathExtension().appendingPathExtension("items")
    let told = try Self.told(page(bytes), Self.feed(String(decoding: bytes, as: UTF8.self), name))
    if ProcessInfo.processInfo.environment["UPDATE"] == "1" {
      try Data(told.utf8).write(to: golden)
    }
    #expect(told == (try String(contentsOf: golden, encoding: .utf8)))
  }

  private static func feed(_ text: String, _ name: String) -> Feed {
    var feed = ExtractingTests.feed(name.hasSuffix(".xml") ? .rss : .article)
    for line in text.split(separator: "\n").prefix(16) {
      let parts = line.split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "kind": feed.kind = Feed.Kind(rawValue: parts[1]) ?? feed.kind
      case "items": feed.items = Selector(parts[1])
      case "title": feed.title = Selector(parts[1])
      case "date": feed.date = Selector(parts[1])
      case "body": feed.body = Selector(parts[1])
      case "next": feed.next = Selector(parts[1])
      case "answer": feed.answer = AnswerReading(body: Selector(parts[1]))
      case "article": feed.article = .auto
      default: continue
      }
    }
    return feed
  }

  private static func told(_ page: Page, _ feed: Feed) throws -> String {
    let extract = try extractor.extract(page, of: feed)
    var lines = extract.leads.map {
      "lead  \($0.url)\ntitle \($0.title)\ntime  \(shown($0.published))\n"
    }
    lines += extract.items.map { item in
      let answer = item.answer.map { "answer \($0.body)\n" } ?? ""
      return
        "item  \(item.url)\ntitle \(item.title)\ntime  \(shown(item.published))\n\(item.body)\n\(answer)"
    }
    if let next = extract.next { lines.append("next  \(next)\n") }
    return lines.joined(separator: "\n")
  }
}
