/// How soon the responsible unit must hear of each grade (通知时限).
///
/// The bureau's regulation, chapter 4(3): major within 30 minutes, general within 24 hours. The
/// office sets the considerable one itself.
package struct Windows: Sendable, Hashable {
  package var major: Duration
  package var considerable: Duration
  package var general: Duration

  /// The regulation's windows, which an office may tighten and never loosen.
  package static let regulation = Windows(
    major: .minutes(30), considerable: .hours(2), general: .hours(24))

  /// An office's windows.
  package init(major: Duration, considerable: Duration, general: Duration) {
    self.major = major
    self.considerable = considerable
    self.general = general
  }

  /// The window of a grade; nil for `none`, which nobody must hear of.
  package func window(of grade: Grade) -> Duration? {
    switch grade {
    case .none: nil
    case .general: general
    case .considerable: considerable
    case .major: major
    }
  }
}

/// The moment a window ends (截止时间), with the sum that led there.
package struct Deadline: Sendable, Hashable {
  /// What must have happened by then.
  package enum Purpose: String, Sendable, Codable {
    /// The responsible unit has been told (通知).
    case notify
    /// The unit has returned what it found (核查反馈), one day after the contact sheet.
    case feedback
  }

  package var purpose: Purpose
  package var startedAt: Instant
  package var window: Duration
  package var dueAt: WallTime

  /// A deadline so long after its start.
  package init(_ purpose: Purpose, from start: Instant, window: Duration) {
    self.purpose = purpose
    self.startedAt = start
    self.window = window
    self.dueAt = start.wall + window
  }

  /// When the window ends on the ledger's own line, which no step of the wall clock moves; `dueAt`
  /// is what is printed.
  package var endsAt: SteadyTime { startedAt.steady + window }

  /// Whether the window has ended by then.
  package func isPast(at now: Instant) -> Bool { now.steady > endsAt }
}

/// An item that someone must hear of (预警).
package struct Alert: Sendable, Hashable, Identifiable {
  /// The short number that people say on the telephone, `2026-0017`.
  package struct ID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package var year: Int
    /// From 1 in each year.
    package var number: Int

    /// The so-many-th alert of a year.
    package init(year: Int, number: Int) {
      self.year = year
      self.number = number
    }

    /// An id as people write it, or nil where it is none.
    package init?(_ written: String) {
      let parts = written.split(separator: "-", omittingEmptySubsequences: false)
      guard written.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }),
        parts.count == 2, parts[0].count == 4, let year = Int(parts[0]),
        let number = Int(parts[1]), year > 0, number > 0
      else { return nil }
      self.init(year: year, number: number)
    }

    package var description: String {
      let digits = String(number)
      return "\(year)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    package static func < (left: ID, right: ID) -> Bool {
      (left.year, left.number) < (right.year, right.number)
    }
  }

  /// Where an alert stands (状态).
  package enum State: String, Sendable, Codable, CaseIterable {
    case open
    case acknowledged
    case returned
    case closed
  }

  /// Who may hear of it (知悉范围); nothing merges across audiences.
  package enum Audience: Sendable, Hashable {
    /// The responsible unit by contact sheet, and the officers by bulletin.
    case unit(UnitName)
    /// The officers alone, who decide whose it is.
    case officers(OfficersAlone)
    /// The supervising office alone: allegations of misconduct (检举控告).
    case supervision

    /// The unit that hears; nil where none does, or the supervising office alone.
    package var unit: UnitName? {
      switch self {
      case .unit(let name): name
      case .officers, .supervision: nil
      }
    }

    /// What officers have to see to, where the alert is theirs alone for it.
    package var mark: Phrase? {
      switch self {
      case .officers(let reason): reason.mark
      case .unit, .supervision: nil
      }
    }
  }

  /// Why an alert goes to the officers alone (仅送值班员的原因).
  package enum OfficersAlone: String, Sendable, Codable {
    /// No rule names a unit, and the office has no default one.
    case noUnit
    /// The verdict stands on the title alone, and is less than major.
    case titleOnly
    /// It names neither the office's places nor another's (属地不明).
    case unknownPlace
    /// It is a matter of the city or the province (转送上级).
    case above
    /// It may be an allegation of misconduct, and no unit may hear before that is decided (疑似检举控告).
    case mayBeConduct

    /// What officers have to see to, where it is more than to name a unit.
    package var mark: Phrase? {
      switch self {
      case .unknownPlace: Phrase(zh: "属地不明", en: "place unknown")
      case .above: Phrase(zh: "转送上级", en: "to be passed up")
      case .mayBeConduct: Phrase(zh: "疑似检举控告", en: "may allege misconduct")
      case .noUnit, .titleOnly: nil
      }
    }
  }

  package var id: ID
  package var item: Item.ID
  package var grade: Grade
  package var audience: Audience
  package var raisedAt: Instant
  /// When the unit must have heard.
  package var deadline: Deadline

  /// An alert that is raised now.
  package init(
    id: ID, item: Item.ID, grade: Grade, audience: Audience, raisedAt: Instant, deadline: Deadline
  ) {
    self.id = id
    self.item = item
    self.grade = grade
    self.audience = audience
    self.raisedAt = raisedAt
    self.deadline = deadline
  }

  /// Whether it is an allegation of misconduct (检举控告), whose text is for the supervising office
  /// alone: by its audience, or by what its item was judged to be.
  package func isConduct(judged kind: Kind) -> Bool {
    audience == .supervision || kind == .conduct
  }

  /// Whether what it says stays with those who decide whose it is: an allegation of misconduct, or
  /// what may be one (疑似检举控告) as long as no officer has given it to a unit. Which unit or person it
  /// names must not show wherever others look.
  package func isSealed(by verdict: Verdict, judged kind: Kind) -> Bool {
    if isConduct(judged: kind) { return true }
    return switch audience {
    case .officers(.mayBeConduct): true
    case .officers: verdict.mayBeConduct
    case .unit, .supervision: false
    }
  }
}

/// What was already raised for the same item, the same text or nearly the same (前情).
package struct Precedent: Sendable, Hashable {
  /// What makes it a precedent.
  package enum Relation: String, Sendable, Codable {
    /// It is this very item, judged before.
    case sameItem
    /// Another address carries the same text.
    case sameText
    /// Another address carries nearly the same text: a line more, a paragraph less, some words
    /// changed.
    case nearText
  }

  package var alert: Alert.ID
  package var item: Item.ID
  package var relation: Relation
  /// The highest grade at which people have heard of it; an officer may have lowered it since.
  package var grade: Grade
  /// Who heard of it by the rules; an officer may have assigned it to another unit since.
  package var audience: Alert.Audience
  /// The unit that an officer assigned it to; nil where the rules alone decided.
  package var assigned: UnitName?
  /// The grade that an officer gave it and it still has; nil where none did.
  package var regraded: Grade?
  package var raisedAt: Instant
  /// Which outlets carry what joined it until now.
  package var spread: Spread

  /// An alert that stands, seen from an item.
  package init(
    alert: Alert.ID, item: Item.ID, relation: Relation, grade: Grade, audience: Alert.Audience,
    assigned: UnitName? = nil, regraded: Grade? = nil, raisedAt: Instant, spread: Spread = Spread()
  ) {
    self.alert = alert
    self.item = item
    self.relation = relation
    self.grade = grade
    self.audience = audience
    self.assigned = assigned
    self.regraded = regraded
    self.raisedAt = raisedAt
    self.spread = spread
  }
}

/// What becomes of a judged item (流转意见), each with its reason.
package enum Decision: Sendable, Hashable {
  /// Someone must hear of it (预警).
  case raise(grade: Grade, audience: Alert.Audience, deadline: Deadline)
  /// It joins an alert that stands and speaks again, because grade or audience changed (并入并再次通知).
  case update(Alert.ID, grade: Grade, audience: Alert.Audience, deadline: Deadline, UpdateReason)
  /// It joins an alert that stands, which stays quiet (并入).
  case merge(into: Alert.ID, MergeReason)
  /// Nobody is told (存查).
  case file(FilingReason)

  /// Why an alert that stands speaks again.
  package enum UpdateReason: String, Sendable, Codable {
    /// The grade rose (升级).
    case risen
    /// The full text has come, and it has an audience of its own (补全后转送).
    case completed
    /// Three outlets carry a considerable matter, or a national one does (多家媒体报道).
    case spread
    /// An officer gave it to another unit (改派).
    case assigned
    /// An officer gave it another grade (调级).
    case regraded

    /// Whether an officer said so, and no rule.
    package var isDirected: Bool {
      switch self {
      case .assigned, .regraded: true
      case .risen, .completed, .spread: false
      }
    }
  }

  /// Why an item joins an alert quietly.
  package enum MergeReason: String, Sendable, Codable {
    /// The same item, judged again with no higher grade.
    case sameItem
    /// The same text at another address, with no higher grade.
    case sameText
    /// Nearly the same text at another address, with no higher grade.
    case nearText
  }

  /// Why nobody is told.
  package enum FilingReason: String, Sendable, Codable, CaseIterable {
    /// No rule gives it a grade.
    case noGrade
    /// It stood there when its feed was first read, and is not recent.
    case baseline
    /// It had no date and stood there when its feed was first read.
    case undatedBaseline
    /// It is older than the feed's cap.
    case tooOld
    /// It is about another's place (外地).
    case notOurs
    /// It is less than considerable, and names neither the office's places nor another's (属地不明).
    case unknownPlace
    /// It is about a rule that gives a topic and raises nothing.
    case topicOnly
    /// It had its public answer when it was found: many letterboxes show only what is answered.
    case answered
    /// It was judged anew under a changed rule book, which raises nothing old.
    case rejudged
  }
}
