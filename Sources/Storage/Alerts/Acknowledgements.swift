internal import GRDB
package import Vocabulary

extension Writing {
  /// A person says that they, or with `unit` the responsible unit, have an alert (签收); a false
  /// alarm (误报) closes it. `by` names a part, never a citizen. `.notFound` where there is none.
  package func acknowledge(
    _ id: Alert.ID, unit: Bool, falseAlarm: Bool, by: String, reason: String?, at time: Instant
  ) throws(LedgerFault) {
    guard let standing = try standing(id) else { throw .noSuchAlert(id) }
    try run(
      """
      INSERT INTO acknowledgement (
        alert, number, edition, by_unit, false_alarm, said_by, reason, said_at, said_boot,
        said_since_boot)
      SELECT ?1, COALESCE(MAX(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
      FROM acknowledgement
      WHERE alert = ?1
      """,
      [id.description, standing.number, unit, falseAlarm, by, reason] + time.columns)
    try project(id)
  }
}
