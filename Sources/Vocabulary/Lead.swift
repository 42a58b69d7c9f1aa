/// An address that a listing page asks us to fetch once (待采链接).
///
/// It carries the id of the item it will become, and what the listing said of it, so that the item
/// can be judged on its title when its own page does not come.
package struct Lead: Sendable, Hashable, Identifiable {
  package var id: Item.ID
  package var feed: Feed.ID
  package var url: String
  package var title: String
  package var published: PublicationTime
  package var foundAt: Instant
  /// Whether it stood there when its feed was first read.
  package var onFirstRun: Bool

  /// A lead as its listing shows it.
  package init(
    id: Item.ID, feed: Feed.ID, url: String, title: String, published: PublicationTime,
    foundAt: Instant, onFirstRun: Bool = false
  ) {
    self.id = id
    self.feed = feed
    self.url = url
    self.title = title
    self.published = published
    self.foundAt = foundAt
    self.onFirstRun = onFirstRun
  }
}

/// What one page held (提取结果).
package struct Extract: Sendable {
  /// Items that are complete.
  package var items: [Item]
  /// Items whose own page is still to be fetched.
  package var leads: [Lead]
  /// The address of older pages, absolute.
  package var next: String?
  /// What they are asked for with; nil for GET.
  package var nextBody: RequestBody?
  /// The charset the page was read in, and what made us believe it, as in `GB18030 (meta)`.
  package var charset: String
  /// Rows that the selectors found but that had neither title nor link, by number from 1.
  package var brokenRows: [Int]
  /// What to say of a page that broke off; the rows that came whole are here.
  package var cut: Miss?

  /// What one page held.
  package init(
    items: [Item] = [], leads: [Lead] = [], next: String? = nil, charset: String = "UTF-8",
    brokenRows: [Int] = [], cut: Miss? = nil
  ) {
    self.items = items
    self.leads = leads
    self.next = next
    self.charset = charset
    self.brokenRows = brokenRows
    self.cut = cut
  }
}

/// The same item seen again elsewhere (转载; 重复件 for the same letter on two boards).
package struct Sighting: Sendable, Hashable {
  package var item: Item.ID
  package var feed: Feed.ID
  package var url: String
  package var title: String
  package var seenAt: Instant

  /// One more place where an item was seen.
  package init(item: Item.ID, feed: Feed.ID, url: String, title: String, seenAt: Instant) {
    self.item = item
    self.feed = feed
    self.url = url
    self.title = title
    self.seenAt = seenAt
  }
}
