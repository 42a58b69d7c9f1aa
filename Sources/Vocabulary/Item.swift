/// One post, report or message (舆情信息; 留言/诉求 where it is a citizen's message).
///
/// It has no author, and what is in it was masked before it was made.
package struct Item: Sendable, Hashable, Identifiable {
  /// Derived from the item's canonical address, so that one address is one item on every page.
  package struct ID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String
    /// An id as it stands in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
  }

  /// How much of an item has been read.
  package enum Basis: String, Sendable, Codable {
    /// The listing's title alone: its own page has not come (仅标题).
    case titleOnly
    /// All there is (全文).
    case full
  }

  package var id: ID
  package var feed: Feed.ID
  /// Where a person can read it.
  package var url: String
  package var title: String
  /// Plain text, paragraphs parted by `\n`.
  package var body: String
  package var published: PublicationTime
  /// When we first saw it; the windows run from here.
  package var foundAt: Instant
  package var basis: Basis
  /// The public answer that stood with it.
  package var answer: Answer?
  /// What makes two items the same text; nil where there is too little text to tell.
  package var fingerprint: Fingerprint?

  /// An item as it was extracted.
  package init(
    id: ID, feed: Feed.ID, url: String, title: String, body: String, published: PublicationTime,
    foundAt: Instant, basis: Basis, answer: Answer? = nil, fingerprint: Fingerprint? = nil
  ) {
    self.id = id
    self.feed = feed
    self.url = url
    self.title = title
    self.body = body
    self.published = published
    self.foundAt = foundAt
    self.basis = basis
    self.answer = answer
    self.fingerprint = fingerprint
  }
}

/// What the citizen is told in public (答复).
package struct Answer: Sendable, Hashable {
  /// The unit that answered, as the page names it.
  package var unit: String?
  package var body: String
  package var published: PublicationTime

  /// An answer as its page shows it.
  package init(unit: String?, body: String, published: PublicationTime) {
    self.unit = unit
    self.body = body
    self.published = published
  }
}

/// What makes two items the same text (指纹): SHA-256, in hexadecimal, of the text folded and
/// stripped of white space and punctuation.
package struct Fingerprint: RawRepresentable, Hashable, Sendable, Codable {
  package var rawValue: String
  /// A fingerprint as it stands in the ledger.
  package init(rawValue: String) { self.rawValue = rawValue }
}
