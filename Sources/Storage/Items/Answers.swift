internal import GRDB
package import Vocabulary

/// A message whose page is read again (回访中的留言).
package struct Unanswered: Sendable, Hashable {
  package var item: Item.ID
  package var feed: Feed.ID
  /// How often its page has come.
  package var looks: Int
  /// How often it has not, one time after the other.
  package var misses: Int
  /// When the reading again ends, answered or not.
  package var endsAt: SteadyTime
}

extension Reading {
  /// The public answer of an item as it was seen last; nil where there was none then.
  package func answer(of item: Item.ID) throws(LedgerFault) -> Answer? {
    let last = try first(
      """
      SELECT answer_change.*, answer_text.body
      FROM answer_change
      LEFT JOIN answer_text
        ON answer_text.item = answer_change.item
        AND answer_text.number = answer_change.number
      WHERE answer_change.item = ?
      ORDER BY answer_change.number DESC
      LIMIT 1
      """, [item.rawValue]
    ) { row -> (AnswerChange, Answer) in
      (
        try row.word("change"),
        Answer(
          unit: row.textIfAny("unit"), body: row.textIfAny("body") ?? "",
          published: try row.published("published"))
      )
    }
    guard let (change, answer) = last, change != .disappeared else { return nil }
    return answer
  }

  /// The course of an item's public answer, the first change first.
  package func answerChanges(
    of item: Item.ID
  ) throws(LedgerFault) -> [(change: AnswerChange, unit: String?, seenAt: WallTime)] {
    try rows(
      """
      SELECT change, unit, seen_at
      FROM answer_change
      WHERE item = ?
      ORDER BY number
      """, [item.rawValue]
    ) { row in (try row.word("change"), row.textIfAny("unit"), try row.time("seen_at")) }
  }

  static let dueRevisits = """
    SELECT item, feed, looks, misses, ends_at
    FROM revisit
    WHERE is_over = 0
    AND next_look_at <= ?
    ORDER BY next_look_at
    LIMIT ?
    """

  /// The messages whose pages are to be read again by then, those due longest first.
  package func dueRevisits(by: SteadyTime, limit: Int) throws(LedgerFault) -> [Unanswered] {
    try rows(Reading.dueRevisits, [by.milliseconds, limit]) { row in
      Unanswered(
        item: try row.word("item"), feed: try row.word("feed"), looks: try row.number("looks"),
        misses: try row.number("misses"), endsAt: try row.steady("ends_at"))
    }
  }
}

extension Writing {
  /// Writes down what became of an item's public answer; `answer` is nil where it is gone.
  package func insert(
    _ change: AnswerChange, to answer: Answer?, of item: Item.ID, at seenAt: Instant
  ) throws(LedgerFault) {
    let number =
      try count(
        "SELECT COALESCE(MAX(number), 0) FROM answer_change WHERE item = ?", [item.rawValue])
      + 1
    try run(
      """
      INSERT INTO answer_change (
        item, number, change, unit, published_as, published_from, published_to, seen_at, seen_boot,
        seen_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [item.rawValue, number, change.rawValue, answer?.unit]
        + (answer?.published ?? .absent).columns + seenAt.columns)
    guard let answer else { return }
    try run(
      """
      INSERT INTO answer_text (item, number, body)
      VALUES (?, ?, ?)
      """, [item.rawValue, number, answer.body])
  }

  /// Begins to read an item's page again; one that is read again already stays as it is.
  package func revisit(
    _ item: Item.ID, of feed: Feed.ID, nextLookAt: SteadyTime, endsAt: SteadyTime
  ) throws(LedgerFault) {
    try know(feed)
    try run(
      """
      INSERT INTO revisit (item, feed, looks, misses, next_look_at, ends_at, is_over)
      VALUES (?, ?, 0, 0, ?, ?, 0)
      ON CONFLICT (item) DO NOTHING
      """, [item.rawValue, feed.rawValue, nextLookAt.milliseconds, endsAt.milliseconds])
  }

  /// The next look waits, and none was made.
  package func postponeRevisit(_ item: Item.ID, to time: SteadyTime) throws(LedgerFault) {
    try run(
      """
      UPDATE revisit
      SET next_look_at = ?
      WHERE item = ?
      """, [time.milliseconds, item.rawValue])
  }

  /// The page was looked at, or did not come; without a next look the reading again is over.
  package func revisited(
    _ item: Item.ID, missed: Bool, nextLookAt: SteadyTime?
  ) throws(LedgerFault) {
    try run(
      """
      UPDATE revisit
      SET looks = looks + ?1, misses = CASE WHEN ?1 = 0 THEN misses + 1 ELSE 0 END,
        next_look_at = COALESCE(?2, next_look_at), is_over = ?2 IS NULL
      WHERE item = ?3
      """, [missed ? 0 : 1, nextLookAt?.milliseconds, item.rawValue])
  }
}
