/// What those who come on duty take over (交接班清单), as it stands when the list is drafted.
package struct HandOverList: Sendable, Hashable {
  /// An alert that waits for somebody's word.
  package struct Line: Sendable, Hashable {
    package var alert: Alert.ID
    package var grade: Grade
    package var state: Alert.State
    package var unit: UnitName?
    package var title: String
    package var url: String
    package var dueAt: WallTime
    /// When the last of the unit's notices left; nil while one is still waiting.
    package var sentAt: WallTime?
    /// Whether an officer has acknowledged it and its unit has not.
    package var awaitsUnit: Bool
    /// Who is reminded next, and when; nil after the last.
    package var next: Rung?

    /// One alert as the list has it.
    package init(
      alert: Alert.ID, grade: Grade, state: Alert.State, unit: UnitName?, title: String,
      url: String, dueAt: WallTime, sentAt: WallTime?, awaitsUnit: Bool = false, next: Rung? = nil
    ) {
      self.alert = alert
      self.grade = grade
      self.state = state
      self.unit = unit
      self.title = title
      self.url = url
      self.dueAt = dueAt
      self.sentAt = sentAt
      self.awaitsUnit = awaitsUnit
      self.next = next
    }
  }

  /// Something that comes due before the next change.
  package struct Due: Sendable, Hashable {
    /// What comes due.
    package enum What: String, Sendable, CaseIterable {
      /// A draft leaves as it stands unless it is signed off (待签发).
      case signOff
      /// The unit must have been told (通知时限).
      case notify
      /// The unit reports what it found (核查反馈).
      case feedback
    }

    package var what: What
    package var at: WallTime
    package var alert: Alert.ID
    package var grade: Grade
    package var unit: UnitName?
    package var title: String
    package var url: String

    /// A deadline of an alert.
    package init(
      _ what: What, at: WallTime, alert: Alert.ID, grade: Grade, unit: UnitName?, title: String,
      url: String
    ) {
      self.what = what
      self.at = at
      self.alert = alert
      self.grade = grade
      self.unit = unit
      self.title = title
      self.url = url
    }
  }

  /// General notices that leave together before the next change (集中发送).
  package struct Batch: Sendable, Hashable {
    package var at: WallTime
    package var envelopes: Int

    /// So many envelopes at one hour.
    package init(at: WallTime, envelopes: Int) {
      self.at = at
      self.envelopes = envelopes
    }
  }

  /// A feed that is not read (盲区).
  package struct BlindFeed: Sendable, Hashable {
    package var name: String
    package var since: WallTime
    package var reason: Phrase?

    /// A feed by its name.
    package init(name: String, since: WallTime, reason: Phrase?) {
      self.name = name
      self.since = since
      self.reason = reason
    }
  }

  /// An address that mail did not reach (发信失败).
  package struct LostMail: Sendable, Hashable {
    package var recipient: MailAddress
    /// Whose address it is, where it is a unit's.
    package var unit: UnitName?
    /// What of it was about alerts.
    package var alerts: [Alert.ID]
    /// How many letters were given up.
    package var failed: Int
    /// How many are tried again by themselves.
    package var deferred: Int
    /// What the server said last.
    package var reply: String?

    /// Mail to one address.
    package init(
      to recipient: MailAddress, unit: UnitName? = nil, alerts: [Alert.ID] = [], failed: Int,
      deferred: Int, reply: String? = nil
    ) {
      self.recipient = recipient
      self.unit = unit
      self.alerts = alerts
      self.failed = failed
      self.deferred = deferred
      self.reply = reply
    }
  }

  /// When the shifts change.
  package var at: WallTime
  /// When they change next; nil where the roster ends.
  package var to: WallTime?
  package var draftedAt: WallTime
  /// From 1; more where one was drafted before the change had come, by a clock that was ahead.
  package var number = 1
  package var comingOn: [MailAddress]
  package var goingOff: [MailAddress]
  /// Whom those who come on turn to (带班领导).
  package var leaders: [MailAddress]
  package var lines: [Line]
  package var dues: [Due]
  package var batches: [Batch]
  /// Allegations of misconduct that nobody has acknowledged: their numbers, never their text.
  package var conduct: [Alert.ID]
  package var blind: [BlindFeed]
  package var lost: [LostMail]
  /// Since when the second mail server stands in for the first; nil where it does not.
  package var standInSince: WallTime?

  /// A list with nothing on it.
  package init(
    at: WallTime, to: WallTime?, draftedAt: WallTime, comingOn: [MailAddress],
    goingOff: [MailAddress], leaders: [MailAddress] = []
  ) {
    self.at = at
    self.to = to
    self.draftedAt = draftedAt
    self.comingOn = comingOn
    self.goingOff = goingOff
    self.leaders = leaders
    lines = []
    dues = []
    batches = []
    conduct = []
    blind = []
    lost = []
  }

  /// Whether there is nothing to hand over.
  package var isEmpty: Bool {
    lines.isEmpty && dues.isEmpty && batches.isEmpty && conduct.isEmpty && blind.isEmpty
      && lost.isEmpty && standInSince == nil
  }

  /// `handOver/2026-03-02T17:30:00+08:00`: one change of shifts is one notice.
  package func noticeID(in zone: OfficeZone) -> Notice.ID {
    Notice.ID(rawValue: "handOver/\(zone.rfc3339(at))\(number > 1 ? "/\(number)" : "")")
  }
}

extension HandOverList {
  /// The list of a change of shifts, with those who come and go by an office's roster; where it names
  /// nobody, before or after, those are the office's own officers.
  package init(of office: Office, at change: WallTime, draftedAt now: WallTime) {
    let roster = office.roster ?? Roster([])
    let (after, before) = (
      roster.shifts(at: change), roster.shifts(at: change - .milliseconds(1))
    )
    let officers = { (shifts: [Shift]) in
      shifts.isEmpty ? office.officers : shifts.flatMap(\.officers).uniqued
    }
    self.init(
      at: change, to: roster.nextChange(after: change) ?? after.map(\.to).max(), draftedAt: now,
      comingOn: officers(after), goingOff: officers(before),
      leaders: after.flatMap(\.leaders).uniqued)
  }
}
