package import Vocabulary

/// How strongly a rule speaks for topic, unit and kind, where several match (主导次序).
///
/// In this order: a rule that raises before one that only names a topic; then the score, which is
/// the rule's weight times the words of its own condition that are there and count, words in the
/// title counting double; then the graver grade; then the longer words; last the rule's id, so that
/// nothing hangs on which file a rule stands in.
package struct Standing: Sendable, Hashable, Comparable {
  /// What of one word weighs.
  struct Weight {
    var isInTitle: Bool
    /// In characters as they stand in the text.
    var length: Int

    /// The same word in another group of the condition.
    func merged(with other: Weight) -> Weight {
      Weight(isInTitle: isInTitle || other.isInTitle, length: max(length, other.length))
    }
  }

  /// The grade the rule gives to this item.
  package var grade: Grade
  /// How much the rule counts.
  package var weight: Int
  /// How many words of it are there, those in the title twice.
  package var words: Int
  /// The length of those words together, in characters as they stand in the text.
  package var length: Int
  /// The rule's id.
  package var rule: Rule.ID

  /// Weight × words.
  package var score: Int { weight * words }

  /// Weaker first.
  package static func < (left: Standing, right: Standing) -> Bool {
    if (left.grade > .none) != (right.grade > .none) { return right.grade > .none }
    if left.score != right.score { return left.score < right.score }
    if left.grade != right.grade { return left.grade < right.grade }
    if left.length != right.length { return left.length < right.length }
    return left.rule.rawValue > right.rule.rawValue
  }

  init(_ own: Finding, rule: Rule, grade: Grade) {
    let found = own.words.values
    self.grade = grade
    self.weight = rule.weight
    self.words = found.reduce(0) { $0 + ($1.isInTitle ? 2 : 1) }
    self.length = found.reduce(0) { $0 + $1.length }
    self.rule = rule.id
  }
}
