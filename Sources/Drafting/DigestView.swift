import Vocabulary

/// A digest before it is laid out (日报/周报/月报文稿): what awaits action first, what could not be
/// seen last, and nothing that takes a second page.
struct DigestView: Sendable {
  /// Rows of one kind: a label, a bar where they are charted, and numbers.
  struct Table: Sendable {
    var name: String?
    let columns: [String]
    let rows: [Count]
    var isCharted = false
  }

  /// One row.
  struct Count: Sendable {
    let label: String
    let cells: [String]
    var bar: Bar?
  }

  /// A bar as two cells of a table: every mail program draws those.
  struct Bar: Sendable {
    /// In hundredths, from 1 to 100.
    let share: Int
    /// What is left of a hundred; nil for nothing.
    let rest: Int?

    /// The bar of a number beside the greatest; nil for a number that has none.
    init?(_ number: Int, of greatest: Int) {
      guard number > 0, greatest > 0 else { return nil }
      let share = max(1, min(100, number * 100 / greatest))
      (self.share, rest) = (share, share == 100 ? nil : 100 - share)
    }
  }

  /// One part of the digest.
  struct Section: Sendable {
    let heading: String
    var mentions: [Mention] = []
    var tables: [Table] = []
    var lines: [String] = []
  }

  let lang: String
  let subject: String
  /// How much smaller than on the screen it is printed, so that it is one page.
  let zoom: String
  let noticeID: Notice.ID
  let heading: Sheet.Heading
  let day: String
  let period: String
  /// Trial, lateness and whatever else must be known of the paper itself.
  let remarks: [String]
  let leads: [String]
  let figures: [Figure]
  let sections: [Section]
  let foot: String

  /// A digest as its office reads it.
  init(_ digest: Digest, of office: Office) {
    let facts = DigestFacts(digest, of: office)
    lang = office.language.tag
    let (date, weekday) = (facts.dates.day(digest.period.to), facts.dates.weekday(digest.period.to))
    day = facts.say("\(date) \(weekday)", "\(weekday), \(date)")
    subject = Subject(language: office.language).of(
      digest, on: facts.dates.day(digest.period.to), inTrial: office.trial == .everyone)
    noticeID = Notice.ID(
      rawValue: "digest/\(digest.period.rhythm.rawValue)/"
        + office.zone.rfc3339(digest.period.to) + (digest.number > 1 ? "/\(digest.number)" : ""))
    heading = Sheet.Heading(office: office.name.onOneLine, name: facts.name)
    period = facts.period
    remarks = facts.remarks
    leads = facts.leads
    figures = facts.figures
    sections = facts.sections
    zoom = DigestView.zoom(of: sections, leads: leads.count + remarks.count)
    foot = facts.foot
  }
}

extension DigestView {
  /// How many lines a sheet of paper holds in the size of the screen, as Chromium prints it, about.
  private static let sheet = 51.0

  /// How many lines a text takes across a sheet of paper.
  fileprivate static func linesOfPaper(_ text: String) -> Double {
    Double((text.columns + 123) / 124)
  }

  /// Smaller the more there is, and never too small to be read.
  private static func zoom(of sections: [Section], leads: Int) -> String {
    // The letterhead, the figures and the foot are ten lines.
    let lines = sections.reduce(Double(leads) + 10) { $0 + $1.printedLines }
    return "0.\(max(62, min(79, Int(sheet / lines * 100))))"
  }
}

extension DigestView.Section {
  /// How many lines it takes on paper, where two tables stand side by side.
  fileprivate var printedLines: Double {
    let rows = tables.map { Double($0.rows.count + 1) }
    let pairs = stride(from: 0, to: rows.count, by: 2).map { rows[$0..<min($0 + 2, rows.count)] }
    let told = mentions.map { 1.2 * DigestView.linesOfPaper("\($0.head)\($0.title)\($0.state)") }
    return 1.7 + (told + lines.map(DigestView.linesOfPaper)).reduce(0, +)
      + pairs.compactMap { $0.max() }.reduce(0, +)
  }
}
