package import Vocabulary

/// Decides what becomes of a judged item (流转): raise 预警, update, merge 并入 or file 存查.
///
/// Pure: what was raised before is handed in, and every outcome carries its reason. Two rules hold
/// whatever else changes: allegations of misconduct go to the supervising office alone, and a
/// verdict on a title alone reaches the unit only if it is major.
package struct Policy: Sendable {
  private let windows: Windows

  /// The policy of an office with these windows.
  package init(windows: Windows) {
    self.windows = windows
  }

  /// What becomes of an item.
  ///
  /// - Parameters:
  ///   - seenAt: when what the verdict stands on was first seen: `foundAt`, or for an item that is
  ///     completed or seen again, the fetch that brought it. Windows run from there.
  package func decision(
    on verdict: Verdict, admission: Admission, precedents: [Precedent], seenAt: Instant
  ) -> Decision {
    if let own = precedents.first(where: { $0.relation == .sameItem }) {
      return decision(on: verdict, standing: own, seenAt: seenAt)
    }
    if let reason = filing(of: verdict, admission) { return .file(reason) }
    let audience = audience(of: verdict)
    if let twin = precedents.first(where: { joins(audience, $0.audience) }) {
      return decision(on: verdict, standing: twin, seenAt: seenAt)
    }
    return .raise(
      grade: verdict.grade, audience: audience, deadline: deadline(verdict.grade, from: seenAt))
  }

  /// Why nobody is told of an item for which nothing was raised yet; nil when somebody must be.
  private func filing(of verdict: Verdict, _ admission: Admission) -> Decision.FilingReason? {
    switch admission {
    case .baseline: return .baseline
    case .undatedBaseline: return .undatedBaseline
    case .tooOld: return .tooOld
    case .new: break
    }
    guard verdict.isOurs else { return .notOurs }
    guard verdict.grade == .none else { return nil }
    return verdict.topic == nil ? .noGrade : .topicOnly
  }

  /// What becomes of an item for which an alert stands.
  private func decision(
    on verdict: Verdict, standing: Precedent, seenAt: Instant
  ) -> Decision {
    let quiet = Decision.merge(
      into: standing.alert, standing.relation == .sameItem ? .sameItem : .sameText)
    guard verdict.isOurs, verdict.grade > .none else { return quiet }
    let audience = audience(of: verdict)
    let grade = max(verdict.grade, standing.grade)
    if grade > standing.grade {
      return .update(
        standing.alert, grade: grade, audience: widest(audience, standing.audience),
        deadline: deadline(grade, from: seenAt), .risen)
    }
    guard audience != standing.audience, !isOfficers(audience) else { return quiet }
    guard standing.audience != .supervision else { return quiet }
    return .update(
      standing.alert, grade: grade, audience: audience, deadline: deadline(grade, from: seenAt),
      .completed)
  }

  /// Who may hear of it.
  private func audience(of verdict: Verdict) -> Alert.Audience {
    if verdict.kind == .conduct { return .supervision }
    guard let unit = verdict.unit else { return .officers(.noUnit) }
    if verdict.basis == .titleOnly, verdict.grade < .major { return .officers(.titleOnly) }
    return .unit(unit)
  }

  /// Whether an item may join an alert of another audience: only when it gives the officers, who
  /// had the title alone, the rest.
  private func joins(_ audience: Alert.Audience, _ standing: Alert.Audience) -> Bool {
    if audience == standing { return true }
    guard audience != .supervision, standing != .supervision else { return false }
    return isOfficers(standing) || isOfficers(audience)
  }

  /// The audience of an alert that rises: once the supervising office, always it; never back from
  /// a unit to the officers alone.
  private func widest(_ new: Alert.Audience, _ standing: Alert.Audience) -> Alert.Audience {
    if new == .supervision || standing == .supervision { return .supervision }
    return isOfficers(new) ? standing : new
  }

  private func isOfficers(_ audience: Alert.Audience) -> Bool {
    switch audience {
    case .officers: true
    case .unit, .supervision: false
    }
  }

  private func deadline(_ grade: Grade, from seenAt: Instant) -> Deadline {
    // A grade of none never comes here; the longest window is the safe answer all the same.
    Deadline(.notify, from: seenAt, window: windows.window(of: grade) ?? windows.general)
  }
}
