extension Digest {
  /// How the windows of one grade that ended in a span were used (时限情况). A window ends when its
  /// notice leaves, or when it is over: each is counted in one span alone.
  package struct Punctuality: Sendable, Hashable {
    /// Told in time.
    package var kept: Int
    /// Told, and late.
    package var late: Int
    /// Over, and not told yet.
    package var unsent: Int
    /// What a return, a false alarm or a closing made void: neither kept nor late.
    package var voided: Int
    /// The share of its window that each used which was told, 1 for all of it, the least first.
    package var used: [Double]

    /// The windows of a span.
    package init(
      kept: Int = 0, late: Int = 0, unsent: Int = 0, voided: Int = 0, used: [Double] = []
    ) {
      self.kept = kept
      self.late = late
      self.unsent = unsent
      self.voided = voided
      self.used = used
    }

    /// How many windows counted.
    package var total: Int { kept + late + unsent }

    /// The windows of both.
    package static func + (left: Punctuality, right: Punctuality) -> Punctuality {
      Punctuality(
        kept: left.kept + right.kept, late: left.late + right.late,
        unsent: left.unsent + right.unsent, voided: left.voided + right.voided,
        used: (left.used + right.used).sorted())
    }
  }

  /// A window that was not kept (超时件).
  package struct Late: Sendable, Hashable {
    package var line: Line
    /// By how much; up to now where it is not told yet.
    package var by: Duration
    package var isTold: Bool
    /// What took the time, the longest first; empty where the alert has spoken again since.
    package var delays: [WindowUse.Delay]

    /// A window that was not kept, and why.
    package init(_ line: Line, by: Duration, isTold: Bool, delays: [WindowUse.Delay] = []) {
      self.line = line
      self.by = by
      self.isTold = isTold
      self.delays = delays
    }
  }

  /// How a unit, or with no unit the officers, acknowledged what was raised in a span (签收情况).
  package struct Acknowledging: Sendable, Hashable {
    package var unit: UnitName?
    /// How many were raised for it.
    package var raised: Int
    /// How many it was told of and has not acknowledged.
    package var waiting: Int
    /// How long each acknowledgement took from the mail server's word, the quickest first.
    package var took: [Duration]

    /// What one unit did.
    package init(
      unit: UnitName?, raised: Int = 0, waiting: Int = 0, took: [Duration] = []
    ) {
      self.unit = unit
      self.raised = raised
      self.waiting = waiting
      self.took = took
    }
  }

  /// What has come of the alerts that were raised in a span (处理结果); each is counted once.
  package struct Outcomes: Sendable, Hashable {
    package var closed: Int
    package var falseAlarms: Int
    /// Returned by their unit, and not yet with another.
    package var returned: Int
    /// In hand.
    package var acknowledged: Int
    /// Heard of by nobody yet.
    package var open: Int
    /// How many a unit returned at some time, wherever they are now.
    package var everReturned: Int

    /// What came of a span's alerts.
    package init(
      closed: Int = 0, falseAlarms: Int = 0, returned: Int = 0, acknowledged: Int = 0,
      open: Int = 0, everReturned: Int = 0
    ) {
      self.closed = closed
      self.falseAlarms = falseAlarms
      self.returned = returned
      self.acknowledged = acknowledged
      self.open = open
      self.everReturned = everReturned
    }
  }

  /// A stretch of the course that a digest draws (走势).
  package struct Stretch: Sendable, Hashable {
    package var from: WallTime
    package var to: WallTime
    package var raised: Int
    package var major: Int
    /// For how much of it nothing could be watched.
    package var blind: Duration
    /// How many feeds could not be watched for some of it.
    package var blindFeeds: Int

    /// How many alerts a stretch brought, and whether it could be seen.
    package init(
      from: WallTime, to: WallTime, raised: Int = 0, major: Int = 0, blind: Duration = .zero,
      blindFeeds: Int = 0
    ) {
      self.from = from
      self.to = to
      self.raised = raised
      self.major = major
      self.blind = blind
      self.blindFeeds = blindFeeds
    }
  }
}

extension Array where Element: Comparable {
  /// The one in the middle of what is in order, the lower of two; nil where there is none.
  package var median: Element? { isEmpty ? nil : self[(count - 1) / 2] }
}
