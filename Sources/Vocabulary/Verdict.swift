/// Which rule was met by which word, and where (命中依据).
package struct Evidence: Sendable, Hashable {
  package var rule: Rule.ID
  /// The rule's name, as mails print it.
  package var ruleName: String
  /// The word as the rule writes it.
  package var keyword: String
  package var field: Field
  /// In Unicode scalars of the field as it came in, from 0.
  package var start: Int
  /// In Unicode scalars of the field as it came in, exclusive.
  package var end: Int
  /// The grade this word gives under its rule: the rule's own or a raise's.
  package var grade: Grade

  /// One word of one rule at one place.
  package init(
    rule: Rule.ID, ruleName: String, keyword: String, field: Field, start: Int, end: Int,
    grade: Grade
  ) {
    self.rule = rule
    self.ruleName = ruleName
    self.keyword = keyword
    self.field = field
    self.start = start
    self.end = end
    self.grade = grade
  }
}

extension Evidence {
  /// What was met, as people read it: the rule's word, or where the rule writes a regular expression what
  /// that found in the text.
  package func words(in item: Item) -> String {
    guard keyword.contains(where: { "()[]|\\?*+^$".contains($0) }) else { return keyword }
    let text = (field == .title ? item.title : item.body).unicodeScalars
    guard start >= 0, start < end, end <= text.count else { return keyword }
    let begin = text.index(text.startIndex, offsetBy: start)
    return String(text[begin..<text.index(begin, offsetBy: end - start)])
  }
}

/// A rule that nearly matched (险些命中), and the words it still wanted.
package struct NearMiss: Sendable, Hashable {
  package var rule: Rule.ID
  /// What was missing; for a rule stopped by an exclusion, empty.
  package var missing: [String]
  /// The exclusions that stopped it.
  package var excludedBy: [String]

  /// A rule and what it lacked.
  package init(rule: Rule.ID, missing: [String], excludedBy: [String] = []) {
    self.rule = rule
    self.missing = missing
    self.excludedBy = excludedBy
  }
}

/// Grade, topic, kind and evidence for one item (研判结论; on paper 系统初判 until an officer confirms).
package struct Verdict: Sendable, Hashable {
  package var item: Item.ID
  /// The version of the rule book it was made under.
  package var ruleBook: RuleBook.Version
  package var basis: Item.Basis
  package var grade: Grade
  package var topic: Topic?
  package var kind: Kind
  /// Who must act; nil where neither rule nor default names anyone.
  package var unit: UnitName?
  package var assist: [UnitName]
  /// Whose place the item is about.
  package var ground: Ground
  /// The place that it was found to be about, by name (涉事属地); nil where none is named.
  package var place: String?
  /// Whether it may be an allegation of misconduct, which the officers decide (疑似检举控告).
  package var mayBeConduct: Bool
  /// Whether the public answer stood with the item when it was judged; not kept in the ledger, which
  /// has the answer.
  package var isAnswered = false
  package var evidence: [Evidence]
  package var nearMisses: [NearMiss]

  /// A verdict on an item.
  package init(
    item: Item.ID, ruleBook: RuleBook.Version, basis: Item.Basis, grade: Grade, topic: Topic?,
    kind: Kind, unit: UnitName?, assist: [UnitName] = [], ground: Ground = .ours,
    place: String? = nil, mayBeConduct: Bool = false, evidence: [Evidence] = [],
    nearMisses: [NearMiss] = []
  ) {
    self.item = item
    self.ruleBook = ruleBook
    self.basis = basis
    self.grade = grade
    self.topic = topic
    self.kind = kind
    self.unit = unit
    self.assist = assist
    self.ground = ground
    self.place = place
    self.mayBeConduct = mayBeConduct
    self.evidence = evidence
    self.nearMisses = nearMisses
  }
}
