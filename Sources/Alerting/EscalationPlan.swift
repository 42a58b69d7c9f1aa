package import Vocabulary

/// Who is reminded of an alert, and when, if nothing is heard of it (逐级催办).
///
/// Pure: an office's settings and a moment in, the whole chain out, fixed from then on. Steps are
/// counted from the moment at which people hear of it, for nobody can acknowledge what was not said.
/// Those of a major alert fall at any hour; the others wait for duty hours of a working day, one
/// after the other, so that an alert of the night does not reach everybody at once in the morning.
package struct EscalationPlan: Sendable {
  /// No holiday is longer.
  private static let longestHoliday = 40

  private let office: Office

  /// The plan of an office.
  package init(office: Office) {
    self.office = office
  }

  /// The chain of an alert that people hear of at a moment: the unit's deputy, the officers, the leader
  /// on duty where a major one is still open after hours, and the leaders where they hear of its
  /// grade. Whoever has no address is left out, so that the next hears the sooner.
  package func rungs(for alert: Alert, at now: Instant) -> [Rung] {
    guard let step = office.escalation.step(of: alert.grade) else { return [] }
    var rungs: [Rung] = []
    for audience in audiences(of: alert) {
      let dueAt = (rungs.last?.dueAt ?? now).later(by: step)
      if audience == .dutyLeader, office.dutyLeaders(at: dueAt.wall).isEmpty { continue }
      rungs.append(
        Rung(
          number: rungs.count + 1, audience: audience,
          endsWithOfficer: audience == .officers || !hasUnit(alert),
          dueAt: alert.grade == .major ? dueAt : onDuty(dueAt)))
    }
    return rungs
  }

  /// When whoever has acknowledged a major alert is asked how it stands, if there is no further
  /// word; nil where nobody is asked.
  package func askingAgain(of alert: Alert, byUnit: Bool, at now: Instant) -> Rung? {
    guard alert.grade == .major else { return nil }
    // An allegation of misconduct is never brought to the officers.
    guard byUnit || alert.audience != .supervision else { return nil }
    let dueAt = onDuty(now.later(by: office.escalation.askAgain))
    let audience: Rung.Audience = byUnit && hasUnit(alert) ? .unit : .officers
    return Rung(
      number: 1, audience: audience, purpose: .report, endsWithOfficer: audience == .officers,
      dueAt: dueAt)
  }

  private func audiences(of alert: Alert) -> [Rung.Audience] {
    let deputy = unit(of: alert)?.deputy.isEmpty == false ? [Rung.Audience.deputy] : []
    // Misconduct stays inside the supervising office.
    guard alert.audience != .supervision else { return deputy }
    let officers = office.officers.isEmpty ? [] : [Rung.Audience.officers]
    let hearsLeaders = office.leadersHear.contains(alert.grade) && !office.leaders.isEmpty
    let dutyLeader = alert.grade == .major ? [Rung.Audience.dutyLeader] : []
    return deputy + officers + dutyLeader + (hearsLeaders ? [.leaders] : [])
  }

  private func unit(of alert: Alert) -> ResponsibleUnit? {
    switch alert.audience {
    case .unit(let name): office.unit(name)
    case .supervision: office.supervision.flatMap(office.unit)
    case .officers: nil
    }
  }

  /// Whether somebody other than the officers is to acknowledge.
  private func hasUnit(_ alert: Alert) -> Bool {
    switch alert.audience {
    case .unit, .supervision: true
    case .officers: false
    }
  }

  /// The same moment in duty hours, otherwise the next at which they begin.
  private func onDuty(_ moment: Instant) -> Instant {
    moment.later(by: nextDuty(from: moment.wall) - moment.wall)
  }

  private func nextDuty(from wall: WallTime) -> WallTime {
    guard !office.isAtWork(at: wall) else { return wall }
    let now = office.zone.civil(wall)
    let (duty, calendar) = (office.hours.duty, office.calendar)
    for days in 0...EscalationPlan.longestHoliday {
      let beginning = now.adding(days: days).at(duty.from)
      if calendar.isWorked(beginning), beginning >= now { return office.zone.wallTime(beginning) }
    }
    return wall
  }
}
