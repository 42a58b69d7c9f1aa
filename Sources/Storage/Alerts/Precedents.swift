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
    let said = try sayings(of: id)
    // What rose after an officer assigned it names the officer's unit, which no rule gave.
    let sealed = said.last { $0.audience == .supervision }
    guard let ruled = sealed ?? said.prefix(while: { $0.reason != .assigned }).last,
      let grade = said.map(\.grade).max()
    else { return nil }
    let isRegraded = try isRegraded(id)
    return try first(
      """
      SELECT item, raised_at, raised_boot, raised_since_boot
      FROM alert
      WHERE id = ?
      """, [id.description]
    ) { row in
      Precedent(
        alert: id, item: try row.word("item"), relation: relation, grade: grade,
        audience: ruled.audience, assigned: said.last { $0.reason == .assigned }?.audience.unit,
        regraded: isRegraded ? said.last?.grade : nil, raisedAt: try row.instant("raised"))
    }
  }

  private typealias Saying = (
    grade: Grade, audience: Alert.Audience, reason: Decision.UpdateReason?
  )

  /// What an alert said each time it spoke.
  private func sayings(of id: Alert.ID) throws(LedgerFault) -> [Saying] {
    try rows(
      """
      SELECT grade, audience, audience_of, reason
      FROM alert_edition
      WHERE alert = ?
      ORDER BY number
      """, [id.description]
    ) { row in
      (try row.word("grade"), try row.audience(), try row.wordIfAny("reason"))
    }
  }
}
