import Vocabulary

/// A digest before it is laid out (日报/周报/月报文稿): what awaits action first, what could not be
/// seen last, and nothing that takes a second page.
struct DigestView: Sendable {
  /// One figure of the line below the heading.
  struct Figure: Sendable {
    let label: String
    let number: Int
    let tint: String
  }

  /// One alert or item, in two lines and an address.
  struct Mention: Sendable {
    let head: String
    let tint: String
    let title: String
    let state: String
    var link: Link?
  }

  /// Numbers beside those of earlier periods.
  struct Table: Sendable {
    let columns: [String]
    let groups: [Group]
  }

  /// Numbers of one kind: by grade, by topic, by unit.
  struct Group: Sendable {
    let name: String
    let rows: [Count]
  }

  /// One number, its predecessors, and its share of the greatest in its group.
  struct Count: Sendable {
    let label: String
    let numbers: [Int]
    /// In hundredths, from 0 to 100.
    let share: Int
  }

  /// One part of the digest.
  struct Section: Sendable {
    let heading: String
    var mentions: [Mention] = []
    var table: Table?
    var lines: [String] = []
  }

  let lang: String
  let subject: String
  /// How much smaller than on the screen it is printed, so that a full day is one page.
  let zoom = "0.82"
  let noticeID: Notice.ID
  let heading: Sheet.Heading
  let day: String
  let period: String
  let trial: String?
  let leads: [String]
  let figures: [Figure]
  let sections: [Section]

  /// A digest as its office reads it.
  init(_ digest: Digest, of office: Office) {
    let facts = DigestFacts(digest, of: office)
    let trial = facts.trial
    lang = office.language.tag
    let (date, weekday) = (facts.dates.day(digest.period.to), facts.dates.weekday(digest.period.to))
    day = facts.say("\(date) \(weekday)", "\(weekday), \(date)")
    subject = Subject(language: office.language).of(
      digest, on: facts.dates.day(digest.period.to), inTrial: office.trial == .everyone)
    noticeID = Notice.ID(
      rawValue: "digest/\(digest.period.rhythm.rawValue)/"
        + office.zone.rfc3339(digest.period.to))
    heading = Sheet.Heading(office: office.name.onOneLine, name: facts.name)
    period = facts.period
    self.trial = trial
    leads = facts.leads
    figures = facts.figures
    sections = facts.sections
  }
}
