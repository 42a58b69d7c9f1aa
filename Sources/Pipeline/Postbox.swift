package import Storage
package import Vocabulary

/// Writes a drafted notice into the outbox, an envelope for each recipient (封发).
package struct Postbox: Sendable {
  private let messageID: @Sendable (Notice.ID, MailAddress) -> String

  /// A postbox that gives each envelope its Message-ID.
  package init(messageID: @escaping @Sendable (Notice.ID, MailAddress) -> String) {
    self.messageID = messageID
  }

  /// The postbox of a generation of the set-up.
  init(steps: Steps) {
    self.init(messageID: steps.messageID)
  }

  /// Puts a digest's notices into the outbox, once a period; false where it was drafted before.
  package func put(
    _ notices: [Notice], of period: Digest.Period, at now: Instant, in ledger: Writing
  ) throws -> Bool {
    guard try ledger.insert(period, at: now) else { return false }
    for notice in notices { try put(notice, at: now, in: ledger) }
    return true
  }

  /// Puts a notice into the outbox; a notice that is there already stays as it is.
  ///
  /// All notices of one alert to one recipient hang on the first, so that mail programs show them
  /// as one thread (RFC 5322, section 3.6.4).
  @discardableResult
  func put(_ notice: Notice, at now: Instant, in ledger: Writing) throws -> Bool {
    let envelopes = try notice.recipients.map { recipient in
      (
        recipient: recipient,
        messageID: messageID(notice.id, recipient.address),
        inReplyTo: try notice.alert.flatMap {
          try ledger.firstMessageID(alert: $0, recipient: recipient.address)
        }
      )
    }
    return try ledger.insert(notice, envelopes: envelopes, at: now)
  }
}

extension Steps {
  /// Puts a letter to the admins into the outbox.
  func tell(_ trouble: Trouble, at now: Instant, in ledger: Writing) throws {
    let postbox = Postbox(steps: self)
    for notice in draft(.trouble(trouble)) { try postbox.put(notice, at: now, in: ledger) }
  }
}

extension Surroundings {
  /// Tells the admins of a trouble.
  package func tell(_ trouble: Trouble) async throws {
    let steps = inForce.current.steps
    let now = now()
    try await ledger.write { try steps.tell(trouble, at: now, in: $0) }
    noticesCame.ring()
  }
}
