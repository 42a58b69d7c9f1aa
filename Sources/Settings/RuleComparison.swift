import Vocabulary

/// One rule before and after (规则变更): which words came and went, in which part, and what else it says
/// otherwise. Where it stands in its file, and its examples, decide nothing and are no change.
struct RuleComparison {
  let old: Rule
  let new: Rule

  static func changes(from old: [Rule], to new: [Rule]) -> [SetupChange] {
    Setup.compared(old, new, by: \.id) {
      .rule($0.id, name: $0.name)
    } details: {
      RuleComparison(old: $0, new: $1).details
    }
  }

  var details: [Phrase] {
    let rest =
      isOtherwise ? [Phrase(zh: "条件的写法有改动", en: "its conditions are written otherwise")] : []
    let words = wordDetails
    return turns.compactMap { $0 } + (words.isEmpty ? rest : words)
  }

  private var isOtherwise: Bool { old.condition != new.condition || old.raises != new.raises }

  private var turns: [Phrase?] {
    [
      turn("name", \.name), turn("topic", \.topic?.rawValue),
      turn("kind", { $0.kind?.name }), turn("unit", \.unit?.rawValue),
      Setup.members("assist", from: old.assist, to: new.assist),
      old.grade == new.grade
        ? nil : Setup.turned("grade", from: old.grade.name, to: new.grade.name),
      turn("weight", { "\($0.weight)" }),
      turn("leads", { $0.leads.rawValue }),
      turn("unit", { $0.isForAbove ? "上级" : nil }),
      turn("place", { $0.wantsOurs ? "ours" : "any" }),
      turn("in", { $0.fields.map(\.rawValue).sorted().joined(separator: "+") }),
    ]
  }

  private func turn(_ name: String, _ value: (Rule) -> String?) -> Phrase? {
    turn(name) { rule in value(rule).map { Phrase(zh: $0, en: $0) } }
  }

  private func turn(_ name: String, _ value: (Rule) -> Phrase?) -> Phrase? {
    let (before, after) = (value(old), value(new))
    guard before != after else { return nil }
    let nothing = Phrase(zh: "（无）", en: "(none)")
    return Setup.turned(name, from: before ?? nothing, to: after ?? nothing)
  }

  // MARK: Words

  /// The words of one part of a rule, and the numbers that stand beside them, by what the part is
  /// called: `any`, `raise major none`, `all any` for a group.
  private struct Parts {
    var names: [String] = []
    var words: [String: [String]] = [:]
    var numbers: [String: [Int]] = [:]

    init(_ rule: Rule) {
      add(rule.condition, "")
      for raise in rule.raises { add(raise.condition, "raise \(raise.grade.rawValue) ") }
    }

    private mutating func add(_ condition: Rule.Condition, _ outer: String) {
      let lists = [
        ("any", condition.any), ("all", condition.all), ("none", condition.none),
        ("near", condition.near?.words ?? []), ("count", condition.count?.of ?? []),
        ("pattern", condition.patterns), ("not_after", condition.contexts.flatMap(\.words)),
      ]
      for (name, list) in lists where !list.isEmpty {
        note(outer + name)
        words[outer + name, default: []] += list
      }
      number(outer + "near within", condition.near?.within)
      number(outer + "count at_least", condition.count?.atLeast)
      for context in condition.contexts { number(outer + "not_after within", context.within) }
      for group in condition.groups { add(group.condition, outer + group.part.rawValue + " ") }
    }

    private mutating func number(_ name: String, _ number: Int?) {
      guard let number else { return }
      note(name)
      numbers[name, default: []].append(number)
    }

    private mutating func note(_ name: String) {
      if !names.contains(name) { names.append(name) }
    }
  }

  private var wordDetails: [Phrase] {
    guard isOtherwise else { return [] }
    let (before, after) = (Parts(old), Parts(new))
    let names = after.names + before.names.filter { !after.names.contains($0) }
    return names.compactMap { name in
      let (was, isNow) = (before.numbers[name], after.numbers[name])
      if let was, let isNow, was != isNow {
        return Setup.turned(name, from: RuleComparison.shown(was), to: RuleComparison.shown(isNow))
      }
      return Setup.members(name, from: before.words[name] ?? [], to: after.words[name] ?? [])
    }
  }

  private static func shown(_ numbers: [Int]) -> Phrase {
    let text = numbers.map(String.init).joined(separator: "/")
    return Phrase(zh: text, en: text)
  }
}
