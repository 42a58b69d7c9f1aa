/// An alert of which nothing has been heard (催办单), with what was done so far.
package struct Reminder: Sendable, Hashable {
  /// A notice of the alert that was drafted before (已通知).
  package struct Told: Sendable, Hashable {
    package var kind: Notice.Kind
    package var part: Part
    /// Who was reminded; nil for contact sheets and bulletins.
    package var audience: Rung.Audience?
    package var addresses: Int
    /// When the last of its envelopes left; nil while one still waits.
    package var sentAt: WallTime?

    /// A notice of the alert.
    package init(
      _ kind: Notice.Kind, to part: Part, audience: Rung.Audience? = nil, addresses: Int = 1,
      sentAt: WallTime?
    ) {
      self.kind = kind
      self.part = part
      self.audience = audience
      self.addresses = addresses
      self.sentAt = sentAt
    }
  }

  /// With the acknowledgements of what it says now.
  package var alertCase: AlertCase
  /// The steps that have come due; more than one where nobody was there to take them in time.
  package var rungs: [Rung]
  package var told: [Told]
  /// The step that follows; nil after the last.
  package var next: Rung?
  package var at: Instant

  /// A reminder of an alert.
  package init(
    _ alertCase: AlertCase, rungs: [Rung], told: [Told], next: Rung? = nil, at: Instant
  ) {
    self.alertCase = alertCase
    self.rungs = rungs
    self.told = told
    self.next = next
    self.at = at
  }

  /// `2026-0017/reminder/3`: a step that is taken twice is the same notice.
  package static func noticeID(_ alert: Alert.ID, _ number: Int) -> Notice.ID {
    Notice.ID(rawValue: "\(alert)/reminder/\(number)")
  }
}

/// A person says that an alert is in hand (签收): the only proof of receipt.
package struct Acknowledgement: Sendable, Hashable {
  /// The unit has it; otherwise an officer.
  package var byUnit: Bool
  /// An officer told the unit by telephone (已电话通知).
  package var phoned: Bool
  /// The officer who registered it, by their name on the machine; nil where it is not known.
  package var officer: String?
  package var at: WallTime

  /// What somebody said of an alert.
  package init(byUnit: Bool, phoned: Bool = false, officer: String? = nil, at: WallTime) {
    self.byUnit = byUnit
    self.phoned = phoned
    self.officer = officer
    self.at = at
  }
}
