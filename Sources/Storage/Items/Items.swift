internal import GRDB
package import Vocabulary

extension Reading {
  static let latestItem = """
    SELECT
      item.id, item.feed, item.url, item.found_at, item.found_boot, item.found_since_boot,
      item_version.basis, item_version.published_as, item_version.published_from,
      item_version.published_to, item_version.fingerprint, item_text.title, item_text.body,
      item_text.answer_unit, item_text.answer_body, item_text.answer_published_as,
      item_text.answer_published_from, item_text.answer_published_to
    FROM item
    JOIN item_version
      ON item_version.item = item.id
    LEFT JOIN item_text
      ON item_text.item = item_version.item
      AND item_text.version = item_version.number
    WHERE item.id = ?
    ORDER BY item_version.number DESC
    LIMIT 1
    """

  /// An item in its latest version; title and body are empty once retention has removed them.
  package func item(_ id: Item.ID) throws(LedgerFault) -> Item? {
    try first(Reading.latestItem, [id.rawValue], Item.init(row:))
  }

  static let itemsByFingerprint = """
    SELECT DISTINCT item.id, item.found_at
    FROM item_version
    JOIN item
      ON item.id = item_version.item
    WHERE item_version.fingerprint = ?
    ORDER BY item.found_at, item.id
    """

  /// The items of which some version has this text, the first found first.
  package func items(withFingerprint fingerprint: Fingerprint) throws(LedgerFault) -> [Item.ID] {
    try rows(Reading.itemsByFingerprint, [fingerprint.rawValue]) { row in try row.word("id") }
  }
}

extension Reading {
  static let versionWithText = """
    SELECT 1
    FROM item_version
    JOIN item_text
      ON item_text.item = item_version.item
      AND item_text.version = item_version.number
    WHERE item_version.item = ?1
    AND item_version.fingerprint IS ?2
    AND item_text.title = ?3
    AND (?2 IS NOT NULL OR item_text.body = ?4)
    AND item_text.answer_body IS ?5
    UNION ALL
    SELECT 1
    FROM sighting
    JOIN item_version
      ON item_version.item = sighting.item
    WHERE sighting.address = ?1
    AND item_version.fingerprint = ?2
    """

  /// Whether the text of an item is one that its address has shown before, whichever version: a
  /// page that goes to and fro between two texts says nothing new.
  package func hasVersion(withTextOf item: Item) throws(LedgerFault) -> Bool {
    try isTrue(
      "SELECT EXISTS (\(Reading.versionWithText))",
      [
        item.id.rawValue, item.fingerprint?.rawValue, item.title, item.body, item.answer?.body,
      ])
  }
}

extension Writing {
  /// Keeps an item that was not known.
  package func insert(_ item: Item, admission: Admission) throws(LedgerFault) {
    try know(item.feed)
    try run(
      """
      INSERT INTO item (id, feed, url, found_at, found_boot, found_since_boot, admission)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [item.id.rawValue, item.feed.rawValue, item.url] + item.foundAt.columns + [admission.word])
    try insertVersion(1, of: item)
  }

  /// Adds a version of an item: the full text of one that was known by its title, or the new text
  /// of a page that is watched for changes. Its facts stay as they were.
  package func complete(_ item: Item) throws(LedgerFault) {
    let latest = try count(
      """
      SELECT COALESCE(MAX(number), 0)
      FROM item_version
      WHERE item = ?
      """, [item.id.rawValue])
    guard latest > 0 else { throw .noSuch(Phrase(zh: "这条信息", en: "such item")) }
    try insertVersion(latest + 1, of: item)
  }

  private func insertVersion(_ number: Int, of item: Item) throws(LedgerFault) {
    try run(
      """
      INSERT INTO item_version (
        item, number, basis, published_as, published_from, published_to, fingerprint)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [item.id.rawValue, number, item.basis.rawValue] + item.published.columns
        + [item.fingerprint?.rawValue])
    try run(
      """
      INSERT INTO item_text (
        item, version, title, body, answer_unit, answer_body, answer_published_as,
        answer_published_from, answer_published_to)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [item.id.rawValue, number, item.title, item.body, item.answer?.unit, item.answer?.body]
        + (item.answer?.published.columns ?? [nil, nil, nil]))
  }
}

extension Item {
  init(row: Row) throws(LedgerFault) {
    self.init(
      id: try row.word("id"), feed: try row.word("feed"), url: try row.text("url"),
      title: row.textIfAny("title") ?? "", body: row.textIfAny("body") ?? "",
      published: try row.published("published"), foundAt: try row.instant("found"),
      basis: try row.word("basis"), answer: try Answer(row: row),
      fingerprint: try row.wordIfAny("fingerprint"))
  }
}

extension Answer {
  /// Nil where the row has no answer.
  init?(row: Row) throws(LedgerFault) {
    guard let body = row.textIfAny("answer_body") else { return nil }
    self.init(
      unit: row.textIfAny("answer_unit"), body: body,
      published: try row.published("answer_published"))
  }
}
