package import Vocabulary

/// Decides what becomes of a judged item (流转): raise 预警, update, merge 并入 or file 存查.
///
/// Pure: what was raised before is handed in, and every outcome carries its reason. Three rules hold
/// whatever else changes: allegations of misconduct go to the supervising office alone; a verdict
/// on a title alone reaches the unit only if it is major; and nothing merges across audiences. What
/// an officer directed stands against the same words said again; only a grade higher than people
/// have heard of speaks once more.
package struct Policy: Sendable {
  private let windows: Windows

  /// The policy of an office with these windows.
  package init(windows: Windows) {
    self.windows = windows
  }

  /// What becomes of an item.
  ///
  /// - Parameters:
  ///   - spread: the outlet that carries this item, if any; each precedent brings its own.
  ///   - seenAt: when what the verdict stands on was first seen: `foundAt`, or for an item that is
  ///     completed or seen again, the fetch that brought it. Windows run from there.
  package func decision(
    on verdict: Verdict, admission: Admission, precedents: [Precedent], spread: Spread = Spread(),
    seenAt: Instant
  ) -> Decision {
    if let own = precedents.first(where: { $0.relation == .sameItem }) {
      // An old page behind a title is told to nobody, but for what must be sealed.
      guard admission == .new || verdict.kind == .conduct else {
        return .merge(into: own.alert, .sameItem)
      }
      return decision(on: verdict, standing: own, spread: spread, seenAt: seenAt)
    }
    if let reason = filing(of: verdict, admission) { return .file(reason) }
    let grade = raised(verdict.grade, by: spread)
    let audience = audience(of: verdict, at: grade)
    let twin =
      precedents.first { $0.audience == audience }
      ?? precedents.first { joins(audience, $0.audience) }
    if let twin {
      return decision(on: verdict, standing: twin, spread: spread, seenAt: seenAt)
    }
    // Whoever wrote has an answer; but a grave matter is heard of whatever was said about it.
    if verdict.isAnswered, grade < .major { return .file(.answered) }
    return .raise(grade: grade, audience: audience, deadline: deadline(grade, from: seenAt))
  }

  /// Why nobody is told of an item for which nothing was raised yet; nil when somebody must be.
  private func filing(of verdict: Verdict, _ admission: Admission) -> Decision.FilingReason? {
    switch admission {
    case .baseline: return .baseline
    case .undatedBaseline: return .undatedBaseline
    case .tooOld: return .tooOld
    case .new: break
    }
    guard verdict.ground.mayBeOurs else { return .notOurs }
    guard verdict.grade == .none else { return nil }
    // A rule did grade it, and it was not enough for a place that nobody knows.
    if verdict.ground == .unknown, verdict.evidence.contains(where: { $0.grade > .none }) {
      return .unknownPlace
    }
    return verdict.topic == nil ? .noGrade : .topicOnly
  }

  /// What becomes of an item for which an alert stands.
  private func decision(
    on verdict: Verdict, standing: Precedent, spread: Spread, seenAt: Instant
  ) -> Decision {
    let quiet = Decision.merge(into: standing.alert, reason(for: standing.relation))
    guard verdict.ground.mayBeOurs, verdict.grade > .none else { return quiet }
    let byWords = max(verdict.grade, standing.grade)
    let grade = raised(byWords, by: spread.union(standing.spread))
    let audience = audience(of: verdict, at: grade)
    if grade > standing.grade {
      return .update(
        standing.alert, grade: grade,
        audience: kept(widest(audience, standing.audience), as: standing.assigned),
        deadline: deadline(grade, from: seenAt), grade > byWords ? .spread : .risen)
    }
    guard audience != standing.audience, !isOfficers(audience) else { return quiet }
    guard standing.audience != .supervision else { return quiet }
    guard standing.assigned == nil || audience == .supervision else { return quiet }
    let told = standing.regraded ?? grade
    return .update(
      standing.alert, grade: told, audience: audience, deadline: deadline(told, from: seenAt),
      .completed)
  }

  private func reason(for relation: Precedent.Relation) -> Decision.MergeReason {
    switch relation {
    case .sameItem: .sameItem
    case .sameText: .sameText
    case .nearText: .nearText
    }
  }

  /// The grade of a matter that so many outlets carry: the bureau's regulation, chapter 6, has media
  /// involvement decide too. A considerable matter rises by one step; what one unit can answer in
  /// the ordinary way stays that, however many print it.
  private func raised(_ grade: Grade, by spread: Spread) -> Grade {
    grade == .considerable && spread.isWide ? .major : grade
  }

  /// Who may hear of it, at the grade it has with its spread.
  private func audience(of verdict: Verdict, at grade: Grade) -> Alert.Audience {
    if verdict.kind == .conduct { return .supervision }
    if verdict.mayBeConduct { return .officers(.mayBeConduct) }
    switch verdict.ground {
    case .unknown: return .officers(.unknownPlace)
    case .above: return .officers(.above)
    case .ours, .another: break
    }
    guard let unit = verdict.unit else { return .officers(.noUnit) }
    if verdict.basis == .titleOnly, grade < .major { return .officers(.titleOnly) }
    return .unit(unit)
  }

  /// Whether an item may join an alert of another audience: only where one of the two is the
  /// officers', who then hear the rest, or hear it from the unit's; never across supervision.
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

  /// A unit that an officer assigned keeps an alert, whatever unit the rules name; but what turns out
  /// to be an allegation of misconduct goes to the supervising office.
  private func kept(_ audience: Alert.Audience, as assigned: UnitName?) -> Alert.Audience {
    guard let assigned, audience != .supervision else { return audience }
    return .unit(assigned)
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
