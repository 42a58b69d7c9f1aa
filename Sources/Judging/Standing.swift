package import Vocabulary

/// How strongly a rule speaks for topic, unit and kind, where several match (主导次序).
///
/// In this order: a rule that raises before one that only names a topic; then the score, which is
/// the rule's weight times the words of its own condition that are there, words in the title
/// counting double; then the graver grade; then the longer words; last the order of the rule book.
package struct Standing: Sendable, Hashable, Comparable {
  /// The grade the rule gives to this item.
  package var grade: Grade
  /// Weight × words.
  package var score: Int
  /// The length of those words together, in characters as rules compare them.
  package var length: Int
  /// The rule's place in the rule book.
  package var order: Int

  /// Weaker first.
  package static func < (left: Standing, right: Standing) -> Bool {
    if (left.grade > .none) != (right.grade > .none) { return right.grade > .none }
    if left.score != right.score { return left.score < right.score }
    if left.grade != right.grade { return left.grade < right.grade }
    if left.length != right.length { return left.length < right.length }
    return left.order > right.order
  }

  init(_ own: Finding, rule: Rule, grade: Grade, order: Int) {
    let words = own.words
    let title = own.fields.first { $0.field == .title }
    let inTitle = words.filter { title?.contains($0) ?? false }
    self.grade = grade
    self.score = rule.weight * (words.count + inTitle.count)
    self.length = words.reduce(0) { sum, word in
      sum + (own.fields.lazy.compactMap { $0.places(of: word).first?.count }.first ?? 0)
    }
    self.order = order
  }
}
