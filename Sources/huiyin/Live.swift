import Alerting
import Calling
import Collecting
import Drafting
import Extracting
import Fetching
import Judging
import Mailing
import Pipeline
import Settings
import Storage
import Vocabulary

/// The whole daemon in one expression: which stage does what for which verb.
///
/// Stages do not know each other; this is the only place where they meet. Read it first.
enum Live {
  /// The steps of one generation of the set-up.
  static func steps(
    _ setup: Setup, fetcher: Fetcher, mailer: Mailer, messageIDs: MessageIDs,
    caller: Caller, mailbox: Mailbox? = nil
  ) throws -> Steps {
    let extractor = Extractor(zone: setup.office.zone)
    let freshness = Freshness()
    let judge = Judge(setup.ruleBook)
    let policy = Policy(windows: setup.office.windows)
    let leavings = LeavingPlan(office: setup.office)
    let escalation = escalation(setup)
    let desk = try Desk(office: setup.office)
    let listener = Listener(office: setup.office)
    return Steps(
      fetch: { request throws(Miss) in try await fetcher.fetch(request) },
      exports: exports,
      extract: { page, feed throws(Miss) in try extractor.extract(page, of: feed) },
      complete: { page, lead, feed throws(Miss) in
        try extractor.item(on: page, for: lead, of: feed)
      },
      entitle: { lead in extractor.titleItem(of: lead) },
      admit: { published, feed, onFirstRun, foundAt in
        freshness.admission(of: published, in: feed, onFirstRun: onFirstRun, foundAt: foundAt)
      },
      judge: { item, feed in
        judge.verdict(on: item, from: feed.origin(among: setup.ruleBook.places))
      },
      sketch: { item in extractor.sketch(of: item) },
      raise: { verdict, admission, precedents, spread, seenAt in
        policy.decision(
          on: verdict, admission: admission, precedents: precedents, spread: spread,
          seenAt: seenAt)
      },
      leave: { leavings.leavingTime(of: $0, by: $1, mayBeHeld: $2, at: $3) },
      escalate: { alert, now in escalation.rungs(for: alert, at: now) },
      draft: { occasion in desk.notices(for: occasion) },
      messageID: { notice, recipient in messageIDs.messageID(of: notice, to: recipient) },
      deliver: { envelope, handover in
        guard let name = envelope.recipient.channel else {
          return await mailer.deliver(
            envelope, mayBegin: handover.mayBegin, ended: handover.ended)
        }
        return await caller.call(
          envelope, by: setup.office.channel(name), in: setup.office.language,
          mayBegin: handover.mayBegin, ended: handover.ended)
      },
      askAgain: { alert, byUnit, now in
        escalation.askingAgain(of: alert, byUnit: byUnit, at: now)
      },
      hear: { text, sender in listener.hearing(of: text, from: sender) },
      enter: { letter, text, feed, now in
        extractor.item(of: letter, saying: text, to: feed, foundAt: now)
      },
      collect: mailbox.map(collect)
    )
  }

  private static var exports: Steps.Exports {
    let shelf = ExportShelf(now: WallClock.now)
    return Steps.Exports(
      pile: { feed throws(Miss) in try shelf.pile(of: feed) },
      page: { export throws(Miss) in try shelf.page(of: export) },
      discard: { shelf.discard($0) })
  }

  /// Letters as they come, masked before anybody keeps them.
  private static func collect(from mailbox: Mailbox) -> Steps.Collect {
    { take throws(MailboxFault) in
      try await mailbox.collect { try await take($0.scrubbed) }
    }
  }

  /// Who is reminded of an alert, and when.
  static func escalation(_ setup: Setup) -> EscalationPlan {
    EscalationPlan(office: setup.office)
  }

  /// What the set-up's reader cannot know itself.
  static var checks: Checks {
    Checks(
      now: WallClock.now().wall, selector: { Extractor.fault(in: $0) },
      pattern: { Judge.fault(inPattern: $0) }, personal: { Extractor.personal($0) })
  }
}

extension Letter {
  /// The letter without what leads to a person: what is stored and sent on of it is masked first.
  fileprivate var scrubbed: Letter {
    var letter = self
    switch nature {
    case .reply(let text): letter.nature = .reply(Extractor.scrubbed(text))
    case .bounce(let bounces):
      letter.nature = .bounce(
        bounces.map {
          Bounce(
            recipient: $0.recipient, isFinal: $0.isFinal, reply: Extractor.scrubbed($0.reply))
        })
    case .automatic: break
    }
    return letter
  }
}
