import Vocabulary

/// One rule read against one item (规则比对): what of it is there, and what follows.
struct Comparison {
  /// What came of a rule.
  enum Outcome {
    case matched(Explanation.Match)
    case stopped(Explanation.Stop)
    case short(Explanation.Shortfall)
    case silent
  }

  /// A word of a condition that is in the item.
  struct Call {
    var use: Lexicon.Use
    var word: Lexicon.Word
  }

  let rule: Rule
  let order: Int
  private let hits: [FieldHits]
  private let calls: [Call]

  /// A rule, and the calls on it by part and then by term; `hits` are those of the item's fields,
  /// title first.
  init(_ rule: Rule, order: Int, calls: ArraySlice<Call>, hits: [FieldHits]) {
    let hits = hits.filter { rule.fields.contains($0.field) }
    self.rule = rule
    self.order = order
    self.hits = hits
    self.calls = calls.filter { call in hits.contains { $0.contains(call.word) } }
  }

  /// What comes of the rule.
  var outcome: Outcome {
    let own = finding(of: rule.condition, number: 0, grade: rule.grade)
    guard own.hasPositive else { return .silent }
    let missing = own.missing
    guard missing.isEmpty else {
      guard missing.count == 1, own.exclusions.isEmpty else { return .silent }
      return .short(
        Explanation.Shortfall(
          rule: rule, missing: missing[0], evidence: Evidence.distinct(own.evidence)))
    }
    guard own.exclusions.isEmpty else {
      return .stopped(
        Explanation.Stop(
          rule: rule, exclusions: own.exclusions, evidence: Evidence.distinct(own.evidence)))
    }
    return .matched(match(own))
  }

  private func match(_ own: Finding) -> Explanation.Match {
    var match = Explanation.Match(
      rule: rule, grade: rule.grade, evidence: own.evidence,
      standing: Standing(own, rule: rule, grade: rule.grade, order: order))
    for (step, raise) in rule.raises.enumerated() {
      let found = finding(of: raise.condition, number: step + 1, grade: raise.grade)
      guard found.isMet else { continue }
      match.evidence += found.evidence
      guard raise.grade > match.grade else { continue }
      match.grade = raise.grade
      match.raise = raise
    }
    match.standing.grade = match.grade
    match.evidence = Evidence.distinct(match.evidence)
    return match
  }

  private func finding(of condition: Rule.Condition, number: Int, grade: Grade) -> Finding {
    Finding(
      condition, calls: calls.filter { $0.use.condition == number }, hits: hits,
      naming: Evidence.Naming(rule: rule.id, ruleName: rule.name, grade: grade))
  }
}
