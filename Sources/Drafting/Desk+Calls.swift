import Vocabulary

/// What is said by the second channel (第二通道): that a major alert is in the mail, that nothing has
/// been heard of it, that its mail has not arrived.
///
/// Never of what alleges misconduct, which is the supervising office's alone, and nothing in trial,
/// where everything goes to the officers.
extension Desk {
  func calls(of occurrence: Occurrence) -> [Notice] {
    let alertCase = occurrence.alertCase
    let id = "\(alertCase.alert.id)/call/\(occurrence.edition)"
    // Before the officer has signed off, nobody but the officer hears.
    let leaving = alertCase.leaving.flatMap { $0.reason == .release ? $0 : nil }
    return call(.raised, alertCase, id: id, leaving: leaving)
  }

  func calls(of reminder: Reminder) -> [Notice] {
    guard let rung = reminder.rungs.first(where: { $0.purpose == .acknowledgement }) else {
      return []
    }
    let alertCase = reminder.alertCase
    let id = "\(Reminder.noticeID(alertCase.alert.id, rung.number))/call"
    return call(.reminder, alertCase, id: id)
  }

  func calls(of unsent: Unsent) -> [Notice] {
    call(
      unsent.isLost ? .mailLost : .mailLate, unsent.alertCase, mailTo: unsent.part,
      id: "\(unsent.notice)\(Unsent.ending(isLost: unsent.isLost))")
  }

  func probe(_ channel: Channel, _ stamp: String) -> Notice {
    CallLine(call: .probe, language: office.language)
      .notice(Notice.ID(rawValue: "probe/\(channel.address)/\(stamp)"), of: nil, to: [channel])
  }

  private func call(
    _ cause: Call.Cause, _ alertCase: AlertCase, mailTo part: Part? = nil, id: String,
    leaving: LeavingTime? = nil
  ) -> [Notice] {
    guard !office.channels.isEmpty, alertCase.alert.grade == .major, !alertCase.isConduct,
      !addressing.isInTrial(alertCase)
    else { return [] }
    var call = Call(cause, of: alertCase.alert, mailTo: part)
    // Where it has no address the officers have the paper, and the unit has no mail to read.
    if let unit = call.unit, office.unit(unit)?.mail.isEmpty ?? true { call.unit = nil }
    let notice = CallLine(call: call, language: office.language).notice(
      Notice.ID(rawValue: id), of: alertCase.alert, to: office.channels, leaving: leaving)
    return [notice]
  }
}
