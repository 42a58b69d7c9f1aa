import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Sees notices that have passed the moment by which they should have left (超时未发), and tells the
/// admins: once when it begins and once when none is late any more, however many there are. It sees,
/// too, when the first of two mail servers takes letters again.
package struct LateMail: Service {
  /// How often it looks.
  private static let rhythm = Duration.seconds(20)
  /// How long a notice has to leave that was late when it was drafted.
  private static let grace = Duration.minutes(1)
  /// How many late ones are counted.
  private static let most = 1000
  /// What it is called among the troubles that stand.
  package static let trouble = "mailLate"

  private let surroundings: Surroundings

  /// The watch over the outbox.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Looks until the daemon is told to stop.
  package func run() async throws {
    await surroundings.turn(.lateMail, every: LateMail.rhythm) {
      await once()
      await lookAtServers()
    }
  }

  /// Looks once.
  package func once() async {
    do {
      let now = surroundings.now()
      let late = try await surroundings.ledger.read {
        try $0.overdueEnvelopes(
          at: now.steady, draftedBy: now.steady - LateMail.grace, limit: LateMail.most)
      }
      let stands = try await surroundings.ledger.read { try $0.standsSince(LateMail.trouble) }
      switch (late.first, stands) {
      case (let first?, nil): try await begin(late.count, first, at: now)
      case (nil, .some): try await end(at: now)
      case (nil, nil), (.some, .some): return
      }
    } catch {
      surroundings.log.critical("ledger not usable", metadata: ["reason": "\(error)"])
    }
  }

  /// Ends what stands of the second mail server's standing in, where that is over.
  package func lookAtServers() async {
    let (now, generation) = (surroundings.now(), surroundings.inForce.current)
    do {
      let stands = try await surroundings.ledger.read { try $0.standsSince(MailWay.trouble) }
      guard let stands else { return }
      let first = generation.setup.mail.way.firstOfTwo
      guard first == nil || surroundings.mailWay.isByFirst(since: stands, at: now) else { return }
      try await surroundings.ledger.write { ledger in
        // Without a second server there is nothing to be told of any more.
        guard let since = try ledger.endTrouble(MailWay.trouble), let first else { return }
        try generation.steps.tell(
          .mailByFirst(first: first, since: since.wall, at: now.wall), at: now, in: ledger)
      }
      surroundings.noticesCame.ring()
    } catch {
      surroundings.log.critical("ledger not usable", metadata: ["reason": "\(error)"])
    }
  }

  private func begin(_ count: Int, _ first: OverdueEnvelope, at now: Instant) async throws {
    surroundings.log.error(
      "notices late", metadata: ["count": "\(count)", "notice": "\(first.notice)"])
    let letter = Trouble.mailLate(
      count: count, first.notice, first.recipient, reply: first.lastReply, at: now.wall)
    let steps = surroundings.inForce.current.steps
    try await surroundings.ledger.write { ledger in
      guard try ledger.beginTrouble(LateMail.trouble, at: now) else { return }
      try steps.tell(letter, at: now, in: ledger)
    }
    surroundings.noticesCame.ring()
  }

  private func end(at now: Instant) async throws {
    surroundings.log.notice("no notice late any more")
    let steps = surroundings.inForce.current.steps
    try await surroundings.ledger.write { ledger in
      guard let since = try ledger.endTrouble(LateMail.trouble) else { return }
      try steps.tell(.mailOnTime(since: since.wall, at: now.wall), at: now, in: ledger)
    }
    surroundings.noticesCame.ring()
  }
}

extension MailSettings.Way {
  /// The host of the first mail server, where there is a second.
  fileprivate var firstOfTwo: String? {
    guard case .server(let first, _?) = self else { return nil }
    return first.host
  }
}
