import Alerting
import Drafting
import Mailing
import Pipeline
import Storage
import Vocabulary

/// What an officer says at the terminal of an alert that stands (批办), written beside the daemon.
struct Directing {
  let books: Books
  let row: AlertRow

  /// The alert of a number, which must not be closed yet.
  init(_ id: Alert.ID, _ books: Books) async throws {
    self.books = books
    row = try await books.alert(id)
    guard row.state != .closed else { throw Ending.no(closed[books.language]) }
  }

  /// Carries out a direction, and returns the alert as it stands then. It speaks at once: the daemon
  /// sends what is written here.
  func carryOut(_ order: Direction.Order, reason: String?) async throws -> AlertRow {
    let now = try await books.now()
    let announcer = try await announcer()
    let direction = Direction(
      order, by: Registrant.place(in: books.language), officer: Registrant.officer,
      reason: Registrant.reason(reason))
    do {
      try await books.ledger.write { [id = row.id, setup = books.setup] ledger in
        try announcer.carryOut(direction, on: id, setup, at: now, in: ledger)
      }
    } catch let refused as DirectionRefused {
      throw Ending.no(sentence(refused)[books.language])
    }
    return try await books.alert(row.id)
  }

  /// Signs off what is held, which says too that an officer has it; false where nothing is.
  func signOff(reason: String?) async throws -> Bool {
    let now = try await books.now()
    let place = Registrant.place(in: books.language)
    let escalation = Live.escalation(books.setup)
    return try await writing { [row, rungs = escalation.rungs(for: row.alert, at: now)] ledger in
      guard
        try ledger.signOff(
          row.id, by: place, officer: Registrant.officer, reason: Registrant.reason(reason),
          rungs: rungs, at: now)
      else { return false }
      try ledger.acknowledge(
        row.id, unit: false, falseAlarm: false, by: place, officer: Registrant.officer,
        reason: nil, askAgain: escalation.askingAgain(of: row.alert, byUnit: false, at: now),
        at: now)
      return true
    }
  }

  /// Writes that an officer has it, or the unit, and returns the alert as it stands then.
  func acknowledge(unit: Bool, phoned: Bool, reason: String?) async throws -> AlertRow {
    let now = try await books.now()
    let place = Registrant.place(in: books.language)
    let askAgain = Live.escalation(books.setup).askingAgain(
      of: row.alert, byUnit: unit || phoned, at: now)
    try await writing { [id = row.id] ledger in
      try ledger.acknowledge(
        id, unit: unit, phoned: phoned, falseAlarm: false, by: place,
        officer: Registrant.officer, reason: Registrant.reason(reason), askAgain: askAgain, at: now)
    }
    return try await books.alert(row.id)
  }

  /// Closes it, and returns it as it stands then; refused where an officer has signed it off since
  /// this command looked at it: what was to be closed unsent has left.
  func close(asFalseAlarm falseAlarm: Bool = false, reason: String?) async throws -> AlertRow {
    let now = try await books.now()
    let place = Registrant.place(in: books.language)
    try await writing { [row, released, language = books.language] ledger in
      if row.isHeld, let stands = try ledger.alert(row.id), !stands.isHeld {
        throw Ending.no(released[language])
      }
      try ledger.acknowledge(
        row.id, unit: false, closes: true, falseAlarm: falseAlarm, by: place,
        officer: Registrant.officer, reason: Registrant.reason(reason), at: now)
    }
    return try await books.alert(row.id)
  }

  /// Writes what is said of an alert that is still open: between the look at it and this moment
  /// somebody may have closed it. Whichever was written first counts.
  private func writing<Result: Sendable>(
    _ write: @escaping @Sendable (Writing) throws -> Result
  ) async throws -> Result {
    try await books.ledger.write { [id = row.id, closed, language = books.language] ledger in
      guard try ledger.alert(id)?.state != .closed else { throw Ending.no(closed[language]) }
      return try write(ledger)
    }
  }

  /// Shows the alert as it stands now, and says who sends its notices.
  func show(_ after: AlertRow, _ words: Phrase, asJSON: Bool) async throws {
    Terminal.show(
      try await asJSON ? books.json(of: after) : "\(after.id) \(words[books.language])")
    let isAlone = try books.holdsAlone()
    Terminal.complain(
      (isAlone
        ? Phrase(
          zh: "通知已写入待发；值守程序没有运行，启动后才会发出",
          en: "its notices are in the outbox; no daemon runs, and they leave when one does")
        : Phrase(
          zh: "通知已写入待发，由运行中的值守程序发出", en: "its notices are in the outbox; the daemon sends them"))[
          books.language])
  }

  private func announcer() async throws -> Announcer {
    let setup = books.setup
    let desk = try Desk(office: setup.office)
    let (leavings, escalation) = (LeavingPlan(office: setup.office), Live.escalation(setup))
    let messageIDs = MessageIDs(
      secret: try await books.ledger.read { try $0.secret() }, domain: setup.mail.from.domain)
    return Announcer(
      leave: { leavings.leavingTime(of: $0, by: $1, mayBeHeld: $2, at: $3) },
      escalate: { escalation.rungs(for: $0, at: $1) }, draft: { desk.notices(for: $0) },
      messageID: { messageIDs.messageID(of: $0, to: $1) })
  }

  private func sentence(_ refused: DirectionRefused) -> Phrase {
    switch refused {
    case .misconduct: sealed
    case .closed: closed
    case .already:
      Phrase(zh: "\(row.id) 已是如此，未作改动", en: "\(row.id) is so already; nothing was changed")
    }
  }

  private var sealed: Phrase {
    Phrase(
      zh: "\(row.id) 是检举控告件，只由监督单位办理，不能改派",
      en:
        "\(row.id) alleges misconduct: the supervising office alone has it, and it is not assigned")
  }

  private var released: Phrase {
    Phrase(
      zh: "\(row.id) 刚刚已签发，联系单已送出，未作办结；仍要办结请再运行一次 huiyin close \(row.id)",
      en:
        "\(row.id) has just been signed off and its sheet leaves: it is not closed; to close it all "
        + "the same, run huiyin close \(row.id) again")
  }

  private var closed: Phrase {
    Phrase(
      zh: "\(row.id) 已办结；经过见 huiyin alerts \(row.id)",
      en: "\(row.id) is closed; see huiyin alerts \(row.id)")
  }
}

extension AlertRow {
  /// Whether something of it waits for an officer's word.
  fileprivate var isHeld: Bool { notices.contains { $0.state == .held } }
}

extension Books {
  /// Whether no daemon is there, so that nobody else delivers.
  func holdsAlone() throws(LedgerFault) -> Bool {
    do {
      try ledger.holdAsDaemon()
      return true
    } catch  where error.cause == .locked {
      return false
    }
  }
}
