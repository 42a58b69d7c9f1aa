import Vocabulary

/// Suggested words as a person reads them in 80 columns, and as JSON.
struct SuggestionSheet {
  let parts: [Suggestions.Part]
  let rows: Int
  let ruleBook: RuleBook.Version
  let language: Language

  private static let examples = 6
  private static let widths = [7, 7, 9]

  var lines: [String] {
    let head = Phrase(
      zh: "按 \(rows) 条标注、规则版本 \(ruleBook)；“对”是会改对的条数，“错”是会带错的条数，例为编号",
      en: "\(rows) labelled rows, rule book \(ruleBook); right and wrong: rows that have the word")
    guard !parts.isEmpty else {
      return [
        head[language],
        Phrase(zh: "没有可建议的词：漏判、误判都不到两条，或没有共同的词", en: "no word to suggest: too little was missed")[
          language],
      ]
    }
    return Terminal.folded(head[language], hanging: 0) + parts.flatMap { [""] + table($0) }
  }

  private func table(_ part: Suggestions.Part) -> [String] {
    let aspect = part.aspect.name[language]
    let name = part.aspect.name(of: part.name)[language]
    let title =
      switch part.use {
      case .find:
        Phrase(
          zh: "\(aspect)“\(name)”漏了 \(part.rows) 条，可考虑补的词：",
          en: "\(aspect) \(name): \(part.rows) missed; words to look for:")
      case .exclude:
        Phrase(
          zh: "\(aspect)“\(name)”多判 \(part.rows) 条，可考虑排除的词：",
          en: "\(aspect) \(name): \(part.rows) too many; words to exclude by:")
      }
    let names = [
      Phrase(zh: "词", en: "word"), Phrase(zh: "对", en: "right"), Phrase(zh: "错", en: "wrong"),
      Phrase(zh: "得分", en: "score"), Phrase(zh: "  例", en: "  rows"),
    ].map { $0[language] }
    return [title[language], line(names)]
      + part.words.map { word in
        let shown = word.caught.prefix(Self.examples).joined(separator: " ")
        let rest = word.caught.count > Self.examples ? " …" : ""
        let score = Int((word.score * 10).rounded())
        return line([
          word.text, "\(word.caught.count)", "\(word.wrong.count)", "\(score / 10).\(score % 10)",
          "  " + shown + rest,
        ])
      }
  }

  private func line(_ cells: [String]) -> String {
    let numbers = zip(cells[1...3], Self.widths).map { $0.rightAligned($1) }.joined()
    let head = "  " + Terminal.fit(cells[0], 18) + numbers
    return (head + Terminal.fit(cells[4], Terminal.width - head.columns)).trimmed
  }
}

/// Suggested words as `rules --suggest --json` prints them.
struct SuggestionLine: Encodable {
  struct WordLine: Encodable {
    var word: String
    var score: Double
    /// Rows that it would set right, and wrong, by line or alert.
    var right: [String]
    var wrong: [String]
  }

  struct PartLine: Encodable {
    var aspect: String
    var name: String
    var use: Suggestions.Use
    var rows: Int
    var words: [WordLine]
  }

  var rows: Int
  var ruleBook: String
  var suggestions: [PartLine]

  init(_ parts: [Suggestions.Part], rows: Int, ruleBook: RuleBook.Version) {
    self.rows = rows
    self.ruleBook = ruleBook.rawValue
    suggestions = parts.map { part in
      PartLine(
        aspect: part.aspect.column.rawValue, name: part.name, use: part.use, rows: part.rows,
        words: part.words.map {
          WordLine(word: $0.text, score: $0.score, right: $0.caught, wrong: $0.wrong)
        })
    }
  }
}
