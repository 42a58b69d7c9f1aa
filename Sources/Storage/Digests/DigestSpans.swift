internal import GRDB
package import Vocabulary

extension Reading {
  /// Items and leads without a date that stood there when their feed was first read, if that was
  /// in the span; with the feed's id for its name.
  package func undated(from: WallTime, to: WallTime) throws(LedgerFault) -> [Digest.Undated] {
    try rows(
      """
      SELECT item.url, item.feed, item.found_at, (
        SELECT item_text.title
        FROM item_text
        WHERE item_text.item = item.id
        ORDER BY item_text.version DESC
        LIMIT 1
      ) AS title
      FROM item
      WHERE item.admission = 'undatedBaseline'
      AND item.found_at >= ?1
      AND item.found_at < ?2
      AND NOT EXISTS (
        SELECT 1
        FROM verdict
        WHERE verdict.item = item.id
        AND verdict.kind = 'conduct')
      UNION ALL
      SELECT lead.url, lead.feed, lead.found_at, lead.title
      FROM lead
      WHERE lead.admission = 'undatedBaseline'
      AND lead.found_at >= ?1
      AND lead.found_at < ?2
      AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = lead.id)
      ORDER BY 2, 3, 1
      """, [from.milliseconds, to.milliseconds]
    ) { row in
      Digest.Undated(
        title: row.textIfAny("title") ?? "", url: try row.text("url"),
        feedName: try row.text("feed"))
    }
  }

  static let foundLate = """
    SELECT item.url, item.feed, item.found_at,
      COALESCE(item_version.published_to, item_version.published_from) AS published, (
        SELECT item_text.title
        FROM item_text
        WHERE item_text.item = item.id
        ORDER BY item_text.version DESC
        LIMIT 1
      ) AS title
    FROM item
    JOIN item_version
      ON item_version.item = item.id
      AND item_version.number = 1
    JOIN feed_state
      ON feed_state.feed = item.feed
    WHERE item.admission = 'tooOld'
    AND item.found_at >= ?1
    AND item.found_at < ?2
    AND item.found_at > feed_state.first_read_at
    AND NOT EXISTS (
      SELECT 1
      FROM verdict
      WHERE verdict.item = item.id
      AND verdict.kind = 'conduct')
    UNION ALL
    SELECT lead.url, lead.feed, lead.found_at,
      COALESCE(lead.published_to, lead.published_from) AS published, lead.title
    FROM lead
    WHERE lead.admission = 'tooOld'
    AND lead.on_first_run = 0
    AND lead.found_at >= ?1
    AND lead.found_at < ?2
    AND NOT EXISTS (SELECT 1 FROM item WHERE item.id = lead.id)
    ORDER BY published, 1
    """

  /// Items and leads that were older than their feed's cap when they were found, if that was in the
  /// span; what stood there when a feed was first read is not among them. With the feed's id for its
  /// name.
  package func foundLate(
    from: WallTime, to: WallTime
  ) throws(LedgerFault) -> [Digest.FoundLate] {
    try rows(Reading.foundLate, [from.milliseconds, to.milliseconds]) { row in
      let found = try row.time("found_at")
      let age = found - (row.timeIfAny("published") ?? found)
      return Digest.FoundLate(
        title: row.textIfAny("title") ?? "", url: try row.text("url"),
        feedName: try row.text("feed"), days: Int(age / .days(1)))
    }
  }

  /// How many items were first seen in a span.
  package func itemsRead(from: WallTime, to: WallTime) throws(LedgerFault) -> Int {
    try count(
      """
      SELECT COUNT(*)
      FROM item
      WHERE found_at >= ?
      AND found_at < ?
      """, [from.milliseconds, to.milliseconds])
  }

  /// The feeds that were read with success in a span, by the hours of their polls.
  package func feedsRead(from: WallTime, to: WallTime) throws(LedgerFault) -> Set<Feed.ID> {
    let hour = Duration.hours(1)
    let feeds: [Feed.ID] = try rows(
      """
      SELECT DISTINCT feed
      FROM poll_hour
      WHERE hour_at > ?
      AND hour_at < ?
      AND successes > 0
      """, [(from - hour).milliseconds, to.milliseconds]
    ) { row in try row.word("feed") }
    return Set(feeds)
  }

  /// The digest of a period, with the period before and, for daily ones, the day a week ago.
  /// Feeds that `feedNames` does not have appear under their id.
  package func digest(
    _ period: Digest.Period, before: Digest.Period, weekAgo: Digest.Period?,
    feedNames: [Feed.ID: String], language: Language
  ) throws(LedgerFault) -> Digest {
    func name(_ id: String) -> String { feedNames[Feed.ID(rawValue: id)] ?? id }
    var digest = Digest(period: period)
    digest.counts = try digestCounts(from: period.from, to: period.to)
    digest.before = try digestCounts(from: before.from, to: before.to)
    if let weekAgo { digest.weekAgo = try digestCounts(from: weekAgo.from, to: weekAgo.to) }
    digest.awaiting = try awaiting(at: period.to)
    digest.unacknowledged = digest.awaiting.count { $0.state == .open || $0.state == .returned }
    digest.awaitingUnit = digest.awaiting.count(where: \.awaitsUnit)
    digest.lines = try digestLines(from: period.from, to: period.to)
    digest.undated = try undated(from: period.from, to: period.to)
    digest.foundLate = try foundLate(from: period.from, to: period.to)
    digest.blindSpots = try blindSpots(from: period.from, to: period.to, language: language).map {
      Digest.BlindSpot(
        feed: $0.feed, feedName: $0.feed.map { name($0.rawValue) }, from: $0.from, to: $0.to,
        reason: $0.reason)
    }
    digest.conduct = try conduct(from: period.from, to: period.to)
    digest.itemsRead = try itemsRead(from: period.from, to: period.to)
    digest.feedsWatched = try feedsRead(from: period.from, to: period.to).count
    digest.feedNames = feedNames
    digest.punctuality = try windows(from: period.from, to: period.to).punctuality
    digest.running = try windowsRunning(at: period.to)
    (digest.acknowledging, digest.outcomes) = try hearings(from: period.from, to: period.to)
    for index in digest.awaiting.indices {
      digest.awaiting[index].feedName = name(digest.awaiting[index].feedName)
    }
    for index in digest.lines.indices {
      digest.lines[index].feedName = name(digest.lines[index].feedName)
    }
    for index in digest.undated.indices {
      digest.undated[index].feedName = name(digest.undated[index].feedName)
    }
    for index in digest.foundLate.indices {
      digest.foundLate[index].feedName = name(digest.foundLate[index].feedName)
    }
    return digest
  }
}
