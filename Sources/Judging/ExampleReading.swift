package import Vocabulary

extension Judge {
  /// The examples of the rule book that do not come out as they should, each at its place with why
  /// (例句检查).
  ///
  /// An example is judged once, by the whole rule book, as an item of the office's own area: as a
  /// title where its rule looks at titles, else as a body. It passes by what its own rule says of
  /// it, whatever others say.
  package var failedExamples: [Diagnostic] {
    book.rules.flatMap { rule in rule.examples.compactMap { fault(of: $0, in: rule) } }
  }

  private func fault(of example: Rule.Example, in rule: Rule) -> Diagnostic? {
    let outcome = outcome(of: rule, on: example.text)
    switch (outcome, example.mustMatch) {
    case (.matched, true), (.stopped, false), (.short, false), (.silent, false): return nil
    case (.matched(let match), false):
      let words = Evidence.inWords(match.evidence)
      return Diagnostic(
        .error, at: example.place,
        Phrase(
          zh: "规则“\(rule.id)”不应命中这一例句，却因\(words.zh)命中",
          en: "rule \"\(rule.id)\" must not match this example, and does by \(words.en)"))
    case (_, true):
      let why = outcome.whyNot
      return Diagnostic(
        .error, at: example.place,
        Phrase(
          zh: "规则“\(rule.id)”应命中这一例句，却没有：\(why.zh)",
          en: "rule \"\(rule.id)\" must match this example, and does not: \(why.en)"))
    }
  }

  private func outcome(of rule: Rule, on text: String) -> Comparison.Outcome {
    let isTitle = rule.fields.contains(.title)
    let hits = hits(title: isTitle ? text : "", body: isTitle ? "" : text)
    return comparisons(hits).first { $0.rule.id == rule.id }?.outcome ?? .silent
  }
}

extension Comparison.Outcome {
  /// Why a rule did not match, in the words of `explain`.
  fileprivate var whyNot: Phrase {
    switch self {
    case .matched: return Phrase(zh: "", en: "")
    case .stopped(let stop):
      let words = Evidence.inWords(stop.exclusions)
      return Phrase(zh: "被\(words.zh)排除", en: "excluded by \(words.en)")
    case .short(let shortfall):
      let words = Evidence.quoted(shortfall.missing)
      return Phrase(zh: "还缺\(words.zh)", en: "missing \(words.en)")
    case .silent: return Phrase(zh: "要找的词不够", en: "too little of it is there")
    }
  }
}

extension Evidence {
  /// Its words, each once.
  fileprivate static func inWords(_ evidence: [Evidence]) -> Phrase {
    var seen: Set<String> = []
    return quoted(evidence.map(\.keyword).filter { seen.insert($0).inserted })
  }

  /// Some words in quotation marks; a list may be long.
  fileprivate static func quoted(_ words: [String]) -> Phrase {
    let (shown, more) = (words.prefix(5), words.count > 5 ? "…" : "")
    return Phrase(
      zh: shown.map { "“\($0)”" }.joined(separator: "、") + more,
      en: shown.map { "\"\($0)\"" }.joined(separator: ", ") + more)
  }
}
