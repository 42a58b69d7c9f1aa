import Judging
import Storage
import Vocabulary

/// What one rule book would have said of stored items beside what was, or would be, said (规则重放).
struct Replay {
  /// What people see change: the rest of a verdict is how it came about.
  struct Outcome: Hashable {
    var grade: Grade
    var topic: Topic?
    var kind: Kind
    var unit: UnitName?

    init(_ verdict: Verdict) {
      grade = verdict.grade
      topic = verdict.topic
      kind = verdict.kind
      unit = verdict.unit
    }
  }

  /// An item of which something changes.
  struct Change {
    var item: Item
    var before: Outcome
    var after: Outcome
    /// The rules behind the new verdict, each with a word that met it.
    var evidence: [Evidence]

    /// Whether one of the two is an allegation of misconduct or may be one, whose text nobody may see
    /// here.
    var isSealed: Bool
  }

  /// Under what heading a change is told (变化种类); one item may stand under several.
  enum Heading: String, CaseIterable {
    case newlyMajor, noLongerMajor, newlyRaised, noLongerRaised, regraded, unit, topic, kind

    func holds(_ change: Change) -> Bool {
      let (before, after) = (change.before, change.after)
      return switch self {
      case .newlyMajor: before.grade < .major && after.grade == .major
      case .noLongerMajor: before.grade == .major && after.grade < .major
      case .newlyRaised: before.grade == .none && after.grade > .none && after.grade < .major
      case .noLongerRaised: before.grade > .none && before.grade < .major && after.grade == .none
      case .regraded:
        before.grade != after.grade && before.grade > .none && after.grade > .none
          && before.grade < .major && after.grade < .major
      case .unit: before.unit != after.unit && before.grade > .none && after.grade > .none
      case .topic: before.topic != after.topic
      case .kind: before.kind != after.kind && before.grade > .none && after.grade > .none
      }
    }
  }

  private let judge: Judge
  private let origins: Origins
  /// How many items were judged.
  private(set) var count = 0
  private(set) var changes: [Change] = []

  /// A replay under the rule book of a set-up.
  init(_ setup: Setup) {
    judge = Judge(setup.ruleBook)
    origins = Origins(setup)
  }

  /// The version under which it judges.
  var ruleBook: RuleBook.Version { judge.version }

  /// The verdict on a stored item.
  func verdict(on stored: JudgedItem) -> Verdict {
    judge.verdict(on: stored.item, from: origins.origin(of: stored))
  }

  /// Takes in what is said of an item before and after.
  mutating func add(_ item: Item, before: Verdict, after: Verdict) {
    count += 1
    let (old, new) = (Outcome(before), Outcome(after))
    guard old != new else { return }
    let isSealed = [before, after].contains { $0.kind == .conduct || $0.mayBeConduct }
    changes.append(
      Change(item: item, before: old, after: new, evidence: after.evidence, isSealed: isSealed))
  }

  /// The changes under a heading, as they were found.
  func changes(under heading: Heading) -> [Change] { changes.filter(heading.holds) }

  /// How many items went from one grade to another, the gravest first.
  var steps: [(before: Grade, after: Grade, count: Int)] {
    let changed = changes.filter { $0.before.grade != $0.after.grade }
    let pairs = Dictionary(grouping: changed) { [$0.after.grade, $0.before.grade] }
    return pairs.map { (before: $0.key[1], after: $0.key[0], count: $0.value.count) }
      .sorted { ($0.after, $0.before) > ($1.after, $1.before) }
  }
}
