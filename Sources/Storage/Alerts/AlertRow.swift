package import Vocabulary

/// Which alerts to list; every part that is nil asks for nothing.
package struct AlertFilter: Sendable, Hashable {
  /// Raised at this moment or later.
  package var since: WallTime?
  /// Raised before this moment.
  package var until: WallTime?
  package var unit: UnitName?
  package var grade: Grade?
  package var state: Alert.State?
  /// Whether only those that wait for somebody's word: nobody has acknowledged them, or an officer
  /// has and their unit has not.
  package var awaiting: Bool
  /// The address of the item, of one that joined it, or of a sighting of either.
  package var url: String?
  /// The most to list, the latest first.
  package var limit: Int?

  /// A filter of these parts.
  package init(
    since: WallTime? = nil, until: WallTime? = nil, unit: UnitName? = nil, grade: Grade? = nil,
    state: Alert.State? = nil, awaiting: Bool = false, url: String? = nil, limit: Int? = nil
  ) {
    self.since = since
    self.until = until
    self.unit = unit
    self.grade = grade
    self.state = state
    self.awaiting = awaiting
    self.url = url
    self.limit = limit
  }
}

/// An alert with all that the ledger knows around it.
package struct AlertRow: Sendable, Hashable, Identifiable {
  /// With the grade, audience and deadline that it has now.
  package var alert: Alert
  package var state: Alert.State
  /// The responsible unit; nil where nobody is named.
  package var unit: UnitName?
  package var topic: Topic?
  package var kind: Kind
  package var item: Item
  package var feed: Feed.ID
  package var verdict: Verdict
  /// The decision that gave it the grade it has now; nil where none was kept.
  package var reason: Decision?
  /// From 1; each time it spoke again adds one.
  package var edition: Int
  /// When the last of the unit's notices left, or of the officers' where no unit is written to; nil
  /// while one is still waiting.
  package var sentAt: WallTime?
  package var acknowledgedAt: WallTime?
  /// Whether an officer has acknowledged what was sent to the unit, and the unit has not.
  package var awaitsUnit: Bool
  /// When the unit's feedback is due; nil where none was asked for.
  package var feedback: Deadline?
  package var notices: [NoticeRow]
  /// What was said of it by the second channel, each call once for each channel.
  package var calls: [CallRow]
  /// Every step of its chains.
  package var rungs: [RungRow]
  /// What was said of what it says now.
  package var acknowledgements: [Acknowledgement]
  /// The outlets whose number made the grade it has now; nil where the rules alone did.
  package var spread: Spread?
  /// Whether an officer gave it the grade it has now.
  package var isRegraded: Bool

  package var id: Alert.ID { alert.id }
}

/// One notice to one recipient, and how far it has come.
package struct NoticeRow: Sendable, Hashable {
  package var notice: Notice.ID
  package var kind: Notice.Kind
  package var recipient: MailAddress
  package var part: Part
  package var state: EnvelopeState
  package var messageID: String
  package var attempts: Int
  /// What the server said last.
  package var lastReply: String?
  package var sentAt: WallTime?
  /// An attempt ended without an answer, so that the recipient may hold it twice.
  package var mayHaveBeenSentTwice: Bool
  /// When it leaves or was to leave; nil for at once.
  package var leaving: LeavingTime?
  /// The batch it leaves in; nil where it leaves by itself.
  package var batch: Notice.ID?
  /// Whether its alert has spoken again since, so that it need not leave.
  package var isReplaced: Bool
}

/// One call by one channel (通道提醒), and how far it has come.
package struct CallRow: Sendable, Hashable {
  package var notice: Notice.ID
  package var channel: String
  /// What it says; nil where retention has taken it.
  package var line: String?
  package var state: EnvelopeState
  package var attempts: Int
  /// What was answered last.
  package var lastReply: String?
  package var sentAt: WallTime?
  package var mayHaveBeenSentTwice: Bool
  /// When it leaves or was to leave; nil for at once.
  package var leaving: LeavingTime?
}

/// One step in the course of an alert (经过).
package struct CourseStep: Sendable, Hashable {
  package var at: WallTime
  /// What happened, without the feed, which not everybody may see.
  package var what: Phrase
  /// The feed where it happened; nil for what happened in the office.
  package var feed: Feed.ID?

  /// What happened, when, and on which feed.
  package init(at: WallTime, what: Phrase, feed: Feed.ID? = nil) {
    self.at = at
    self.what = what
    self.feed = feed
  }
}

/// An envelope (信封) whose time to leave has come.
package struct DueEnvelope: Sendable, Hashable {
  package var envelope: Envelope
  package var part: Part
  /// The grade its notice speaks of; nil for digests and troubles.
  package var grade: Grade?
  /// When it must have left; nil where no window runs.
  package var leavesBy: SteadyTime?
  /// When its notice was drafted.
  package var drafted: Instant
  /// How many attempts were begun before.
  package var attempts: Int
  /// The alert its notice speaks of.
  package var alert: Alert.ID?
  /// Whether the recipient may hold it already.
  package var isDoubtful: Bool
  /// Whether it may leave together with others.
  package var mayBeGathered: Bool
}

/// An envelope (信封) that has not left in time.
package struct OverdueEnvelope: Sendable, Hashable {
  package var notice: Notice.ID
  package var recipient: MailAddress
  package var alert: Alert.ID?
  package var grade: Grade?
  package var leavesBy: SteadyTime
  /// What the server said last; nil where it was never asked.
  package var lastReply: String?
}
