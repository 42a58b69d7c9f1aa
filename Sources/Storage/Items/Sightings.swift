internal import GRDB
package import Vocabulary

extension Reading {
  /// Where else an item was seen, the first first.
  package func sightings(of item: Item.ID) throws(LedgerFault) -> [Sighting] {
    try rows(
      """
      SELECT sighting.*, sighting_text.title
      FROM sighting
      LEFT JOIN sighting_text
        ON sighting_text.address = sighting.address
        AND sighting_text.feed = sighting.feed
      WHERE sighting.item = ?
      ORDER BY sighting.seen_at, sighting.address, sighting.feed
      """, [item.rawValue]
    ) { row in
      Sighting(
        item: try row.word("item"), feed: try row.word("feed"), url: try row.text("url"),
        title: row.textIfAny("title") ?? "", seenAt: try row.instant("seen"))
    }
  }
}

extension Writing {
  /// Keeps that an item was seen at an address of a feed, and whether it counted as new there; the
  /// first time counts.
  package func insert(
    _ sighting: Sighting, address: Item.ID, relation: Precedent.Relation,
    admission: Admission = .new
  ) throws(LedgerFault) {
    try know(sighting.feed)
    let added = try run(
      """
      INSERT INTO sighting (
        address, feed, item, url, relation, admission, seen_at, seen_boot, seen_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (address, feed) DO NOTHING
      """,
      [
        address.rawValue, sighting.feed.rawValue, sighting.item.rawValue, sighting.url,
        relation.rawValue, admission.word,
      ] + sighting.seenAt.columns)
    guard added > 0 else { return }
    try run(
      """
      INSERT INTO sighting_text (address, feed, title)
      VALUES (?, ?, ?)
      """, [address.rawValue, sighting.feed.rawValue, sighting.title])
  }
}
