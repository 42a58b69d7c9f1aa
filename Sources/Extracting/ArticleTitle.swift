/// The title of an article's page (标题自动识别).
enum ArticleTitle {
  /// The heading that the page's own title repeats; else what the page says of itself.
  static func of(_ document: Document) -> String {
    let named = SelfDescription.pageTitle(document)
    let folded = Fingerprinting.folded(named)
    let headings = SelfDescription.headings(document)
    if let match = headings.first(where: { isPart(Fingerprinting.folded($0), of: folded) }) {
      return match
    }
    if let shared = SelfDescription.value(document, of: ["og:title", "articletitle", "title"]) {
      return withoutOutlet(shared)
    }
    if !named.isEmpty { return withoutOutlet(named) }
    return headings.first ?? ""
  }

  private static func isPart(_ heading: [UInt32], of title: [UInt32]) -> Bool {
    heading.count >= 4 && title.count >= heading.count
      && title.contains(run: heading)
      && heading.count * 4 >= title.count
  }

  /// 停水通知_新闻中心_青川网 is a title, a channel and a site; 民生频道-停水通知 the other way round.
  static func withoutOutlet(_ title: String) -> String {
    guard title.utf8.count < 2000 else { return title }
    for mark in ["_", "|", "｜", "—", "–", " - ", "-", "--", "«", "::"] {
      let parts = title.components(separatedBy: mark).map(\.trimmed)
      guard parts.count > 1, let first = parts.first else { continue }
      // A hyphen may stand in a title: only what reads like a site goes.
      guard mark != "-" else { return withoutOutlets(parts) ?? title }
      let isChannel = isOutlet(first) || first.count < 4
      if isChannel, let own = parts.dropFirst().first(where: { $0.count >= 6 && !isOutlet($0) }) {
        return own
      }
      if first.count >= 4 { return first }
    }
    return title
  }

  private static func withoutOutlets(_ parts: [String]) -> String? {
    var rest = parts[...]
    while rest.count > 1, let last = rest.last, isOutlet(last) || isKeywords(last) {
      rest = rest.dropLast()
    }
    if rest.count > 1, let first = rest.first, first.count <= 8, isOutlet(first) {
      rest = rest.dropFirst()
    }
    return rest.count < parts.count ? rest.joined(separator: "-") : nil
  }

  private static func isOutlet(_ name: String) -> Bool {
    name.count <= 16 && outlets.contains { name.hasSuffix($0) }
  }

  /// Words for search engines, which some pages put behind their titles: 停水,供水,水管,抢修.
  private static func isKeywords(_ part: String) -> Bool {
    part.split { ",，".contains($0) }.count > 3
  }

  private static let outlets = [
    "网", "網", "网站", "網站", "报", "報", "频道", "頻道", "政府", "平台", "新闻", "新聞", "信息", "中心", "委", "委员会", "局",
    "论坛", "論壇", "厅", "社区", "视频", "視頻", "卫视", "衛視", "电视台", "广播", "在线", "線上", "热线", "门户", "首页", "首頁",
  ]
}

extension [UInt32] {
  /// Whether some scalars stand in these, one after another.
  fileprivate func contains(run: [UInt32]) -> Bool {
    guard run.count <= count, let first = run.first else { return false }
    for start in 0...(count - run.count) where self[start] == first {
      if self[start..<(start + run.count)].elementsEqual(run) { return true }
    }
    return false
  }
}

/// What a page says of itself in its head and headings.
enum SelfDescription {
  /// The content of `title`.
  static func pageTitle(_ document: Document) -> String {
    first(Tag("title"), in: document).map { node in
      var text = ""
      var child = node.firstChild
      while let here = child {
        here.withText { text += String(decoding: $0, as: UTF8.self) }
        child = here.next
      }
      return PlainText.folded(text).onOneLine
    } ?? ""
  }

  /// The texts of h1 to h3, the largest first.
  static func headings(_ document: Document) -> [String] {
    var found: [(rank: Int, text: String)] = []
    var next: Node? = document.root
    while let node = next {
      if let rank = ranks[node.tag] {
        let text = PlainText.of(node).onOneLine
        if !text.isEmpty, found.count < 60 { found.append((rank, text)) }
      }
      next = node.following(within: document.root)
    }
    return (1...3).flatMap { rank in found.filter { $0.rank == rank }.map(\.text) }
  }

  /// The first of some `meta` names or properties that has a value.
  static func value(_ document: Document, of names: [String]) -> String? {
    values(document, of: names).first
  }

  /// The values of some `meta` names or properties, in the order of the names.
  static func values(_ document: Document, of names: [String]) -> [String] {
    var values: [String: String] = [:]
    var next: Node? = document.root
    var left = mostHeadNodes
    while let node = next, left > 0 {
      left -= 1
      if node.tag == Tag("meta"), let content = node.attribute("content"), !content.isEmpty {
        let name =
          node.attribute("name") ?? node.attribute("property") ?? node.attribute("itemprop")
        if let name = name?.lowercased(), values[name] == nil { values[name] = content }
      }
      next = node.following(within: document.root)
    }
    return names.compactMap { values[$0] }.map { PlainText.folded($0).onOneLine }
      .filter { !$0.isEmpty }
  }

  /// What the first `time` element says that is marked as the time of publication.
  static func publication(_ document: Document) -> String? {
    var next: Node? = document.root
    while let node = next {
      if node.tag == Tag("time"), node.has("pubdate") || node.attribute("itemprop") == published {
        return node.attribute("datetime") ?? PlainText.of(node)
      }
      next = node.following(within: document.root)
    }
    return nil
  }

  private static let published = "datePublished"

  /// A head that libxml2 has moved into the body is still near the beginning.
  private static let mostHeadNodes = 1200

  private static func first(_ tag: Tag, in document: Document) -> Node? {
    var next: Node? = document.root
    while let node = next {
      if node.tag == tag { return node }
      next = node.following(within: document.root)
    }
    return nil
  }

  private static let ranks: [Tag: Int] = [Tag("h1"): 1, Tag("h2"): 2, Tag("h3"): 3]
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }

  /// The parts between a text's occurrences.
  func components(separatedBy mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }
}
