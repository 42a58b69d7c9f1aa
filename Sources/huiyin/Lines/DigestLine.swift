import Vocabulary

/// A digest as `digest --json` prints it.
struct DigestLine: Encodable {
  var rhythm: Digest.Rhythm
  var from: String
  var to: String
  var itemsRead: Int
  var feedsWatched: Int
  /// Feeds of the set-up that were not read once, by name.
  var feedsUnread: [String]
  var unacknowledged: Int
  /// How many an officer has acknowledged and their unit has not.
  var awaitingUnit: Int
  /// The period's alerts by number, gravest first.
  var alerts: [String]
  /// Allegations of misconduct, by number alone.
  var conduct: [String]
  var counts: Counts
  /// The period before.
  var before: Counts
  /// The windows that ended in the period, by grade.
  var windows: [String: Windows]
  /// Those that were not kept.
  var late: [Late]
  var acknowledging: [Acknowledging]
  var outcomes: [String: Int]
  var blindSpots: [BlindSpot]
  /// As it is printed without `--json`.
  var text: String

  init(_ digest: Digest, text: String, zone: OfficeZone) {
    rhythm = digest.period.rhythm
    from = zone.rfc3339(digest.period.from)
    to = zone.rfc3339(digest.period.to)
    itemsRead = digest.itemsRead
    feedsWatched = digest.feedsWatched
    feedsUnread = digest.feedsUnread
    unacknowledged = digest.unacknowledged
    awaitingUnit = digest.awaitingUnit
    alerts = digest.lines.map(\.alert.description)
    conduct = digest.conduct.map(\.description)
    counts = Counts(digest.counts)
    before = Counts(digest.before)
    windows = [:]
    for (grade, used) in digest.punctuality { windows[grade.rawValue] = Windows(used) }
    late = digest.late.map(Late.init)
    acknowledging = digest.acknowledging.map(Acknowledging.init)
    outcomes = digest.outcomes.byName
    blindSpots = digest.blindSpots.map { BlindSpot($0, zone: zone) }
    self.text = text
  }
}

extension DigestLine {
  /// How many alerts were raised, by the rule book's and the set-up's own names.
  struct Counts: Encodable {
    var byGrade: [String: Int]
    var byTopic: [String: Int]
    var byUnit: [String: Int]
    /// By the feed's id.
    var byFeed: [String: Int]

    init(_ counts: Digest.Counts) {
      func named<Name: RawRepresentable<String>>(_ numbers: [Name: Int]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: numbers.map { ($0.key.rawValue, $0.value) })
      }
      byGrade = named(counts.byGrade)
      byTopic = named(counts.byTopic)
      byUnit = named(counts.byUnit)
      byFeed = named(counts.byFeed)
    }
  }

  /// How windows were used: shares, where 1 is the whole window.
  struct Windows: Encodable {
    var kept: Int
    var late: Int
    var unsent: Int
    var voided: Int
    var median: Double?
    var worst: Double?

    init(_ used: Digest.Punctuality) {
      (kept, late, unsent, voided) = (used.kept, used.late, used.unsent, used.voided)
      (median, worst) = (used.used.median, used.used.last)
    }
  }

  /// A window that was not kept; `delays` as in `alerts ID --json`.
  struct Late: Encodable {
    var id: String
    var grade: Grade
    /// In seconds.
    var by: Int64
    var isTold: Bool
    var delays: [String]

    init(_ late: Digest.Late) {
      id = late.line.alert.description
      grade = late.line.grade
      by = late.by.inMilliseconds / 1000
      isTold = late.isTold
      delays = late.delays.map(\.cause.word)
    }
  }

  /// How a unit, or with none the officers, acknowledged, in seconds.
  struct Acknowledging: Encodable {
    var unit: String?
    var raised: Int
    var waiting: Int
    var acknowledged: Int
    var median: Int64?
    var worst: Int64?

    init(_ unit: Digest.Acknowledging) {
      self.unit = unit.unit?.rawValue
      (raised, waiting, acknowledged) = (unit.raised, unit.waiting, unit.took.count)
      median = unit.took.median.map { $0.inMilliseconds / 1000 }
      worst = unit.took.last.map { $0.inMilliseconds / 1000 }
    }
  }

  /// A span without sight; of all feeds where it names none.
  struct BlindSpot: Encodable {
    var feed: String?
    var from: String
    var to: String?
    var reason: String

    init(_ spot: Digest.BlindSpot, zone: OfficeZone) {
      feed = spot.feed?.rawValue
      from = zone.rfc3339(spot.from)
      to = spot.to.map(zone.rfc3339)
      reason = spot.reason
    }
  }
}

extension Digest.Outcomes {
  fileprivate var byName: [String: Int] {
    [
      "closed": closed, "falseAlarm": falseAlarms, "returned": returned,
      "acknowledged": acknowledged, "open": open, "everReturned": everReturned,
    ]
  }
}
