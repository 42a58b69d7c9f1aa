internal import Vocabulary

/// One row of a list that is no page (数据行): what a reader of JSON or of an export found, as it stands.
struct GivenRow {
  var title = ""
  var body = ""
  var link: WebAddress?
  var published = PublicationTime.absent
  /// What the board itself calls it, where it says so.
  var number: String?
  var answer: Answer?

  /// Whether it says anything at all.
  var isEmpty: Bool { title.isEmpty && body.isEmpty && link == nil }
}

/// Rows as items, or as leads where the feed says how to read the page behind them.
struct GivenRows {
  let feed: Feed
  let page: Page
  private(set) var extract: Extract
  private var seen: Set<Item.ID> = []

  /// No rows yet.
  init(_ feed: Feed, on page: Page, charset: String) {
    self.feed = feed
    self.page = page
    extract = Extract(charset: charset)
  }

  /// Takes a row in; one that says nothing is kept by its number alone.
  mutating func add(_ row: GivenRow, number: Int) {
    guard !row.isEmpty else { return extract.brokenRows.append(number) }
    let id = id(of: row)
    guard seen.insert(id).inserted else { return }
    if feed.article != nil, let link = row.link {
      extract.leads.append(
        Lead(
          id: id, feed: feed.id, url: link.readable.text, title: row.title,
          published: row.published, foundAt: page.fetchedAt))
    } else {
      extract.items.append(item(row, id))
    }
  }

  /// Counts a row that could not be read.
  mutating func isBroken(_ number: Int) { extract.brokenRows.append(number) }

  /// The way to older pages.
  mutating func goesOn(to next: (url: String, body: RequestBody?)?) {
    (extract.next, extract.nextBody) = (next?.url, next?.body)
  }

  private func item(_ row: GivenRow, _ id: Item.ID) -> Item {
    let shown = row.title.isEmpty ? String(row.body.prefix { $0 != "\n" }.prefix(40)) : row.title
    // What has no link of its own is read where the feed says that it stands.
    let url = row.link?.readable.text ?? WebAddress(feed.url)?.readable.text ?? ""
    return Item(
      id: id, feed: feed.id, url: url, title: shown, body: row.body, published: row.published,
      foundAt: page.fetchedAt, basis: .full, answer: row.answer,
      fingerprint: Fingerprinting.of(row.body))
  }

  /// The address decides, else the board's own number, else the words.
  private func id(of row: GivenRow) -> Item.ID {
    if let link = row.link { return link.itemID }
    let place = feed.url.isEmpty ? feed.id.rawValue : feed.url
    let what =
      row.number.map { "#" + $0 } ?? Scalars.string(Fingerprinting.folded(row.title + row.body))
    return WebAddress.id(of: place + "\n" + what)
  }
}
