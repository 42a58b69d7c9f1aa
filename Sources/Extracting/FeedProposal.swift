package import Vocabulary

/// A feed that was found for a page which nobody has described (信源建议): what its file would say.
package struct FeedProposal: Sendable {
  /// The feed, as it would be read.
  package var feed: Feed
  /// How many rows it finds on the page.
  package var rows: Int
  /// Addresses of RSS or Atom that the page itself names, which are better than any selectors.
  package var subscriptions: [String]

  /// The feed's file.
  package var yaml: String {
    var lines = subscriptions.map { "# 这个网页有 RSS，优先用它（kind: rss）：\($0)" }
    lines.append("# 由 huiyin try 根据网页自动写成，找到 \(rows) 行；请核对，改好 name，再去掉 off: true。")
    lines.append("# 核对情况：自动生成，尚未核对，请运行 huiyin try。")
    lines += [
      "name: \(quoted(feed.name))", "kind: \(feed.kind.rawValue)", "url: \(quoted(feed.url))",
    ]
    lines += ["off: true", "every: 10m"]
    let parts: [(String, Selector?)] = [
      ("items", feed.items), ("title", feed.title), ("text", feed.kind == .json ? feed.body : nil),
      ("link", feed.link), ("date", feed.date), ("next", feed.next),
    ]
    for (key, selector) in parts {
      if let selector { lines.append("\(key): \(quoted(selector.written))") }
    }
    if feed.next != nil { lines.append("pages: 2") }
    if feed.article != nil { lines.append("article: auto") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A value in the double quotes of YAML, which hold anything.
  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case _ where scalar.value < 0x20: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Extractor {
  /// Proposes a feed for a page: RSS and Atom are told by their roots, JSON by its lists, and a page for
  /// people by the rows that repeat on it and lead somewhere.
  ///
  /// Throws `.empty` and `.wall` as reading does, `.nothingFound` where nothing repeats.
  package func proposal(for page: Page) throws(Miss) -> FeedProposal {
    var feed = Feed(
      id: page.feed, name: page.url, kind: .list, url: page.requestedURL, every: .minutes(10))
    let page = try worded(page)
    let text = decodedText(page, feed)
    if let value = JSONValue.read(text), value.scalar == nil {
      return try jsonProposal(value, page, feed)
    }
    if isSyndication(text) {
      (feed.kind, feed.article) = (.rss, .auto)
      let extract = try extract(page, of: feed)
      return FeedProposal(
        feed: feed, rows: extract.items.count + extract.leads.count, subscriptions: [])
    }
    return try PageProposal(try reading(page, of: feed)).proposal()
  }

  private func isSyndication(_ text: [UInt8]) -> Bool {
    guard let document = Document(xml: Array(text.prefix(4096))) else { return false }
    return ["rss", "feed", "rdf"].contains(document.root.name.lowercased())
  }

  private func jsonProposal(
    _ value: JSONValue, _ page: Page, _ feed: Feed
  ) throws(Miss) -> FeedProposal {
    guard let list = JSONLists.best(in: value) else {
      throw Miss(
        .nothingFound, url: page.url,
        reason: Phrase(
          zh: "返回的 JSON 里没有找到成行的列表，请照 Feeds/README.md 自己写",
          en: "no list of rows was found in the JSON: write the feed by hand, as in Feeds/README.md"
        ))
    }
    var feed = feed
    feed.kind = .json
    feed.items = Selector(path: list.path)
    feed.title = list.key(among: ["title", "subject", "name", "标题"]).map(Selector.init(path:))
    feed.body = list.key(among: ["content", "body", "text", "summary", "内容"])
      .map(Selector.init(path:))
    feed.link = list.key(among: ["url", "link", "href"]).map(Selector.init(path:))
    feed.date = list.key(among: ["time", "date", "created", "publish"]).map(Selector.init(path:))
    if feed.title == nil, feed.body == nil { feed.title = list.longest.map(Selector.init(path:)) }
    return FeedProposal(feed: feed, rows: list.rows.count, subscriptions: [])
  }
}

/// A list of objects inside a JSON text.
private struct JSONLists {
  var path: String
  var rows: [[String: JSONValue]]

  /// The longest list of objects, not far down.
  static func best(in value: JSONValue) -> JSONLists? {
    var best: JSONLists?
    search(value, "", depth: 0, &best)
    return best
  }

  private static func search(
    _ value: JSONValue, _ path: String, depth: Int, _ best: inout JSONLists?
  ) {
    guard depth < 6 else { return }
    switch value {
    case .list(let elements):
      let rows = elements.compactMap { element -> [String: JSONValue]? in
        if case .object(let members) = element { return members }
        return nil
      }
      guard rows.count >= 2, rows.count > (best?.rows.count ?? 0) else { return }
      best = JSONLists(path: path.isEmpty ? "$" : path, rows: rows)
    case .object(let members):
      for (key, inner) in members.sorted(by: { $0.key < $1.key }) {
        let step = key.contains(where: { ".[]'\" ".contains($0) }) ? "['\(key)']" : key
        search(inner, path.isEmpty ? step : "\(path).\(step)", depth: depth + 1, &best)
      }
    case .null, .flag, .number, .text: return
    }
  }

  /// The key that is called most like one of these words, has something in most rows, and is nobody's.
  func key(among words: [String]) -> String? {
    let keys = filled
    for word in words {
      if let exact = keys.first(where: { $0.lowercased() == word }) { return exact }
    }
    return words.lazy.compactMap { word in keys.first { $0.lowercased().contains(word) } }.first
  }

  /// The key with the longest texts.
  var longest: String? {
    filled.max { length(of: $0) < length(of: $1) }
  }

  private func length(of key: String) -> Int {
    rows.reduce(0) { $0 + ($1[key]?.scalar?.count ?? 0) }
  }

  private var filled: [String] {
    let keys = Set(rows.flatMap(\.keys)).filter { !PersonalNames.isOne($0) }
    return keys.filter { key in
      rows.count { $0[key]?.scalar?.isEmpty == false } * 2 > rows.count
    }.sorted()
  }
}
