package import Vocabulary

/// Page → items and leads (提取): the second verb of the walk, pure.
package struct Extractor: Sendable {
  let zone: OfficeZone
  private let shelf = SelectorShelf()

  /// An extractor that reads dates in an office's zone.
  package init(zone: OfficeZone) {
    self.zone = zone
  }

  /// Rows as items, or as leads where the feed says how to read the page behind them; a page of
  /// kind `article` is one item.
  ///
  /// Throws `.empty` for a page without a word, `.wall` for one that keeps programs out,
  /// `.nothingFound` where a selector finds nothing, `.unreadable` where it is not what the feed
  /// says it is.
  package func extract(_ page: Page, of feed: Feed) throws(Miss) -> Extract {
    if feed.kind == .rss, JSONFeed.mayBe(page.bytes), let extract = try jsonFeed(page, feed) {
      return extract
    }
    switch feed.kind {
    case .list, .board: return try Listing.extract(try reading(page, of: feed))
    case .rss: return try Syndication.extract(try reading(page, of: feed))
    case .json:
      let page = try worded(page)
      return try JSONListing.extract(page, of: feed, dates(of: page))
    case .file: return try ExportReading.extract(page, of: feed, dates(of: page))
    // What is mailed in is read where mail is.
    case .mail: return Extract()
    case .article:
      let reading = try reading(page, of: feed)
      let item = try wholeItem(reading)
      return Extract(items: [item], next: try reading.next(), charset: reading.charset.description)
    }
  }

  /// The page behind a lead as the item that the lead becomes.
  ///
  /// The page's time beats the listing's, and its title too; what the page lacks is the lead's.
  package func item(on page: Page, for lead: Lead, of feed: Feed) throws(Miss) -> Item {
    let reading = try reading(page, of: feed, isArticle: true)
    let found = try ArticlePage.read(reading, as: feed.article ?? .auto)
    return Item(
      id: lead.id, feed: lead.feed, url: lead.url,
      title: found.title.isEmpty ? lead.title : found.title, body: found.body,
      published: found.published.moment != nil || lead.published == .absent
        ? found.published : lead.published,
      foundAt: lead.foundAt, basis: .full, answer: found.answer,
      fingerprint: Fingerprinting.of(found.body))
  }

  /// The item judged on its title alone, because its page does not come.
  package func titleItem(of lead: Lead) -> Item {
    Item(
      id: lead.id, feed: lead.feed, url: lead.url, title: lead.title, body: "",
      published: lead.published, foundAt: lead.foundAt, basis: .titleOnly)
  }

  /// The sketch of an item's body; nil where it is too short to be compared with others.
  package func sketch(of item: Item) -> Sketch? {
    Sketching.of(item.body)
  }

  /// What is wrong with a selector, nil where it can be used.
  package static func fault(in selector: Selector) -> Phrase? {
    if selector.notation == .path { return pathFault(in: selector.expression) }
    do {
      _ = try Expression(XPath.of(selector, isRelative: false))
      return nil
    } catch {
      return error.phrase
    }
  }

  /// A text that an officer writes, without what leads to a person, as if it stood on a page
  /// (隐私处理).
  package static func scrubbed(_ text: String) -> String { Privacy.scrubbed(text) }

  /// The id of the item at an address: the first 32 hexadecimal digits of the SHA-256 of its
  /// canonical form.
  package static func itemID(for url: String) -> Item.ID {
    WebAddress(url)?.itemID ?? WebAddress.id(of: url)
  }

  private func wholeItem(_ reading: Reading) throws(Miss) -> Item {
    let found = try ArticlePage.read(reading, as: reading.feed.article ?? own(reading.feed))
    let address = WebAddress(reading.feed.url) ?? reading.origin
    // The page stays and its text changes: each text is a version of the one item.
    return Item(
      id: address.itemID, feed: reading.feed.id, url: address.readable.text, title: found.title,
      body: found.body, published: found.published, foundAt: reading.page.fetchedAt, basis: .full,
      answer: found.answer, fingerprint: Fingerprinting.of(found.body))
  }

  private func own(_ feed: Feed) -> ArticleReading {
    guard feed.title != nil || feed.body != nil || feed.date != nil else { return .auto }
    return .selectors(title: feed.title, body: feed.body, date: feed.date)
  }

  func reading(_ page: Page, of feed: Feed, isArticle: Bool = false) throws(Miss) -> Reading {
    let page = try worded(page)
    let (bytes, charset) = decoded(page, feed)
    let isXML = feed.kind == .rss && !isArticle
    guard let document = isXML ? Document(xml: bytes) : Document(html: bytes) else {
      throw Misses.unreadable(
        page, Phrase(zh: "页面内容无法解析", en: "the page cannot be parsed"))
    }
    guard let address = WebAddress(page.url) ?? WebAddress(feed.url) else {
      throw Miss(
        .badAddress, url: page.url,
        reason: Phrase(zh: "页面的网址无法理解", en: "the page's address cannot be understood"))
    }
    return Reading(
      page: page, feed: feed, document: document, shelf: shelf, charset: charset,
      origin: isXML ? address : LinkOrigin.of(document, address),
      dates: dates(of: page))
  }

  private func jsonFeed(_ page: Page, _ feed: Feed) throws(Miss) -> Extract? {
    let (bytes, charset) = decoded(page, feed)
    guard JSONFeed.isLikely(bytes) else { return nil }
    return try Syndication.extract(
      json: bytes, page, feed, DateReader(zone: zone, now: page.fetchedAt.wall), charset)
  }

  private func dates(of page: Page) -> DateReader {
    DateReader(zone: zone, now: page.fetchedAt.wall)
  }

  /// A page that has at least one word.
  func worded(_ page: Page) throws(Miss) -> Page {
    guard page.bytes.contains(where: { !ASCII.isSpace($0) && $0 != 0 }) else {
      throw Misses.empty(page)
    }
    return page
  }

  /// A page's text in UTF-8.
  func decodedText(_ page: Page, _ feed: Feed) -> [UInt8] { decoded(page, feed).bytes }

  private func decoded(_ page: Page, _ feed: Feed) -> (bytes: [UInt8], charset: CharsetGuess) {
    page.bytes.withUnsafeBufferPointer { bytes in
      let guess = CharsetGuess(bytes, header: page.contentType, feed: feed.charset)
      return (Decoding.utf8(bytes, from: guess.charset), guess)
    }
  }
}

extension Extractor {
  /// What is wrong with a path into JSON, or an address with paths in it; nil where it can be used.
  private static func pathFault(in written: String) -> Phrase? {
    let paths = LinkTemplate.parts(written).compactMap { part in
      if case .path(let path) = part { return path }
      return nil
    }
    do {
      for path in written.contains("{") ? paths : [written] { _ = try JSONPath(path) }
      return nil
    } catch {
      return error.phrase
    }
  }

  /// Why nothing is read under this name, of a path or of an export's column: it is that of a person,
  /// their number, or where they live (采集范围); nil for any other.
  package static func personal(_ name: String) -> Phrase? {
    let paths = LinkTemplate.paths(name)
    let keys = name.contains("{") || !paths.isEmpty ? paths.flatMap(\.keys) : [name]
    guard keys.contains(where: PersonalNames.isOne) else { return nil }
    return Phrase(
      zh: "“\(name)”是留言人本人的信息（姓名、账号、电话、住址之类），本系统从不采集",
      en: "\"\(name)\" tells who wrote (a name, account, telephone or address): it is never read")
  }
}

/// What a page says its links are relative to (`<base href>`).
enum LinkOrigin {
  /// The first `base` in the page's head, else the page's own address.
  static func of(_ document: Document, _ address: WebAddress) -> WebAddress {
    var next: Node? = document.root
    while let node = next {
      if node.tag == Tag("base"), let href = node.attribute("href") {
        return WebAddress(link: href, from: address) ?? address
      }
      if node.tag == Tag("body") { return address }
      next = node.following(within: document.root)
    }
    return address
  }
}
