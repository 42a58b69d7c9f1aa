internal import GRDB
package import Vocabulary

extension Reading {
  static let carriers = """
    SELECT item.feed
    FROM alert
    JOIN item
      ON item.id = alert.item
    WHERE alert.id = ?1
    UNION
    SELECT sighting.feed
    FROM alert
    JOIN sighting
      ON sighting.item = alert.item
    WHERE alert.id = ?1
    UNION
    SELECT item.feed
    FROM decision
    JOIN item
      ON item.id = decision.item
    WHERE decision.alert = ?1
    UNION
    SELECT sighting.feed
    FROM decision
    JOIN sighting
      ON sighting.item = decision.item
    WHERE decision.alert = ?1
    """

  /// The feeds that carry what an alert is about: its own item, what joined it, and where else
  /// these were seen.
  package func carriers(of alert: Alert.ID) throws(LedgerFault) -> [Feed.ID] {
    try rows(Reading.carriers, [alert.description]) { row in try row.word("feed") }
  }

  /// The outlets whose number made an alert's grade; nil where the rules alone did.
  func spread(of alert: Alert.ID) throws(LedgerFault) -> Spread? {
    let last = try count(
      """
      SELECT COALESCE(MAX(edition), 0)
      FROM spread
      WHERE alert = ?
      """, [alert.description])
    return try spread(of: alert, edition: last)
  }

  /// The outlets whose number made the grade of an edition; nil where the rules alone did.
  func spread(of alert: Alert.ID, edition: Int) throws(LedgerFault) -> Spread? {
    let outlets = try rows(
      """
      SELECT outlet, is_national
      FROM spread
      WHERE alert = ?
      AND edition = ?
      """, [alert.description, edition]
    ) { row in
      Outlet(name: try row.text("outlet"), isNational: try row.flag("is_national"))
    }
    return outlets.isEmpty ? nil : Spread(outlets)
  }
}

extension Writing {
  /// Keeps the outlets whose number made the grade of an edition.
  package func insert(
    _ spread: Spread, alert: Alert.ID, edition: Int
  ) throws(LedgerFault) {
    for outlet in spread.outlets {
      try run(
        """
        INSERT INTO spread (alert, edition, outlet, is_national)
        VALUES (?, ?, ?, ?)
        """, [alert.description, edition, outlet.name, outlet.isNational])
    }
  }
}
