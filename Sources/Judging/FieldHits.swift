import Vocabulary

/// Which words stand in one field, and where (命中位置).
///
/// At most `placesPerWord` places are kept of each word, so that a text which repeats one for
/// megabytes costs no memory; of words from which something is measured (nearness, numbers, contexts
/// and what they shade) all are kept.
///
/// It never changes once it is made; a class, because every rule that is compared looks into it, and
/// each copy of a value would count the owners of all its arrays.
final class FieldHits {
  typealias Word = KeywordAutomaton.Word

  /// How many places of one word in one field are kept and shown.
  static let placesPerWord = 3

  /// A place, and the next one of the same word; -1 for none.
  private struct Spot {
    var run: Range<Int>
    var next: Int32
  }

  /// The spots of one word, first and last, and how many.
  private struct Chain {
    var first: Int32
    var last: Int32
    var count: Int32
  }

  let field: Field
  /// The field as it was read.
  let text: FoldedText
  /// Where its clauses end, in Unicode scalars of the field as it came in; empty where nothing stands
  /// in it from which something is measured.
  private(set) var clauseEnds: [Int] = []
  /// The words in the order in which they were first met.
  private(set) var words: [Word] = []
  private var chains: [Chain] = []
  private var spots: [Spot] = []
  private var chainOf: [Word: Int] = [:]
  /// The words of which enough places are kept: a text that repeats one asks this millions of times.
  private var isFull: [Bool]

  /// The words of a lexicon in a field.
  init(_ text: String, field: Field, lexicon: Lexicon) {
    self.field = field
    isFull = Array(repeating: false, count: lexicon.wordCount)
    let folded = FoldedText(text)
    self.text = folded
    lexicon.scan(folded) { word, run in
      guard !isFull[Int(word)] else { return false }
      let count = keep(word, folded.original(run))
      isFull[Int(word)] = count == Self.placesPerWord && !lexicon.isMeasured[Int(word)]
      return !isFull[Int(word)]
    }
    let asks = lexicon.hasContexts && words.contains { lexicon.isMeasured[Int($0)] }
    if asks { clauseEnds = folded.clauseEnds }
  }

  /// The places of a word from front to back, in Unicode scalars of the field as it came in.
  func places(of word: Word) -> [Range<Int>] {
    guard let chain = chainOf[word] else { return [] }
    var places: [Range<Int>] = []
    var next = chains[chain].first
    while next >= 0 {
      places.append(spots[Int(next)].run)
      next = spots[Int(next)].next
    }
    return places
  }

  /// Whether a word stands in the field.
  func contains(_ word: Word) -> Bool { chainOf[word] != nil }

  /// Keeps a place and says how many there are of its word now.
  private func keep(_ word: Word, _ run: Range<Int>) -> Int32 {
    let spot = Int32(spots.count)
    spots.append(Spot(run: run, next: -1))
    guard let chain = chainOf[word] else {
      chainOf[word] = chains.count
      words.append(word)
      chains.append(Chain(first: spot, last: spot, count: 1))
      return 1
    }
    spots[Int(chains[chain].last)].next = spot
    chains[chain].last = spot
    chains[chain].count += 1
    return chains[chain].count
  }
}
