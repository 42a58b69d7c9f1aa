import Judging
import Vocabulary

/// A rule book's verdicts on a labelled file, against its labels (评测).
struct Evaluation {
  /// For each aspect that the file labels, its scores.
  private(set) var scores: [Aspect: Scores]
  /// How many rows were judged.
  private(set) var rows = 0
  /// How many could not be read.
  var faults = 0
  let ruleBook: RuleBook.Version

  private let judge: Judge

  /// An evaluation of what a file labels, to keep so many examples of each confusion.
  init(_ file: LabelledFile, by judge: Judge, examples: Int) {
    self.judge = judge
    ruleBook = judge.version
    let aspects = Aspect.allCases.filter { file.has($0.column) }
    scores = Dictionary(
      uniqueKeysWithValues: aspects.map { ($0, Scores(examplesKept: examples)) })
  }

  /// Judges a row and counts what came of it.
  mutating func add(_ row: LabelledRow, line: Int, from origin: Origin) {
    rows += 1
    let item = Item(given: row.title, body: row.body, feed: row.feed)
    let verdict = judge.verdict(on: item, from: origin)
    let example = Scores.Example(line: line, heading: row.heading)
    for (aspect, label) in row.labels {
      scores[aspect]?.add(label: label, answer: aspect.answer(of: verdict), example: example)
    }
  }
}
