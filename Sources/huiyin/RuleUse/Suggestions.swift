import Judging
import Vocabulary

/// Words that would have caught what the rules missed, or kept out what they caught wrongly (建议词), by
/// labels or by what officers said.
struct Suggestions {
  /// What a word would be for.
  enum Use: String, Encodable {
    /// A word to look for: texts that the rules missed have it.
    case find
    /// A word to exclude by: texts that the rules caught wrongly have it.
    case exclude
  }

  /// A text with what people made of it and what the rules say.
  struct Row {
    /// Its line in the file, or the alert's number; never its text.
    var name: String
    var text: FoldedText
    var labels: [Aspect: String]
    var answers: [Aspect: String]
  }

  /// The words for one class.
  struct Part {
    var aspect: Aspect
    var name: String
    var use: Use
    /// How many rows were missed, or caught wrongly.
    var rows: Int
    var words: [Word]
  }

  /// A word with the rows that have it.
  struct Word {
    var text: String
    var score: Double
    /// Rows that it would set right.
    var caught: [String]
    /// Rows that it would set wrong.
    var wrong: [String]
  }

  private(set) var rows: [Row] = []
  private let judge: Judge
  /// Every word that the rule book looks for, in any rule.
  private let known: Set<String>

  /// Suggestions for a rule book.
  init(_ book: RuleBook) {
    judge = Judge(book)
    known = Set(book.rules.flatMap(\.words))
  }

  var ruleBook: RuleBook.Version { judge.version }

  /// Adds a text with its labels.
  mutating func add(_ item: Item, named name: String, labels: [Aspect: String], from origin: Origin)
  {
    let verdict = judge.verdict(on: item, from: origin)
    let answers = Dictionary(
      uniqueKeysWithValues: labels.keys.map { ($0, $0.answer(of: verdict)) })
    rows.append(
      Row(
        name: name, text: FoldedText(item.title + "\n" + item.body), labels: labels,
        answers: answers))
  }

  /// The words for each class of each aspect that is labelled, those for what was missed first.
  func parts(atMost bound: Int) -> [Part] {
    Aspect.allCases.flatMap { aspect -> [Part] in
      let labelled = rows.filter { $0.labels[aspect] != nil }
      return classes(of: aspect, labelled).flatMap { name in
        [Use.find, .exclude].compactMap { part(aspect, name, $0, labelled, atMost: bound) }
      }
    }
  }

  /// The classes that a rule can give, those with most missed rows first; grades from the gravest.
  private func classes(of aspect: Aspect, _ rows: [Row]) -> [String] {
    guard aspect != .grade else { return ["major", "considerable", "general"] }
    let missed = Dictionary(
      rows.filter { $0.labels[aspect] != $0.answers[aspect] }
        .compactMap { row in row.labels[aspect].map { ($0, 1) } }, uniquingKeysWith: +)
    let names = Set(rows.flatMap { [$0.labels[aspect], $0.answers[aspect]] }.compactMap { $0 })
    return names.subtracting([Aspect.noTopic, Kind.other.rawValue]).sorted {
      (missed[$0] ?? 0, $1) > (missed[$1] ?? 0, $0)
    }
  }

  private func part(
    _ aspect: Aspect, _ name: String, _ use: Use, _ rows: [Row], atMost bound: Int
  ) -> Part? {
    let has = { (label: String?) in Suggestions.has(label, aspect, name) }
    // Rows that the word would change: not judged so yet, or judged so already.
    let open = rows.filter { has($0.answers[aspect]) == (use == .exclude) }
    let wanted = open.filter { has($0.labels[aspect]) != (use == .exclude) }
    let others = open.filter { has($0.labels[aspect]) == (use == .exclude) }
    guard wanted.count >= WordSearch.leastSupport else { return nil }
    let search = WordSearch(
      wanted: wanted.map(\.text), others: others.map(\.text), known: use == .find ? known : [])
    let words = search.suggestions(atMost: bound).map { found in
      Word(
        text: found.word, score: found.score, caught: found.caught.map { wanted[$0].name },
        wrong: found.wrong.map { others[$0].name })
    }
    return words.isEmpty
      ? nil : Part(aspect: aspect, name: name, use: use, rows: wanted.count, words: words)
  }

  /// Whether a label is of a class; of grades whether it is at least as grave.
  private static func has(_ label: String?, _ aspect: Aspect, _ name: String) -> Bool {
    guard aspect == .grade, let label, let grade = Grade(rawValue: label),
      let least = Grade(rawValue: name)
    else { return label == name }
    return grade >= least
  }
}
