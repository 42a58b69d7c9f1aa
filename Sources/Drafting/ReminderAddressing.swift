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
      let recipients = recipients(of: rung, reminder)
        .filter { seen.insert($0.address.address).inserted }
      return recipients.isEmpty ? nil : ReminderParcel(rung: rung, recipients: recipients)
    }
    guard let first = meant.first, isInTrial(reminder.alertCase) else { return meant }
    let officers = recipients(office.officers(at: reminder.at.wall), .officer)
    guard !officers.isEmpty else { return [] }
    return [ReminderParcel(rung: first.rung, recipients: officers, heldBack: meant)]
  }

  /// An allegation of misconduct stays inside the supervising office, whatever its chain says.
  private func recipients(of rung: Rung, _ reminder: Reminder) -> [Recipient] {
    let (alertCase, now) = (reminder.alertCase, reminder.at.wall)
    let unit = actingUnit(alertCase).flatMap(office.unit)
    switch rung.audience {
    case .unit: return recipients(unit?.mail ?? [], .unit)
    case .deputy: return recipients(unit?.deputy ?? [], .unit)
    case .officers: return alertCase.isConduct ? [] : recipients(office.officers(at: now), .officer)
    case .dutyLeader: return alertCase.isConduct ? [] : recipients(dutyLeaders(rung, now), .leader)
    case .leaders: return alertCase.isConduct ? [] : recipients(office.leaders, .leader)
    }
  }

  /// Who leads now; after a standstill that went on until the morning, who did when the step was due.
  private func dutyLeaders(_ rung: Rung, _ now: WallTime) -> [MailAddress] {
    let leaders = office.dutyLeaders(at: now)
    return leaders.isEmpty ? office.dutyLeaders(at: rung.dueAt.wall) : leaders
  }
}
