import Vocabulary

/// Every word of a rule book, and which rules use it for what (词表).
struct Lexicon: Sendable {
  typealias Word = KeywordAutomaton.Word

  /// What a condition wants of a word.
  enum Part: UInt8 {
    case any
    case all
    case near
    case none
    case count
    case context
  }

  /// One use of a word: in which rule, in which of its conditions, for what.
  struct Use {
    /// The rule's place in the rule book.
    var rule: Int32
    /// Which of the rule's conditions: 0 is its own, its groups follow, then each raise with its
    /// groups.
    var condition: Int32
    var part: Part
    /// Whether the rule's own condition wants the word.
    var isOwn: Bool
    /// The word's place in that part.
    var term: Int32

    /// By rule, then condition, part and term.
    var rank: (Int32, Int32, UInt8, Int32) { (rule, condition, part.rawValue, term) }
  }

  private(set) var automaton: KeywordAutomaton
  /// Whether every place of a word is wanted, because something is measured from it.
  private(set) var isMeasured: [Bool]
  /// Whether any rule asks where a clause ends.
  let hasContexts: Bool
  /// The office's places by their words.
  private(set) var places: [Word: String] = [:]
  private var uses: [Use] = []
  /// For each word, where its uses begin; one more at the end.
  private var starts: [Int] = []

  /// The words of a rule book, folded and joined.
  init(_ book: RuleBook) {
    var words = FoldedWords(capacity: book.rules.count * 8)
    for (order, rule) in book.rules.enumerated() { words.add(rule, order: Int32(order)) }
    // The first two characters of a word share an edge.
    let edges = words.runs.reduce(0) { $0 + max(1, $1.count - 1) }
    var automaton = KeywordAutomaton(
      words: words.runs.count + book.places.count, edges: edges + 3 * book.places.count)
    let named = words.runs.map { automaton.add(words.codes[$0]) }
    for place in book.places {
      guard let word = automaton.add(FoldedText.word(place)) else { continue }
      places[word] = place
    }
    self.automaton = automaton
    isMeasured = Array(repeating: false, count: automaton.wordCount)
    hasContexts = words.uses.contains { $0.part == .context }
    for (word, isMeasured) in zip(named, words.isMeasured) where isMeasured {
      if let word { self.isMeasured[Int(word)] = true }
    }
    sortUses(words.uses, by: named)
  }

  /// What rules want of a word.
  func uses(of word: Word) -> ArraySlice<Use> {
    uses[starts[Int(word)]..<starts[Int(word) + 1]]
  }

  private mutating func sortUses(_ given: [Use], by words: [Word?]) {
    starts = Array(repeating: 0, count: automaton.wordCount + 1)
    for case let word? in words { starts[Int(word) + 1] += 1 }
    for word in 0..<automaton.wordCount { starts[word + 1] += starts[word] }
    var next = starts
    uses = Array(
      repeating: Use(rule: 0, condition: 0, part: .none, isOwn: false, term: 0),
      count: starts.last ?? 0)
    for case (let use, let word?) in zip(given, words) {
      uses[next[Int(word)]] = use
      next[Int(word)] += 1
    }
  }
}

/// The folded words of all rules one behind the other, each with its use.
private struct FoldedWords {
  var codes: [UInt32] = []
  var runs: [Range<Int>] = []
  var uses: [Lexicon.Use] = []
  /// For each use, whether something is measured from the word's places.
  var isMeasured: [Bool] = []

  init(capacity: Int) {
    runs.reserveCapacity(capacity)
    uses.reserveCapacity(capacity)
    isMeasured.reserveCapacity(capacity)
  }

  mutating func add(_ rule: Rule, order: Int32) {
    var scope = Scope(rule: order, isOwn: true)
    add(rule.condition, &scope)
    let isShaded = !rule.condition.contexts.isEmpty
    for raise in rule.raises {
      scope.isOwn = false
      scope.isShaded = isShaded
      add(raise.condition, &scope)
    }
  }

  /// Where in a rule the words come from that are added.
  private struct Scope {
    var rule: Int32
    /// The number of the next condition.
    var condition: Int32 = 0
    var isOwn: Bool
    /// Whether the words may stand where they do not count.
    var isShaded = false
  }

  private mutating func add(_ condition: Rule.Condition, _ scope: inout Scope) {
    let outer = scope
    scope.isShaded = scope.isShaded || !condition.contexts.isEmpty
    let parts: [(Lexicon.Part, [String])] = [
      (.any, condition.any), (.all, condition.all), (.none, condition.none),
      (.near, condition.near?.words ?? []), (.count, condition.count?.of ?? []),
      (.context, condition.contexts.flatMap(\.words)),
    ]
    for (part, words) in parts where !words.isEmpty { add(words, part, scope) }
    scope.condition += 1
    for group in condition.groups {
      scope.isOwn = outer.isOwn && group.part != .none
      add(group.condition, &scope)
    }
    scope.isOwn = outer.isOwn
    scope.isShaded = outer.isShaded
  }

  private mutating func add(_ words: [String], _ part: Lexicon.Part, _ scope: Scope) {
    let isWanted = part.isWanted
    let asksAll = part == .near || part == .count || part == .context
    for (term, word) in words.enumerated() {
      let start = codes.count
      FoldedText.append(word: word, to: &codes)
      runs.append(start..<codes.count)
      isMeasured.append(asksAll || (scope.isShaded && isWanted))
      uses.append(
        Lexicon.Use(
          rule: scope.rule, condition: scope.condition, part: part,
          isOwn: scope.isOwn && isWanted, term: Int32(term)))
    }
  }
}
