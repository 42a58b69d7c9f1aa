/// One step of an alert's chain (催办步骤): who is reminded, and when, if nothing has been heard by
/// then. The chain is fixed when the alert speaks.
package struct Rung: Sendable, Hashable {
  /// Who is reminded.
  package enum Audience: String, Sendable, Codable, CaseIterable {
    /// The responsible unit itself (承办单位).
    case unit
    /// The unit's deputy (备用联系人).
    case deputy
    /// The duty officers (值班员).
    case officers
    /// The leader on duty (带班领导), after hours, where the roster names one.
    case dutyLeader
    /// The leadership group (领导), who have had the bulletin.
    case leaders

    /// Who it is, as people read it.
    package var name: Phrase {
      switch self {
      case .unit: Phrase(zh: "承办单位", en: "the unit")
      case .deputy: Phrase(zh: "备用联系人", en: "the unit's deputy")
      case .officers: Phrase(zh: "值班员", en: "the officers")
      case .dutyLeader: Phrase(zh: "带班领导", en: "the leader on duty")
      case .leaders: Phrase(zh: "领导", en: "the leaders")
      }
    }
  }

  /// What is asked for.
  package enum Purpose: String, Sendable, Codable {
    /// That somebody acknowledge (催签收).
    case acknowledgement
    /// That whoever acknowledged say how it stands (催反馈).
    case report
  }

  /// How a step ended, the first word that counts.
  package enum End: String, Sendable, Codable, CaseIterable {
    /// The reminder was drafted (已催办).
    case sent
    /// Somebody has acknowledged (已签收).
    case acknowledged
    /// An officer has told the unit by telephone (已电话通知).
    case phoned
    /// The alert is closed (已办结).
    case closed
    /// The alert spoke again, with a chain of its own (已另行通知).
    case superseded
    /// A mail to the unit came back or was refused, so that it is taken at once (提前催办).
    case hastened
    /// There was no address to write to (无人可催).
    case nobody
    /// It came due so long ago that it would only wake people (逾期已久).
    case old

    /// The end as people read it.
    package var name: Phrase {
      switch self {
      case .sent: Phrase(zh: "已催办", en: "reminded")
      case .acknowledged: Phrase(zh: "已签收，不再催办", en: "acknowledged, not reminded")
      case .phoned: Phrase(zh: "已电话通知，不再催办", en: "told by telephone, not reminded")
      case .closed: Phrase(zh: "已办结，不再催办", en: "closed, not reminded")
      case .superseded:
        Phrase(zh: "已再次通知，另行起算", en: "it spoke again, with a chain of its own")
      case .hastened:
        Phrase(zh: "通知未能送达，提前催办", en: "the notice did not arrive, brought forward")
      case .nobody: Phrase(zh: "无邮箱，未能催办", en: "no address, nobody reminded")
      case .old:
        Phrase(zh: "中断期间已过，不再打扰，请看日报", en: "passed long ago, nobody woken; see the digest")
      }
    }
  }

  /// From 1, through all chains of the alert.
  package var number: Int
  package var audience: Audience
  package var purpose: Purpose
  /// Whether an officer's acknowledgement ends it; the unit's always does.
  package var endsWithOfficer: Bool
  /// Its wall time is for people; what counts is its place on the ledger's line.
  package var dueAt: Instant

  /// A step of a chain.
  package init(
    number: Int, audience: Audience, purpose: Purpose = .acknowledgement, endsWithOfficer: Bool,
    dueAt: Instant
  ) {
    self.number = number
    self.audience = audience
    self.purpose = purpose
    self.endsWithOfficer = endsWithOfficer
    self.dueAt = dueAt
  }
}
