import Judging
import Storage
import Vocabulary

/// How the rules in force do on what is stored (规则使用情况).
///
/// Every item is judged anew, so that all is said of one rule book, whatever stood when it came.
struct RuleUse {
  /// One rule's part.
  struct Use {
    var rule: Rule
    /// How many items it met.
    var hits = 0
    /// Those of each day, the last one today.
    var byDay: [Int]
    /// How many of them it led: it gave the topic or the unit.
    var led = 0
    /// How many alerts it stands behind, by what people made of them.
    var marks: [Mark: Int] = [:]
    /// How often it missed for one word, or was stopped by one, with the words.
    var nearMisses = 0
    var missing: [String: Int] = [:]
    var exclusions: [String: Int] = [:]
    /// How often each of its words met an item.
    var words: [String: Int] = [:]

    /// Its words that met nothing.
    var deadWords: [String] { rule.words.filter { words[$0] == nil } }
  }

  /// Two rules of which one seldom or never comes without the other (规则重叠).
  struct Overlap {
    var rule: Rule.ID
    var with: Rule.ID
    /// How many items they met together.
    var together: Int
    /// How many the first met.
    var hits: Int
    /// Whether the second always leads, so that the first decides nothing.
    var isShadowed: Bool
    /// Whether the second hardly comes alone either.
    var isMutual: Bool
  }

  /// Rules are compared from so many items on.
  private static let fewest = 5

  private let judge: Judge
  private let days: Int
  private(set) var count = 0
  private(set) var uses: [Use]
  private let places: [Rule.ID: Int]
  /// For two rules, how often they met one item, and how often the second stood above the first.
  private var pairs: [[Int]: (together: Int, above: Int)] = [:]
  private(set) var sample: UngradedSample
  private(set) var unknownPlaces: UnknownPlaces

  /// The use of a rule book over so many days; `week` decides which items are sampled.
  init(_ book: RuleBook, days: Int, week: Int, sampled: Int) {
    judge = Judge(book)
    self.days = days
    uses = book.rules.map { Use(rule: $0, byDay: Array(repeating: 0, count: days)) }
    places = Dictionary(
      book.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    sample = UngradedSample(week: week, size: sampled)
    unknownPlaces = UnknownPlaces(book)
  }

  /// The version under which it judges.
  var ruleBook: RuleBook.Version { judge.version }

  /// Takes in a stored item, found so many days ago, and what people made of its alert.
  mutating func add(
    _ stored: JudgedItem, daysAgo: Int, from origin: Origin, mark: Mark?, alert: Alert.ID?
  ) {
    count += 1
    let found = judge.explanation(of: stored.item, from: origin)
    let day = days - 1 - min(max(daysAgo, 0), days - 1)
    var met: [Int] = []
    for match in found.matches {
      guard let place = places[match.rule.id] else { continue }
      met.append(place)
      uses[place].take(match, day: day)
      if [found.topicRule, found.unitRule].contains(match.rule.id) { uses[place].led += 1 }
      if let mark, match.grade > .none { uses[place].marks[mark, default: 0] += 1 }
    }
    addPairs(met)
    addNearMisses(found)
    unknownPlaces.take(stored.item, found, alert: alert)
    if found.verdict.ground.mayBeOurs, found.verdict.grade == .none {
      sample.take(stored.item, nearly: found.verdict.nearMisses, matches: found.matches.count)
    }
  }

  /// The strongest stand first.
  private mutating func addPairs(_ met: [Int]) {
    for (rank, rule) in met.enumerated() {
      for (otherRank, other) in met.enumerated() where other != rule {
        let before = pairs[[rule, other]] ?? (0, 0)
        pairs[[rule, other]] = (before.together + 1, before.above + (otherRank < rank ? 1 : 0))
      }
    }
  }

  private mutating func addNearMisses(_ found: Explanation) {
    for short in found.shortfalls {
      guard let place = places[short.rule.id] else { continue }
      uses[place].nearMisses += 1
      for word in short.missing.prefix(10) { uses[place].missing[word, default: 0] += 1 }
    }
    for stop in found.stops {
      guard let place = places[stop.rule.id] else { continue }
      uses[place].nearMisses += 1
      for word in Set(stop.exclusions.map(\.keyword)) {
        uses[place].exclusions[word, default: 0] += 1
      }
    }
  }

  /// Rules that met nothing.
  var dead: [Use] { uses.filter { $0.hits == 0 } }

  /// Rules that come together in nine of ten items, the most first.
  var overlaps: [Overlap] {
    let found = pairs.keys.compactMap { overlap(of: $0[0], with: $0[1]) }
    return found.sorted {
      ($0.together, $1.rule.rawValue, $1.with.rawValue)
        > ($1.together, $0.rule.rawValue, $0.with.rawValue)
    }
  }

  private func overlap(of rule: Int, with other: Int) -> Overlap? {
    guard let seen = pairs[[rule, other]], isMostly(rule, with: other) else { return nil }
    let isShadowed = isShadowed(rule, by: other)
    let isMutual = isMostly(other, with: rule)
    // Of two that always come together one line is enough.
    guard isShadowed || (isMutual && rule < other && !self.isShadowed(other, by: rule)) else {
      return nil
    }
    return Overlap(
      rule: uses[rule].rule.id, with: uses[other].rule.id, together: seen.together,
      hits: uses[rule].hits, isShadowed: isShadowed, isMutual: isMutual)
  }

  private func isMostly(_ rule: Int, with other: Int) -> Bool {
    let (hits, together) = (uses[rule].hits, pairs[[rule, other]]?.together ?? 0)
    return hits >= Self.fewest && together * 10 >= hits * 9
  }

  private func isShadowed(_ rule: Int, by other: Int) -> Bool {
    uses[rule].led == 0 && uses[rule].hits >= Self.fewest
      && pairs[[rule, other]]?.above == uses[rule].hits
  }
}

extension RuleUse.Use {
  fileprivate mutating func take(_ match: Explanation.Match, day: Int) {
    hits += 1
    byDay[day] += 1
    for word in Set(match.evidence.map(\.keyword)) { words[word, default: 0] += 1 }
  }
}

extension Rule {
  /// Every word and regular expression that it wants, each once, in the order of the file.
  var words: [String] {
    var seen: Set<String> = []
    let all = condition.wantedWords + raises.flatMap(\.condition.wantedWords)
    return all.filter { seen.insert($0).inserted }
  }
}

extension Rule.Condition {
  fileprivate var wantedWords: [String] {
    any + all + (near?.words ?? []) + (count?.of ?? []) + patterns
      + groups.filter { $0.part != .none }.flatMap(\.condition.wantedWords)
  }
}
