/// One thing that is otherwise since the set-up was read again (设置变更).
package struct SetupChange: Sendable, Hashable {
  /// What it is about.
  package enum Subject: Sendable, Hashable {
    case rule(Rule.ID, name: String)
    case feed(Feed.ID, name: String)
    case unit(UnitName)
    /// A key of the main file, as it is written there.
    case setting(String)
  }

  /// What became of it.
  package enum Turn: Sendable, Hashable {
    case added
    case removed
    case changed
  }

  package var subject: Subject
  package var turn: Turn
  /// What is otherwise; never a password, nor an address in which one may stand.
  package var details: [Phrase]

  /// A change, with what is otherwise where it is known.
  package init(_ subject: Subject, _ turn: Turn, _ details: [Phrase] = []) {
    self.subject = subject
    self.turn = turn
    self.details = details
  }
}
