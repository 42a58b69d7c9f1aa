import Vocabulary

/// A hand-over list before it is laid out (交接班清单文稿): what waits for a word first, what comes due in
/// the shift, then what is not seen and what did not arrive.
struct HandOverView: Sendable {
  /// One part of the list.
  struct Section: Sendable {
    let heading: String
    var mentions: [Mention] = []
    var lines: [String] = []
  }

  let lang: String
  let subject: String
  /// How much smaller than on the screen it is printed, so that a full list is one page.
  let zoom = "0.78"
  /// What a telephone shows below the subject.
  let leads: [String]
  let heading: Sheet.Heading
  let shift: String
  /// Who is on duty, where the roster writes names.
  let duty: [String]
  let figures: [Figure]
  let sections: [Section]
  /// What an officer does about it.
  let action: String
  let foot: [String]

  /// A hand-over list as its office reads it.
  init(_ list: HandOverList, of office: Office) {
    let facts = HandOverFacts(list, of: office)
    lang = office.language.tag
    subject = facts.subject
    leads = facts.leads
    heading = Sheet.Heading(office: office.name.onOneLine, name: facts.name)
    shift = facts.shift
    duty = facts.duty
    figures = list.isEmpty ? [] : facts.figures
    sections = facts.sections
    action = facts.action
    foot = facts.foot
  }

  /// The list for a terminal of 80 columns and for mail programs without HTML.
  var plainText: String {
    let head = [heading.line(lang), shift] + duty
    let parts = [leads, head] + sections.map(\.plainLines) + [[action] + foot]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }
}

extension HandOverView.Section {
  fileprivate var plainLines: [String] {
    ["■ \(heading)"] + mentions.flatMap(\.plainLines)
      + lines.flatMap { $0.folded(78).map { "  \($0)" } }
  }
}
