package import Vocabulary

/// Who gets a reminder (催办范围).
extension Addressing {
  /// One reminder to be drafted, and to whom.
  package struct ReminderParcel: Sendable, Hashable {
    package var rung: Rung
    package var recipients: [Recipient]
    /// The parcels that trial holds back; nil outside trial.
    package var heldBack: [ReminderParcel]?
  }

  /// The parcels of a reminder, one a step; whoever stands in two of them gets the first.
  package func parcels(for reminder: Reminder) -> [ReminderParcel] {
    var seen: Set<String> = []
    let meant = reminder.rungs.compactMap { rung -> ReminderParcel? in
      let recipients = recipients(of: rung, reminder.alertCase)
        .filter { seen.insert($0.address.address).inserted }
      return recipients.isEmpty ? nil : ReminderParcel(rung: rung, recipients: recipients)
    }
    guard let first = meant.first, isInTrial(reminder.alertCase) else { return meant }
    let officers = recipients(office.officers, .officer)
    guard !officers.isEmpty else { return [] }
    return [ReminderParcel(rung: first.rung, recipients: officers, heldBack: meant)]
  }

  /// An allegation of misconduct stays inside the supervising office, whatever its chain says.
  private func recipients(of rung: Rung, _ alertCase: AlertCase) -> [Recipient] {
    let unit = actingUnit(alertCase).flatMap(office.unit)
    switch rung.audience {
    case .unit: return recipients(unit?.mail ?? [], .unit)
    case .deputy: return recipients(unit?.deputy ?? [], .unit)
    case .officers: return alertCase.isConduct ? [] : recipients(office.officers, .officer)
    case .leaders: return alertCase.isConduct ? [] : recipients(office.leaders, .leader)
    }
  }
}
