/// What an officer decides of an alert that stands (批办).
package struct Direction: Sendable, Hashable {
  /// What is to be done.
  package enum Order: Sendable, Hashable {
    /// Another unit is to act (改派).
    case assign(UnitName)
    /// It has another grade (调级).
    case regrade(Grade)
  }

  package var order: Order
  /// Where it was said, `终端`.
  package var by: String
  /// The officer who said it, by their name on the machine; nil where it is not known.
  package var officer: String?
  /// Why, in the officer's own words.
  package var reason: String?

  /// An officer's decision.
  package init(_ order: Order, by: String, officer: String?, reason: String?) {
    self.order = order
    self.by = by
    self.officer = officer
    self.reason = reason
  }
}
