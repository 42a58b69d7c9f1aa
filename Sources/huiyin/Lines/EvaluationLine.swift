import Vocabulary

/// An evaluation as `evaluate --json` prints it; an aspect that the file does not label is null.
struct EvaluationLine: Encodable {
  struct ClassLine: Encodable {
    var name: String
    var precision: Double
    /// The lower and the upper end of a 95 % interval.
    var precisionInterval: [Double]
    var recall: Double
    var recallInterval: [Double]
    var f1: Double
    /// How many rows carry the label.
    var labelled: Int
    /// How many verdicts say so.
    var answered: Int
    var right: Int
  }

  struct MacroLine: Encodable {
    var classes: Int
    var precision: Double
    var recall: Double
    var f1: Double
  }

  struct ExampleLine: Encodable {
    var line: Int
    var title: String
  }

  struct ConfusionLine: Encodable {
    var label: String
    var answer: String
    var count: Int
    var examples: [ExampleLine]
  }

  struct AspectLine: Encodable {
    var rows: Int
    var accuracy: Double
    var classes: [ClassLine]
    /// Over the classes that occur in the labels.
    var macro: MacroLine
    /// Over those that occur in labels or verdicts.
    var macroOfUnion: MacroLine
    var confusions: [ConfusionLine]
  }

  var rows: Int
  /// How many lines could not be read.
  var faults: Int
  var ruleBook: String
  var topic: Lines.Nullable<AspectLine>
  var grade: Lines.Nullable<AspectLine>
  var kind: Lines.Nullable<AspectLine>

  init(_ evaluation: Evaluation) {
    rows = evaluation.rows
    faults = evaluation.faults
    ruleBook = evaluation.ruleBook.rawValue
    let line = { (aspect: Aspect) in
      Lines.Nullable(evaluation.scores[aspect].map { AspectLine($0, of: aspect) })
    }
    topic = line(.topic)
    grade = line(.grade)
    kind = line(.kind)
  }
}

extension EvaluationLine.AspectLine {
  init(_ scores: Scores, of aspect: Aspect) {
    rows = scores.rows
    accuracy = scores.accuracy
    classes = aspect.ordered(scores.classes).map(EvaluationLine.ClassLine.init)
    macro = EvaluationLine.MacroLine(scores.macroOfLabels)
    macroOfUnion = EvaluationLine.MacroLine(scores.macroOfUnion)
    confusions = scores.confusions.map { confusion in
      EvaluationLine.ConfusionLine(
        label: confusion.label, answer: confusion.answer, count: confusion.count,
        examples: confusion.examples.map {
          EvaluationLine.ExampleLine(line: $0.line, title: $0.heading)
        })
    }
  }
}

extension EvaluationLine.ClassLine {
  init(_ found: Scores.Class) {
    let precise = ShareInterval(found.right, of: found.answered)
    let recalled = ShareInterval(found.right, of: found.labelled)
    self.init(
      name: found.name, precision: found.precision, precisionInterval: [precise.low, precise.high],
      recall: found.recall, recallInterval: [recalled.low, recalled.high], f1: found.f1,
      labelled: found.labelled, answered: found.answered, right: found.right)
  }
}

extension EvaluationLine.MacroLine {
  init(_ macro: Scores.Macro) {
    self.init(
      classes: macro.classes, precision: macro.precision, recall: macro.recall, f1: macro.f1)
  }
}
