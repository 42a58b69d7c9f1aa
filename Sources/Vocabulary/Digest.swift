/// What happened in one period, for the leadership group (日报/周报/月报).
package struct Digest: Sendable, Hashable {
  /// How many alerts were raised in a span.
  package struct Counts: Sendable, Hashable {
    package var byGrade: [Grade: Int]
    package var byTopic: [Topic: Int]
    package var byUnit: [UnitName: Int]
    package var byFeed: [Feed.ID: Int]

    /// Counts of one span.
    package init(
      byGrade: [Grade: Int] = [:], byTopic: [Topic: Int] = [:], byUnit: [UnitName: Int] = [:],
      byFeed: [Feed.ID: Int] = [:]
    ) {
      self.byGrade = byGrade
      self.byTopic = byTopic
      self.byUnit = byUnit
      self.byFeed = byFeed
    }
  }

  /// One alert as a digest lists it.
  package struct Line: Sendable, Hashable {
    package var alert: Alert.ID
    package var grade: Grade
    package var state: Alert.State
    package var unit: UnitName?
    package var title: String
    package var url: String
    package var feedName: String
    package var foundAt: WallTime
    package var dueAt: WallTime
    /// When the last of the unit's notices left; nil while one is still waiting.
    package var sentAt: WallTime?
    /// Whether an officer has acknowledged it and its unit has not.
    package var awaitsUnit: Bool
    /// What the officers have to see to first, where no unit has it.
    package var mark: Phrase?

    /// One alert as a digest lists it.
    package init(
      alert: Alert.ID, grade: Grade, state: Alert.State, unit: UnitName?, title: String,
      url: String, feedName: String, foundAt: WallTime, dueAt: WallTime, sentAt: WallTime?,
      awaitsUnit: Bool = false, mark: Phrase? = nil
    ) {
      self.alert = alert
      self.grade = grade
      self.state = state
      self.unit = unit
      self.title = title
      self.url = url
      self.feedName = feedName
      self.foundAt = foundAt
      self.dueAt = dueAt
      self.sentAt = sentAt
      self.awaitsUnit = awaitsUnit
      self.mark = mark
    }
  }

  /// An item without a date that stood there when its feed was first read.
  package struct Undated: Sendable, Hashable {
    package var title: String
    package var url: String
    package var feedName: String

    /// An item that nobody could date.
    package init(title: String, url: String, feedName: String) {
      self.title = title
      self.url = url
      self.feedName = feedName
    }
  }

  /// A message that was older than its feed's cap when it was found (发现时已逾期): many letterboxes
  /// publish only what is answered, weeks later.
  package struct FoundLate: Sendable, Hashable {
    package var title: String
    package var url: String
    package var feedName: String
    /// Whole days from its publication to its finding.
    package var days: Int

    /// A message and how old it was.
    package init(title: String, url: String, feedName: String, days: Int) {
      self.title = title
      self.url = url
      self.feedName = feedName
      self.days = days
    }
  }

  /// A span in which something could not be watched (盲区).
  package struct BlindSpot: Sendable, Hashable {
    /// Nil when the daemon itself was down, and where the feed is not known.
    package var feed: Feed.ID?
    /// The feed's name; nil when the daemon itself was down.
    package var feedName: String?
    package var from: WallTime
    /// Nil while it lasts.
    package var to: WallTime?
    package var reason: String

    /// A span without sight.
    package init(
      feed: Feed.ID? = nil, feedName: String?, from: WallTime, to: WallTime?, reason: String
    ) {
      self.feed = feed
      self.feedName = feedName
      self.from = from
      self.to = to
      self.reason = reason
    }
  }

  package var period: Period
  package var counts: Counts
  /// The period before.
  package var before: Counts
  /// The same weekday a week ago, for daily digests.
  package var weekAgo: Counts
  /// What awaits somebody's action, whenever it was raised: not acknowledged, not acknowledged by
  /// its unit, or not yet sent.
  package var awaiting: [Line]
  /// How many alerts nobody has acknowledged.
  package var unacknowledged: Int
  /// How many an officer has acknowledged and their unit has not.
  package var awaitingUnit: Int
  /// The period's alerts, gravest first.
  package var lines: [Line]
  package var undated: [Undated]
  /// The longest known to their page first.
  package var foundLate: [FoundLate]
  package var blindSpots: [BlindSpot]
  /// Allegations of misconduct: their numbers, never their text.
  package var conduct: [Alert.ID]
  /// How many items were read, how many raised nothing.
  package var itemsRead: Int
  package var feedsWatched: Int
  /// Feeds of the set-up that were not read once, by name.
  package var feedsUnread: [String]
  /// The names of feeds that are counted.
  package var feedNames: [Feed.ID: String]
  /// How the windows that ended in the period were used, by grade.
  package var punctuality: [Grade: Punctuality]
  /// Those that were not kept, gravest first.
  package var late: [Late]
  /// How many windows of the period's alerts still run.
  package var running: Int
  /// Who acknowledged what was raised in the period, and how soon; most alerts first.
  package var acknowledging: [Acknowledging]
  package var outcomes: Outcomes
  /// The period in stretches: the days that end with it, its days, or its weeks.
  package var course: [Stretch]
  /// When it was drafted, where that was late; what became of alerts is told as of then.
  package var caughtUpAt: WallTime?
  /// From 1; more where one was drafted before its period had ended, by a clock that was ahead.
  package var number: Int

  /// A digest of a period in which nothing happened.
  package init(period: Period) {
    self.period = period
    self.counts = Counts()
    self.before = Counts()
    self.weekAgo = Counts()
    self.awaiting = []
    self.unacknowledged = 0
    self.awaitingUnit = 0
    self.lines = []
    self.undated = []
    self.foundLate = []
    self.blindSpots = []
    self.conduct = []
    self.itemsRead = 0
    self.feedsWatched = 0
    self.feedsUnread = []
    self.feedNames = [:]
    self.punctuality = [:]
    self.late = []
    self.running = 0
    self.acknowledging = []
    self.outcomes = Outcomes()
    self.course = []
    self.caughtUpAt = nil
    self.number = 1
  }
}
