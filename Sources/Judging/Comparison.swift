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
  private let hits: [FieldHits]
  private let calls: [Call]

  /// A rule, and the calls on it by part and then by term; `hits` are those of the item's fields,
  /// title first.
  init(_ rule: Rule, calls: ArraySlice<Call>, hits: [FieldHits]) {
    self.rule = rule
    guard rule.fields.count < Field.allCases.count else {
      self.hits = hits
      self.calls = Array(calls)
      return
    }
    let hits = hits.filter { rule.fields.contains($0.field) }
    self.hits = hits
    self.calls = calls.filter { call in hits.contains { $0.contains(call.word) } }
  }

  /// What comes of the rule.
  var outcome: Outcome {
    let own = finding(of: rule.condition, number: 0, grade: rule.grade)
    if own.isMet { return .matched(match(own)) }
    if own.isShaded, let stop = stop(byContextOf: own) { return .stopped(stop) }
    guard own.hasPositive else { return .silent }
    let missing = own.missing
    guard missing.isEmpty else {
      guard missing.count == 1, own.exclusions.isEmpty else { return .silent }
      return .short(
        Explanation.Shortfall(
          rule: rule, missing: missing[0], evidence: Evidence.distinct(own.evidence)))
    }
    return .stopped(
      Explanation.Stop(
        rule: rule, exclusions: own.exclusions, evidence: Evidence.distinct(own.evidence)))
  }

  /// Why a rule does not match whose words are all there, but some where they do not count.
  private func stop(byContextOf own: Finding) -> Explanation.Stop? {
    let discounts = own.discounts
    guard !discounts.words.isEmpty else { return nil }
    let bare = Finding(
      rule.condition.withoutContexts, number: 0, calls: calls, hits: hits,
      naming: naming(rule.grade))
    guard bare.hasPositive, bare.missing.isEmpty else { return nil }
    return Explanation.Stop(
      rule: rule, exclusions: Evidence.distinct(bare.exclusions + discounts.contexts),
      evidence: Evidence.distinct(bare.evidence))
  }

  private func match(_ own: Finding) -> Explanation.Match {
    let discounts = own.isShaded ? own.discounts.words : []
    var match = Explanation.Match(
      rule: rule, grade: rule.grade, evidence: own.evidence, discounted: discounts,
      standing: Standing(own, rule: rule, grade: rule.grade))
    var number = rule.condition.size
    for raise in rule.raises {
      let found = finding(
        of: raise.condition, number: number, grade: raise.grade, outer: own.shades)
      number += raise.condition.size
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

  private func finding(
    of condition: Rule.Condition, number: Int32, grade: Grade, outer: [Shade] = []
  ) -> Finding {
    Finding(
      condition, number: number, calls: calls, hits: hits, naming: naming(grade), outer: outer)
  }

  private func naming(_ grade: Grade) -> Evidence.Naming {
    Evidence.Naming(rule: rule.id, ruleName: rule.name, grade: grade)
  }
}

extension Rule.Condition {
  /// The same where every word counts wherever it stands.
  fileprivate var withoutContexts: Rule.Condition {
    var condition = self
    condition.contexts = []
    for index in groups.indices {
      condition.groups[index].condition = groups[index].condition.withoutContexts
    }
    return condition
  }
}
