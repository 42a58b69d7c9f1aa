internal import GRDB
package import Vocabulary

extension Reading {
  static let precedentsOfItem = """
    SELECT alert.id
    FROM alert
    WHERE alert.item = ?1
    UNION
    SELECT decision.alert
    FROM decision
    WHERE decision.item = ?1
    AND decision.alert IS NOT NULL
    """

  static let precedentsOfText = """
    SELECT alert.id
    FROM item_version
    JOIN alert
      ON alert.item = item_version.item
    WHERE item_version.fingerprint = ?2
    UNION
    SELECT decision.alert
    FROM item_version
    JOIN decision
      ON decision.item = item_version.item
    WHERE item_version.fingerprint = ?2
    AND decision.alert IS NOT NULL
    UNION
    SELECT alert.id
    FROM sighting
    JOIN alert
      ON alert.item = sighting.item
    WHERE sighting.address = ?1
    """

  static let precedentsOfNearText = """
    SELECT alert.id
    FROM resemblance
    JOIN alert
      ON alert.item = resemblance.resembles
    WHERE resemblance.item = ?
    """

  /// What was already raised for this item or its text, this very item first, then the same text,
  /// then what is nearly the same; each by raising.
  ///
  /// An alert that the item joined before counts as its own; the text is looked for among all
  /// items and, through the sightings, behind the item's own address.
  package func precedents(
    of item: Item.ID, fingerprint: Fingerprint?
  ) throws(LedgerFault) -> [Precedent] {
    let own = try rows(Reading.precedentsOfItem, [item.rawValue]) { row in
      try row.alertID("id")
    }
    let others = try rows(
      Reading.precedentsOfText, [item.rawValue, fingerprint?.rawValue]
    ) { row in try row.alertID("id") }
    let near = try rows(Reading.precedentsOfNearText, [item.rawValue]) { row in
      try row.alertID("id")
    }
    return try precedents(Set(own), .sameItem)
      + precedents(Set(others).subtracting(own), .sameText)
      + precedents(Set(near).subtracting(own + others), .nearText)
  }

  private func precedents(
    _ alerts: Set<Alert.ID>, _ relation: Precedent.Relation
  ) throws(LedgerFault) -> [Precedent] {
    var precedents: [Precedent] = []
    for alert in alerts.sorted() {
      guard let precedent = try precedent(alert, relation) else { throw .damaged }
      precedents.append(precedent)
    }
    return precedents
  }

  private func precedent(
    _ id: Alert.ID, _ relation: Precedent.Relation
  ) throws(LedgerFault) -> Precedent? {
    try first(
      """
      SELECT alert.item, alert.raised_at, alert.raised_boot, alert.raised_since_boot,
        standing.grade, standing.audience, standing.audience_of
      FROM alert
      JOIN standing
        ON standing.alert = alert.id
      WHERE alert.id = ?
      """, [id.description]
    ) { row in
      Precedent(
        alert: id, item: try row.word("item"), relation: relation, grade: try row.word("grade"),
        audience: try row.audience(), raisedAt: try row.instant("raised"))
    }
  }
}
