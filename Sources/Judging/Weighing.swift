import Vocabulary

/// Puts what the rules said together into one verdict (综合研判).
struct Weighing {
  private var locating: Explanation.Locating
  private var matches: [Explanation.Match] = []
  private var stops: [Explanation.Stop] = []
  private var shortfalls: [Explanation.Shortfall] = []

  init(_ locating: Explanation.Locating) {
    self.locating = locating
  }

  mutating func add(_ outcome: Comparison.Outcome) {
    switch outcome {
    case .matched(let match) where match.rule.wantsOurs && locating.ground != .ours:
      stops.append(
        Explanation.Stop(rule: match.rule, exclusions: [], evidence: match.evidence))
    case .matched(let match): matches.append(match)
    case .stopped(let stop): stops.append(stop)
    case .short(let shortfall): shortfalls.append(shortfall)
    case .silent: break
    }
  }

  /// The verdict and its reasons.
  func explanation(of item: Item, book: RuleBook) -> Explanation {
    // Places are sorted and not the matches: each move would count the owners of a whole rule.
    let ranked = matches.indices.sorted { matches[$0].standing > matches[$1].standing }
      .map { matches[$0] }
    let topic = ranked.first { $0.rule.topic != nil }
    let conduct = ranked.filter { $0.grade > .none && $0.rule.kind == .conduct }
    let kind = conduct.first ?? ranked.first { $0.rule.kind != nil && !$0.isDoubt }
    let leaders = conduct.isEmpty ? ranked : conduct
    let unit = leaders.first { $0.rule.unit != nil || $0.rule.isForAbove }
    let grade = ranked.map(\.grade).max() ?? .none
    var verdict = Verdict(
      item: item.id, ruleBook: book.version, basis: item.basis, grade: grade,
      topic: topic?.rule.topic, kind: kind?.rule.kind ?? (grade > .none ? .complaint : .other),
      unit: unit?.rule.unit, assist: (unit ?? leaders.first)?.rule.assist ?? [],
      ground: locating.ground, place: locating.place,
      evidence: Evidence.sorted(ranked.flatMap(\.evidence)),
      nearMisses: Array(nearMisses.prefix(Judge.nearMissBound)))
    verdict.isAnswered = item.answer != nil
    var locating = locating
    // Not even a town or the office's default unit may hear of an allegation: only supervision does.
    if grade > .none, conduct.isEmpty {
      if let rule = unit?.rule, rule.isForAbove, verdict.ground == .ours {
        verdict.ground = .above
        locating.ground = .above
        locating.aboveRule = rule.id
      }
      share(&verdict, by: unit?.rule)
      if verdict.unit == nil { verdict.unit = book.defaultUnit }
    }
    verdict.mayBeConduct = grade > .none && conduct.isEmpty && doubtRule(ranked) != nil
    settle(&verdict)
    return Explanation(
      verdict: verdict, matches: ranked, stops: Self.byRelevance(stops, \.rule, \.evidence),
      shortfalls: Self.byRelevance(shortfalls, \.rule, \.evidence), locating: locating,
      topicRule: topic?.rule.id, unitRule: unit?.rule.id, kindRule: kind?.rule.id,
      doubtRule: verdict.mayBeConduct ? doubtRule(ranked) : nil)
  }

  /// The rule by which an item may be an allegation: one of that kind that raises nothing itself, or one
  /// whose words are there and were excluded.
  private func doubtRule(_ ranked: [Explanation.Match]) -> Rule.ID? {
    let stopped = stops.first {
      $0.rule.kind == .conduct && $0.rule.grade > .none && !$0.exclusions.isEmpty
    }
    return ranked.first(where: \.isDoubt)?.rule.id ?? stopped?.rule.id
  }

  /// The unit of the place leads where the rule says so or names nobody; otherwise it assists.
  private func share(_ verdict: inout Verdict, by rule: Rule?) {
    guard let own = locating.unit else { return }
    guard let department = verdict.unit else {
      verdict.unit = own
      return
    }
    switch rule?.leads ?? .department {
    case .department: verdict.assist.append(own)
    case .place:
      verdict.unit = own
      verdict.assist.insert(department, at: 0)
    }
  }

  /// What follows from whose place it is. What is not ours has no unit; what may be ours keeps its
  /// grade where somebody must hear of it all the same.
  private func settle(_ verdict: inout Verdict) {
    switch verdict.ground {
    case .ours: break
    case .above:
      verdict.unit = nil
      verdict.assist = []
    case .unknown:
      verdict.unit = nil
      verdict.assist = []
      if verdict.grade < .considerable { verdict.grade = .none }
    case .another:
      verdict.unit = nil
      verdict.assist = []
      verdict.grade = .none
    }
    // Neither the unit nor the town may hear of it before an officer has read it.
    if verdict.mayBeConduct {
      verdict.unit = nil
      verdict.assist = []
    }
    if verdict.grade == .none { verdict.mayBeConduct = false }
    // Who leads does not assist as well (主办 and 协办 are two offices), and nobody assists twice.
    var seen: Set<UnitName> = []
    verdict.assist.removeAll { $0 == verdict.unit || !seen.insert($0).inserted }
  }

  /// Rules that an exclusion stopped come first: they were closest.
  private var nearMisses: [NearMiss] {
    let stopped = Self.byRelevance(stops, \.rule, \.evidence).map { stop in
      NearMiss(
        rule: stop.rule.id, missing: [],
        excludedBy: stop.exclusions.isEmpty
          ? [Self.elsewhere] : Self.keywords(of: stop.exclusions))
    }
    let short = Self.byRelevance(shortfalls, \.rule, \.evidence).map { shortfall in
      NearMiss(rule: shortfall.rule.id, missing: Array(shortfall.missing.prefix(Self.wordBound)))
    }
    return stopped + short
  }

  /// What stopped a rule that wants items of the office's own area.
  private static let elsewhere = "place: ours"

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

extension Explanation.Match {
  /// Whether it only says that an item may be an allegation of misconduct.
  fileprivate var isDoubt: Bool { rule.kind == .conduct && grade == .none }
}
