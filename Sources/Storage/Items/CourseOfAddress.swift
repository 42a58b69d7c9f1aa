internal import GRDB
package import Vocabulary

extension Reading {
  /// What became of whatever was found at an address, in order and without a word of its text: so
  /// that "it matched, why was I not told?" always has an answer. Empty where it was never seen.
  ///
  /// `id` is what the address is known by, however it was written.
  package func course(at url: String, _ id: Item.ID) throws(LedgerFault) -> [CourseStep] {
    let steps =
      try leading(id) + finding(at: url, id) + judging(at: url, id) + deciding(at: url, id)
    return steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
  }

  static let itemsAt = """
    SELECT id
    FROM item
    WHERE id = :id
    UNION
    SELECT id
    FROM item
    WHERE url = :url
    UNION
    SELECT item
    FROM sighting
    WHERE address = :id
    UNION
    SELECT item
    FROM sighting
    WHERE url = :url
    """

  /// A question about whatever was found at an address; its values are `itemsAt`'s.
  static func about(_ columns: String, of table: String, by order: String) -> String {
    """
    SELECT \(columns)
    FROM (\(itemsAt)) AS found
    JOIN \(table)
      ON \(table).item = found.id
    ORDER BY \(order)
    """
  }

  private func asked(_ url: String, _ id: Item.ID) -> Values { [id.rawValue, url] }

  private func leading(_ id: Item.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT feed, found_at, state, admission, misses, miss_zh, miss_en
      FROM lead
      WHERE id = ?
      """, [id.rawValue]
    ) { row in
      let what = try row.standingOfLead()
      return CourseStep(at: try row.time("found_at"), what: what, feed: try row.word("feed"))
    }
  }

  private func finding(at url: String, _ id: Item.ID) throws(LedgerFault) -> [CourseStep] {
    let found = try rows(
      """
      SELECT feed, found_at
      FROM item
      WHERE id = ?
      OR url = ?
      """, asked(url, id)
    ) { row in
      CourseStep(
        at: try row.time("found_at"), what: Phrase(zh: "发现", en: "found"),
        feed: try row.word("feed"))
    }
    let seen = try rows(
      """
      SELECT feed, seen_at, admission
      FROM sighting
      WHERE address = ?
      OR url = ?
      """, asked(url, id)
    ) { row in
      CourseStep(
        at: try row.time("seen_at"), what: try row.standingOfSighting(),
        feed: try row.word("feed"))
    }
    return found + seen
  }

  private func judging(at url: String, _ id: Item.ID) throws(LedgerFault) -> [CourseStep] {
    let question = Reading.about("grade, judged_at", of: "verdict", by: "verdict.number")
    return try rows(question, asked(url, id)) { row in
      let grade: Grade = try row.word("grade")
      return CourseStep(
        at: try row.time("judged_at"),
        what: Phrase(zh: "系统初判：\(grade.name.zh)", en: "judged: \(grade.name.en)"))
    }
  }

  private func deciding(at url: String, _ id: Item.ID) throws(LedgerFault) -> [CourseStep] {
    let share = """
      decision.*,
      (
        SELECT resemblance.share
        FROM alert
        JOIN resemblance
          ON resemblance.item = decision.item
          AND resemblance.resembles = alert.item
        WHERE alert.id = decision.alert
      ) AS share
      """
    let question = Reading.about(share, of: "decision", by: "decision.verdict")
    return try rows(question, asked(url, id)) { row in
      let decision = try Decision(row: row)
      return CourseStep(
        at: try row.time("decided_at"), what: decision.words(share: row.numberIfAny("share")))
    }
  }
}

extension Row {
  /// Where a lead stands, as a person reads it.
  fileprivate func standingOfLead() throws(LedgerFault) -> Phrase {
    let admission = try text("admission")
    switch (try text("state"), admission) {
    case ("open", _):
      let why = Phrase(zh: textIfAny("miss_zh") ?? "尚未轮到", en: textIfAny("miss_en") ?? "not yet")
      return Phrase(
        zh: "列表中发现，正文待采（\(why.zh)）",
        en: "found in a list, its page still to come (\(why.en))")
    case ("given up", _):
      return Phrase(
        zh: "列表中发现，正文多次采集失败，已放弃", en: "found in a list, its page given up after many misses")
    case ("known", _):
      return Phrase(
        zh: "列表中发现，不采正文、不通知：\(Row.keptAs(admission).zh)",
        en: "found in a list, kept unread, nobody told: \(Row.keptAs(admission).en)")
    default: return Phrase(zh: "列表中发现", en: "found in a list")
    }
  }

  /// What a text that was known already came to; what is old somewhere else changes nothing.
  fileprivate func standingOfSighting() throws(LedgerFault) -> Phrase {
    let known = Phrase(zh: "发现，与已有信息文本相同", en: "found; its text was known")
    let admission = try text("admission")
    guard admission != Admission.new.word else { return known }
    let kept = Row.keptAs(admission)
    return Phrase(
      zh: "\(known.zh)；\(kept.zh)，不再研判", en: "\(known.en); not judged again: \(kept.en)")
  }

  private static func keptAs(_ admission: String) -> Phrase {
    switch admission {
    case "tooOld": Phrase(zh: "早于该信源的时限", en: "older than its feed's cap")
    default: Phrase(zh: "首次采集该信源时已经存在", en: "it stood there when its feed was first read")
    }
  }
}
