internal import GRDB
package import Vocabulary

// Allegations of misconduct (检举控告) may be seen by the supervising office alone. Every question
// here but `conduct` leaves them out, so that no title, topic or unit of one gets into a digest.

extension Reading {
  /// What `Alert.isConduct(judged:)` says, of the rows of `standing` and `verdict`.
  static let isConduct = "(standing.audience = 'supervision' OR verdict.kind = 'conduct')"

  static let raisedAndShown = """
    FROM alert
    JOIN standing
      ON standing.alert = alert.id
    JOIN verdict
      ON verdict.item = standing.verdict_item
      AND verdict.number = standing.verdict
    JOIN item
      ON item.id = alert.item
    WHERE NOT \(isConduct)
    """

  /// How many alerts were raised in a span, by the grade, topic and unit they have now and the feed
  /// they were found on, without allegations of misconduct.
  package func digestCounts(from: WallTime, to: WallTime) throws(LedgerFault) -> Digest.Counts {
    let lines = try rows(
      """
      SELECT standing.grade, verdict.topic, standing.unit, item.feed, COUNT(*) AS alerts
      \(Reading.raisedAndShown)
      AND alert.raised_at >= ?
      AND alert.raised_at < ?
      GROUP BY standing.grade, verdict.topic, standing.unit, item.feed
      """, [from.milliseconds, to.milliseconds], CountLine.init(row:))
    var counts = Digest.Counts()
    for line in lines {
      counts.byGrade[line.grade, default: 0] += line.alerts
      if let topic = line.topic { counts.byTopic[topic, default: 0] += line.alerts }
      if let unit = line.unit { counts.byUnit[unit, default: 0] += line.alerts }
      counts.byFeed[line.feed, default: 0] += line.alerts
    }
    return counts
  }

  /// The alerts raised in a span, gravest first, with the feed's id for its name.
  package func digestLines(from: WallTime, to: WallTime) throws(LedgerFault) -> [Digest.Line] {
    try lines(
      "AND alert.raised_at >= ? AND alert.raised_at < ?", [from.milliseconds, to.milliseconds])
  }

  /// The alerts that wait for somebody, whenever they were raised before a moment, gravest first: not acknowledged,
  /// or not by their unit, or with a mail that has not left. A general one whose notices leave at a
  /// later hour waits for nobody.
  package func awaiting(at time: WallTime) throws(LedgerFault) -> [Digest.Line] {
    try lines(
      """
      AND (
        standing.state IN ('open', 'returned')
        OR standing.awaits_unit = 1
        OR alert.id IN (
          SELECT notice.alert
          FROM outbox
          JOIN notice
            ON notice.id = outbox.notice
          WHERE outbox.lane = 'mail'
          AND outbox.state IN ('waiting', 'sending', 'deferred', 'held')))
      AND NOT EXISTS (
        SELECT 1
        FROM notice
        JOIN leaving
          ON leaving.notice = notice.id
        JOIN outbox
          ON outbox.notice = notice.id
        WHERE notice.alert = alert.id
        AND notice.edition = standing.edition
        AND outbox.state = 'waiting'
        AND leaving.leaves_at > ?)
      AND alert.raised_at < ?
      """, [time.milliseconds, time.milliseconds])
  }

  /// The line of one alert; nil where it alleges misconduct.
  package func digestLine(of alert: Alert.ID) throws(LedgerFault) -> Digest.Line? {
    try lines("AND alert.id = ?", [alert.description]).first
  }

  private func lines(
    _ condition: String, _ values: Values = []
  ) throws(LedgerFault) -> [Digest.Line] {
    let found = try rows(
      """
      SELECT
        alert.id, standing.grade, standing.state, standing.unit, standing.due_at,
        standing.awaits_unit, standing.edition, standing.audience, standing.audience_of, item.url,
        item.feed, item.found_at, (
          SELECT item_text.title
          FROM item_text
          WHERE item_text.item = item.id
          ORDER BY item_text.version DESC
          LIMIT 1
        ) AS title
      \(Reading.raisedAndShown)
      \(condition)
      ORDER BY
        CASE standing.grade WHEN 'major' THEN 0 WHEN 'considerable' THEN 1 ELSE 2 END,
        standing.due_at, alert.id
      """, values, ShownLine.init(row:))
    var lines: [Digest.Line] = []
    for shown in found {
      var line = shown.line
      line.sentAt = try sentAt(line.alert, edition: shown.edition)
      lines.append(line)
    }
    return lines
  }

  static let conductInSpan = """
    SELECT alert.id
    FROM alert
    JOIN standing
      ON standing.alert = alert.id
    JOIN verdict
      ON verdict.item = standing.verdict_item
      AND verdict.number = standing.verdict
    WHERE \(isConduct)
    AND alert.raised_at >= ?
    AND alert.raised_at < ?
    ORDER BY alert.year, alert.number
    """

  /// Allegations of misconduct raised in a span: their numbers alone.
  package func conduct(from: WallTime, to: WallTime) throws(LedgerFault) -> [Alert.ID] {
    try rows(Reading.conductInSpan, [from.milliseconds, to.milliseconds]) { row in
      try row.alertID("id")
    }
  }
}

/// How many alerts have a grade, a topic, a unit and a feed in common.
private struct CountLine {
  var grade: Grade
  var topic: Topic?
  var unit: UnitName?
  var feed: Feed.ID
  var alerts: Int

  init(row: Row) throws(LedgerFault) {
    grade = try row.word("grade")
    topic = try row.wordIfAny("topic")
    unit = try row.wordIfAny("unit")
    feed = try row.word("feed")
    alerts = try row.number("alerts")
  }
}

/// A digest's line without the time of its sending, which hangs on the edition.
private struct ShownLine {
  var line: Digest.Line
  var edition: Int

  init(row: Row) throws(LedgerFault) {
    edition = try row.number("edition")
    line = Digest.Line(
      alert: try row.alertID("id"), grade: try row.word("grade"), state: try row.word("state"),
      unit: try row.wordIfAny("unit"), title: row.textIfAny("title") ?? "",
      url: try row.text("url"), feedName: try row.text("feed"), foundAt: try row.time("found_at"),
      dueAt: try row.time("due_at"), sentAt: nil, awaitsUnit: try row.flag("awaits_unit"),
      mark: try row.audience().mark)
    // What may be an allegation is not for leaders before an officer has read it.
    guard try row.audience() == .officers(.mayBeConduct) else { return }
    line.title = ""
    line.url = ""
  }
}
