internal import Vocabulary

/// RSS 2.0, RSS 1.0 and Atom as items or leads (订阅).
struct Syndication {
  let reading: Reading
  private var extract: Extract
  private var seen: Set<Item.ID> = []

  /// The rows of a feed of this kind.
  static func extract(_ reading: Reading) throws(Miss) -> Extract {
    var syndication = Syndication(reading)
    try syndication.readAll()
    return syndication.extract
  }

  private init(_ reading: Reading) {
    self.reading = reading
    extract = Extract(charset: reading.charset.description)
  }

  private mutating func readAll() throws(Miss) {
    var rows = rows()
    if let cut = reading.document.cut {
      // Half an address is another page, and half a text would stand for the whole.
      if cut == .inRow, !rows.isEmpty { rows.removeLast() }
      extract.cut = Misses.cut(reading, rows: rows.count)
    }
    let isFeed = ["rss", "feed", "rdf", "channel"].contains(reading.document.root.name.lowercased())
    guard isFeed || !rows.isEmpty else {
      throw Misses.blocked(reading)
        ?? Misses.unreadable(
          reading.page,
          Phrase(
            zh: "返回的内容不是 RSS 或 Atom：请核对网址，或改用 kind: list",
            en: "this is neither RSS nor Atom: check the address, or use kind: list"))
    }
    if rows.isEmpty, let cut = extract.cut { throw cut }
    guard !rows.isEmpty || reading.feed.mayBeEmpty else {
      throw Miss(
        .nothingFound, url: reading.page.url,
        reason: Phrase(zh: "订阅里没有任何条目", en: "the feed has no entries"))
    }
    for (index, row) in rows.enumerated() { read(row, number: index + 1) }
  }

  private func rows() -> [Node] {
    var rows: [Node] = []
    var next: Node? = reading.document.root
    while let node = next {
      let isRow = node.isElement && (node.name == "item" || node.name == "entry")
      if isRow { rows.append(node) }
      next = node.following(within: reading.document.root, skippingChildren: isRow)
    }
    return rows
  }

  private mutating func read(_ row: Node, number: Int) {
    let parts = SyndicationRow(row)
    let origin = parts.origin(WebAddress(reading.page.url) ?? reading.origin)
    let address = parts.links.lazy.compactMap { WebAddress(link: $0, from: origin) }.first
    let title = Privacy.scrubbed(parts.title.onOneLine)
    let isLead = reading.feed.article != nil && address != nil
    // Of a lead the page behind it is read.
    let body = isLead && !title.isEmpty ? "" : Privacy.scrubbed(parts.body)
    guard address != nil || !title.isEmpty || !body.isEmpty else {
      return extract.brokenRows.append(number)
    }
    let published = parts.date.map { reading.dates.read($0) } ?? .absent
    let shown = title.isEmpty ? String(body.prefix { $0 != "\n" }.prefix(40)) : title
    let own = parts.guid.map { WebAddress.id(of: reading.page.url + "\n" + $0) }
    let id = address?.itemID ?? own ?? WebAddress.id(of: reading.page.url + "\n" + shown)
    guard seen.insert(id).inserted else { return }
    let url = (address ?? reading.origin).readable.text
    add(id, url, shown, body, published, isLead: isLead)
  }

  private mutating func add(
    _ id: Item.ID, _ url: String, _ title: String, _ body: String, _ published: PublicationTime,
    isLead: Bool
  ) {
    let foundAt = reading.page.fetchedAt
    if isLead {
      extract.leads.append(
        Lead(
          id: id, feed: reading.feed.id, url: url, title: title, published: published,
          foundAt: foundAt))
    } else {
      extract.items.append(
        Item(
          id: id, feed: reading.feed.id, url: url, title: title, body: body, published: published,
          foundAt: foundAt, basis: .full, fingerprint: Fingerprinting.of(body)))
    }
  }
}

/// One `item` or `entry`, whatever the format calls its parts. Authors are not looked at.
struct SyndicationRow {
  private(set) var title = ""
  /// The likeliest first.
  private(set) var links: [String] = []
  private(set) var guid: String?
  private(set) var date: String?
  private var content: Node?
  private var summary: Node?
  private let node: Node

  /// The full text, else the summary.
  var body: String {
    let (content, summary) = (content.map(Markup.plain) ?? "", summary.map(Markup.plain) ?? "")
    return content.utf8.count >= summary.utf8.count ? content : summary
  }

  /// Reads the parts of an element.
  init(_ node: Node) {
    self.node = node
    var child = node.firstChild
    var dateRank = Int.max
    while let here = child {
      if here.isElement { read(here, &dateRank) }
      child = here.next
    }
    if let guid, links.isEmpty, WebAddress(guid) != nil { links.append(guid) }
  }

  private mutating func read(_ part: Node, _ dateRank: inout Int) {
    let name = part.name.lowercased()
    if let rank = SyndicationRow.dates.firstIndex(of: name), rank < dateRank {
      let text = Markup.raw(part).trimmed
      if !text.isEmpty { (date, dateRank) = (text, rank) }
      return
    }
    switch name {
    case "title" where !isMedia(part): title = title.isEmpty ? Markup.plain(part) : title
    case "link": readLink(part)
    case "guid", "id": readGUID(part)
    case "encoded": content = part
    case "content" where !isMedia(part): content = part
    case "description" where !isMedia(part): summary = part
    case "summary": summary = part
    default: break
    }
  }

  private func isMedia(_ part: Node) -> Bool {
    guard let namespace = part.namespace else { return false }
    return namespace.contains("mrss") || namespace.contains("itunes")
  }

  private mutating func readLink(_ part: Node) {
    guard let href = part.attribute("href") else {
      let text = Markup.raw(part).trimmed
      if !text.isEmpty { links.insert(text, at: 0) }
      return
    }
    let relation = part.attribute("rel") ?? "alternate"
    if relation == "alternate", !href.isEmpty { links.insert(href, at: 0) }
  }

  private mutating func readGUID(_ part: Node) {
    let text = Markup.raw(part).trimmed
    guard !text.isEmpty else { return }
    let isAddress = part.attribute("isPermaLink") != "false" && WebAddress(text) != nil
    if isAddress { links.append(text) }
    guid = text
  }

  private static let dates = [
    "pubdate", "published", "date", "issued", "created", "updated", "modified", "lastupdated",
  ]

  /// What the row's links are relative to (`xml:base`, outermost first).
  func origin(_ page: WebAddress) -> WebAddress {
    var written: [String] = []
    var next: Node? = node
    while let here = next, here.isElement {
      if let origin = here.attribute("base") { written.append(origin) }
      next = here.parent
    }
    return written.reversed().reduce(page) { WebAddress(link: $1, from: $0) ?? $0 }
  }
}

/// Text inside feeds, which may be markup, markup written as text, or plain.
enum Markup {
  /// The characters of an element as they are, markup as text.
  static func raw(_ node: Node) -> String {
    var text = ""
    var next: Node? = node
    while let here = next {
      here.withText { text += String(decoding: $0, as: UTF8.self) }
      text += here.entity
      next = here.following(within: node)
    }
    return text
  }

  /// What a reader sees of an element.
  static func plain(_ node: Node) -> String {
    var child = node.firstChild
    while let here = child {
      if here.isElement { return PlainText.of(node) }
      child = here.next
    }
    return plain(raw(node))
  }

  private static func plain(_ text: String) -> String {
    guard text.utf8.contains(0x3C) || text.utf8.contains(0x26) else {
      return PlainText.folded(text, keepingLines: true)
    }
    guard let document = Document(html: Array("<div>\(text)</div>".utf8)) else {
      return PlainText.folded(text, keepingLines: true)
    }
    return PlainText.of(document.root)
  }
}
