package import Vocabulary

/// Drafts everything that Huiyin writes to people (拟稿).
///
/// Pure: the same occasion gives the same notices, to the letter, with the same ids, so that a
/// notice drafted twice is one notice.
package struct Desk: Sendable {
  let office: Office
  let addressing: Addressing
  private let stationery: Stationery

  /// The desk of an office. Throws only if a template of the program itself does not parse.
  package init(office: Office) throws(StationeryFault) {
    self.office = office
    addressing = Addressing(office)
    stationery = try Stationery()
  }

  /// What is to be written, and to whom; empty where nobody is to hear.
  package func notices(for occasion: Occasion) -> [Notice] {
    switch occasion {
    case .raised(let alertCase):
      speaking(Occurrence(alertCase: alertCase))
    case .updated(let alertCase, let from, let reason, let edition):
      speaking(
        Occurrence(
          alertCase: alertCase, update: Occurrence.Update(from: from, reason: reason),
          edition: edition))
    case .batch(let batch): notices(of: batch)
    case .reminder(let reminder): notices(of: reminder) + calls(of: reminder)
    case .relay(let relay): notices(of: relay)
    case .unsent(let unsent): calls(of: unsent)
    case .digest(let digest): notices(of: digest)
    case .handOver(let list): notices(of: list)
    case .trouble(let trouble): notices(of: trouble)
    case .probe(let address, let stamp): [probe(address, stamp)]
    case .channelProbe(let channel, let stamp): [probe(channel, stamp)]
    }
  }

  /// A digest as a terminal of 80 columns shows it.
  package func text(of digest: Digest) -> String {
    DigestView(digest, of: office).plainText
  }

  private func speaking(_ occurrence: Occurrence) -> [Notice] {
    notices(of: occurrence) + calls(of: occurrence)
  }

  private func notices(of occurrence: Occurrence) -> [Notice] {
    let facts = AlertFacts(occurrence.alertCase, for: office)
    return addressing.parcels(for: occurrence.alertCase).map { parcel in
      let sheet = sheet(of: occurrence, facts, parcel)
      return Notice(
        id: occurrence.noticeID(parcel.paper), kind: parcel.paper.kind, alert: facts.alert.id,
        grade: facts.alert.grade, subject: sheet.subject, text: sheet.plainText,
        html: stationery.html(of: sheet, on: stationery.sheet), recipients: parcel.recipients,
        dueAt: facts.alert.deadline.dueAt,
        leaving: leaving(parcel, of: occurrence.alertCase),
        listing: facts.listing(parcel, leaving(parcel, of: occurrence.alertCase)))
    }
  }

  /// When a parcel leaves; nil for at once. Whoever is to sign off has the draft before, and in trial
  /// everything goes to them.
  private func leaving(
    _ parcel: Addressing.Parcel, of alertCase: AlertCase
  ) -> LeavingTime? {
    guard parcel.paper.mayWait else { return nil }
    let isOfficers = parcel.paper.reader == .officers || parcel.heldBack != nil
    return isOfficers ? addressing.officersLeaving(alertCase) : alertCase.leaving
  }

  private func sheet(
    of occurrence: Occurrence, _ facts: AlertFacts, _ parcel: Addressing.Parcel
  ) -> Sheet {
    let subject = Subject(language: office.language).of(
      occurrence, to: parcel.paper.reader, inTrial: parcel.heldBack != nil)
    if let heldBack = parcel.heldBack, facts.alertCase.isConduct {
      return facts.hiddenConduct(facts.trialBox(heldBack), subject: subject)
    }
    var sheet = facts.sheet(occurrence, parcel.paper, subject: subject)
    sheet.box = parcel.heldBack.map(facts.trialBox)
    return sheet
  }

  /// A batch is named by its first paper: no envelope is gathered twice.
  private func notices(of batch: Batch) -> [Notice] {
    guard let first = batch.papers.first else { return [] }
    let letter = BatchLetter(batch, of: office)
    let binding = Binding(papers: batch.papers)
    let front = stationery.html(of: letter, on: stationery.batch)
    return [
      Notice(
        id: Notice.ID(rawValue: "batch/\(first.notice)/\(batch.recipient.address.address)"),
        kind: .batch, grade: .general, subject: letter.subject,
        text: binding.text(behind: letter.plainText), html: binding.html(behind: front),
        recipients: [batch.recipient], dueAt: batch.dueAt)
    ]
  }

  private func notices(of reminder: Reminder) -> [Notice] {
    let alert = reminder.alertCase.alert
    return addressing.parcels(for: reminder).map { parcel in
      let sheet = sheet(of: reminder, parcel)
      return Notice(
        id: Reminder.noticeID(alert.id, parcel.rung.number), kind: .reminder, alert: alert.id,
        grade: alert.grade, subject: sheet.subject, text: sheet.plainText,
        html: stationery.html(of: sheet, on: stationery.sheet), recipients: parcel.recipients)
    }
  }

  private func sheet(of reminder: Reminder, _ parcel: Addressing.ReminderParcel) -> Sheet {
    let subject = Subject(language: office.language).of(
      reminder, parcel.rung, inTrial: parcel.heldBack != nil)
    let sheet = ReminderSheet(reminder, parcel.rung, for: office).sheet(subject: subject)
    guard let heldBack = parcel.heldBack else { return sheet }
    let facts = AlertFacts(reminder.alertCase, for: office)
    let box = facts.trialBox(heldBack)
    guard !reminder.alertCase.isConduct else { return facts.hiddenConduct(box, subject: subject) }
    var boxed = sheet
    boxed.box = box
    return boxed
  }

  /// The officers alone, in trial too.
  private func notices(of relay: Relay) -> [Notice] {
    let alert = relay.alertCase.alert
    let officers = addressing.recipients(office.officers(at: relay.at), .officer)
    guard !officers.isEmpty else { return [] }
    let subject = Subject(language: office.language).of(relay)
    let sheet = RelaySheet(relay, for: office).sheet(subject: subject)
    return [
      Notice(
        id: Notice.ID(rawValue: "\(alert.id)/relay/\(relay.letter.rawValue)"), kind: .relay,
        alert: alert.id, grade: alert.grade, subject: sheet.subject, text: sheet.plainText,
        html: stationery.html(of: sheet, on: stationery.sheet), recipients: officers)
    ]
  }

  private func notices(of digest: Digest) -> [Notice] {
    let view = DigestView(digest, of: office)
    guard !addressing.digestRecipients.isEmpty else { return [] }
    return [
      Notice(
        id: view.noticeID, kind: .digest, subject: view.subject, text: view.plainText,
        html: stationery.html(of: view, on: stationery.digest),
        recipients: addressing.digestRecipients)
    ]
  }

  /// Those who come on duty and those who go off, in trial too.
  private func notices(of list: HandOverList) -> [Notice] {
    let officers = addressing.recipients(list.comingOn + list.goingOff, .officer)
    guard !officers.isEmpty else { return [] }
    let view = HandOverView(list, of: office)
    return [
      Notice(
        id: list.noticeID(in: office.zone), kind: .handOver, subject: view.subject,
        text: view.plainText, html: stationery.html(of: view, on: stationery.handOver),
        recipients: officers)
    ]
  }

  private func notices(of trouble: Trouble) -> [Notice] {
    let letter = TroubleLetter(office: office, trouble: trouble)
    guard !addressing.troubleRecipients.isEmpty else { return [] }
    return [notice(letter.noticeID, .trouble, letter.sheet, to: addressing.troubleRecipients)]
  }

  private func probe(_ address: MailAddress, _ stamp: String) -> Notice {
    notice(
      Notice.ID(rawValue: "probe/\(address.address)/\(stamp)"), .probe,
      ProbeLetter(office: office, address: address, stamp: stamp).sheet,
      to: [Recipient(address, as: .admin)])
  }

  private func notice(
    _ id: Notice.ID, _ kind: Notice.Kind, _ sheet: Sheet, to recipients: [Recipient]
  ) -> Notice {
    Notice(
      id: id, kind: kind, subject: sheet.subject, text: sheet.plainText,
      html: stationery.html(of: sheet, on: stationery.sheet), recipients: recipients)
  }
}

extension AlertFacts {
  /// What a batch lists it by: nil for an allegation of misconduct, which is gathered with nothing,
  /// for what leaves at once, and for a draft, which is answered by itself.
  fileprivate func listing(
    _ parcel: Addressing.Parcel, _ leaving: LeavingTime?
  ) -> Notice.Listing? {
    guard let leaving, leaving.reason != .quiet, alert.grade == .general, !alertCase.isConduct
    else { return nil }
    return Notice.Listing(
      title: title, gist: gist(100), url: item.url, foundAt: item.foundAt.wall,
      inTrial: parcel.heldBack != nil)
  }

  /// The sheet a parcel holds.
  fileprivate func sheet(
    _ occurrence: Occurrence, _ paper: Addressing.Paper, subject: String
  ) -> Sheet {
    switch paper {
    case .contactSheet(let unit): contactSheet(occurrence, to: unit, subject: subject)
    case .officersBulletin, .leadersBulletin, .reassignment:
      bulletin(occurrence, paper, subject: subject)
    }
  }
}
