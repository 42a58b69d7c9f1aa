package import Storage
package import Vocabulary

extension Announcer {
  /// Carries out what an officer directs of an alert (批办): it speaks again, to those whom it concerns
  /// now, and the unit that had it before is told that it has it no more.
  ///
  /// The window has the length that its grade has now. It runs from the officer's word; but where
  /// nobody had heard yet, from where it did. `DirectionRefused` where it must not be done.
  package func carryOut(
    _ direction: Direction, on id: Alert.ID, _ setup: Setup, at now: Instant, in ledger: Writing
  ) throws {
    guard let row = try ledger.alert(id) else { throw LedgerFault.noSuchAlert(id) }
    guard row.state != .closed else { throw DirectionRefused.closed }
    var alert = row.alert
    let former = row.alert.audience.unit
    let reason: Decision.UpdateReason
    switch direction.order {
    case .assign(let unit):
      guard !row.alert.isConduct(judged: row.kind) else { throw DirectionRefused.misconduct }
      guard former != unit else { throw DirectionRefused.already }
      alert.audience = .unit(unit)
      reason = .assigned
    case .regrade(let grade):
      guard grade != row.alert.grade else { throw DirectionRefused.already }
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
      spread: reason == .assigned ? row.spread : nil, isDirected: true, at: now)
    papers.direction = direction
    if let former, alert.audience.unit != former, alert.audience.unit != setup.office.supervision,
      hasHeard(former, row, setup.office)
    {
      papers.formerUnit = former
    }
    papers.acknowledged = row.acknowledgements
    papers.isRegraded = reason == .regraded || row.isRegraded
    try announce(
      .updated(papers, from: row.alert.grade, reason, edition: edition), papers, at: now,
      in: ledger)
  }

  /// Whether a unit's own contact sheet has left, or may have: in trial, or before its hour, none has.
  private func hasHeard(_ unit: UnitName, _ row: AlertRow, _ office: Office) -> Bool {
    guard let unit = office.unit(unit) else { return false }
    let known = Set((unit.mail + unit.duty).map(\.address))
    return row.notices.contains { notice in
      notice.kind == .contactSheet && known.contains(notice.recipient.address)
        && notice.part == .unit
        && (notice.state == .sent || notice.state == .sending || notice.mayHaveBeenSentTwice)
    }
  }
}

/// Why what an officer directed is not done (不予办理).
package enum DirectionRefused: Error {
  /// The supervising office alone has it, whatever anybody says (检举控告).
  case misconduct
  /// Somebody has closed it (已办结).
  case closed
  /// It has that unit, or that grade, already.
  case already
}
