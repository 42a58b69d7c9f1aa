package import Storage
package import Vocabulary

extension Announcer {
  /// Carries out what an officer directs of an alert (批办): it speaks again, to those whom it concerns
  /// now, and the unit that had it before is told that it has it no more.
  ///
  /// The window runs from the officer's word; but where nobody had heard yet, it runs from where it
  /// did, so that no direction gives more time to what is owed already. An allegation of misconduct
  /// is assigned to nobody: `DirectionRefused`.
  package func carryOut(
    _ direction: Direction, on id: Alert.ID, _ setup: Setup, at now: Instant, in ledger: Writing
  ) throws {
    guard let row = try ledger.alert(id) else { throw LedgerFault.noSuchAlert(id) }
    var alert = row.alert
    let former = row.alert.audience.unit
    let reason: Decision.UpdateReason
    switch direction.order {
    case .assign(let unit):
      guard !row.alert.isConduct(judged: row.kind) else { throw DirectionRefused.misconduct }
      alert.audience = .unit(unit)
      reason = .assigned
    case .regrade(let grade):
      alert.grade = grade
      reason = .regraded
    }
    let windows = setup.office.windows
    alert.deadline = Deadline(
      .notify, from: row.sentAt == nil ? row.alert.deadline.startedAt : now,
      window: windows.window(of: alert.grade) ?? windows.general)
    let standing = try ledger.verdictInForce(of: alert.id)
    let edition = try ledger.update(
      alert.id, grade: alert.grade, audience: alert.audience, deadline: alert.deadline,
      reason: reason, direction: direction, verdict: standing.number, of: standing.item, at: now)
    var papers = papers(
      alert, row.item, row.verdict, on: setup.feeds.first { $0.id == row.feed },
      spread: reason == .assigned ? row.spread : nil, at: now)
    papers.direction = direction
    papers.formerUnit = alert.audience.unit == former ? nil : former
    papers.acknowledged = row.acknowledgements
    papers.isRegraded = reason == .regraded || row.isRegraded
    try announce(
      .updated(papers, from: row.alert.grade, reason, edition: edition), papers, at: now,
      in: ledger)
  }
}

/// Why what an officer directed is not done (不予改派).
package enum DirectionRefused: Error {
  /// The supervising office alone has it, whatever anybody says (检举控告).
  case misconduct
}
