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
  /// In what part it was said, `终端`: never a citizen's name.
  package var by: String
  /// Why, in the officer's own words.
  package var reason: String?

  /// An officer's decision.
  package init(_ order: Order, by: String, reason: String?) {
    self.order = order
    self.by = by
    self.reason = reason
  }
}
