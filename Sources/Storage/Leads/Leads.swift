internal import Foundation
internal import GRDB
package import Vocabulary

extension Reading {
  static let isKnown = """
    SELECT
      EXISTS (SELECT 1 FROM lead WHERE id = ?1)
      OR EXISTS (SELECT 1 FROM item WHERE id = ?1)
      OR EXISTS (SELECT 1 FROM sighting WHERE address = ?1)
    """

  /// Which of these addresses have been seen before, as a lead, an item or a sighting.
  package func known(_ ids: [Item.ID]) throws(LedgerFault) -> Set<Item.ID> {
    var known: Set<Item.ID> = []
    for id in ids where try isTrue(Reading.isKnown, [id.rawValue]) {
      known.insert(id)
    }
    return known
  }

  /// Whether a lead's page is still to come.
  package func isOpen(_ lead: Item.ID) throws(LedgerFault) -> Bool {
    try isTrue(
      "SELECT EXISTS (SELECT 1 FROM lead WHERE id = ? AND state = 'open')", [lead.rawValue])
  }

  /// Which of these addresses a feed has nothing more to say of: it has shown them before, or they
  /// are leads whose page has not come. An item that another feed has shown may be new to this one.
  package func seen(_ ids: [Item.ID], by feed: Feed.ID) throws(LedgerFault) -> Set<Item.ID> {
    try asked(ids, Reading.seenByFeed, [feed.rawValue])
  }

  /// Which of these addresses are items.
  package func items(among ids: [Item.ID]) throws(LedgerFault) -> Set<Item.ID> {
    try asked(ids, Reading.itemsAmong)
  }

  static let seenByFeed = """
    EXISTS (SELECT 1 FROM lead WHERE id = asked.id AND (feed = :feed OR state <> 'fetched'))
    OR EXISTS (SELECT 1 FROM item WHERE id = asked.id AND feed = :feed)
    OR EXISTS (SELECT 1 FROM sighting WHERE address = asked.id AND feed = :feed)
    """
  static let itemsAmong = "EXISTS (SELECT 1 FROM item WHERE id = asked.id)"

  /// How many addresses one statement is about: most listings have fewer.
  static let batch = 64

  /// Asks a condition of so many addresses at once.
  static func asking(_ condition: String, of count: Int) -> String {
    """
    WITH asked (id) AS (VALUES \(Array(repeating: "(?)", count: count).joined(separator: ", ")))
    SELECT id
    FROM asked
    WHERE \(condition)
    """
  }

  private func asked(
    _ ids: [Item.ID], _ condition: String, _ more: Values = []
  ) throws(LedgerFault) -> Set<Item.ID> {
    var found: Set<Item.ID> = []
    for start in stride(from: 0, to: ids.count, by: Reading.batch) {
      let asked: Values = ids[start...].prefix(Reading.batch).map(\.rawValue)
      let question = Reading.asking(condition, of: asked.count)
      let answers: [String] = try values(question, asked + more)
      for answer in answers { found.insert(Item.ID(rawValue: answer)) }
    }
    return found
  }

  static let dueLeads = """
    SELECT *
    FROM lead
    WHERE state = 'open'
    AND next_try_at > ?
    AND next_try_at <= ?
    ORDER BY next_try_at
    """

  /// Every lead whose page is to be fetched, those due longest first: from after one moment, at
  /// which they were looked at last, to another.
  package func dueLeads(
    after: SteadyTime?, by: SteadyTime
  ) throws(LedgerFault) -> [OpenLead] {
    try rows(
      Reading.dueLeads, [after?.milliseconds ?? .min, by.milliseconds], OpenLead.init(row:))
  }

  static let titlesThatWait = """
    SELECT *
    FROM lead
    WHERE state = 'open'
    AND title_judged_at IS NULL
    AND found_since_boot <= ?
    AND feed IN (SELECT value FROM json_each(?))
    ORDER BY found_since_boot
    LIMIT ?
    """

  /// Leads of these feeds that were found by then, whose page has not come and whose title nobody has
  /// judged, those found first first. Those of a feed that has left the set-up stand in nobody's way.
  package func titlesThatWait(
    foundBy: SteadyTime, of feeds: [Feed.ID], limit: Int
  ) throws(LedgerFault) -> [OpenLead] {
    let ids = String(
      decoding: (try? JSONEncoder().encode(feeds.map(\.rawValue))) ?? Data(), as: UTF8.self)
    return try rows(
      Reading.titlesThatWait, [foundBy.milliseconds, ids, limit], OpenLead.init(row:))
  }
}

extension Writing {
  /// Keeps a lead: open where it is new, else known and closed. One that is there stays as it was.
  package func insert(_ lead: Lead, admission: Admission) throws(LedgerFault) {
    try insert([(lead, admission)])
  }

  /// Keeps the leads of a page: one statement for all of them, which costs a third of one for each.
  package func insert(_ leads: [(lead: Lead, admission: Admission)]) throws(LedgerFault) {
    for start in stride(from: 0, to: leads.count, by: Reading.batch) {
      let batch = leads[start...].prefix(Reading.batch)
      var values: Values = []
      for (lead, admission) in batch {
        try know(lead.feed)
        values += Writing.columns(of: lead, admission)
      }
      let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)"
      try run(
        """
        INSERT INTO lead (
          id, feed, url, title, published_as, published_from, published_to, found_at, found_boot,
          found_since_boot, on_first_run, admission, state, misses, next_try_at)
        VALUES
          \(Array(repeating: row, count: batch.count).joined(separator: ",\n  "))
        ON CONFLICT (id) DO NOTHING
        """, values)
    }
  }

  private static func columns(of lead: Lead, _ admission: Admission) -> Values {
    let isOpen = admission == .new
    // Of a closed lead only the address is needed, unless the digest is to list it.
    let isListed =
      admission == .undatedBaseline || (admission == .tooOld && !lead.onFirstRun)
    let title = isOpen || isListed ? lead.title : nil
    return [lead.id.rawValue, lead.feed.rawValue, lead.url, title] + lead.published.columns
      + lead.foundAt.columns
      + [
        lead.onFirstRun, admission.word, isOpen ? "open" : "known",
        lead.foundAt.sinceBoot,
      ]
  }

  /// The lead's page has come.
  package func leadFetched(_ id: Item.ID) throws(LedgerFault) {
    try close(id, as: "fetched")
  }

  /// The lead's page has not come; without a next try it is given up.
  package func leadMissed(
    _ id: Item.ID, cause: Miss.Cause, reason: Phrase, nextTryAt: SteadyTime?,
    isAttempt: Bool = true
  ) throws(LedgerFault) {
    try run(
      """
      UPDATE lead
      SET misses = misses + ?, miss_cause = ?, miss_zh = ?, miss_en = ?,
        next_try_at = COALESCE(?, next_try_at)
      WHERE id = ?
      """,
      [
        isAttempt ? 1 : 0, cause.rawValue, reason.zh, reason.en, nextTryAt?.milliseconds,
        id.rawValue,
      ])
    if nextTryAt == nil { try close(id, as: "given up") }
  }

  /// The lead was judged on its title because its page has not come in time.
  package func leadTitleJudged(_ id: Item.ID, at time: WallTime) throws(LedgerFault) {
    try run(
      """
      UPDATE lead
      SET title_judged_at = ?
      WHERE id = ?
      """, [time.milliseconds, id.rawValue])
  }

  private func close(_ id: Item.ID, as state: String) throws(LedgerFault) {
    try run(
      """
      UPDATE lead
      SET state = ?, title = NULL
      WHERE id = ?
      AND state = 'open'
      """, [state, id.rawValue])
  }
}

extension OpenLead {
  init(row: Row) throws(LedgerFault) {
    let lead = Lead(
      id: try row.word("id"), feed: try row.word("feed"), url: try row.text("url"),
      title: try row.text("title"), published: try row.published("published"),
      foundAt: try row.instant("found"), onFirstRun: try row.flag("on_first_run"))
    self.init(
      lead: lead, attempts: try row.number("misses"), nextTryAt: try row.steady("next_try_at"),
      titleJudgedAt: row.timeIfAny("title_judged_at"))
  }
}
