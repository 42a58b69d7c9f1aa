/// How verdicts agree with labels, class by class (评测结果).
///
/// Precision, recall and F1 are those of scikit-learn with `zero_division=0`: what would be divided
/// by nothing is 0.
struct Scores {
  /// A row as it is shown beside a confusion.
  struct Example: Hashable {
    /// Its line in the file, from 1.
    var line: Int
    var heading: String
  }

  /// A label and what a verdict said instead (混淆).
  struct Confusion {
    var label: String
    var answer: String
    var count: Int
    /// The first of them.
    var examples: [Example]
  }

  /// One class: how often it is labelled, answered, and both.
  struct Class {
    var name: String
    var labelled: Int
    var answered: Int
    var right: Int

    /// The share of its answers that are right (查准率).
    var precision: Double { Scores.share(right, of: answered) }
    /// The share of its labels that were answered so (查全率).
    var recall: Double { Scores.share(right, of: labelled) }
    /// The harmonic mean of the two.
    var f1: Double { Scores.share(2 * right, of: answered + labelled) }
  }

  /// The plain mean over some classes (宏平均).
  struct Macro {
    var classes: Int
    var precision: Double
    var recall: Double
    var f1: Double
  }

  private struct Pair: Hashable {
    var label: String
    var answer: String
  }

  private var cells: [Pair: (count: Int, examples: [Example])] = [:]
  private let examplesKept: Int
  /// How many rows carry a label.
  private(set) var rows = 0

  /// Scores of nothing yet, to keep so many examples of each confusion.
  init(examplesKept: Int) {
    self.examplesKept = examplesKept
  }

  /// Counts one row.
  mutating func add(label: String, answer: String, example: Example) {
    rows += 1
    var cell = cells[Pair(label: label, answer: answer)] ?? (0, [])
    cell.count += 1
    if label != answer, cell.examples.count < examplesKept { cell.examples.append(example) }
    cells[Pair(label: label, answer: answer)] = cell
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}

extension Scores {
  /// How many rows were answered as labelled.
  var right: Int { cells.reduce(0) { $0 + ($1.key.label == $1.key.answer ? $1.value.count : 0) } }

  /// The share of them.
  var accuracy: Double { Scores.share(right, of: rows) }

  /// Every class that is labelled or answered, by name.
  var classes: [Class] {
    var classes: [String: Class] = [:]
    for (pair, cell) in cells {
      let empty = { Class(name: $0, labelled: 0, answered: 0, right: 0) }
      classes[pair.label, default: empty(pair.label)].labelled += cell.count
      classes[pair.answer, default: empty(pair.answer)].answered += cell.count
      guard pair.label == pair.answer else { continue }
      classes[pair.label, default: empty(pair.label)].right += cell.count
    }
    return classes.values.sorted { $0.name < $1.name }
  }

  /// The mean over the classes that occur in the labels.
  var macroOfLabels: Macro { Scores.macro(classes.filter { $0.labelled > 0 }) }

  /// The mean over the classes that occur in labels or answers.
  var macroOfUnion: Macro { Scores.macro(classes) }

  /// What was answered wrongly, the most frequent first.
  var confusions: [Confusion] {
    cells.filter { $0.key.label != $0.key.answer }.map { pair, cell in
      Confusion(
        label: pair.label, answer: pair.answer, count: cell.count, examples: cell.examples)
    }.sorted { ($1.count, $0.label, $0.answer) < ($0.count, $1.label, $1.answer) }
  }

  private static func macro(_ classes: [Class]) -> Macro {
    let mean = { (value: (Class) -> Double) in
      classes.isEmpty ? 0 : classes.reduce(0) { $0 + value($1) } / Double(classes.count)
    }
    return Macro(
      classes: classes.count, precision: mean(\.precision), recall: mean(\.recall),
      f1: mean(\.f1))
  }
}

/// Where a share truly lies with 95 % certainty, by what was seen of it (Wilson's score interval).
struct ShareInterval {
  let low: Double
  let high: Double

  /// So many of so many; all of 0 to 1 where nothing was seen.
  init(_ part: Int, of whole: Int) {
    guard whole > 0 else {
      (low, high) = (0, 1)
      return
    }
    let z = 1.959964
    let (count, share) = (Double(whole), Double(part) / Double(whole))
    let middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    let spread = (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let reach = z * spread / (1 + z * z / count)
    low = max(0, middle - reach)
    high = min(1, middle + reach)
  }
}
