import Storage
package import Vocabulary

/// Writes into the ledger what an alert has to say (发文): when its unit must report back, who is
/// reminded if nothing is heard, and the notices themselves.
package struct Announcer: Sendable {
  private let leave: @Sendable (Grade, Deadline, _ mayBeHeld: Bool, Instant) -> LeavingTime?
  private let escalate: @Sendable (Alert, Instant) -> [Rung]
  private let draft: @Sendable (Occasion) -> [Notice]
  private let postbox: Postbox

  /// An announcer by these verbs, which are those of `Steps`.
  package init(
    leave: @escaping @Sendable (Grade, Deadline, Bool, Instant) -> LeavingTime?,
    escalate: @escaping @Sendable (Alert, Instant) -> [Rung],
    draft: @escaping @Sendable (Occasion) -> [Notice],
    messageID: @escaping @Sendable (Notice.ID, MailAddress) -> String
  ) {
    self.leave = leave
    self.escalate = escalate
    self.draft = draft
    postbox = Postbox(messageID: messageID)
  }

  /// The announcer of a generation of the set-up.
  init(steps: Steps) {
    self.init(
      leave: steps.leave, escalate: steps.escalate, draft: steps.draft, messageID: steps.messageID)
  }

  /// An alert with all that is written on its papers; without its feed, which the set-up may name no
  /// more, it goes by the feed's id.
  ///
  /// Nobody signs off what an officer directed, what the officers alone hear, or what alleges
  /// misconduct, which they are not to read.
  func papers(
    _ alert: Alert, _ item: Item, _ verdict: Verdict, on feed: Feed?, spread: Spread?,
    isDirected: Bool = false, at now: Instant
  ) -> AlertCase {
    let mayBeHeld =
      !isDirected && alert.audience.unit != nil && !alert.isConduct(judged: verdict.kind)
    let leaving = leave(alert.grade, alert.deadline, mayBeHeld, now)
    return AlertCase(
      alert: alert, item: item, verdict: verdict, feedName: feed?.name ?? item.feed.rawValue,
      isBoard: feed?.carriesMessages ?? false, feedback: feedback(on: alert, told(leaving, now)),
      spread: spread, leaving: leaving, at: now.wall)
  }

  /// Writes what an alert says now.
  func announce(
    _ occasion: Occasion, _ papers: AlertCase, at now: Instant, in ledger: Writing
  ) throws {
    if let feedback = papers.feedback { try ledger.insert(feedback, alert: papers.alert.id) }
    let rungs = escalate(papers.alert, told(papers.leaving, now))
    try ledger.insert(rungs, alert: papers.alert.id, at: now)
    for notice in draft(occasion) { try postbox.put(notice, at: now, in: ledger) }
  }

  /// The unit returns what it found within one day of the contact sheet: the town's plan, chapter
  /// 4.2. A sheet that waits for its hour takes nothing of that day.
  private func feedback(on alert: Alert, _ told: Instant) -> Deadline? {
    switch alert.audience {
    case .officers: nil
    case .unit, .supervision: Deadline(.feedback, from: told, window: .days(1))
    }
  }

  /// When people hear of it.
  private func told(_ leaving: LeavingTime?, _ now: Instant) -> Instant {
    leaving.map { now.later(by: $0.at - now.wall) } ?? now
  }
}
