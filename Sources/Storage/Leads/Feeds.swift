internal import GRDB
package import Vocabulary

extension Reading {
  /// How the watching of a feed stands; nil for one that was never saved.
  package func feedState(_ id: Feed.ID) throws(LedgerFault) -> FeedState? {
    try first(
      """
      SELECT *
      FROM feed_state
      WHERE feed = ?
      """, [id.rawValue], FeedState.init(row:))
  }

  /// How the watching of every feed stands, by id.
  package func feedStates() throws(LedgerFault) -> [FeedState] {
    try rows(
      """
      SELECT *
      FROM feed_state
      ORDER BY feed
      """, [], FeedState.init(row:))
  }
}

extension Writing {
  /// Writes how the watching of a feed stands now.
  package func save(_ state: FeedState) throws(LedgerFault) {
    try know(state.id)
    try run(
      """
      INSERT INTO feed_state (
        feed, url, first_read_at, first_read_boot, first_read_since_boot, last_polled_at,
        next_poll_at, last_success_at, miss_cause, miss_zh, miss_en, missed_at, misses, blind_since,
        reported_blind, etag, last_modified, digest, last_item_count, owed,
        reported_with_line, charset, past)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (feed) DO UPDATE SET
        url = excluded.url,
        first_read_at = excluded.first_read_at,
        first_read_boot = excluded.first_read_boot,
        first_read_since_boot = excluded.first_read_since_boot,
        last_polled_at = excluded.last_polled_at,
        next_poll_at = excluded.next_poll_at,
        last_success_at = excluded.last_success_at,
        miss_cause = excluded.miss_cause,
        miss_zh = excluded.miss_zh,
        miss_en = excluded.miss_en,
        missed_at = excluded.missed_at,
        misses = excluded.misses,
        blind_since = excluded.blind_since,
        reported_blind = excluded.reported_blind,
        etag = excluded.etag,
        last_modified = excluded.last_modified,
        digest = excluded.digest,
        last_item_count = excluded.last_item_count,
        owed = excluded.owed,
        reported_with_line = excluded.reported_with_line,
        charset = excluded.charset,
        past = excluded.past
      """, state.columns)
  }

  /// Counts one poll of a feed in its hour; `hour` is the hour's first moment.
  package func countPoll(_ id: Feed.ID, hour: WallTime, succeeded: Bool) throws(LedgerFault) {
    try know(id)
    try run(
      """
      INSERT INTO poll_hour (feed, hour_at, successes, misses)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (feed, hour_at) DO UPDATE SET
        successes = successes + excluded.successes,
        misses = misses + excluded.misses
      """, [id.rawValue, hour.milliseconds, succeeded ? 1 : 0, succeeded ? 0 : 1])
  }

  /// Sees to it that a feed can be named.
  func know(_ id: Feed.ID) throws(LedgerFault) {
    guard !knownFeeds.contains(id) else { return }
    try run(
      """
      INSERT INTO feed (id)
      VALUES (?)
      ON CONFLICT (id) DO NOTHING
      """, [id.rawValue])
    knownFeeds.insert(id)
  }
}

extension FeedState {
  init(row: Row) throws(LedgerFault) {
    self.init(
      id: try row.word("feed"), url: try row.text("url"), nextPollAt: try row.steady("next_poll_at")
    )
    firstReadAt = row.timeIfAny("first_read_at") == nil ? nil : try row.instant("first_read")
    lastPolledAt = row.timeIfAny("last_polled_at")
    lastSuccessAt = row.timeIfAny("last_success_at")
    lastMiss = try LastMiss(row: row)
    misses = try row.number("misses")
    blindSince = row.timeIfAny("blind_since")
    reportedBlind = try row.flag("reported_blind")
    reportedWithLine = try row.flag("reported_with_line")
    validators = Validators(
      etag: row.textIfAny("etag"), lastModified: row.textIfAny("last_modified"),
      digest: row.textIfAny("digest"))
    lastItemCount = row.numberIfAny("last_item_count").map(Int.init)
    owed = row.textIfAny("owed").flatMap(Owed.init(rawValue:))
    charset = row.textIfAny("charset")
    past = row.textIfAny("past")
  }

  var columns: Reading.Values {
    let read = firstReadAt?.columns ?? [nil, nil, nil]
    let times: Reading.Values = [
      lastPolledAt?.milliseconds, nextPollAt.milliseconds, lastSuccessAt?.milliseconds,
    ]
    let miss: Reading.Values = [
      lastMiss?.cause.rawValue, lastMiss?.reasonZh, lastMiss?.reasonEn,
      lastMiss?.at.milliseconds, misses, blindSince?.milliseconds, reportedBlind,
    ]
    let page: Reading.Values = [
      validators.etag, validators.lastModified, validators.digest, lastItemCount,
      owed?.rawValue, reportedWithLine, charset, past,
    ]
    return [id.rawValue, url] + read + times + miss + page
  }
}

extension FeedState.LastMiss {
  /// Nil where the row has no miss.
  init?(row: Row) throws(LedgerFault) {
    guard let cause: Miss.Cause = try row.wordIfAny("miss_cause") else { return nil }
    self.init(
      cause: cause, reasonZh: try row.text("miss_zh"), reasonEn: try row.text("miss_en"),
      at: try row.time("missed_at"))
  }
}
