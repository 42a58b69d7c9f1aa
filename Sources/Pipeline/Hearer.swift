import Storage
import Vocabulary

/// Does to the alerts of a letter what it says, in the transaction that it is handed.
struct Hearer {
  let generation: Generation
  let ledger: Writing
  let now: Instant

  var steps: Steps { generation.steps }
  private var office: Office { generation.setup.office }

  /// A hearer in a transaction.
  init(_ generation: Generation, _ ledger: Writing, now: Instant) {
    self.generation = generation
    self.ledger = ledger
    self.now = now
  }

  /// Hears a letter for the first time; false where it is about nothing of ours, and stays unread.
  func hear(_ letter: Letter, numbers: [Alert.ID]) throws -> Bool {
    switch letter.nature {
    case .reply(let text):
      if try enter(letter, saying: text) { return true }
      return try hear(letter, saying: text, numbers)
    case .bounce(let bounces): return try hear(letter, bounces)
    case .automatic: return try keep(letter, as: .automatic, text: nil)
    }
  }

  private func hear(_ letter: Letter, saying text: String, _ numbers: [Alert.ID]) throws -> Bool {
    let senders = try ledger.correspondence(of: letter, numbers: numbers).map {
      try naming(letter.from, in: $0)
    }
    guard !senders.isEmpty else { return false }
    _ = try ledger.insert(letter, text: text, at: now)
    // Whoever writes is reached.
    if senders.contains(where: { $0.part != nil }) {
      try ledger.endTrouble(MailTrouble.bounced(letter.from))
    }
    for sender in senders {
      let said = Saying(
        letter: letter, text: text, sender: sender, hearing: steps.hear(text, sender))
      try carryOut(said)
    }
    return true
  }

  /// Whose an address is that was not written to and answers a notice all the same: the unit's, where
  /// the unit was written to and the set-up has the address as one of its own. A colleague has
  /// forwarded the notice to them.
  private func naming(_ address: String, in sender: Correspondence) throws -> Correspondence {
    guard sender.isReply, sender.part == nil, let row = try ledger.alert(sender.alert),
      row.notices.contains(where: \.isToTheUnit),
      let unit = row.alert.audience.unit.flatMap(office.unit), unit.has(address)
    else { return sender }
    var named = sender
    named.part = .unit
    return named
  }

  /// A letter that does nothing but stand in the course of its alerts.
  private func keep(_ letter: Letter, as hearing: Hearing, text: String?) throws -> Bool {
    let senders = try ledger.correspondence(of: letter, numbers: [])
    guard !senders.isEmpty else { return false }
    _ = try ledger.insert(letter, text: text, at: now)
    for sender in senders {
      try ledger.insert(hearing, of: letter.id, from: sender, at: now)
    }
    return true
  }
}

/// What a letter says of one alert (来信意见).
private struct Saying {
  var letter: Letter
  var text: String
  var sender: Correspondence
  var hearing: Hearing

  var alert: Alert.ID { sender.alert }
}

extension Hearer {
  private func carryOut(_ said: Saying) throws {
    guard let row = try ledger.alert(said.alert) else { throw LedgerFault.noSuchAlert(said.alert) }
    guard row.state != .closed || said.hearing.doubt != nil else {
      return try refuse(said, row)
    }
    switch said.hearing {
    case .acknowledge(let byUnit, let doubt):
      try keep(said)
      try acknowledge(row, said, byUnit: byUnit)
      if let doubt { try relay(said, row, .doubt(doubt)) }
    case .returned:
      try keep(said)
      try restartChain(of: row)
      try relay(said, row, .returned)
    case .direct(let order, let reason): try direct(order, reason, said, row)
    case .phoned:
      try keep(said)
      try acknowledge(row, said, byUnit: false, phoned: true)
    case .close(let isFalseAlarm):
      try keep(said)
      try ledger.acknowledge(
        row.id, unit: false, closes: true, falseAlarm: isFalseAlarm, by: place,
        officer: officer(said), reason: nil, at: now)
    case .release:
      try keep(said)
      // Where nothing is held any more it says no less that an officer has it.
      _ = try ledger.signOff(
        row.id, by: place, officer: officer(said), reason: nil,
        rungs: steps.escalate(row.alert, now), at: now)
      try acknowledge(row, said, byUnit: false)
    case .relay(let doubt):
      try keep(said)
      try relay(said, row, .doubt(doubt))
    case .bounced, .automatic: try keep(said)
    }
  }

  private func keep(_ said: Saying) throws {
    try ledger.insert(said.hearing, of: said.letter.id, from: said.sender, at: now)
  }

  private func refuse(_ said: Saying, _ row: AlertRow) throws {
    var refused = said
    refused.hearing = .relay(.refused)
    try keep(refused)
    try relay(refused, row, .doubt(.refused))
  }

  private func acknowledge(
    _ row: AlertRow, _ said: Saying, byUnit: Bool, phoned: Bool = false
  ) throws {
    try ledger.acknowledge(
      row.id, unit: byUnit, phoned: phoned, falseAlarm: false, by: place,
      officer: byUnit ? nil : officer(said), reason: nil,
      askAgain: steps.askAgain(row.alert, byUnit || phoned, now), at: now)
  }

  private func direct(
    _ order: Direction.Order, _ reason: String?, _ said: Saying, _ row: AlertRow
  ) throws {
    let direction = Direction(order, by: place, officer: officer(said), reason: reason)
    do {
      try Announcer(steps: steps).carryOut(
        direction, on: row.id, generation.setup, at: now, in: ledger)
      try keep(said)
    } catch is DirectionRefused {
      try refuse(said, row)
    }
  }

  /// The clock of what was returned runs on: where a word had ended its chain, the officers and the
  /// leaders are reminded again.
  private func restartChain(of row: AlertRow) throws {
    let waits = row.rungs.contains {
      $0.end == nil && $0.rung.purpose == .acknowledgement && $0.rung.audience == .officers
    }
    guard !waits else { return }
    let rungs = steps.escalate(row.alert, now).filter { $0.audience != .deputy }
    try ledger.insert(rungs, alert: row.id, at: now)
  }

  private func relay(_ said: Saying, _ row: AlertRow, _ cause: Relay.Cause) throws {
    let domain = said.letter.from.split(separator: "@").last.map(String.init) ?? ""
    let relay = Relay(
      row.papers(generation), cause, letter: said.letter.id, part: said.sender.part,
      domain: domain, text: said.text, at: now.wall)
    let postbox = Postbox(steps: steps)
    for notice in steps.draft(.relay(relay)) { try postbox.put(notice, at: now, in: ledger) }
  }

  private var place: String { Phrase(zh: "邮件", en: "mail")[office.language] }

  /// The officer who wrote, as the set-up names them.
  private func officer(_ said: Saying) -> String? {
    officer(at: said.letter.from).map { $0.name ?? $0.address }
  }

  func officer(at address: String) -> MailAddress? {
    let officers = office.officers + (office.roster?.shifts.flatMap(\.officers) ?? [])
    return officers.first { $0.address.lowercased() == address }
  }
}

extension Hearer {
  /// A recipient is marked as failing, and the next of the chain of what it did not get hears now.
  private func hear(_ letter: Letter, _ bounces: [Letter.Bounce]) throws -> Bool {
    let lost = try ledger.returned(letter)
    let failing = bounces.compactMap { bounce in
      address(of: bounce, lost?.recipient).map { (address: $0, reply: bounce.reply) }
    }
    guard let first = failing.first else { return false }
    if try !keep(letter, as: .bounced, text: first.reply) {
      _ = try ledger.insert(letter, text: nil, at: now)
    }
    for (address, reply) in failing { try mark(address, reply, lost?.notice) }
    for sender in try ledger.correspondence(of: letter, numbers: []) {
      guard let row = try ledger.alert(sender.alert), row.awaitsWord else { continue }
      try call(of: row, lost)
      guard row.isWritten(to: lost?.recipient), sender.isCurrent,
        try ledger.hasten(sender.alert, because: lost?.notice, at: now) == .nobody
      else { continue }
      // Nobody is left whom a reminder would reach.
      let came = Saying(letter: letter, text: first.reply, sender: sender, hearing: .bounced)
      try relay(came, row, .doubt(.cameBack))
    }
    return true
  }

  /// A mail that came back is as good as one that never left.
  private func call(
    of row: AlertRow, _ lost: (notice: Notice.ID, recipient: MailAddress, alert: Alert.ID?)?
  ) throws {
    let ours = row.notices.first {
      $0.notice == lost?.notice && $0.recipient.address == lost?.recipient.address
    }
    guard let ours, row.alert.grade == .major else { return }
    try steps.call(
      Unsent(row.papers(generation), ours.notice, to: ours.part, isLost: true), at: now, in: ledger)
  }

  /// Whom it did not reach: the recipient of our notice, otherwise one that the office knows.
  private func address(of bounce: Letter.Bounce, _ recipient: MailAddress?) -> MailAddress? {
    recipient ?? office.addresses.first { $0.address.lowercased() == bounce.recipient }
  }

  private func mark(_ address: MailAddress, _ reply: String, _ notice: Notice.ID?) throws {
    guard
      try ledger.beginTrouble(MailTrouble.bounced(address.address), at: now, again: .days(1)),
      !office.admins.contains(where: { $0.address == address.address })
    else { return }
    let lost = notice ?? Notice.ID(rawValue: "—")
    try steps.tell(
      .mailFailing(address, reply: reply, notice: lost, at: now.wall), at: now, in: ledger)
  }
}

extension NoticeRow {
  /// Whether it is to the unit that must act, in what the alert says now.
  fileprivate var isToTheUnit: Bool { part == .unit && kind != .reassignment && !isReplaced }
}

extension AlertRow {
  /// Whether an address is written to as the unit's, in what the alert says now.
  func isWritten(to address: MailAddress?) -> Bool {
    notices.contains {
      $0.isToTheUnit && $0.recipient.address.lowercased() == address?.address.lowercased()
    }
  }

  /// Whether somebody's word is waited for.
  var awaitsWord: Bool {
    switch state {
    case .open, .returned: true
    case .acknowledged: awaitsUnit
    case .closed: false
    }
  }
}
