package import Vocabulary

/// How the watching of one feed stands (采集状态): the one row of a feed that changes.
package struct FeedState: Sendable, Hashable, Identifiable {
  /// The last fetch or reading that brought nothing.
  package struct LastMiss: Sendable, Hashable {
    package var cause: Miss.Cause
    package var reasonZh: String
    package var reasonEn: String
    package var at: WallTime

    /// The sentence for the admin in both languages.
    package var reason: Phrase { Phrase(zh: reasonZh, en: reasonEn) }

    /// A miss, with its sentence for the admin in both languages.
    package init(cause: Miss.Cause, reasonZh: String, reasonEn: String, at: WallTime) {
      self.cause = cause
      self.reasonZh = reasonZh
      self.reasonEn = reasonEn
      self.at = at
    }
  }

  /// Older pages that a reading was cut short of (欠采): the next one goes on to them, new rows on
  /// the first page or not.
  package enum Owed: String, Sendable, Hashable {
    /// Of a reading like any other.
    case olderPages
    /// Of the feed's first reading, by whose rules they are to be taken in.
    case olderPagesOfFirstRun
  }

  package var id: Feed.ID
  /// The address that all of this is about: a feed that moved is a new one.
  package var url: String
  /// When it was first read with success; nil until then.
  package var firstReadAt: Instant?
  package var lastPolledAt: WallTime?
  package var nextPollAt: SteadyTime
  package var lastSuccessAt: WallTime?
  package var lastMiss: LastMiss?
  /// How many polls in a row have missed.
  package var misses: Int
  package var blindSince: WallTime?
  /// Whether the admins have been told that it is blind.
  package var reportedBlind: Bool
  /// Whether that was in one letter for the whole line, so that its end is told in one letter too.
  package var reportedWithLine: Bool
  package var validators: Validators
  /// How many items its listing had at the last success.
  package var lastItemCount: Int?
  /// What a reading that was cut short still owes; nil when the last one was whole.
  package var owed: Owed?
  /// The charset its listing was read in last, and what made us believe it: `GB18030 (meta)`.
  package var charset: String?
  /// What its listing looks like as a rule, as the pipeline writes it; nil before the first reading.
  package var past: String?

  /// A feed that has never been polled.
  package init(id: Feed.ID, url: String, nextPollAt: SteadyTime) {
    self.id = id
    self.url = url
    self.nextPollAt = nextPollAt
    self.misses = 0
    self.reportedBlind = false
    self.reportedWithLine = false
    self.validators = Validators()
  }
}

/// A span in which a feed, or everything, could not be watched (盲区), as the ledger keeps it.
package struct BlindSpotRow: Sendable, Hashable {
  /// Nil when the daemon itself was down.
  package var feed: Feed.ID?
  package var from: WallTime
  /// Nil while it lasts.
  package var to: WallTime?
  package var reason: String
}
