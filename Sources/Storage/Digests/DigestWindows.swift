internal import GRDB
package import Vocabulary

// A window ends when its notice leaves, or when it is over; so each belongs to one period, however
// late what became of it is known. One that was replaced before anybody was told ended nowhere: the
// next of the same alert runs from the same moment.

extension Reading {
  static let windowsInSpan = """
    SELECT
      deadline.alert, deadline.number, deadline.number = standing.edition AS is_current,
      alert_edition.grade, deadline.started_since_boot, deadline.window_length, deadline.due_at,
      deadline_stop.stopped_at, deadline_stop.stopped_since_boot,
      EXISTS (
        SELECT 1
        FROM hearing
        WHERE hearing.alert = deadline.alert
        AND hearing.edition = deadline.number
        AND hearing.word = 'returned'
        AND NOT EXISTS (
          SELECT 1
          FROM standing_word
          WHERE standing_word.alert = deadline.alert
          AND standing_word.edition = deadline.number
          AND standing_word.by_unit = 1)
      ) AS is_returned,
      EXISTS (
        SELECT 1
        FROM acknowledgement
        WHERE acknowledgement.alert = deadline.alert
        AND (
          acknowledgement.false_alarm = 1
          OR (acknowledgement.closes = 1 AND deadline_stop.alert IS NULL))
      ) AS is_off
    FROM deadline
    JOIN alert_edition
      ON alert_edition.alert = deadline.alert
      AND alert_edition.number = deadline.number
    JOIN standing
      ON standing.alert = deadline.alert
    JOIN verdict
      ON verdict.item = standing.verdict_item
      AND verdict.number = standing.verdict
    LEFT JOIN deadline_stop
      ON deadline_stop.alert = deadline.alert
      AND deadline_stop.purpose = deadline.purpose
      AND deadline_stop.number = deadline.number
    WHERE deadline.purpose = 'notify'
    AND deadline.due_at >= ?
    AND deadline.started_at < ?
    AND (deadline_stop.why IS NULL OR deadline_stop.why = 'sent')
    AND NOT \(isConduct)
    """

  /// The windows that ended in a span, without those of allegations of misconduct.
  package func windows(
    from: WallTime, to: WallTime
  ) throws(LedgerFault) -> [EndedWindow] {
    try rows(
      Reading.windowsInSpan, [from.milliseconds, to.milliseconds], EndedWindow.init(row:)
    ).filter { from <= $0.endedAt && $0.endedAt < to }
  }

  /// How many windows run at a moment, or ran.
  package func windowsRunning(at time: WallTime) throws(LedgerFault) -> Int {
    let windows = try rows(
      Reading.windowsInSpan, [time.milliseconds, time.milliseconds], EndedWindow.init(row:))
    return windows.count { $0.endedAt >= time && !$0.isVoid }
  }
}

extension Digest.Punctuality {
  /// With one window more.
  fileprivate mutating func add(_ window: EndedWindow) {
    guard !window.isVoid else { return voided += 1 }
    guard let share = window.share else { return unsent += 1 }
    if window.isLate { late += 1 } else { kept += 1 }
    used.append(share)
  }

  fileprivate var inOrder: Digest.Punctuality {
    var tally = self
    tally.used.sort()
    return tally
  }
}

extension [EndedWindow] {
  /// How they were used, by grade.
  var punctuality: [Grade: Digest.Punctuality] {
    var tallies: [Grade: Digest.Punctuality] = [:]
    for window in self { tallies[window.grade, default: Digest.Punctuality()].add(window) }
    return tallies.mapValues(\.inOrder)
  }
}

/// A window that ended (到期或已发出的时限).
package struct EndedWindow: Sendable, Hashable {
  package var alert: Alert.ID
  package var grade: Grade
  /// Whether it is the window of what the alert says now.
  package var isCurrent: Bool
  package var window: Duration
  package var startedAt: SteadyTime
  package var dueAt: WallTime
  /// When everybody was told to whom it is owed; nil while they are not.
  package var toldAt: SteadyTime?
  /// Whether a return, a false alarm or a closing made it void.
  package var isVoid: Bool
  /// When it ended, by the wall.
  package var endedAt: WallTime

  /// Whether it was not kept.
  package var isLate: Bool {
    guard let toldAt else { return !isVoid }
    return !isVoid && toldAt - startedAt > window
  }

  /// The share of the window that it took; nil while nobody is told.
  package var share: Double? {
    guard let toldAt else { return nil }
    let used: Duration = toldAt - startedAt
    return Double(used.inMilliseconds) / Double(max(1, window.inMilliseconds))
  }
}

extension EndedWindow {
  init(row: Row) throws(LedgerFault) {
    alert = try row.alertID("alert")
    grade = try row.word("grade")
    isCurrent = try row.flag("is_current")
    window = .milliseconds(Int64(try row.number("window_length")))
    startedAt = try row.steady("started_since_boot")
    dueAt = try row.time("due_at")
    toldAt = row.numberIfAny("stopped_since_boot").map(SteadyTime.init(milliseconds:))
    let (isReturned, isOff) = (try row.flag("is_returned"), try row.flag("is_off"))
    isVoid = isReturned || isOff
    endedAt = dueAt
    // On the ledger's line, so that a wall clock that was set makes nothing late.
    guard let toldAt, toldAt - startedAt <= window, let told = row.timeIfAny("stopped_at")
    else { return }
    endedAt = told
  }
}
