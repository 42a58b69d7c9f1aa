internal import Foundation
internal import Vocabulary

/// A JSON Feed (version 1 and 1.1) as rows. Authors are not looked at.
struct JSONFeed: Decodable {
  let version: String?
  let items: [Row]?

  /// One of its `items`, of which each part may be missing or of another type.
  struct Row: Decodable {
    let row: SyndicationRow

    private enum Key: String, CodingKey {
      case id, url, title, summary
      case externalURL = "external_url"
      case html = "content_html"
      case text = "content_text"
      case published = "date_published"
      case modified = "date_modified"
    }

    init(from decoder: any Decoder) throws {
      let parts = try decoder.container(keyedBy: Key.self)
      func text(_ key: Key) -> String? {
        if let text = try? parts.decode(String.self, forKey: key) { return text }
        return (try? parts.decode(Int64.self, forKey: key)).map(String.init)
      }
      row = SyndicationRow(
        title: text(.title) ?? "", links: [text(.url), text(.externalURL)].compactMap(\.self),
        guid: text(.id), date: text(.published) ?? text(.modified),
        markup: text(.html), text: text(.text) ?? text(.summary))
    }
  }

  /// Whether a page may be JSON, whatever its charset: no tag comes before its first brace.
  static func mayBe(_ bytes: [UInt8]) -> Bool {
    let first = bytes.prefix(64).first { $0 == 0x7B || $0 == 0x3C }
    return first == 0x7B
  }

  /// Whether bytes are JSON and no markup: the first that is no blank opens an object.
  static func isLikely(_ bytes: [UInt8]) -> Bool {
    bytes.first { !ASCII.isSpace($0) } == 0x7B
  }

  /// The rows of a feed; nil where the bytes are no JSON Feed.
  static func rows(_ bytes: [UInt8]) -> [SyndicationRow]? {
    guard let feed = try? JSONDecoder().decode(JSONFeed.self, from: Data(bytes)),
      feed.items != nil || feed.version?.contains("jsonfeed.org") == true
    else { return nil }
    return (feed.items ?? []).map(\.row)
  }
}
