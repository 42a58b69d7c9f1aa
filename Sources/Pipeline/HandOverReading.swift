import Storage
package import Vocabulary

extension Storage.Reading {
  /// What is handed over at a change of shifts (交接班清单), as things stand now.
  package func handOverList(
    of setup: Setup, at change: WallTime, draftedAt now: WallTime
  ) throws -> HandOverList {
    var list = HandOverList(of: setup.office, at: change, draftedAt: now)
    let end = list.to ?? change + .days(1)
    let before = try lastHandOver(by: change - .milliseconds(1)) ?? change - .days(1)
    let open = try alerts(AlertFilter(awaiting: true)).sortedByUrgency
    let (conduct, shown) = (open.filter(\.isConduct), open.filter { !$0.isConduct })
    list.conduct = conduct.map(\.id).sorted()
    list.lines = shown.filter { !$0.waitsForItsHour(at: now) }.map(\.line)
    let reporting = try feedbackDue(from: now, to: end).compactMap { try alert($0) }
    list.dues =
      (shown.flatMap { $0.dues(before: end) }
      + reporting.filter { !$0.isConduct }.compactMap(\.feedbackDue))
      .sorted { ($0.at, $0.alert) < ($1.at, $1.alert) }
    list.batches = try leavings().filter { $0.leaving.reason != .release && $0.leaving.at < end }
      .map { HandOverList.Batch(at: $0.leaving.at, envelopes: $0.envelopes) }
    list.blind = try blindFeeds(of: setup)
    list.lost = try lostMail(of: setup.office, since: max(before, change - .days(7)))
    list.standInSince = try standsSince(MailWay.trouble)?.wall
    return list
  }

  private func blindFeeds(of setup: Setup) throws -> [HandOverList.BlindFeed] {
    let states = Dictionary(
      try feedStates().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return setup.feeds.filter { !$0.off }.compactMap { feed in
      guard let state = states[feed.id], state.url == feed.url, let since = state.blindSince else {
        return nil
      }
      return HandOverList.BlindFeed(name: feed.name, since: since, reason: state.lastMiss?.reason)
    }.sorted { ($0.since, $0.name) < ($1.since, $1.name) }
  }

  /// Mail that did not leave, and addresses whose mail came back and has not been got right since.
  private func lostMail(
    of office: Office, since: WallTime
  ) throws -> [HandOverList.LostMail] {
    var lost = try lostMail(since: since)
    let standing = try standingTroubles()
    let known = Set(lost.map(\.recipient.address))
    for address in office.addresses
    where !known.contains(address.address) && standing[MailTrouble.bounced(address.address)] != nil
    {
      let reply = Phrase(zh: "邮件被退回", en: "it came back")[office.language]
      lost.append(HandOverList.LostMail(to: address, failed: 1, deferred: 0, reply: reply))
    }
    return lost.map { mail in
      var named = mail
      named.unit =
        office.units.first { unit in
          (unit.mail + unit.deputy + unit.duty).contains { $0.address == mail.recipient.address }
        }?.name
      return named
    }
  }
}

extension [AlertRow] {
  /// The gravest first, and of a grade the one whose window ends first.
  fileprivate var sortedByUrgency: [AlertRow] {
    sorted { one, other in
      one.alert.grade != other.alert.grade
        ? one.alert.grade > other.alert.grade
        : (one.alert.deadline.dueAt, one.id) < (other.alert.deadline.dueAt, other.id)
    }
  }
}

extension AlertRow {
  fileprivate var isConduct: Bool { alert.isConduct(judged: kind) }

  /// Whether it has not been said yet, because it leaves with others: it waits for nobody.
  fileprivate func waitsForItsHour(at now: WallTime) -> Bool {
    notices.contains { notice in
      notice.state == .waiting && notice.leaving.map { $0.at > now } ?? false
    }
  }

  fileprivate var line: HandOverList.Line {
    let waiting = rungs.filter { $0.end == nil }.map(\.rung)
    return HandOverList.Line(
      alert: id, grade: alert.grade, state: state, unit: unit, title: item.title, url: item.url,
      dueAt: alert.deadline.dueAt, sentAt: sentAt, awaitsUnit: awaitsUnit,
      next: waiting.min { $0.dueAt.steady < $1.dueAt.steady })
  }

  /// What of it comes due, but for its unit's report: a draft that waits for its sign-off, else a
  /// window that ends with a notice still here.
  fileprivate func dues(before end: WallTime) -> [HandOverList.Due] {
    let held = notices.first { $0.state == .held }.flatMap(\.leaving)
    if let held { return held.at < end ? [due(.signOff, at: held.at)] : [] }
    let dueAt = alert.deadline.dueAt
    let isWaiting = notices.contains { $0.state == .waiting && $0.leaving != nil }
    return sentAt == nil && !isWaiting && dueAt < end ? [due(.notify, at: dueAt)] : []
  }

  fileprivate var feedbackDue: HandOverList.Due? {
    feedback.map { due(.feedback, at: $0.dueAt) }
  }

  private func due(_ what: HandOverList.Due.What, at: WallTime) -> HandOverList.Due {
    HandOverList.Due(
      what, at: at, alert: id, grade: alert.grade, unit: unit, title: item.title, url: item.url)
  }
}
