internal import GRDB
package import Vocabulary

extension Reading {
  /// The whole course of an alert, in order, without any text of the item (经过).
  package func course(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    guard let alert = try alert(id) else { throw .noSuchAlert(id) }
    let steps =
      try finding(of: alert.item) + answering(of: alert.item.id) + judging(of: id) + joining(id)
      + speaking(of: id)
      + drafting(of: id) + gatherings(of: id) + attempts(of: id) + doubts(of: id)
      + acknowledgements(of: id) + letters(of: alert) + signOffs(of: id) + chain(of: id)
    // Steps of one moment stay in the order of the walk.
    return steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
  }

  private func finding(of item: Item) throws(LedgerFault) -> [CourseStep] {
    let published = item.published.moment.map {
      CourseStep(at: $0, what: Phrase(zh: "发布", en: "published"))
    }
    let found = CourseStep(
      at: item.foundAt.wall, what: Phrase(zh: "发现", en: "found"), feed: item.feed)
    let seen = try sightings(of: item.id).map {
      CourseStep(at: $0.seenAt.wall, what: Phrase(zh: "再次发现", en: "seen again"), feed: $0.feed)
    }
    return [published, found].compactMap(\.self) + seen
  }

  private func answering(of item: Item.ID) throws(LedgerFault) -> [CourseStep] {
    try answerChanges(of: item).map { change, unit, seenAt in
      let name = change.name
      let what = unit.map { Phrase(zh: "\(name.zh)：\($0)", en: "\(name.en): \($0)") } ?? name
      return CourseStep(at: seenAt, what: what)
    }
  }

  private func judging(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT number, grade, rule_book, judged_at
      FROM verdict
      WHERE item = (SELECT item FROM alert WHERE id = ?)
      ORDER BY number
      """, [id.description]
    ) { row in
      let grade: Grade = try row.word("grade")
      let ruleBook = try row.text("rule_book")
      return CourseStep(
        at: try row.time("judged_at"),
        what: Phrase(
          zh: "系统初判：\(grade.name.zh)（规则集 \(ruleBook)）",
          en: "judged: \(grade.name.en) (rule book \(ruleBook))"))
    }
  }

  private func speaking(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT
        alert_edition.number, alert_edition.grade, alert_edition.unit, alert_edition.reason,
        alert_edition.spoken_at, direction.said_by, direction.officer,
        direction.reason AS because
      FROM alert_edition
      LEFT JOIN direction
        ON direction.alert = alert_edition.alert
        AND direction.edition = alert_edition.number
      WHERE alert_edition.alert = ?
      ORDER BY alert_edition.number
      """, [id.description]
    ) { row in
      let reason: Decision.UpdateReason? = try row.wordIfAny("reason")
      let spread = try self.spread(of: id, edition: try row.number("number"))
      let said = Edition.phrase(reason, try row.word("grade"), row.textIfAny("unit"), spread)
      return CourseStep(
        at: try row.time("spoken_at"),
        what: said.said(
          by: row.textIfAny("said_by"), row.textIfAny("officer"),
          because: row.textIfAny("because")))
    }
  }

  static let joined = """
    SELECT decision.item, decision.reason, decision.decided_at, item.feed, resemblance.share
    FROM decision
    JOIN alert
      ON alert.id = decision.alert
    JOIN item
      ON item.id = decision.item
    LEFT JOIN resemblance
      ON resemblance.item = decision.item
      AND resemblance.resembles = alert.item
    WHERE decision.alert = ?
    AND decision.item <> alert.item
    ORDER BY decision.decided_at, decision.item, decision.verdict
    """

  private func joining(_ id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    var joined: Set<Item.ID> = []
    let steps = try rows(Reading.joined, [id.description]) { row -> CourseStep? in
      guard joined.insert(try row.word("item")).inserted else { return nil }
      let what = Decision.joined(share: row.numberIfAny("share"))
      return CourseStep(at: try row.time("decided_at"), what: what, feed: try row.word("feed"))
    }
    return steps.compactMap(\.self)
  }

  private func drafting(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT id, kind, drafted_at
      FROM notice
      WHERE alert = ?
      ORDER BY drafted_at, id
      """, [id.description]
    ) { row in
      let id = try row.text("id")
      let kind: Notice.Kind = try row.word("kind")
      return CourseStep(
        at: try row.time("drafted_at"),
        what: Phrase(
          zh: "拟稿：\(kind.name.zh)（\(id)）", en: "drafted: \(kind.name.en) (\(id))"))
    }
  }

  private func acknowledgements(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT by_unit, phoned, closes, false_alarm, said_by, officer, reason, said_at
      FROM acknowledgement
      WHERE alert = ?
      ORDER BY number
      """, [id.description]
    ) { row in
      let said = Reading.said(
        closes: try row.flag("closes"), isFalse: try row.flag("false_alarm"),
        isUnit: try row.flag("by_unit"), isPhoned: try row.flag("phoned"))
      return CourseStep(
        at: try row.time("said_at"),
        what: said.said(
          by: try row.text("said_by"), row.textIfAny("officer"),
          because: row.textIfAny("reason")))
    }
  }

  /// What was heard by mail; of what is sealed that it was, and not what it says.
  private func letters(of alert: AlertRow) throws(LedgerFault) -> [CourseStep] {
    let isSealed = alert.alert.isSealed(by: alert.verdict, judged: alert.kind)
    return try heard(of: alert.id).map { heard in
      let words = isSealed ? "" : heard.words
      let who = heard.sender
      let what = heard.outcome
      return CourseStep(
        at: heard.at,
        what: Phrase(
          zh: "来信（\(who.zh)）：\(what.zh)\(words.isEmpty ? "" : "：\(words)")",
          en: "letter (\(who.en)): \(what.en)\(words.isEmpty ? "" : ": \(words)")"))
    }
  }

  private static func said(
    closes: Bool, isFalse: Bool, isUnit: Bool, isPhoned: Bool
  ) -> Phrase {
    if isFalse { return Phrase(zh: "误报", en: "false alarm") }
    if closes { return Phrase(zh: "办结", en: "closed") }
    if isPhoned { return Phrase(zh: "已电话通知承办单位", en: "the unit was told by telephone") }
    return isUnit
      ? Phrase(zh: "承办单位签收", en: "the unit has it") : Phrase(zh: "签收", en: "acknowledged")
  }

  /// Each step of its chains: how it ended, or for one that waits what will happen then.
  private func chain(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rungs(of: id).map { row in
      let who = row.rung.audience.name
      guard let end = row.end, let endedAt = row.endedAt else {
        return CourseStep(at: row.rung.dueAt.wall, what: row.rung.intention)
      }
      return CourseStep(
        at: endedAt, what: Phrase(zh: "\(who.zh)：\(end.name.zh)", en: "\(who.en): \(end.name.en)"))
    }
  }
}

extension Edition {
  /// What an alert did when it spoke; without a reason it was raised.
  static func phrase(
    _ reason: Decision.UpdateReason?, _ grade: Grade, _ unit: String?, _ spread: Spread?
  ) -> Phrase {
    let carried = Phrase(
      zh: spread.map { "（\($0.words.zh)）" } ?? "", en: spread.map { " (\($0.words.en))" } ?? "")
    return switch reason {
    case nil:
      Phrase(
        zh: "预警：\(grade.name.zh)\(carried.zh)", en: "raised: \(grade.name.en)\(carried.en)")
    case .spread:
      Phrase(
        zh: "升级为\(grade.name.zh)，再次通知\(carried.zh)",
        en: "risen to \(grade.name.en)\(carried.en)")
    case .risen: Phrase(zh: "升级为\(grade.name.zh)，再次通知", en: "risen to \(grade.name.en)")
    case .completed:
      Phrase(
        zh: "全文补全后转送（\(grade.name.zh)）", en: "sent on with the full text (\(grade.name.en))")
    case .assigned: Phrase(zh: "改派\(unit ?? "—")", en: "assigned to \(unit ?? "—")")
    case .regraded: Phrase(zh: "调级为\(grade.name.zh)", en: "regraded to \(grade.name.en)")
    }
  }
}

extension Phrase {
  /// Where it was said, by whom, and why.
  func said(by place: String?, _ officer: String?, because reason: String?) -> Phrase {
    let who = [place, officer].compactMap(\.self).joined(separator: " ")
    return Phrase(
      zh: zh + (who.isEmpty ? "" : "（\(who)）") + (reason.map { "：\($0)" } ?? ""),
      en: en + (who.isEmpty ? "" : " (\(who))") + (reason.map { ": \($0)" } ?? ""))
  }
}

extension Rung {
  /// What will happen when it comes due.
  fileprivate var intention: Phrase {
    switch purpose {
    case .acknowledgement:
      Phrase(
        zh: "届时仍未签收则催办：\(audience.name.zh)",
        en: "to be reminded if nobody has acknowledged: \(audience.name.en)")
    case .report:
      Phrase(
        zh: "届时仍无消息则催问：\(audience.name.zh)",
        en: "to be asked again if nothing is heard: \(audience.name.en)")
    }
  }
}
