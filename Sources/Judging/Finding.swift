import Vocabulary

/// What one condition finds in an item (条件比对).
struct Finding {
  private let condition: Rule.Condition
  private let hits: [FieldHits]
  private let naming: Evidence.Naming
  /// What of the condition is there, by part and then by term.
  private let calls: [Comparison.Call]
  /// For each field, groups of places that stand close enough.
  private var groups: [(Field, [[Range<Int>]])] = []

  /// A condition, and the calls on it in the fields where it looks, by part and then by term.
  init(
    _ condition: Rule.Condition, calls: [Comparison.Call], hits: [FieldHits],
    naming: Evidence.Naming
  ) {
    self.condition = condition
    self.hits = hits
    self.naming = naming
    self.calls = calls
    groups = near.map { near in hits.map { ($0.field, groups(of: near, in: $0)) } } ?? []
  }

  /// Whether every part is there, no exclusion is, and something was asked at all.
  var isMet: Bool { hasPositive && missing.isEmpty && exclusions.isEmpty }

  /// Whether any wanted word is there; a condition that wants none never has it.
  var hasPositive: Bool { calls.contains { $0.use.part != .none } }

  /// The wanted words that are there, each once.
  var words: Set<Lexicon.Word> {
    Set(calls.lazy.filter { $0.use.part != .none }.map(\.word))
  }

  /// The fields looked into.
  var fields: [FieldHits] { hits }

  /// What is not there: each part by the words that would bring it. `any` is one part, each word of
  /// `all` and `near` is one, and that the near words stand too far apart is one.
  var missing: [[String]] {
    var missing: [[String]] = []
    if !condition.any.isEmpty, met(.any).isEmpty { missing.append(condition.any) }
    missing += absent(.all, of: condition.all)
    guard let near else { return missing }
    let absentNear = absent(.near, of: near.words)
    let isTooFar = absentNear.isEmpty && groups.allSatisfy { $0.1.isEmpty }
    return missing + (isTooFar ? [near.words] : absentNear)
  }

  /// The exclusions that are there, at their places.
  var exclusions: [Evidence] { Evidence.distinct(evidence(.none, written: condition.none)) }

  /// The wanted words at their places, in no order; near words only where they stand close enough,
  /// if they do.
  var evidence: [Evidence] {
    evidence(.any, written: condition.any) + evidence(.all, written: condition.all) + nearEvidence
  }

  private var near: Rule.Near? {
    condition.near.flatMap { $0.words.isEmpty ? nil : $0 }
  }

  private func met(_ part: Lexicon.Part) -> [Comparison.Call] {
    calls.filter { $0.use.part == part }
  }

  private func absent(_ part: Lexicon.Part, of words: [String]) -> [[String]] {
    guard !words.isEmpty else { return [] }
    let there = Set(met(part).map(\.use.term))
    return words.enumerated().filter { !there.contains(Int32($0.offset)) }.map { [$0.element] }
  }

  private func groups(of near: Rule.Near, in field: FieldHits) -> [[Range<Int>]] {
    let there = met(.near)
    guard there.count == near.words.count else { return [] }
    let places = there.map { field.places(of: $0.word) }
    return Nearness(places: places, within: near.within).groups(atMost: FieldHits.placesPerWord)
  }

  private var nearEvidence: [Evidence] {
    guard let near else { return [] }
    guard groups.contains(where: { !$0.1.isEmpty }) else {
      return evidence(.near, written: near.words)
    }
    return groups.flatMap { field, groups in
      groups.flatMap { group in
        zip(near.words, group).map { naming.evidence($0, field: field, at: $1) }
      }
    }
  }

  private func evidence(_ part: Lexicon.Part, written: [String]) -> [Evidence] {
    met(part).flatMap { call in
      hits.flatMap { field in
        field.places(of: call.word).prefix(FieldHits.placesPerWord).map {
          naming.evidence(written[Int(call.use.term)], field: field.field, at: $0)
        }
      }
    }
  }
}

extension Evidence {
  /// What all evidence of one condition has in common.
  struct Naming {
    var rule: Rule.ID
    var ruleName: String
    var grade: Grade

    /// A word at a place.
    func evidence(_ keyword: String, field: Field, at run: Range<Int>) -> Evidence {
      Evidence(
        rule: rule, ruleName: ruleName, keyword: keyword, field: field, start: run.lowerBound,
        end: run.upperBound, grade: grade)
    }
  }

  /// Title first, then from front to back, the longer word first, otherwise as given.
  static func sorted(_ evidence: [Evidence]) -> [Evidence] {
    // Places are sorted and not the evidence: its names would be retained at every move.
    var places = evidence.enumerated().map { order, evidence in
      (evidence.field == .title ? 0 : 1, evidence.start, -evidence.end, order)
    }
    places.sort { $0 < $1 }
    return places.map { evidence[$0.3] }
  }

  /// The evidence of one rule, sorted, each place once: with the graver of two grades.
  static func distinct(_ evidence: [Evidence]) -> [Evidence] {
    var kept: [Evidence] = []
    kept.reserveCapacity(evidence.count)
    for next in sorted(evidence) {
      if let last = kept.last, last.isAtPlace(of: next) {
        if next.grade > last.grade { kept[kept.count - 1] = next }
      } else {
        kept.append(next)
      }
    }
    return kept
  }

  private func isAtPlace(of other: Evidence) -> Bool {
    field == other.field && start == other.start && end == other.end
  }
}
