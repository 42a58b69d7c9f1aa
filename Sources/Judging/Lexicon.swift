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
    case pattern
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
  /// The regular expressions, which are words behind those of the automaton.
  let patterns: Patterns
  /// Whether every place of a word is wanted, because something is measured from it.
  private(set) var isMeasured: [Bool]
  /// Whether any rule asks where a clause ends.
  let hasContexts: Bool
  /// The names of places, and whose they are.
  let gazetteer: Gazetteer
  /// Which of them a word is.
  private(set) var names: [Word: Int] = [:]
  /// For each word of the automaton, which atom of the patterns it is, or -1.
  private var atoms: [Int32] = []
  /// The atoms that count as there whatever the text.
  private var constantAtoms: [Int32] = []
  /// For each word of the automaton, whether anybody but a pattern looks for it.
  private var isAsked: [Bool] = []
  private var uses: [Use] = []
  /// For each word, where its uses begin; one more at the end.
  private var starts: [Int] = []

  /// The words of a rule book, folded and joined.
  init(_ book: RuleBook) {
    var words = FoldedWords(capacity: book.rules.count * 8)
    for (order, rule) in book.rules.enumerated() { words.add(rule, order: Int32(order)) }
    // The first three characters of a word share an edge.
    let edges = words.runs.reduce(0) { $0 + max(1, $1.count - 2) }
    let gazetteer = Gazetteer(book)
    var automaton = KeywordAutomaton(
      words: words.runs.count + gazetteer.names.count,
      edges: edges + 2 * gazetteer.names.count)
    var named = words.runs.map { automaton.add(words.codes[$0]) }
    for (index, name) in gazetteer.names.enumerated() {
      guard let word = automaton.add(name.codes) else { continue }
      // The office's own names come first.
      if names[word] == nil { names[word] = index }
    }
    self.gazetteer = gazetteer
    patterns = Patterns(words.patterns.map(\.text))
    // The atoms of the patterns are words like others, found in the same pass.
    let atomWords = patterns.atoms.map { automaton.add($0) }
    for (use, text) in words.patterns {
      named[use] = patterns.number(of: text).map { Word(automaton.wordCount + $0) }
    }
    self.automaton = automaton
    isMeasured = Array(repeating: false, count: automaton.wordCount + patterns.count)
    hasContexts = words.uses.contains { $0.part == .context }
    for word in names.keys { isMeasured[Int(word)] = true }
    for (word, isMeasured) in zip(named, words.isMeasured) where isMeasured {
      if let word { self.isMeasured[Int(word)] = true }
    }
    sortUses(words.uses, by: named)
    name(atomWords)
  }

  private mutating func name(_ atomWords: [Word?]) {
    atoms = Array(repeating: -1, count: automaton.wordCount)
    isAsked = Array(repeating: true, count: automaton.wordCount)
    for (atom, word) in atomWords.enumerated() {
      guard let word else {
        constantAtoms.append(Int32(atom))
        continue
      }
      atoms[Int(word)] = Int32(atom)
      isAsked[Int(word)] = !uses(of: word).isEmpty || names[word] != nil
    }
  }

  /// How many different words and regular expressions there are.
  var wordCount: Int { isMeasured.count }

  /// Tells every place of every word and regular expression in a text; of a regular expression as long
  /// as `found` answers true.
  func scan(_ text: FoldedText, _ found: (Word, Range<Int>) -> Bool) {
    guard patterns.count > 0 else {
      automaton.scan(text) { word, run in _ = found(word, run) }
      return
    }
    let there = withUnsafeTemporaryAllocation(of: Bool.self, capacity: patterns.atoms.count) {
      isThere in
      isThere.initialize(repeating: false)
      var there = constantAtoms
      automaton.scan(text) { word, run in
        let atom = Int(atoms[Int(word)])
        if atom >= 0, !isThere[atom] {
          isThere[atom] = true
          there.append(Int32(atom))
        }
        if isAsked[Int(word)] { _ = found(word, run) }
      }
      return there
    }
    patterns.scan(text, atoms: there) { number, run in
      found(Word(automaton.wordCount + number), run)
    }
  }

  /// What rules want of a word.
  func uses(of word: Word) -> ArraySlice<Use> {
    uses[starts[Int(word)]..<starts[Int(word) + 1]]
  }

  private mutating func sortUses(_ given: [Use], by words: [Word?]) {
    starts = Array(repeating: 0, count: wordCount + 1)
    for case let word? in words { starts[Int(word) + 1] += 1 }
    for word in 0..<wordCount { starts[word + 1] += starts[word] }
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
  /// The regular expressions among the uses; they are not folded and have no codes.
  var patterns: [(use: Int, text: String)] = []

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
    for (term, pattern) in condition.patterns.enumerated() {
      patterns.append((use: uses.count, text: pattern))
      add(codes.count..<codes.count, .pattern, term: term, scope)
    }
    scope.condition += 1
    for group in condition.groups {
      scope.isOwn = outer.isOwn && group.part != .none
      add(group.condition, &scope)
    }
    scope.isOwn = outer.isOwn
    scope.isShaded = outer.isShaded
  }

  private mutating func add(_ words: [String], _ part: Lexicon.Part, _ scope: Scope) {
    for (term, word) in words.enumerated() {
      let start = codes.count
      FoldedText.append(word: word, to: &codes)
      add(start..<codes.count, part, term: term, scope)
    }
  }

  private mutating func add(_ run: Range<Int>, _ part: Lexicon.Part, term: Int, _ scope: Scope) {
    let asksAll = part == .near || part == .count || part == .context
    runs.append(run)
    isMeasured.append(asksAll || (scope.isShaded && part.isWanted))
    uses.append(
      Lexicon.Use(
        rule: scope.rule, condition: scope.condition, part: part,
        isOwn: scope.isOwn && part.isWanted, term: Int32(term)))
  }
}
