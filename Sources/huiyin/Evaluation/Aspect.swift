import Vocabulary

/// What of a verdict is compared with labels (评测维度).
enum Aspect: CaseIterable {
  case topic
  case grade
  case kind

  /// The class of a verdict that names no topic, and the label for it.
  static let noTopic = "none"

  /// The column that holds its labels.
  var column: LabelledFile.Column {
    switch self {
    case .topic: .topic
    case .grade: .grade
    case .kind: .kind
    }
  }

  /// What it is called for people.
  var name: Phrase {
    switch self {
    case .topic: Phrase(zh: "问题类别", en: "Topic")
    case .grade: Phrase(zh: "等级", en: "Grade")
    case .kind: Phrase(zh: "诉求类型", en: "Kind")
    }
  }

  /// Whether a label is one that a verdict could have; of topics any may be.
  func knows(_ label: String) -> Bool {
    switch self {
    case .topic: true
    case .grade: Grade(rawValue: label) != nil
    case .kind: Kind(rawValue: label) != nil
    }
  }

  /// Whether a label that no verdict has is a slip of the pen. Grades are fixed by regulation; those
  /// who label by kind may tell apart what the office does not, and such a class is missed as a whole.
  func refuses(_ label: String) -> Bool { self == .grade && !knows(label) }

  /// The class that a verdict is put into.
  func answer(of verdict: Verdict) -> String {
    switch self {
    case .topic: verdict.topic?.rawValue ?? Aspect.noTopic
    case .grade: verdict.grade.rawValue
    case .kind: verdict.kind.rawValue
    }
  }

  /// What people read for a class.
  func name(of label: String) -> Phrase {
    switch self {
    case .topic:
      label == Aspect.noTopic
        ? Phrase(zh: "（无）", en: "(none)") : Phrase(zh: label, en: label)
    case .grade: Grade(rawValue: label)?.name ?? Phrase(zh: label, en: label)
    case .kind: Kind(rawValue: label)?.name ?? Phrase(zh: label, en: label)
    }
  }

  /// The classes in the order in which people look for them: the gravest grade first, kinds as they
  /// are listed everywhere, topics with the most labels first.
  func ordered(_ classes: [Scores.Class]) -> [Scores.Class] {
    let ranks: [String]
    switch self {
    case .topic:
      return classes.sorted { ($1.labelled, $0.name) < ($0.labelled, $1.name) }
    case .grade: ranks = Grade.allCases.reversed().map(\.rawValue)
    case .kind: ranks = Kind.allCases.map(\.rawValue)
    }
    return ranks.compactMap { rank in classes.first { $0.name == rank } }
      + classes.filter { !ranks.contains($0.name) }
  }
}
