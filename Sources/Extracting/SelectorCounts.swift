package import Vocabulary

/// How much one selector of a feed found on a page (选择器命中数).
package struct SelectorCount: Sendable, Hashable {
  /// The key in the feed's file.
  package var key: String
  /// As the feed writes it.
  package var written: String
  /// How many nodes it found; of a row's part, in how many rows it found something.
  package var found: Int
  /// Out of how many rows; nil for what is looked for on the whole page.
  package var rows: Int?

  /// One line for whoever tries a feed.
  package var sentence: Phrase {
    guard let rows else {
      return Phrase(zh: "\(key)：\(found) 处（\(written)）", en: "\(key): \(found) (\(written))")
    }
    return Phrase(
      zh: "\(key)：\(rows) 行中 \(found) 行有（\(written)）",
      en: "\(key): in \(found) of \(rows) rows (\(written))")
  }
}

extension Extractor {
  /// What each of a feed's selectors finds on a page of its listing; nothing where the kind has none.
  package func counts(on page: Page, of feed: Feed) -> [SelectorCount] {
    switch feed.kind {
    case .list, .board: (try? reading(page, of: feed)).map(counts(in:)) ?? []
    case .json: jsonCounts(on: page, of: feed)
    case .article, .rss, .file, .mail: []
    }
  }

  private func counts(in reading: Reading) -> [SelectorCount] {
    let feed = reading.feed
    guard let items = feed.items, let found = try? reading.find(items) else { return [] }
    let rows = found.compactMap(\.node)
    let parts = feed.rowParts.map { key, selector in
      let filled = rows.count { row in
        ((try? reading.find(selector, in: row)) ?? []).contains {
          !reading.text(of: $0).isEmpty || reading.link(of: $0) != nil
        }
      }
      return SelectorCount(key: key, written: selector.written, found: filled, rows: rows.count)
    }
    let next = feed.next.map { selector in
      SelectorCount(
        key: "next", written: selector.written, found: (try? reading.find(selector).count) ?? 0)
    }
    let head = SelectorCount(key: "items", written: items.written, found: rows.count)
    return [head] + parts + [next].compactMap(\.self)
  }

  private func jsonCounts(on page: Page, of feed: Feed) -> [SelectorCount] {
    guard let items = feed.items, let path = try? JSONPath(items.expression),
      let document = JSONValue.read(decodedText(page, feed))
    else { return [] }
    let rows = path.rows(in: document)
    let parts = feed.rowParts.map { key, selector in
      let paths = LinkTemplate.paths(selector.expression)
      let filled = rows.count { row in
        paths.allSatisfy { path in
          path.find(in: row).contains { $0.scalars.contains { !$0.isEmpty } }
        }
      }
      let key = key == "body" ? "text" : key
      return SelectorCount(key: key, written: selector.expression, found: filled, rows: rows.count)
    }
    return [SelectorCount(key: "items", written: items.expression, found: rows.count)] + parts
  }
}

extension Feed {
  /// What its file says of a row's parts, by key.
  fileprivate var rowParts: [(key: String, selector: Selector)] {
    let parts: [(String, Selector?)] = [
      ("title", title), ("link", link), ("date", date), ("body", body),
      ("answer.body", article == nil ? answer?.body : nil),
    ]
    return parts.compactMap { key, selector in selector.map { (key, $0) } }
  }
}

extension Selector {
  /// As a feed's file has it.
  var written: String { (notation == .css ? "css:" : "") + expression }
}

extension LinkTemplate {
  /// The paths of a path or a template that can be read.
  static func paths(_ written: String) -> [JSONPath] {
    guard written.contains("{") else { return (try? JSONPath(written)).map { [$0] } ?? [] }
    return parts(written).compactMap { part in
      guard case .path(let path) = part else { return nil }
      return try? JSONPath(path)
    }
  }
}
