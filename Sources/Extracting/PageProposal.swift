internal import Vocabulary

/// The rows that repeat on a page, and selectors that find them again (列表识别).
struct PageProposal {
  /// Elements of one shape beside one another, each with a link in it.
  private struct Rows {
    var parent: Node
    var rows: [Node]
    /// What all of them are: `li`, or `li.item`.
    var own: String
    /// The longest link of each.
    var anchors: [Node]
    var dated: Int
    var score: Double
  }

  /// More rows than any page of a listing.
  private static let most = 400
  private let reading: Reading

  /// A page that is looked through.
  init(_ reading: Reading) { self.reading = reading }

  /// The feed that the page would be.
  func proposal() throws(Miss) -> FeedProposal {
    guard let best = best() else {
      throw Misses.blocked(reading)
        ?? Miss(
          .nothingFound, url: reading.page.url,
          reason: Phrase(
            zh: "网页上没有找到成行的链接：可能由脚本生成，请在浏览器的“网络”面板里找它的 JSON 接口，或改用 RSS",
            en: "nothing repeats on the page: a script makes it, perhaps. Look for its JSON in the "
              + "browser's network panel, or use RSS"))
    }
    var feed = reading.feed
    feed.name = title
    feed.kind = isBoard(best) ? .board : .list
    feed.items = Selector(items(of: best))
    feed.title = Selector(anchorPath(of: best))
    feed.link = Selector(anchorPath(of: best) + "/@href")
    feed.date = date(of: best)
    feed.next = next()
    feed.article = .auto
    return FeedProposal(feed: feed, rows: best.rows.count, subscriptions: subscriptions)
  }

  private var title: String {
    var next: Node? = reading.document.root
    while let node = next {
      if node.tag == Tag("title") {
        let title = Privacy.scrubbed(PlainText.of(node).onOneLine)
        if !title.isEmpty { return String(title.prefix(60)) }
      }
      next = node.following(within: reading.document.root)
    }
    return reading.page.url
  }

  private func isBoard(_ rows: Rows) -> Bool {
    let words = ["留言", "信件", "来信", "信箱", "诉求", "论坛", "投诉", "咨询", "建议"]
    return words.contains { title.contains($0) }
      || ["forum", "thread", "liuyan", "xinfang", "bbs"].contains { reading.page.url.contains($0) }
  }
}

// MARK: What repeats

extension PageProposal {
  private func best() -> Rows? {
    var best: Rows?
    var next: Node? = reading.document.root
    while let node = next {
      for rows in groups(in: node) where rows.score > (best?.score ?? 0) { best = rows }
      next = node.following(within: reading.document.root)
    }
    return best
  }

  /// The children of an element by their shape, those of which there are several with links.
  private func groups(in parent: Node) -> [Rows] {
    guard parent.isElement else { return [] }
    var children: [String: [Node]] = [:]
    var child = parent.firstChild
    while let node = child {
      child = node.next
      guard node.isElement, Self.rowTags.contains(node.name) else { continue }
      children[node.name, default: []].append(node)
    }
    return children.flatMap { name, nodes -> [Rows] in
      guard nodes.count >= 3, nodes.count <= Self.most else { return [] }
      let byClass = Dictionary(grouping: nodes) { $0.classes.first ?? "" }
      let shapes = byClass.count > 1 ? byClass.filter { !$0.key.isEmpty } : [:]
      return ([(name, nodes)] + shapes.map { ("\(name).\($0.key)", $0.value) })
        .compactMap { rows(parent, $1, $0) }
    }
  }

  private static let rowTags: Set<String> = [
    "li", "tr", "tbody", "div", "dd", "dl", "p", "article", "a", "section",
  ]

  private func rows(_ parent: Node, _ nodes: [Node], _ own: String) -> Rows? {
    let pairs = nodes.compactMap { node in longestAnchor(in: node).map { (node, $0) } }
    guard pairs.count >= 3, pairs.count * 10 >= nodes.count * 7 else { return nil }
    let lengths = pairs.map { min(40, PlainText.of($0.1).unicodeScalars.count) }
    let mean = Double(lengths.reduce(0, +)) / Double(pairs.count)
    let targets = Set(pairs.compactMap { $0.1.attribute("href") }).count
    // A menu is short words; the same link over and over is a button.
    guard mean >= 5, targets * 2 > pairs.count else { return nil }
    let dated = pairs.count { reading.dates.find(in: PlainText.of($0.0)).moment != nil }
    let weight = 1 + 2 * Double(dated) / Double(pairs.count)
    return Rows(
      parent: parent, rows: nodes, own: own, anchors: pairs.map(\.1), dated: dated,
      score: Double(min(pairs.count, 40)) * mean * weight)
  }

  private func longestAnchor(in row: Node) -> Node? {
    anchors(in: row).max {
      PlainText.of($0).unicodeScalars.count < PlainText.of($1).unicodeScalars.count
    }
  }

  private func anchors(in row: Node) -> [Node] {
    var anchors: [Node] = []
    var next: Node? = row
    while let node = next {
      let isAuthor = node != row && AuthorMarks.isAuthor(node)
      if !isAuthor, node.tag == Tag("a"), let href = node.attribute("href"),
        reading.address(of: href) != nil
      {
        anchors.append(node)
      }
      next = node.following(within: row, skippingChildren: isAuthor)
    }
    return anchors
  }
}

// MARK: Selectors that find it again

extension PageProposal {
  /// From the nearest ancestor with a name of its own down to the rows.
  private func items(of rows: Rows) -> String {
    var steps = [Self.step(rows.own)]
    var node: Node? = rows.parent
    while let here = node, here.isElement {
      if let id = here.attribute("id"), Self.isName(id) {
        return "//*[@id='\(id)']" + Self.down(steps)
      }
      if let name = here.classes.first(where: Self.isName) {
        let path = "//" + Self.step("\(here.name).\(name)") + Self.down(steps)
        if count(path) == rows.rows.count { return path }
      }
      steps.append(here.name)
      node = here.parent
    }
    return "/" + Self.down(steps)
  }

  private func count(_ path: String) -> Int {
    (try? reading.find(Selector(path)).count) ?? 0
  }

  private static func down(_ steps: [String]) -> String {
    steps.reversed().map { "/" + $0 }.joined()
  }

  /// `li`, or `li.item` as XPath has it.
  private static func step(_ own: String) -> String {
    let parts = own.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return own }
    return "\(parts[0])[contains(concat(' ', normalize-space(@class), ' '), ' \(parts[1]) ')]"
  }

  private static func isName(_ word: String) -> Bool {
    !word.isEmpty && word.count < 40
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
      // Numbers in a name are one page's, mostly.
      && word.count(where: \.isNumber) < 4
  }

  /// The way from a row to its longest link: that of several which leads there in most rows.
  private func anchorPath(of rows: Rows) -> String {
    if rows.own == "a" || rows.own.hasPrefix("a.") { return "." }
    let pairs = rows.rows.prefix(60).compactMap { row in
      longestAnchor(in: row).map { (row: row, anchor: $0) }
    }
    var counts: [String: Int] = [:]
    for pair in pairs {
      for path in ways(from: pair.row, to: pair.anchor) { counts[path, default: 0] += 1 }
    }
    // Of many ways those that most rows know are tried.
    let likely = counts.sorted { ($1.value, $0.key.count) < ($0.value, $1.key.count) }.prefix(8)
    let hits = likely.map { way in
      pairs.count { pair in
        (try? reading.find(Selector(way.key), in: pair.row))?.first?.node == pair.anchor
      }
    }
    let most = hits.max() ?? 0
    return zip(likely, hits).first { $0.1 == most }?.0.key ?? "(.//a[@href])[1]"
  }

  /// By its class, by the heading or cell it stands in, by its number among the links.
  private func ways(from row: Node, to anchor: Node) -> [String] {
    var ways = anchor.classes.filter(Self.isName).map { ".//" + Self.step("a.\($0)") }
    var node = anchor.parent
    while let here = node, here != row {
      if ["h1", "h2", "h3", "h4", "h5", "dt", "strong"].contains(here.name) {
        ways.append(".//\(here.name)//a[@href]")
      }
      if here.parent == row, let place = here.placeAmongItsLike {
        ways.append("./\(here.name)[\(place)]//a[@href]")
      }
      node = here.parent
    }
    let links = (try? reading.find(Selector(".//a[@href]"), in: row)) ?? []
    if let place = links.firstIndex(where: { $0.node == anchor }) {
      ways.append("(.//a[@href])[\(place + 1)]")
    }
    return ways
  }

  /// The smallest part that is a date in most rows, by its name.
  private func date(of rows: Rows) -> Selector? {
    guard rows.dated * 2 > rows.rows.count else { return nil }
    var counts: [String: Int] = [:]
    for row in rows.rows.prefix(60) {
      for path in Set(dateParts(of: row)) { counts[path, default: 0] += 1 }
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    guard let most, most.value * 2 > min(60, rows.rows.count) else { return nil }
    return Selector(".//" + most.key)
  }

  private func dateParts(of row: Node) -> [String] {
    var parts: [String] = []
    var next: Node? = row
    while let node = next {
      next = node.following(within: row)
      guard node != row, node.isElement, node.tag != Tag("a") else { continue }
      let text = PlainText.of(node)
      guard text.utf8.count < 60, reading.dates.read(text).moment != nil else { continue }
      parts.append(
        Self.step(node.classes.first(where: Self.isName).map { "\(node.name).\($0)" } ?? node.name))
    }
    return parts
  }

  private func next() -> Selector? {
    for words in ["下一页", "下页", "后一页"] {
      let selector = Selector("//a[contains(., '\(words)')]/@href")
      let found = (try? reading.find(selector)) ?? []
      if found.contains(where: { reading.link(of: $0).flatMap(reading.address) != nil }) {
        return selector
      }
    }
    return nil
  }

  private var subscriptions: [String] {
    let links = (try? reading.find(Selector("//link[@rel='alternate'][@href]"))) ?? []
    return links.compactMap(\.node).compactMap { link in
      let type = link.attribute("type") ?? ""
      guard type.contains("rss") || type.contains("atom") else { return nil }
      return link.attribute("href").flatMap { reading.address(of: $0) }?.text
    }
  }
}

extension Node {
  /// Which it is among its parent's children of its name, from 1.
  fileprivate var placeAmongItsLike: Int? {
    guard isElement else { return nil }
    var place = 1
    var other = previous
    while let here = other {
      if here.isElement, here.name == name { place += 1 }
      other = here.previous
    }
    return place
  }

  /// The words of its class.
  fileprivate var classes: [String] {
    attribute("class")?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
  }
}
