internal import Vocabulary

/// Rows of a list or board as leads, or as items where the listing says all there is (列表页).
struct Listing {
  let reading: Reading
  private var extract: Extract
  private var seen: Set<Item.ID> = []

  /// The rows of a page.
  static func extract(_ reading: Reading) throws(Miss) -> Extract {
    var listing = Listing(reading)
    try listing.readRows()
    let older = try reading.older()
    (listing.extract.next, listing.extract.nextBody) = (older?.url, older?.body)
    return listing.extract
  }

  private init(_ reading: Reading) {
    self.reading = reading
    extract = Extract(charset: reading.charset.description)
  }

  private mutating func readRows() throws(Miss) {
    let rows = try rows()
    for (index, row) in rows.enumerated() {
      try read(row, number: index + 1)
    }
    guard !rows.isEmpty, extract.items.isEmpty, extract.leads.isEmpty else { return }
    guard !reading.feed.mayBeEmpty else { return }
    throw Misses.rowsWithout(reading, count: rows.count)
  }

  private func rows() throws(Miss) -> [Node] {
    guard let selector = reading.feed.items else { return try Rows.guessed(reading) }
    let rows = try reading.find(selector).compactMap(\.node)
    guard rows.isEmpty, !reading.feed.mayBeEmpty else { return rows }
    throw Misses.nothing(reading, selector, Phrase(zh: "行（items）", en: "rows (items)"))
  }

  private mutating func read(_ row: Node, number: Int) throws(Miss) {
    let (anchor, address) = try link(of: row)
    let title = try title(of: row, anchor)
    let answer = try AnswerPart.read(reading, in: row)
    let body = try body(of: row, without: answer.nodes)
    guard address != nil || !title.isEmpty || !body.isEmpty else {
      return extract.brokenRows.append(number)
    }
    let published = try time(of: row, anchor)
    add(
      Row(title: title, address: address, body: body, published: published, answer: answer.answer))
  }

  private mutating func add(_ row: Row) {
    let url = (row.address ?? reading.origin).readable.text
    let id = row.address?.itemID ?? row.id(on: reading.feed.url)
    guard seen.insert(id).inserted else { return }
    if reading.feed.article != nil, row.address != nil {
      extract.leads.append(
        Lead(
          id: id, feed: reading.feed.id, url: url, title: row.title, published: row.published,
          foundAt: reading.page.fetchedAt))
    } else {
      let isWhole = reading.feed.article == nil
      extract.items.append(
        Item(
          id: id, feed: reading.feed.id, url: url, title: row.titleOrBody, body: row.body,
          published: row.published, foundAt: reading.page.fetchedAt,
          basis: isWhole ? .full : .titleOnly, answer: row.answer,
          fingerprint: Fingerprinting.of(row.body)))
    }
  }

  private func link(of row: Node) throws(Miss) -> (anchor: Node?, address: WebAddress?) {
    guard let selector = reading.feed.link else {
      let anchor = Anchors.first(in: row)
      return (anchor, anchor?.attribute("href").flatMap { reading.address(of: $0) })
    }
    for finding in try reading.find(selector, in: row) {
      guard let link = reading.link(of: finding), let address = reading.address(of: link) else {
        continue
      }
      let holder = finding.node.flatMap { $0.isAttribute ? $0.parent : $0 }
      return (holder, address)
    }
    return (nil, nil)
  }

  private func title(of row: Node, _ anchor: Node?) throws(Miss) -> String {
    guard let selector = reading.feed.title else {
      return Privacy.scrubbed(anchor.map { TitleText.of($0) } ?? "")
    }
    let findings = try reading.find(selector, in: row)
    for finding in findings {
      let title = finding.node.map { TitleText.of($0) } ?? reading.text(of: finding).onOneLine
      if !title.isEmpty { return Privacy.scrubbed(title) }
    }
    return ""
  }

  private func body(of row: Node, without left: Set<Node>) throws(Miss) -> String {
    guard let selector = reading.feed.body else { return "" }
    let findings = try reading.find(selector, in: row)
    return Privacy.scrubbed(reading.texts(of: findings, without: left))
  }

  private func time(of row: Node, _ anchor: Node?) throws(Miss) -> PublicationTime {
    if let selector = reading.feed.date { return try reading.time(selector, in: row) }
    var left: Set<Node> = []
    // 关于3月2日停水的通知: a date in the title is what it speaks of.
    if let anchor, anchor != row { left.insert(anchor) }
    return reading.dates.find(in: PlainText.of(row, without: left))
  }
}

/// One row of a listing as it was read.
private struct Row {
  var title: String
  var address: WebAddress?
  var body: String
  var published: PublicationTime
  var answer: Answer?

  /// The title, or the body's beginning where the row has none.
  var titleOrBody: String {
    title.isEmpty ? String(body.prefix { $0 != "\n" }.prefix(40)) : title
  }

  /// The id of a row without a link: its page and its words.
  func id(on page: String) -> Item.ID {
    let words = Scalars.string(Fingerprinting.folded(title + body))
    return WebAddress.id(of: (WebAddress(page)?.canonical.text ?? page) + "\n" + words)
  }
}

/// Titles, whole where a page shows them cut.
enum TitleText {
  /// The text of a link or heading; its `title` attribute where the text is cut with …
  static func of(_ node: Node) -> String {
    let shown = PlainText.of(node).onOneLine
    guard shown.isEmpty || isCut(shown) else { return shown }
    let holder = node.isElement && node.attribute("title") == nil ? Anchors.first(in: node) : node
    guard let whole = holder?.attribute("title").map({ PlainText.folded($0).onOneLine }) else {
      return shown
    }
    let start = shown.prefix { $0 != "…" && $0 != "." }
    return shown.isEmpty || whole.count >= start.count ? whole : shown
  }

  private static func isCut(_ title: String) -> Bool {
    ["…", "...", "..", "⋯", "。。。", "．．．"].contains { title.hasSuffix($0) }
  }
}
