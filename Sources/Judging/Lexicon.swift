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
  }

  /// One use of a word: in which rule, in which of its conditions, for what.
  struct Use {
    /// The rule's place in the rule book.
    var rule: Int32
    /// 0 for the rule's own condition, from 1 its raises.
    var condition: Int32
    var part: Part
    /// The word's place in that part.
    var term: Int32

    /// Whether the rule's own condition wants the word.
    var isOwn: Bool { condition == 0 && part != .none }

    /// By rule, then condition, part and term.
    var rank: (Int32, Int32, UInt8, Int32) { (rule, condition, part.rawValue, term) }
  }

  private(set) var automaton: KeywordAutomaton
  /// Whether every place of a word is wanted, because a nearness is measured between them.
  private(set) var isMeasured: [Bool]
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
      repeating: Use(rule: 0, condition: 0, part: .none, term: 0), count: starts.last ?? 0)
    for case (let use, let word?) in zip(given, words) {
      uses[next[Int(word)]] = use
      next[Int(word)] += 1
      if use.part == .near { isMeasured[Int(word)] = true }
    }
  }
}

/// The folded words of all rules one behind the other, each with its use.
private struct FoldedWords {
  var codes: [UInt32] = []
  var runs: [Range<Int>] = []
  var uses: [Lexicon.Use] = []

  init(capacity: Int) {
    runs.reserveCapacity(capacity)
    uses.reserveCapacity(capacity)
  }

  mutating func add(_ rule: Rule, order: Int32) {
    add(rule.condition, rule: order, condition: 0)
    for (step, raise) in rule.raises.enumerated() {
      add(raise.condition, rule: order, condition: Int32(step + 1))
    }
  }

  private mutating func add(_ condition: Rule.Condition, rule: Int32, condition number: Int32) {
    let parts: [(Lexicon.Part, [String])] = [
      (.any, condition.any), (.all, condition.all), (.none, condition.none),
      (.near, condition.near?.words ?? []),
    ]
    for (part, words) in parts {
      for (term, word) in words.enumerated() {
        let start = codes.count
        FoldedText.append(word: word, to: &codes)
        runs.append(start..<codes.count)
        uses.append(
          Lexicon.Use(rule: rule, condition: number, part: part, term: Int32(term)))
      }
    }
  }
}
