import Storage
import Vocabulary

/// A channel that takes nothing (通道故障), among the troubles that stand.
package enum ChannelTrouble {
  /// What it is called.
  package static func name(of channel: String) -> String { "channelFailing/\(channel)" }

  /// After so many attempts that led to nothing it counts as failing, though it is tried again: a
  /// minute and a quarter.
  static let patience = 5
}

extension Receipt {
  /// What a receipt comes to of a call that may have arrived before: it is sent once more and never a
  /// third time. People turn off a robot that shouts the same again and again, and no mark of ours on
  /// a short message would tell them that it is the same.
  func final(for due: DueEnvelope, in language: Language) -> Receipt {
    guard due.part == .channel, outcome == .deferred, mayHaveBeenSent, due.isDoubtful else {
      return self
    }
    var last = self
    last.outcome = .failed
    last.reply +=
      Phrase(zh: "；可能已送达，不再重复", en: "; it may have arrived, and is not repeated")[
        language]
    return last
  }
}

/// What a receipt leads to beside the envelope's own next try: word to the admins, and to the second
/// channel.
struct Aftermath {
  /// After so many attempts a major mail that has not left is said by the second channel.
  private static let attempts = 5
  /// Or after so long and a second attempt, where a server takes its time to fail.
  private static let span = Duration.minutes(3)

  let due: DueEnvelope
  let generation: Generation

  /// A channel that fails is told to the admins by mail: at once where it refuses for good, after a few
  /// attempts where it may go better later, and while it lasts once a day.
  func tellOfChannel(_ receipt: Receipt, _ life: EnvelopeLife, in ledger: Writing) throws {
    guard let channel = due.envelope.recipient.channel else { return }
    let trouble = ChannelTrouble.name(of: channel)
    if receipt.outcome == .sent { try ledger.endTrouble(trouble) }
    let isFailing =
      life.state == .failed
      || receipt.outcome == .deferred && life.attempts >= ChannelTrouble.patience
    guard isFailing, try ledger.beginTrouble(trouble, at: receipt.at, again: .days(1)) else {
      return
    }
    try generation.steps.tell(
      .channelFailing(
        channel, reply: receipt.reply, notice: due.envelope.notice, at: receipt.at.wall),
      at: receipt.at, in: ledger)
  }

  /// A major mail that does not leave is said by the second channel, once when it is given up, and
  /// before that once when that to whoever must act is late: where a server takes nothing, the others
  /// are late too.
  func callOfMail(_ receipt: Receipt, _ life: EnvelopeLife, in ledger: Writing) throws {
    guard !generation.setup.office.channels.isEmpty, due.grade == .major, let alert = due.alert,
      receipt.outcome != .sent
    else { return }
    let isLost = life.state == .failed
    let waits = receipt.at.steady - due.drafted.steady
    let isLate =
      life.attempts >= Aftermath.attempts || life.attempts >= 2 && waits >= Aftermath.span
    guard isLost || isLate, let row = try ledger.alert(alert) else { return }
    let actor: Part = row.alert.audience.unit == nil ? .officer : .unit
    guard isLost || due.part == actor else { return }
    try generation.steps.call(
      Unsent(row.papers(generation), due.envelope.notice, to: due.part, isLost: isLost),
      at: receipt.at, in: ledger)
  }
}

extension Steps {
  /// Puts word of a mail that has not arrived into the outbox, for the second channel: once for what
  /// an alert says now and whom it does not reach, however many addresses those have and however often
  /// they are written to.
  func call(_ unsent: Unsent, at now: Instant, in ledger: Writing) throws {
    let alert = unsent.alertCase.alert.id
    guard try !ledger.hasCall(of: alert, mailTo: unsent.part, isLost: unsent.isLost) else { return }
    let postbox = Postbox(steps: self)
    for notice in draft(.unsent(unsent)) { try postbox.put(notice, at: now, in: ledger) }
  }
}
