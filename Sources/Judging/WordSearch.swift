internal import Glibc

/// A word that stands in many texts of one side and in few of the other (建议词).
package struct WordSuggestion: Sendable, Hashable {
  package var word: String
  /// Which of the wanted texts have it, by their place among them.
  package var caught: [Int]
  /// Which of the others have it.
  package var wrong: [Int]
  /// How unlikely it is that it stands there by chance: Dunning's log-likelihood ratio, of which 3.84
  /// is passed by chance once in twenty words.
  package var score: Double
}

/// Looks for words by which some texts could be told from others (候选词).
///
/// Candidates are runs of two to eight ideographs that stand in at least two of the wanted texts, do not
/// begin or end with a particle, and are not always part of the same longer run. One pass of the
/// engine over all texts says which of them has which candidate.
package struct WordSearch {
  /// How many wanted texts a word must stand in.
  package static let leastSupport = 2
  private static let lengths = 2...8
  /// What no word begins with, and what none ends with: particles and pronouns.
  private static let noBeginning = Set("的了着们吗呢吧啊么得地过个些是就也都很还又再及与和或而之其".unicodeScalars.map(\.value))
  private static let noEnd = Set(
    "的了着吗呢吧啊是在我你他她它这那和与及或而被把给对从向于其之为以所并但因如若将已又再还不没有就也都很个一".unicodeScalars.map(\.value))
  /// So many candidates are looked for at most, those in most texts first.
  private static let mostCandidates = 40_000

  /// A run of up to nine scalars: one more than a word has, which shows whether it always goes on.
  private struct Gram: Hashable {
    private var parts: (UInt64, UInt64, UInt64) = (0, 0, 0)
    private(set) var length = 0

    init(_ codes: ArraySlice<UInt32>) {
      for code in codes { append(code) }
    }

    private mutating func append(_ code: UInt32) {
      let shifted = UInt64(code) << UInt64(21 * (length % 3))
      switch length / 3 {
      case 0: parts.0 |= shifted
      case 1: parts.1 |= shifted
      default: parts.2 |= shifted
      }
      length += 1
    }

    var codes: [UInt32] {
      (0..<length).map { place in
        let part = place < 3 ? parts.0 : place < 6 ? parts.1 : parts.2
        return UInt32(truncatingIfNeeded: part >> UInt64(21 * (place % 3)) & 0x1F_FFFF)
      }
    }

    static func == (left: Gram, right: Gram) -> Bool {
      left.parts == right.parts && left.length == right.length
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(parts.0)
      hasher.combine(parts.1)
      hasher.combine(parts.2)
    }
  }

  private let wanted: [FoldedText]
  private let others: [FoldedText]
  private let known: Set<Gram>

  /// A search for what stands in the wanted texts rather than in the others, and is none of the known
  /// words.
  package init(wanted: [FoldedText], others: [FoldedText], known: some Sequence<String>) {
    self.wanted = wanted
    self.others = others
    self.known = Set(
      known.map(FoldedText.word).filter { Self.lengths.contains($0.count) }.map { Gram($0[...]) })
  }

  /// The best words, the best first, no more than so many.
  package func suggestions(atMost bound: Int) -> [WordSuggestion] {
    let candidates = candidates
    guard !candidates.isEmpty else { return [] }
    var automaton = KeywordAutomaton(words: candidates.count, edges: candidates.count * 2)
    for candidate in candidates { _ = automaton.add(candidate.codes) }
    let (caught, wrong) = (rows(automaton, wanted), rows(automaton, others))
    let found = candidates.indices.compactMap { number -> WordSuggestion? in
      let (here, there) = (caught[number], wrong[number])
      guard here.count >= Self.leastSupport, there.count <= here.count,
        let score = score(here.count, there.count)
      else { return nil }
      return WordSuggestion(
        word: Self.text(candidates[number].codes), caught: here, wrong: there, score: score)
    }
    return Self.chosen(found, atMost: bound)
  }

  // MARK: Candidates

  private var candidates: [Gram] {
    var counts: [Gram: Int] = [:]
    for text in wanted {
      for gram in grams(of: text) { counts[gram, default: 0] += 1 }
    }
    counts = counts.filter { $0.value >= Self.leastSupport }
    // A run that is always part of the same longer one is no word of its own.
    var parts: Set<Gram> = []
    for (gram, count) in counts where gram.length > Self.lengths.lowerBound {
      let codes = gram.codes
      for part in [Gram(codes.dropLast()), Gram(codes.dropFirst())] where counts[part] == count {
        parts.insert(part)
      }
    }
    let kept = counts.filter { gram, _ in
      gram.length <= Self.lengths.upperBound && !parts.contains(gram) && !known.contains(gram)
        && Self.isWord(gram.codes)
    }
    return kept.sorted { ($0.value, Self.text($1.key.codes)) > ($1.value, Self.text($0.key.codes)) }
      .prefix(Self.mostCandidates).map(\.key)
  }

  private func grams(of text: FoldedText) -> Set<Gram> {
    var grams: Set<Gram> = []
    let codes = text.codes.dropLast()
    var start = 0
    for at in codes.indices where !Self.isIdeograph(codes[at]) {
      add(codes[start..<at], to: &grams)
      start = at + 1
    }
    add(codes[start...], to: &grams)
    return grams
  }

  private func add(_ run: ArraySlice<UInt32>, to grams: inout Set<Gram>) {
    for length in Self.lengths.lowerBound...Self.lengths.upperBound + 1
    where run.count >= length {
      for start in run.startIndex...run.endIndex - length {
        grams.insert(Gram(run[start..<start + length]))
      }
    }
  }

  private static func isIdeograph(_ code: UInt32) -> Bool {
    (0x3400...0x9FFF).contains(code) || (0x20000...0x3FFFF).contains(code)
  }

  private static func isWord(_ codes: [UInt32]) -> Bool {
    guard let first = codes.first, let last = codes.last else { return false }
    return !noBeginning.contains(first) && !noEnd.contains(last)
  }

  private static func text(_ codes: [UInt32]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: codes.compactMap(Unicode.Scalar.init))
    return String(view)
  }

  // MARK: Counting

  /// For each word, which texts have it.
  private func rows(_ automaton: KeywordAutomaton, _ texts: [FoldedText]) -> [[Int]] {
    var rows = [[Int]](repeating: [], count: automaton.wordCount)
    for (number, text) in texts.enumerated() {
      automaton.scan(text) { word, _ in
        if rows[Int(word)].last != number { rows[Int(word)].append(number) }
      }
    }
    return rows
  }

  /// Dunning's G², nil where the word is no more frequent in the wanted texts than in the others.
  private func score(_ here: Int, _ there: Int) -> Double? {
    let (all, rest) = (Double(wanted.count), Double(others.count))
    let (a, b) = (Double(here), Double(there))
    guard rest == 0 || a / all > b / rest else { return nil }
    let share = (a + b) / (all + rest)
    let cells = [
      (a, all * share), (b, rest * share), (all - a, all * (1 - share)),
      (rest - b, rest * (1 - share)),
    ]
    return cells.reduce(0) { sum, cell in
      cell.0 > 0 && cell.1 > 0 ? sum + 2 * cell.0 * log(cell.0 / cell.1) : sum
    }
  }

  /// The best, without those that are part of a better one, or hold it, and catch nothing more.
  private static func chosen(_ found: [WordSuggestion], atMost bound: Int) -> [WordSuggestion] {
    let ranked = found.sorted {
      ($0.score, $0.caught.count, $1.word) > ($1.score, $1.caught.count, $0.word)
    }
    var chosen: [WordSuggestion] = []
    for next in ranked where chosen.count < bound {
      let isSaid = chosen.contains {
        ($0.word.contains(next.word) || next.word.contains($0.word))
          && Set($0.caught).isSuperset(of: next.caught)
      }
      if !isSaid { chosen.append(next) }
    }
    return chosen
  }
}
