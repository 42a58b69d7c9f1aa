internal import GRDB
package import Vocabulary

extension Reading {
  static let hearingsInSpan = """
    SELECT
      alert.id, standing.state, standing.unit, standing.awaits_unit,
      (
        SELECT deadline_stop.stopped_since_boot
        FROM deadline_stop
        WHERE deadline_stop.alert = alert.id
        AND deadline_stop.purpose = 'notify'
        AND deadline_stop.number = standing.edition
        AND deadline_stop.why = 'sent'
      ) AS told_since_boot,
      EXISTS (
        SELECT 1
        FROM notice
        JOIN envelope
          ON envelope.notice = notice.id
        WHERE notice.alert = alert.id
        AND notice.edition = standing.edition
        AND notice.kind = 'contactSheet'
        AND envelope.part = 'unit'
      ) AS is_the_units,
      (
        SELECT MIN(standing_word.said_since_boot)
        FROM standing_word
        WHERE standing_word.alert = alert.id
        AND standing_word.edition = standing.edition
        AND standing_word.closes = 0
      ) AS said_since_boot,
      (
        SELECT MIN(standing_word.said_since_boot)
        FROM standing_word
        WHERE standing_word.alert = alert.id
        AND standing_word.edition = standing.edition
        AND standing_word.by_unit = 1
        AND standing_word.closes = 0
      ) AS unit_said_since_boot,
      EXISTS (
        SELECT 1
        FROM acknowledgement
        WHERE acknowledgement.alert = alert.id
        AND acknowledgement.false_alarm = 1
      ) AS is_false,
      EXISTS (
        SELECT 1
        FROM hearing
        WHERE hearing.alert = alert.id
        AND hearing.word = 'returned'
      ) AS was_returned
    \(raisedAndShown)
    AND alert.raised_at >= ?
    AND alert.raised_at < ?
    """

  /// Who acknowledged the alerts that were raised in a span, and how soon, those with the most
  /// alerts first; and what has come of them. Without allegations of misconduct.
  package func hearings(
    from: WallTime, to: WallTime
  ) throws(LedgerFault) -> (units: [Digest.Acknowledging], outcomes: Digest.Outcomes) {
    let found = try rows(
      Reading.hearingsInSpan, [from.milliseconds, to.milliseconds], HeardLine.init(row:))
    var units: [UnitName?: Digest.Acknowledging] = [:]
    var outcomes = Digest.Outcomes()
    for line in found {
      units[line.unit, default: Digest.Acknowledging(unit: line.unit)].add(line)
      outcomes.add(line)
    }
    let sorted = units.values.map(\.inOrder).sorted { left, right in
      guard left.raised == right.raised else { return left.raised > right.raised }
      return (left.unit?.rawValue ?? "") < (right.unit?.rawValue ?? "")
    }
    return (sorted, outcomes)
  }
}

/// What was heard of one alert.
private struct HeardLine {
  var state: Alert.State
  /// Whose word is awaited; nil for the officers'.
  var unit: UnitName?
  var isWaiting: Bool
  var took: Duration?
  var isFalse: Bool
  var wasReturned: Bool

  init(row: Row) throws(LedgerFault) {
    state = try row.word("state")
    let isTheUnits = try row.flag("is_the_units")
    unit = isTheUnits ? try row.wordIfAny("unit") : nil
    isFalse = try row.flag("is_false")
    wasReturned = try row.flag("was_returned")
    let told = row.numberIfAny("told_since_boot")
    let said = row.numberIfAny(isTheUnits ? "unit_said_since_boot" : "said_since_boot")
    took = if let told, let said { .milliseconds(max(0, said - told)) } else { nil }
    let isOpen = state == .open || state == .returned
    let awaitsUnit = try row.flag("awaits_unit")
    isWaiting = told != nil && (isOpen || awaitsUnit)
  }
}

extension Digest.Acknowledging {
  fileprivate mutating func add(_ line: HeardLine) {
    raised += 1
    waiting += line.isWaiting ? 1 : 0
    if let span = line.took { took.append(span) }
  }

  fileprivate var inOrder: Digest.Acknowledging {
    Digest.Acknowledging(unit: unit, raised: raised, waiting: waiting, took: took.sorted())
  }
}

extension Digest.Outcomes {
  fileprivate mutating func add(_ line: HeardLine) {
    everReturned += line.wasReturned ? 1 : 0
    switch line.state {
    case .closed where line.isFalse: falseAlarms += 1
    case .closed: closed += 1
    case .returned: returned += 1
    case .acknowledged: acknowledged += 1
    case .open: open += 1
    }
  }
}
