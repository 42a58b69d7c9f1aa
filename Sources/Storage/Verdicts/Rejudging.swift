internal import GRDB
package import Vocabulary

/// An item as it is kept, and what was last judged of it (存量信息).
package struct JudgedItem: Sendable {
  /// Its latest version.
  package var item: Item
  /// Without evidence and near misses.
  package var verdict: Verdict
}

extension Reading {
  static let judgedItems = """
    SELECT
      item.id, item.feed, item.url, item.found_at, item.found_boot, item.found_since_boot,
      item_version.published_as, item_version.published_from, item_version.published_to,
      item_version.fingerprint, item_text.title, item_text.body, item_text.answer_unit,
      item_text.answer_body, item_text.answer_published_as, item_text.answer_published_from,
      item_text.answer_published_to, verdict.*
    FROM item
    JOIN item_version
      ON item_version.item = item.id
      AND item_version.number = (
        SELECT MAX(latest.number)
        FROM item_version AS latest
        WHERE latest.item = item.id)
    JOIN item_text
      ON item_text.item = item_version.item
      AND item_text.version = item_version.number
    JOIN verdict
      ON verdict.item = item.id
      AND verdict.number = (
        SELECT MAX(latest.number)
        FROM verdict AS latest
        WHERE latest.item = item.id)
    WHERE (item.found_at, item.id) > (?, ?)
    ORDER BY item.found_at, item.id
    LIMIT ?
    """

  /// Items found since a time whose text retention has left, the earliest first; `after` is the last
  /// of those that were read before.
  package func judgedItems(
    foundSince time: WallTime, after last: Item? = nil, limit: Int
  ) throws(LedgerFault) -> [JudgedItem] {
    try rows(
      Reading.judgedItems,
      [
        last?.foundAt.wall.milliseconds ?? time.milliseconds, last?.id.rawValue ?? "", limit,
      ]
    ) { row in JudgedItem(item: try Item(row: row), verdict: try Verdict(row: row)) }
  }
}

extension Writing {
  /// Adds a verdict to an item under a changed rule book. Nobody is told: what is old is not raised.
  package func rejudge(_ verdict: Verdict, at time: Instant) throws(LedgerFault) {
    let number = try insert(verdict, at: time)
    try insert(.file(.rejudged), item: verdict.item, verdict: number, at: time)
  }
}
