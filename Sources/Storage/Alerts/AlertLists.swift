internal import GRDB
package import Vocabulary

extension Reading {
  /// One alert with all that is known around it.
  package func alert(_ id: Alert.ID) throws(LedgerFault) -> AlertRow? {
    let found = try first(
      """
      \(Reading.alertColumns)
      WHERE alert.id = ?
      """, [id.description], AlertLine.init(row:))
    return try found.map { line throws(LedgerFault) in try row(line) }
  }

  /// The alerts that a filter lets through, the latest raised first.
  package func alerts(_ filter: AlertFilter) throws(LedgerFault) -> [AlertRow] {
    let (conditions, values) = filter.conditions
    let lines = try rows(
      """
      \(Reading.alertColumns)
      \(conditions)
      ORDER BY alert.raised_at DESC, alert.id DESC
      LIMIT ?
      """, values + [filter.limit ?? -1], AlertLine.init(row:))
    var found: [AlertRow] = []
    for line in lines {
      found.append(try row(line))
    }
    return found
  }

  static let alertColumns = """
    SELECT
      alert.item, alert.raised_at, alert.raised_boot, alert.raised_since_boot, standing.*
    FROM alert
    JOIN standing
      ON standing.alert = alert.id
    """

  private func row(_ line: AlertLine) throws(LedgerFault) -> AlertRow {
    let now = line.edition
    guard let item = try item(line.item),
      let verdict = try verdict(now.verdict, of: now.verdictItem),
      let deadline = try deadline(.notify, of: now.alert)
    else { throw .damaged }
    let alert = Alert(
      id: now.alert, item: item.id, grade: now.grade, audience: now.audience,
      raisedAt: line.raisedAt, deadline: deadline)
    return AlertRow(
      alert: alert, state: line.state, unit: now.unit, topic: verdict.topic, kind: verdict.kind,
      item: item, feed: item.feed, verdict: verdict,
      reason: try decision(on: now.verdict, of: now.verdictItem), edition: now.number,
      sentAt: try sentAt(now.alert, edition: now.number), acknowledgedAt: line.acknowledgedAt,
      awaitsUnit: line.awaitsUnit, feedback: try self.deadline(.feedback, of: now.alert),
      notices: try notices(of: now.alert), calls: try calls(of: now.alert),
      rungs: try rungs(of: now.alert),
      acknowledgements: try acknowledgements(of: now.alert, edition: now.number),
      spread: try spread(of: now.alert), isRegraded: try isRegraded(now.alert))
  }

  /// Whether an officer gave an alert the grade it has.
  func isRegraded(_ id: Alert.ID) throws(LedgerFault) -> Bool {
    try isTrue(
      """
      SELECT COALESCE((
        SELECT reason = 'regraded'
        FROM alert_edition
        WHERE alert = ?
        AND reason IN ('regraded', 'risen', 'spread')
        ORDER BY number DESC
        LIMIT 1), 0)
      """, [id.description])
  }
}

/// One line of `alertColumns`.
private struct AlertLine {
  var edition: Edition
  var item: Item.ID
  var raisedAt: Instant
  var state: Alert.State
  var acknowledgedAt: WallTime?
  var awaitsUnit: Bool

  init(row: Row) throws(LedgerFault) {
    edition = try Edition(standing: row)
    item = try row.word("item")
    raisedAt = try row.instant("raised")
    state = try row.word("state")
    acknowledgedAt = row.timeIfAny("acknowledged_at")
    awaitsUnit = try row.flag("awaits_unit")
  }
}

extension AlertFilter {
  /// A `WHERE` of fixed texts, and what goes into its question marks.
  var conditions: (sql: String, values: Reading.Values) {
    var parts: [String] = []
    var values: Reading.Values = []
    func add(_ sql: String, _ value: String?) {
      guard let value else { return }
      parts.append(sql)
      values.append(value)
    }
    func add(_ sql: String, _ time: WallTime?) {
      guard let time else { return }
      parts.append(sql)
      values.append(time.milliseconds)
    }
    add("alert.raised_at >= ?", since)
    add("alert.raised_at < ?", until)
    add("standing.unit = ?", unit?.rawValue)
    add("standing.grade = ?", grade?.rawValue)
    add("standing.state = ?", state?.rawValue)
    if awaiting {
      parts.append("(standing.state IN ('open', 'returned') OR standing.awaits_unit = 1)")
    }
    add(AlertFilter.isAtURL, url)
    if url != nil { values += [url, url, url] }
    return (parts.isEmpty ? "" : "WHERE " + parts.joined(separator: "\nAND "), values)
  }

  private static let isAtURL = """
    alert.id IN (
      SELECT raised.id
      FROM item
      JOIN alert AS raised
        ON raised.item = item.id
      WHERE item.url = ?
      UNION
      SELECT raised.id
      FROM sighting
      JOIN alert AS raised
        ON raised.item = sighting.item
      WHERE sighting.url = ?
      UNION
      SELECT decision.alert
      FROM item
      JOIN decision
        ON decision.item = item.id
      WHERE item.url = ?
      AND decision.alert IS NOT NULL
      UNION
      SELECT decision.alert
      FROM sighting
      JOIN decision
        ON decision.item = sighting.item
      WHERE sighting.url = ?
      AND decision.alert IS NOT NULL)
    """
}
