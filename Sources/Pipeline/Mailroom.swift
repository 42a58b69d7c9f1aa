import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Reads what comes back by mail and does what it says (收信): replies acknowledge, return and direct,
/// bounces bring the next of a chain forward, and what is not to be believed by itself goes to the
/// officers.
///
/// All that one letter does is one transaction, under the letter's id: a letter that is read again,
/// after a kill or because the mailbox forgot, does nothing twice.
package struct Mailroom: Service {
  /// How often it looks.
  private static let rhythm = Duration.seconds(20)
  /// How often it fails in a row before the admins hear of it.
  private static let patience = 3
  /// How many looks are between two looks for addresses that are reached again: an hour.
  private static let looks = 180
  /// How long nothing may have come back of what was sent to an address that is reached again.
  private static let quiet = Duration.hours(24)
  /// What it is called among the troubles that stand.
  package static let trouble = "mailboxUnread"

  private let surroundings: Surroundings

  /// The mailroom of the set-up in force.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Reads until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      var (misses, looks) = (0, 0)
      while !Task.isCancelled {
        misses = await once(after: misses) ? 0 : misses + 1
        if misses == 0, looks.isMultiple(of: Mailroom.looks) { await endOldBounces() }
        looks += 1
        // A mail service turns away, or locks out, who knocks in vain every few seconds.
        try? await surroundings.clock.sleep(for: Mailroom.rhythm * (1 << min(misses, 3)))
      }
    }
  }

  /// Reads what has come; false where the mailbox could not be read, as so often before in a row.
  @discardableResult
  package func once(after misses: Int = 0) async -> Bool {
    surroundings.soundness.turn(.mailroom, at: surroundings.now())
    guard let collect = surroundings.inForce.current.steps.collect else { return true }
    do throws(MailboxFault) {
      try await collect { letter in
        surroundings.soundness.turn(.mailroom, at: surroundings.now())
        do {
          try await hear(letter)
        } catch {
          surroundings.log.critical(
            "letter not heard", metadata: ["letter": "\(letter.id.rawValue)", "reason": "\(error)"])
          throw error
        }
      }
      await tell(nil)
      return true
    } catch {
      surroundings.log.warning("mailbox not read", metadata: ["reason": "\(error.why.en)"])
      if misses + 1 >= Mailroom.patience { await tell(error) }
      return false
    }
  }

  /// Ends what stands of addresses whose mail came back (退信), where a later notice was sent to them a
  /// day ago or more and did not come back: a mailbox that was full is read by somebody again. To be
  /// asked after the mailbox was read, for what came back lies there.
  package func endOldBounces() async {
    let now = surroundings.now()
    guard surroundings.inForce.current.steps.collect != nil else { return }
    do {
      let reached = try await surroundings.ledger.read { ledger in
        guard try ledger.standsSince(Mailroom.trouble) == nil else { return [String]() }
        return try ledger.standingTroubles().compactMap { what, since in
          guard now.elapsed(since: since) >= Mailroom.quiet,
            let address = MailTrouble.bouncedAddress(in: what),
            try ledger.isReached(address, after: since, before: now.steady - Mailroom.quiet)
          else { return nil }
          return what
        }
      }
      guard !reached.isEmpty else { return }
      try await surroundings.ledger.write { for what in reached { try $0.endTrouble(what) } }
    } catch {
      surroundings.log.critical("ledger not usable", metadata: ["reason": "\(error)"])
    }
  }

  /// Does what one letter says.
  func hear(_ letter: Letter) async throws {
    let generation = surroundings.inForce.current
    let now = surroundings.now()
    let numbers = letter.numbers
    let isNew = try await surroundings.ledger.write { ledger in
      guard try !ledger.hasHeard(letter.id) else { return false }
      return try Hearer(generation, ledger, now: now).hear(letter, numbers: numbers)
    }
    guard isNew else { return }
    surroundings.log.notice("letter heard", metadata: ["letter": "\(letter.id.rawValue)"])
    surroundings.noticesCame.ring()
  }

  /// The admins hear once that the mailbox is not read, and once that it is again.
  private func tell(_ fault: MailboxFault?) async {
    let now = surroundings.now()
    let steps = surroundings.inForce.current.steps
    do {
      let stands = try await surroundings.ledger.read { try $0.standsSince(Mailroom.trouble) }
      guard (fault == nil) != (stands == nil) else { return }
      try await surroundings.ledger.write { ledger in
        if let fault {
          guard try ledger.beginTrouble(Mailroom.trouble, at: now) else { return }
          try steps.tell(.mailboxUnread(fault.why, at: now.wall), at: now, in: ledger)
        } else if let since = try ledger.endTrouble(Mailroom.trouble) {
          try steps.tell(.mailboxRead(since: since.wall, at: now.wall), at: now, in: ledger)
        }
      }
      surroundings.noticesCame.ring()
    } catch {
      surroundings.log.critical("ledger not usable", metadata: ["reason": "\(error)"])
    }
  }
}

extension Letter {
  /// The numbers of alerts that its subject and the beginning of its words have, as people write
  /// them: `2026-0017`, `2026-17`.
  var numbers: [Alert.ID] {
    var words = subject
    if case .reply(let text) = nature { words += " " + text.prefix(200) }
    let folded = words.map { "－—–‐−".contains($0) ? "-" : $0 }
    let candidates = folded.split { !($0.isASCII && $0.isNumber) && $0 != "-" }
    var seen: Set<Alert.ID> = []
    return candidates.compactMap { Alert.ID(String($0)) }.filter { seen.insert($0).inserted }
  }
}
