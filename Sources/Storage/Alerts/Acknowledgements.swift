internal import GRDB
package import Vocabulary

extension Writing {
  /// A person says that they, or with `unit` the responsible unit, have an alert (签收); `phoned`
  /// says that an officer told the unit (已电话通知); `closes` that nothing is left to be done (办结),
  /// and a false alarm (误报) closes it too. `by` says where it was said, and `officer` who
  /// registered it; neither is ever a citizen. `.notFound` where there is none.
  ///
  /// The unit's word, and the officer's who has told it, end the whole chain; an officer's own ends
  /// the officers' part. Then whoever it was is asked again, if `askAgain` says when.
  package func acknowledge(
    _ id: Alert.ID, unit: Bool, phoned: Bool = false, closes: Bool = false, falseAlarm: Bool,
    by: String, officer: String? = nil, reason: String?, askAgain: Rung? = nil, at time: Instant
  ) throws(LedgerFault) {
    let closes = closes || falseAlarm
    guard let standing = try standing(id) else { throw .noSuchAlert(id) }
    let before = try acknowledgements(of: id, edition: standing.number)
    try run(
      """
      INSERT INTO acknowledgement (
        alert, number, edition, by_unit, false_alarm, said_by, reason, said_at, said_boot,
        said_since_boot, phoned, closes, officer)
      SELECT ?1, COALESCE(MAX(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
      FROM acknowledgement
      WHERE alert = ?1
      """,
      [id.description, standing.number, unit || phoned, falseAlarm, by, reason] + time.columns
        + [phoned, closes, officer])
    try project(id)
    let end: Rung.End = closes ? .closed : phoned ? .phoned : .acknowledged
    try endWaitingRungs(
      of: id, end, officersAlone: !unit && !phoned && !closes, at: time)
    // Once for each side: the unit's word stands above an officer's.
    guard let askAgain, !closes, !before.contains(where: { $0.byUnit || !(unit || phoned) })
    else { return }
    try insert([askAgain], alert: id, at: time)
  }
}
