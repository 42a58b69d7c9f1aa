package import Vocabulary

/// Who gets what of an alert (发送范围).
///
/// An allegation of misconduct goes to the supervising office alone, never to the unit named
/// (national regulation on petitions), whatever audience it was raised with. An office in trial
/// writes to its officers only, once, and says whom it would have written to. What leaves after hours
/// or on a day off goes to whom the roster names as well, and to a unit's duty address, where it has
/// one.
package struct Addressing: Sendable {
  package let office: Office

  /// The addressing of an office.
  package init(_ office: Office) {
    self.office = office
  }

  /// One notice to be drafted, and to whom.
  package struct Parcel: Sendable, Hashable {
    package var paper: Paper
    package var recipients: [Recipient]
    /// The parcels that trial holds back; nil outside trial.
    package var heldBack: [Parcel]?

    /// A parcel for recipients.
    package init(_ paper: Paper, to recipients: [Recipient], heldBack: [Parcel]? = nil) {
      self.paper = paper
      self.recipients = recipients
      self.heldBack = heldBack
    }
  }

  /// What is in a parcel.
  package enum Paper: Sendable, Hashable {
    /// The contact sheet for the unit that must act (舆情联系单).
    case contactSheet(UnitName)
    /// The bulletin for officers, told who got the contact sheet or why nobody did (快报).
    case officersBulletin(Handling)
    /// The bulletin for the leadership group (快报).
    case leadersBulletin(Handling)
    /// Word to the unit that had an alert, of which unit has it now (改派告知).
    case reassignment(UnitName)
  }

  /// Who acts on the alert.
  package enum Handling: Sendable, Hashable {
    case unit(UnitName)
    case officers(OfficersReason)
  }

  /// Why the officers must decide who acts (仅送值班员的原因).
  package enum OfficersReason: Sendable, Hashable, CaseIterable {
    /// No rule names a unit, and the office has no default one.
    case noUnit
    /// The verdict stands on the title alone, and is less than major.
    case titleOnly
    /// It names neither the office's places nor another's.
    case unknownPlace
    /// It is a matter of the city or the province.
    case above
    /// It may be an allegation of misconduct.
    case mayBeConduct
    /// The unit is not in the set-up any more, or has no address.
    case unitWithoutAddress
    /// An allegation of misconduct, and the set-up names no supervising office.
    case noSupervision
  }

  /// The parcels of an alert, the gravest paper first; none has an empty list of recipients.
  package func parcels(for alertCase: AlertCase) -> [Parcel] {
    let meant = parcelsOutsideTrial(alertCase).filter { !$0.recipients.isEmpty }
    guard let first = meant.first, isInTrial(alertCase) else { return meant }
    let officers = officers(for: alertCase)
    return officers.isEmpty ? [] : [Parcel(first.paper, to: officers, heldBack: meant)]
  }

  /// Whom a digest goes to.
  package var digestRecipients: [Recipient] {
    office.trial == .everyone
      ? recipients(office.officers, .officer) : recipients(office.leaders, .leader)
  }

  /// Whom troubles go to: never the leaders.
  package var troubleRecipients: [Recipient] {
    recipients(office.admins, .admin)
  }

  private func parcelsOutsideTrial(_ alertCase: AlertCase) -> [Parcel] {
    guard !alertCase.isConduct else { return parcelsOfConduct(alertCase) }
    switch alertCase.alert.audience {
    case .supervision: return parcelsOfConduct(alertCase)
    case .officers(.noUnit): return bulletins(alertCase, .officers(.noUnit))
    case .officers(.titleOnly): return bulletins(alertCase, .officers(.titleOnly))
    // Whose it is must be found out first: no leader hears of what is another's.
    case .officers(.unknownPlace): return [officersBulletin(alertCase, .officers(.unknownPlace))]
    case .officers(.above): return [officersBulletin(alertCase, .officers(.above))]
    case .officers(.mayBeConduct): return [officersBulletin(alertCase, .officers(.mayBeConduct))]
    case .unit(let name):
      let mail = mail(of: office.unit(name), for: alertCase)
      guard !mail.isEmpty else { return bulletins(alertCase, .officers(.unitWithoutAddress)) }
      return [Parcel(.contactSheet(name), to: mail)] + farewell(alertCase, to: name)
        + bulletins(alertCase, .unit(name))
    }
  }

  private func farewell(_ alertCase: AlertCase, to name: UnitName) -> [Parcel] {
    guard let former = alertCase.formerUnit.flatMap(office.unit) else { return [] }
    return [Parcel(.reassignment(name), to: mail(of: former, for: alertCase))]
  }

  private func parcelsOfConduct(_ alertCase: AlertCase) -> [Parcel] {
    let mail = mail(of: office.supervision.flatMap(office.unit), for: alertCase)
    guard let name = office.supervision, !mail.isEmpty else {
      let officers = officers(for: alertCase)
      return [Parcel(.officersBulletin(.officers(.noSupervision)), to: officers)]
    }
    return [Parcel(.contactSheet(name), to: mail)]
  }

  private func bulletins(_ alertCase: AlertCase, _ handling: Handling) -> [Parcel] {
    let officers = officersBulletin(alertCase, handling)
    guard office.leadersHear.contains(alertCase.alert.grade) else { return [officers] }
    return [
      officers, Parcel(.leadersBulletin(handling), to: recipients(office.leaders, .leader)),
    ]
  }

  private func officersBulletin(_ alertCase: AlertCase, _ handling: Handling) -> Parcel {
    Parcel(.officersBulletin(handling), to: officers(for: alertCase))
  }

  /// Whether its notices go to the officers instead.
  func isInTrial(_ alertCase: AlertCase) -> Bool {
    actingUnit(alertCase).map(office.trial.covers) ?? (office.trial == .everyone)
  }

  /// Whose trial decides: the unit that must act, or the supervising office.
  func actingUnit(_ alertCase: AlertCase) -> UnitName? {
    guard !alertCase.isConduct else { return office.supervision }
    switch alertCase.alert.audience {
    case .unit(let name): return name
    case .officers: return nil
    case .supervision: return office.supervision
    }
  }

  /// Where a unit hears of an alert when its papers leave.
  private func mail(of unit: ResponsibleUnit?, for alertCase: AlertCase) -> [Recipient] {
    let leavesAt = alertCase.leaving?.at ?? alertCase.at
    let afterHours = !office.isAtWork(at: leavesAt)
    return recipients(unit?.mail(at: alertCase.leaving, afterHours: afterHours) ?? [], .unit)
  }

  /// The officers who hear of an alert when their bulletin leaves.
  private func officers(for alertCase: AlertCase) -> [Recipient] {
    recipients(office.officers(at: officersLeaving(alertCase)?.at ?? alertCase.at), .officer)
  }

  /// When the officers' paper leaves; nil for at once. A draft that they are to sign off is there at
  /// once; a general one of the quiet time is there in the morning, where that leaves an hour for it.
  func officersLeaving(_ alertCase: AlertCase) -> LeavingTime? {
    guard let leaving = alertCase.leaving, leaving.reason == .release else {
      return alertCase.leaving
    }
    guard alertCase.alert.grade == .general,
      let morning = office.hours.quietEnd(after: alertCase.at, in: office.zone),
      morning + .hours(1) <= leaving.at
    else { return nil }
    return LeavingTime(at: morning, reason: .quiet)
  }

  /// Addresses in one part, each once.
  func recipients(_ addresses: [MailAddress], _ part: Part) -> [Recipient] {
    var seen: Set<String> = []
    return addresses.filter { seen.insert($0.address).inserted }.map { Recipient($0, as: part) }
  }
}
