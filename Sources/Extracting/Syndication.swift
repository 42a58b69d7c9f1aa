internal import Foundation
internal import Vocabulary

/// RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and JSON Feed as items or leads (订阅).
struct Syndication {
  private let page: Page
  private let feed: Feed
  private let address: WebAddress
  private let dates: DateReader
  private var extract: Extract
  private var seen: Set<Item.ID> = []

  /// The rows of a feed in XML.
  static func extract(_ reading: Reading) throws(Miss) -> Extract {
    var syndication = Syndication(
      reading.page, reading.feed, WebAddress(reading.page.url) ?? reading.origin, reading.dates,
      reading.charset)
    try syndication.readAll(of: reading)
    return syndication.extract
  }

  /// The rows of a JSON Feed, whose bytes are UTF-8 by now.
  static func extract(
    json bytes: [UInt8], _ page: Page, _ feed: Feed, _ dates: DateReader, _ charset: CharsetGuess
  ) throws(Miss) -> Extract {
    guard let rows = JSONFeed.rows(bytes), let address = WebAddress(page.url) else {
      throw Misses.unreadable(
        page, Phrase(zh: "返回的 JSON 不是 JSON Feed：请核对网址", en: "this JSON is no JSON Feed"))
    }
    var syndication = Syndication(page, feed, address, dates, charset)
    try syndication.read(rows)
    return syndication.extract
  }

  private init(
    _ page: Page, _ feed: Feed, _ address: WebAddress, _ dates: DateReader, _ charset: CharsetGuess
  ) {
    (self.page, self.feed, self.address, self.dates) = (page, feed, address, dates)
    extract = Extract(charset: charset.description)
  }

  private mutating func readAll(of reading: Reading) throws(Miss) {
    var rows = Syndication.rows(in: reading.document)
    if let cut = reading.document.cut {
      // Half an address is another page, and half a text would stand for the whole.
      if cut == .inRow, !rows.isEmpty { rows.removeLast() }
      extract.cut = Misses.cut(reading, rows: rows.count)
    }
    let isFeed = ["rss", "feed", "rdf", "channel"].contains(
      reading.document.root.localName.lowercased())
    guard isFeed || !rows.isEmpty else {
      throw Misses.blocked(reading)
        ?? Misses.unreadable(
          page,
          Phrase(
            zh: "返回的内容不是 RSS、Atom 或 JSON Feed：请核对网址，或改用 kind: list",
            en: "this is neither RSS, Atom nor JSON Feed: check the address, or use kind: list"))
    }
    if rows.isEmpty, let cut = extract.cut { throw cut }
    try read(rows.map { SyndicationRow($0) })
  }

  private mutating func read(_ rows: [SyndicationRow]) throws(Miss) {
    guard !rows.isEmpty || feed.mayBeEmpty else {
      throw Miss(
        .nothingFound, url: page.url,
        reason: Phrase(zh: "订阅里没有任何条目", en: "the feed has no entries"))
    }
    for (index, row) in rows.enumerated() { read(row, number: index + 1) }
  }

  private static func rows(in document: Document) -> [Node] {
    var rows: [Node] = []
    var next: Node? = document.root
    while let node = next {
      let isRow = node.isElement && ["item", "entry"].contains(node.localName.lowercased())
      if isRow { rows.append(node) }
      next = node.following(within: document.root, skippingChildren: isRow)
    }
    return rows
  }

  private mutating func read(_ row: SyndicationRow, number: Int) {
    let origin = row.origin(address)
    let link = row.links.lazy.compactMap { WebAddress(link: $0, from: origin) }.first
    let title = Privacy.scrubbed(row.title.onOneLine)
    let isLead = feed.article != nil && link != nil
    // Of a lead the page behind it is read.
    let body = isLead && !title.isEmpty ? "" : Privacy.scrubbed(row.body)
    guard link != nil || !title.isEmpty || !body.isEmpty else {
      return extract.brokenRows.append(number)
    }
    let published = row.date.map { dates.read($0) } ?? .absent
    let shown = title.isEmpty ? String(body.prefix { $0 != "\n" }.prefix(40)) : title
    let own = row.guid.map { WebAddress.id(of: page.url + "\n" + $0) }
    let id = link?.itemID ?? own ?? WebAddress.id(of: page.url + "\n" + shown)
    guard seen.insert(id).inserted else { return }
    add(id, (link ?? address).readable.text, shown, body, published, isLead: isLead)
  }

  private mutating func add(
    _ id: Item.ID, _ url: String, _ title: String, _ body: String, _ published: PublicationTime,
    isLead: Bool
  ) {
    let foundAt = page.fetchedAt
    if isLead {
      extract.leads.append(
        Lead(
          id: id, feed: feed.id, url: url, title: title, published: published, foundAt: foundAt))
    } else {
      extract.items.append(
        Item(
          id: id, feed: feed.id, url: url, title: title, body: body, published: published,
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
  private var markup: String?
  private var text: String?
  private let node: Node?

  /// The full text, else the summary.
  var body: String {
    let content = content.map(Markup.plain) ?? markup.map(Markup.plain) ?? ""
    let summary =
      summary.map(Markup.plain) ?? text.map { PlainText.folded($0, keepingLines: true) } ?? ""
    return content.utf8.count >= summary.utf8.count ? content : summary
  }

  /// The parts of a row that is no markup itself.
  init(
    title: String, links: [String], guid: String?, date: String?, markup: String?, text: String?
  ) {
    (self.title, self.links, self.guid) = (Markup.plain(title), links, guid)
    (self.date, self.markup, self.text, node) = (date, markup, text, nil)
    if let guid, links.isEmpty, WebAddress(guid) != nil { self.links.append(guid) }
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
    let name = part.localName.lowercased()
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
    case "content" where !isMedia(part):
      content = part
      if let address = part.attribute("src"), !address.isEmpty { links.append(address) }
    case "description" where !isMedia(part): summary = part
    case "summary": summary = part
    default: break
    }
  }

  private func isMedia(_ part: Node) -> Bool {
    guard let namespace = part.namespace else {
      return part.name.hasPrefix("media:") || part.name.hasPrefix("itunes:")
    }
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
    if let decoded = decoded(node) { return plain(decoded) }
    return plain(raw(node))
  }

  /// The text of an element that Atom says is in Base64: `mode="base64"` of 0.3, or a media type that
  /// is neither text nor XML (RFC 4287, section 4.1.3.3).
  private static func decoded(_ node: Node) -> String? {
    guard node.hasAttributes else { return nil }
    let type = node.attribute("type")?.lowercased() ?? ""
    let isBinary =
      type.contains("/") && !type.hasPrefix("text/") && !type.hasSuffix("xml")
    guard node.attribute("mode") == "base64" || isBinary else { return nil }
    let bytes = Data(base64Encoded: raw(node), options: .ignoreUnknownCharacters)
    return bytes.flatMap { String(bytes: $0, encoding: .utf8) }
  }

  /// What a reader sees of markup written as text.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(0x3C) || text.utf8.contains(0x26) else {
      return PlainText.folded(text, keepingLines: true)
    }
    guard let document = Document(html: Array("<div>\(text)</div>".utf8)) else {
      return PlainText.folded(text, keepingLines: true)
    }
    return PlainText.of(document.root)
  }
}
