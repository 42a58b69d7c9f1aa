import Storage
import Vocabulary

/// The steps of a course as a person reads them in 80 columns (经过), one after the other.
struct CourseLines {
  let setup: Setup
  /// Whether the feeds are not for everybody, as with an allegation of misconduct.
  let isSealed: Bool

  private var language: Language { setup.office.language }

  /// Under its heading; nothing where nothing happened.
  func lines(_ steps: [CourseStep]) -> [String] {
    guard !steps.isEmpty else { return [] }
    return [Phrase(zh: "经过", en: "Course")[language]] + steps.flatMap(line)
  }

  private func line(_ step: CourseStep) -> [String] {
    Terminal.folded("\(setup.office.short(step.at))  \(words(of: step))", indent: 2, hanging: 15)
  }

  /// What happened, with the feed where that is for everybody.
  private func words(of step: CourseStep) -> String {
    guard let feed = step.feed, !isSealed else { return step.what[language] }
    let name = setup.name(of: feed)
    return Phrase(zh: "\(step.what.zh)（\(name)）", en: "\(step.what.en) (\(name))")[language]
  }
}

extension Setup {
  /// A feed's name with its id, which commands take; of a feed that is gone the id alone.
  func name(of id: Feed.ID) -> String {
    guard let feed = feeds.first(where: { $0.id == id }) else { return id.rawValue }
    return "\(feed.name) \(id)"
  }
}
