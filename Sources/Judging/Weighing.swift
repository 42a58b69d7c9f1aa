import Vocabulary

/// Puts what the rules said together into one verdict (综合研判).
struct Weighing {
  private let ground: Explanation.Ground
  private var matches: [Explanation.Match] = []
  private var stops: [Explanation.Stop] = []
  private var shortfalls: [Explanation.Shortfall] = []

  init(ground: Explanation.Ground) {
    self.ground = ground
  }

  mutating func add(_ outcome: Comparison.Outcome) {
    switch outcome {
    case .matched(let match): matches.append(match)
    case .stopped(let stop): stops.append(stop)
    case .short(let shortfall): shortfalls.append(shortfall)
    case .silent: break
    }
  }

  /// The verdict and its reasons.
  func explanation(of item: Item, book: RuleBook) -> Explanation {
    let ranked = matches.sorted { $0.standing > $1.standing }
    let topic = ranked.first { $0.rule.topic != nil }
    let conduct = ranked.filter { $0.grade > .none && $0.rule.kind == .conduct }
    let kind = conduct.first ?? ranked.first { $0.rule.kind != nil }
    let leaders = conduct.isEmpty ? ranked : conduct
    let unit = leaders.first { $0.rule.unit != nil }
    let grade = ranked.map(\.grade).max() ?? .none
    var verdict = Verdict(
      item: item.id, ruleBook: book.version, basis: item.basis, grade: grade,
      topic: topic?.rule.topic, kind: kind?.rule.kind ?? (grade > .none ? .complaint : .other),
      unit: unit?.rule.unit, assist: (unit ?? leaders.first)?.rule.assist ?? [],
      isOurs: ground != .elsewhere, evidence: Evidence.sorted(ranked.flatMap(\.evidence)),
      nearMisses: Array(nearMisses.prefix(Judge.nearMissBound)))
    // Not even the office's default unit may hear of an allegation: only supervision does.
    if verdict.unit == nil, grade > .none, conduct.isEmpty { verdict.unit = book.defaultUnit }
    // Who leads does not assist as well (主办 and 协办 are two offices).
    verdict.assist.removeAll { $0 == verdict.unit }
    if !verdict.isOurs {
      verdict.grade = .none
      verdict.unit = nil
      verdict.assist = []
    }
    return Explanation(
      verdict: verdict, matches: ranked, stops: Self.byRelevance(stops, \.rule, \.evidence),
      shortfalls: Self.byRelevance(shortfalls, \.rule, \.evidence), ground: ground,
      topicRule: topic?.rule.id, unitRule: unit?.rule.id, kindRule: kind?.rule.id)
  }

  /// Rules that an exclusion stopped come first: they were closest.
  private var nearMisses: [NearMiss] {
    let stopped = Self.byRelevance(stops, \.rule, \.evidence).map { stop in
      NearMiss(rule: stop.rule.id, missing: [], excludedBy: Self.keywords(of: stop.exclusions))
    }
    let short = Self.byRelevance(shortfalls, \.rule, \.evidence).map { shortfall in
      NearMiss(rule: shortfall.rule.id, missing: Array(shortfall.missing.prefix(Self.wordBound)))
    }
    return stopped + short
  }

  /// How many missing words a verdict names; an `any` list may be long.
  private static let wordBound = 10

  private static func keywords(of evidence: [Evidence]) -> [String] {
    var seen: Set<String> = []
    return evidence.map(\.keyword).filter { seen.insert($0).inserted }
  }

  /// The graver rule first, then the one of which more was there, then the rule book's order.
  private static func byRelevance<Near>(
    _ nearly: [Near], _ rule: (Near) -> Rule, _ evidence: (Near) -> [Evidence]
  ) -> [Near] {
    nearly.sorted {
      (rule($0).grade, evidence($0).count) > (rule($1).grade, evidence($1).count)
    }
  }
}
