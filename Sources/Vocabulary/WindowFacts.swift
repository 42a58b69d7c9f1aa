/// What the ledger has of an alert's way to those who must hear of it (时限要素): moments alone, of
/// what it says now.
package struct WindowFacts: Sendable, Hashable {
  /// One attempt to deliver.
  package struct Attempt: Sendable, Hashable {
    package var begunAt: Instant
    /// Nil while it is under way.
    package var endedAt: Instant?
    package var outcome: Receipt.Outcome?
    /// What the server said, or what kept us from asking.
    package var reply: String?
    /// The SMTP reply code where there was one.
    package var code: Int?

    /// An attempt and how it ended.
    package init(
      begunAt: Instant, endedAt: Instant? = nil, outcome: Receipt.Outcome? = nil,
      reply: String? = nil, code: Int? = nil
    ) {
      self.begunAt = begunAt
      self.endedAt = endedAt
      self.outcome = outcome
      self.reply = reply
      self.code = code
    }
  }

  /// One contact sheet or bulletin to one recipient.
  package struct Letter: Sendable, Hashable {
    package var recipient: MailAddress
    package var part: Part
    package var state: EnvelopeState
    /// When it left or leaves; nil for at once.
    package var leaving: LeavingTime?
    /// Its own, or those of the batch it leaves in.
    package var attempts: [Attempt]

    /// A letter and every attempt to deliver it.
    package init(
      to recipient: MailAddress, as part: Part, state: EnvelopeState,
      leaving: LeavingTime? = nil, attempts: [Attempt]
    ) {
      self.recipient = recipient
      self.part = part
      self.state = state
      self.leaving = leaving
      self.attempts = attempts
    }

    /// When a server accepted it; nil while none has.
    package var acceptedAt: Instant? {
      attempts.first { $0.outcome == .sent }?.endedAt
    }
  }

  /// A person's word.
  package struct Word: Sendable, Hashable {
    package var byUnit: Bool
    package var phoned: Bool
    package var at: Instant

    /// Who said that they have it, and when.
    package init(byUnit: Bool, phoned: Bool, at: Instant) {
      self.byUnit = byUnit
      self.phoned = phoned
      self.at = at
    }
  }

  /// A span in which the item's feed, or nothing at all, could be watched.
  package struct Blindness: Sendable, Hashable {
    /// Whether the daemon was not running; else it was the feed.
    package var isOurs: Bool
    package var from: WallTime
    /// Nil while it lasts.
    package var to: WallTime?
    package var reason: Phrase

    /// A span without sight.
    package init(isOurs: Bool, from: WallTime, to: WallTime?, reason: Phrase) {
      self.isOurs = isOurs
      self.from = from
      self.to = to
      self.reason = reason
    }
  }

  package var published: PublicationTime
  /// When the item was first seen.
  package var foundAt: Instant
  /// When its feed was first read; nil where that is not known.
  package var feedFirstReadAt: Instant?
  package var deadline: Deadline
  package var judgedAt: Instant
  package var raisedAt: Instant
  package var letters: [Letter]
  package var words: [Word]
  /// When it was closed as a false alarm; nil while it is not.
  package var closedAt: Instant?
  package var blindness: [Blindness]

  /// The moments of an alert that was found, judged and raised.
  package init(
    published: PublicationTime, foundAt: Instant, feedFirstReadAt: Instant? = nil,
    deadline: Deadline, judgedAt: Instant, raisedAt: Instant, letters: [Letter] = [],
    words: [Word] = [], closedAt: Instant? = nil, blindness: [Blindness] = []
  ) {
    self.published = published
    self.foundAt = foundAt
    self.feedFirstReadAt = feedFirstReadAt
    self.deadline = deadline
    self.judgedAt = judgedAt
    self.raisedAt = raisedAt
    self.letters = letters
    self.words = words
    self.closedAt = closedAt
    self.blindness = blindness
  }
}
