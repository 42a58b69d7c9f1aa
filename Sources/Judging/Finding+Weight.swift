import Vocabulary

extension Finding {
  /// The wanted words that are there and count, each once, with what of them weighs.
  var words: [Lexicon.Word: Standing.Weight] {
    var words: [Lexicon.Word: Standing.Weight] = [:]
    let counted = Set(tallies.map(\.call.word))
    for call in calls where call.use.part.isWanted {
      guard call.use.part != .count || counted.contains(call.word) else { continue }
      words[call.word] = weight(of: call.word)
    }
    for group in wanted where group.isMet {
      words.merge(group.words) { $0.merged(with: $1) }
    }
    return words
  }

  private func weight(of word: Lexicon.Word) -> Standing.Weight {
    let places = hits.indices.map { (hits[$0].field, self.places(of: word, in: $0).first) }
    return Standing.Weight(
      isInTitle: places.contains { $0.0 == .title && $0.1 != nil },
      length: places.lazy.compactMap { $0.1?.count }.first ?? 0)
  }

  /// The shades of a condition's words: those around it and its own.
  static func shades(
    of condition: Rule.Condition, _ calls: [Comparison.Call], _ hits: [FieldHits],
    _ outer: [Shade]
  ) -> [Shade] {
    guard !condition.contexts.isEmpty else { return outer }
    let calls = calls.filter { $0.use.part == .context }
    guard !calls.isEmpty else { return outer }
    let words = condition.contexts.flatMap { context in
      context.words.map { (text: $0, within: context.within) }
    }
    return hits.indices.map { index in
      let field = hits[index]
      let casts = calls.flatMap { call in
        let word = words[Int(call.use.term)]
        return field.places(of: call.word).map {
          Shade.Cast(word: word.text, run: $0, end: field.reach(of: $0, within: word.within))
        }
      }
      return Shade(casts + (outer.isEmpty ? [] : outer[index].casts))
    }
  }

  /// The wanted words that do not count where they stand, at their places, and the context words
  /// because of which they do not.
  var discounts: (words: [Evidence], contexts: [Evidence]) {
    var (words, contexts): ([Evidence], [Evidence]) = ([], [])
    for call in (calls + discounted) where call.use.part.isWanted {
      for (field, shade) in zip(hits, shades) {
        for place in field.places(of: call.word).prefix(FieldHits.placesPerWord) {
          guard let cast = shade.cast(on: place) else { continue }
          words.append(naming.evidence(written(call.use), field: field.field, at: place))
          contexts.append(naming.evidence(cast.word, field: field.field, at: cast.run))
        }
      }
    }
    for group in groups {
      let more = group.finding.discounts
      words += more.words
      contexts += more.contexts
    }
    return (Evidence.distinct(words), Evidence.distinct(contexts))
  }

  /// A word as the rule writes it.
  private func written(_ use: Lexicon.Use) -> String {
    let term = Int(use.term)
    return switch use.part {
    case .any: condition.any[term]
    case .all: condition.all[term]
    case .none: condition.none[term]
    case .near: condition.near?.words[term] ?? ""
    case .count: condition.count?.of[term] ?? ""
    case .pattern: condition.patterns[term]
    case .context: condition.contexts.flatMap(\.words)[term]
    }
  }
}
