package import Vocabulary

/// Says what an item is about, how grave it is and whose it is, by a rule book (研判).
///
/// A pure function of item and rule book. Making one folds and indexes all words, so it is made
/// once for each version of the rules.
package struct Judge: Sendable {
  /// How many near misses a verdict carries.
  package static let nearMissBound = 5
  /// How many places of one word in one field are given as evidence.
  package static let placesPerWord = FieldHits.placesPerWord

  let book: RuleBook
  private let lexicon: Lexicon

  /// A judge by a rule book.
  package init(_ book: RuleBook) {
    self.book = book
    self.lexicon = Lexicon(book)
  }

  /// The version of the rule book by which it judges.
  package var version: RuleBook.Version { book.version }

  /// What follows for an item. Where its origin does not say whose place it is about, what it names
  /// decides: the office's own places, or another's.
  package func verdict(on item: Item, from origin: Origin) -> Verdict {
    explanation(of: item, from: origin).verdict
  }

  /// The same with all that was considered: matches, exclusions, near misses and whose place it is.
  package func explanation(of item: Item, from origin: Origin) -> Explanation {
    let hits = hits(title: item.title, body: item.body)
    var weighing = Weighing(Explanation.Locating(hits, lexicon, from: origin))
    for reading in comparisons(hits) { weighing.add(reading.outcome) }
    return weighing.explanation(of: item, book: book)
  }

  /// What of the rule book's words stands in a text, title first.
  func hits(title: String, body: String) -> [FieldHits] {
    [
      FieldHits(title, field: .title, lexicon: lexicon),
      FieldHits(body, field: .body, lexicon: lexicon),
    ]
  }

  /// The rules of whose own condition at least one wanted word is there, in the rule book's order.
  func comparisons(_ hits: [FieldHits]) -> [Comparison] {
    let words = Set(hits.flatMap(\.words))
    var isCalled = [Bool](repeating: false, count: book.rules.count)
    for word in words {
      for use in lexicon.uses(of: word) where use.isOwn { isCalled[Int(use.rule)] = true }
    }
    var calls: [Comparison.Call] = []
    for word in words {
      for use in lexicon.uses(of: word) where isCalled[Int(use.rule)] {
        calls.append(Comparison.Call(use: use, word: word))
      }
    }
    calls.sort { $0.use.rank < $1.use.rank }
    return comparisons(of: calls, hits)
  }

  private func comparisons(of calls: [Comparison.Call], _ hits: [FieldHits]) -> [Comparison] {
    var comparisons: [Comparison] = []
    var rest = calls[...]
    while let first = rest.first {
      let own = rest.prefix { $0.use.rule == first.use.rule }
      comparisons.append(Comparison(book.rules[Int(first.use.rule)], calls: own, hits: hits))
      rest = rest.dropFirst(own.count)
    }
    return comparisons
  }
}
