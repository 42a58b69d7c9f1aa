import Vocabulary

/// What one condition finds in an item (条件比对).
struct Finding {
  let condition: Rule.Condition
  let hits: [FieldHits]
  let naming: Evidence.Naming
  /// What of the condition is there and counts, by part and then by term.
  let calls: [Comparison.Call]
  /// What of it is there and stands nowhere but where it does not count.
  let discounted: [Comparison.Call]
  /// For each field, where words do not count; empty where they count everywhere.
  let shades: [Shade]
  /// For each field, places of the near words that stand close enough.
  private var nearby: [(Field, [[Range<Int>]])] = []
  /// The numbers that are large enough, each with its word.
  private(set) var tallies: [Tally] = []
  /// The groups in their order.
  private(set) var groups: [(part: Rule.Group.Part, finding: Finding)] = []

  /// A number that is large enough, and the word it stands with.
  struct Tally {
    var call: Comparison.Call
    var field: Field
    var run: Range<Int>
  }

  /// A condition of a rule by its number, and the rule's calls in the fields where it looks, by part
  /// and then by term. `outer` shades these words too.
  init(
    _ condition: Rule.Condition, number: Int32, calls all: [Comparison.Call], hits: [FieldHits],
    naming: Evidence.Naming, outer: [Shade] = []
  ) {
    let own = all.filter { $0.use.condition == number }
    let shades = Finding.shades(of: condition, own, hits, outer)
    self.condition = condition
    self.hits = hits
    self.naming = naming
    self.shades = shades
    if shades.isEmpty {
      calls = own
      discounted = []
    } else {
      let counts = { (call: Comparison.Call) in
        !call.use.part.isWanted
          || hits.indices.contains {
            !Finding.places(of: call.word, in: hits[$0], shades[$0]).isEmpty
          }
      }
      calls = own.filter(counts)
      discounted = own.filter { !counts($0) }
    }
    nearby =
      near.map { near in hits.indices.map { (hits[$0].field, groups(of: near, in: $0)) } } ?? []
    tallies = condition.count.map(tallied) ?? []
    var next = number + 1
    for group in condition.groups {
      let finding = Finding(
        group.condition, number: next, calls: all, hits: hits, naming: naming, outer: shades)
      groups.append((group.part, finding))
      next += group.condition.size
    }
  }

  /// Whether every part is there, no exclusion is, and something was asked at all.
  var isMet: Bool { hasPositive && missing.isEmpty && exclusions.isEmpty }

  /// Whether any wanted word is there and counts; a condition that wants none never has it.
  var hasPositive: Bool {
    calls.contains { $0.use.part.isWanted } || wanted.contains { $0.hasPositive }
  }

  /// Whether words may stand where they do not count.
  var isShaded: Bool { !shades.isEmpty || groups.contains { $0.finding.isShaded } }

  /// What is not there: each part by the words that would bring it. `any` is one part, each word of
  /// `all` and `near` is one, that the near words stand too far apart is one, and so is the number
  /// that is too small or absent.
  var missing: [[String]] {
    var missing: [[String]] = []
    let alternatives = findings(.any)
    if !condition.any.isEmpty || !alternatives.isEmpty, met(.any).isEmpty,
      !alternatives.contains(where: \.isMet)
    {
      missing.append(condition.any + alternatives.flatMap { $0.missing.first ?? [] })
    }
    missing += absent(.all, of: condition.all)
    for group in findings(.all) {
      // A group that asks nothing never holds.
      missing += group.missing.isEmpty && !group.hasPositive ? [[]] : group.missing
    }
    if let count = condition.count, tallies.isEmpty {
      missing.append(count.of.map { "\($0)≥\(count.atLeast)" })
    }
    if !condition.patterns.isEmpty, met(.pattern).isEmpty { missing.append(condition.patterns) }
    guard let near else { return missing }
    let absentNear = absent(.near, of: near.words)
    let isTooFar = absentNear.isEmpty && nearby.allSatisfy { $0.1.isEmpty }
    return missing + (isTooFar ? [near.words] : absentNear)
  }

  /// The exclusions that are there, at their places.
  var exclusions: [Evidence] {
    let groups = findings(.none).filter(\.isMet).flatMap(\.evidence)
    let within = findings(.all).flatMap(\.exclusions)
    let words = evidence(.none, written: condition.none)
    return groups.isEmpty && within.isEmpty
      ? Evidence.distinct(words) : Evidence.distinct(words + groups + within)
  }

  /// The wanted words at their places, in no order; near words only where they stand close enough,
  /// if they do.
  var evidence: [Evidence] {
    evidence(.any, written: condition.any) + evidence(.all, written: condition.all) + nearEvidence
      + countEvidence + evidence(.pattern, written: condition.patterns)
      + wanted.filter(\.isMet).flatMap(\.evidence)
  }
}

extension Finding {
  private var near: Rule.Near? {
    condition.near.flatMap { $0.words.isEmpty ? nil : $0 }
  }

  private func findings(_ part: Rule.Group.Part) -> [Finding] {
    groups.filter { $0.part == part }.map(\.finding)
  }

  /// The groups that want something.
  var wanted: [Finding] { groups.filter { $0.part != .none }.map(\.finding) }

  private func met(_ part: Lexicon.Part) -> [Comparison.Call] {
    calls.filter { $0.use.part == part }
  }

  private func absent(_ part: Lexicon.Part, of words: [String]) -> [[String]] {
    guard !words.isEmpty else { return [] }
    let there = Set(met(part).map(\.use.term))
    return words.enumerated().filter { !there.contains(Int32($0.offset)) }.map { [$0.element] }
  }

  /// The places of a word that count in a field.
  func places(of word: Lexicon.Word, in field: Int) -> [Range<Int>] {
    Finding.places(of: word, in: hits[field], shades.isEmpty ? Shade() : shades[field])
  }

  private static func places(
    of word: Lexicon.Word, in field: FieldHits, _ shade: Shade
  ) -> [Range<Int>] {
    let places = field.places(of: word)
    return shade.casts.isEmpty ? places : places.filter { shade.cast(on: $0) == nil }
  }

  private func groups(of near: Rule.Near, in field: Int) -> [[Range<Int>]] {
    let there = met(.near)
    guard there.count == near.words.count else { return [] }
    let places = there.map { self.places(of: $0.word, in: field) }
    return Nearness(places: places, within: near.within).groups(atMost: FieldHits.placesPerWord)
  }

  private func tallied(_ count: Rule.Count) -> [Tally] {
    met(.count).flatMap { call in hits.indices.flatMap { tallied(call, count, in: $0) } }
  }

  private func tallied(_ call: Comparison.Call, _ count: Rule.Count, in field: Int) -> [Tally] {
    let text = hits[field].text
    var found: [Tally] = []
    for place in places(of: call.word, in: field) where found.count < FieldHits.placesPerWord {
      guard let run = Numeral.with(text.codes(of: place), in: text, atLeast: count.atLeast)
      else { continue }
      found.append(Tally(call: call, field: hits[field].field, run: text.original(run)))
    }
    return found
  }

  private var countEvidence: [Evidence] {
    guard let count = condition.count else { return [] }
    return tallies.map {
      naming.evidence(count.of[Int($0.call.use.term)], field: $0.field, at: $0.run)
    }
  }

  private var nearEvidence: [Evidence] {
    guard let near else { return [] }
    guard nearby.contains(where: { !$0.1.isEmpty }) else {
      return evidence(.near, written: near.words)
    }
    return nearby.flatMap { field, groups in
      groups.flatMap { group in
        zip(near.words, group).map { naming.evidence($0, field: field, at: $1) }
      }
    }
  }

  private func evidence(_ part: Lexicon.Part, written: [String]) -> [Evidence] {
    met(part).flatMap { call in
      hits.indices.flatMap { field in
        let places =
          part == .none ? hits[field].places(of: call.word) : places(of: call.word, in: field)
        return places.prefix(FieldHits.placesPerWord).map {
          naming.evidence(written[Int(call.use.term)], field: hits[field].field, at: $0)
        }
      }
    }
  }
}

extension Rule.Condition {
  /// How many conditions it is, its groups and theirs among them.
  var size: Int32 { groups.reduce(1) { $0 + $1.condition.size } }
}

extension Lexicon.Part {
  /// Whether the part asks for its words, and does not ask that they be absent or elsewhere.
  var isWanted: Bool {
    switch self {
    case .any, .all, .near, .count, .pattern: true
    case .none, .context: false
    }
  }
}
