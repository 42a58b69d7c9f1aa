import Vocabulary

/// A replay as a person reads it in 80 columns.
struct ReplaySheet {
  let replay: Replay
  /// What the verdicts before were made under; nil where it was whatever rule book stood then.
  let before: RuleBook.Version?
  let since: WallTime
  /// How many items are named under a heading.
  let examples: Int
  let office: Office

  private var language: Language { office.language }

  var lines: [String] {
    let parts = [head, steps] + Replay.Heading.allCases.map(section)
    return Array(parts.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var head: [String] {
    let from = office.short(since)
    let (old, new) = (before?.rawValue, replay.ruleBook.rawValue)
    let changed = replay.changes.count
    return [
      Phrase(
        zh: "重放 \(replay.count) 条（\(from) 起发现、原文仍在的）："
          + (old.map { "规则 \($0) → \(new)" } ?? "当时的研判 → 规则 \(new)"),
        en: "\(replay.count) items found since \(from) whose text is kept: "
          + (old.map { "rules \($0) → \(new)" } ?? "what was judged then → rules \(new)"))[
          language],
      changed == 0
        ? Phrase(zh: "没有一条的等级、类别、单位会变。", en: "No grade, topic or unit changes.")[language]
        : Phrase(zh: "有变化的 \(changed) 条，其余不变。", en: "\(changed) change, the others do not.")[
          language],
    ]
  }

  private var steps: [String] {
    guard !replay.steps.isEmpty else { return [] }
    return [Phrase(zh: "等级：", en: "Grades:")[language]]
      + replay.steps.map { step in
        let names = "\(step.before.name[language]) → \(step.after.name[language])"
        return "  " + names.inColumns(24) + "\(step.count)".rightAligned(6)
      }
  }

  private func section(_ heading: Replay.Heading) -> [String] {
    let changes = replay.changes(under: heading)
    guard !changes.isEmpty else { return [] }
    var lines = ["\(heading.name[language])（\(changes.count)）"]
    for change in changes.prefix(examples) { lines += told(change, under: heading) }
    guard changes.count > examples else { return lines }
    let more = changes.count - examples
    return lines + ["  " + Phrase(zh: "……另有 \(more) 条", en: "… and \(more) more")[language]]
  }

  private func told(_ change: Replay.Change, under heading: Replay.Heading) -> [String] {
    let title =
      change.isSealed
      ? Phrase(zh: "（检举控告或疑似，不显示内容）", en: "(misconduct, or may be)")[language]
      : Terminal.plain(change.item.title)
    let first = Terminal.row(
      indent: 2, [(text: office.short(change.item.foundAt.wall), columns: 11)], title)
    var lines = [first]
    if let step = heading.step(of: change) {
      lines += Terminal.folded(Terminal.plain(step[language]), indent: 14, hanging: 14)
    }
    let why = change.isSealed ? [] : reasons(change)
    if !why.isEmpty {
      lines += Terminal.folded(
        Terminal.plain(why.joined(separator: "；")), indent: 14, hanging: 14)
    }
    return lines + Terminal.folded(change.item.url, indent: 14, hanging: 14)
  }

  /// Each rule once, with its first words.
  private func reasons(_ change: Replay.Change) -> [String] {
    var words: [(rule: String, words: [String])] = []
    for evidence in change.evidence {
      let word = evidence.words(in: change.item)
      if let place = words.firstIndex(where: { $0.rule == evidence.rule.rawValue }) {
        guard words[place].words.count < 3, !words[place].words.contains(word) else {
          continue
        }
        words[place].words.append(word)
      } else {
        words.append((evidence.rule.rawValue, [word]))
      }
    }
    return words.prefix(3).map { "\($0.rule)：\($0.words.joined(separator: "、"))" }
  }
}

extension Replay.Heading {
  /// The heading as people read it.
  var name: Phrase {
    switch self {
    case .newlyMajor: Phrase(zh: "新判为重大", en: "newly major")
    case .noLongerMajor: Phrase(zh: "不再判为重大", en: "no longer major")
    case .newlyRaised: Phrase(zh: "原不预警，现预警", en: "newly raised")
    case .noLongerRaised: Phrase(zh: "原预警，现不预警", en: "no longer raised")
    case .regraded: Phrase(zh: "一般与较大互变", en: "general and considerable")
    case .unit: Phrase(zh: "改送其他单位", en: "another unit")
    case .topic: Phrase(zh: "问题类别改变", en: "another topic")
    case .kind: Phrase(zh: "诉求类型改变", en: "another kind")
    }
  }

  /// What of a change is told under it.
  fileprivate func step(of change: Replay.Change) -> Phrase? {
    let (before, after) = (change.before, change.after)
    let none = Phrase(zh: "无", en: "none")
    func names(_ old: String?, _ new: String?) -> Phrase {
      Phrase(
        zh: "\(old ?? none.zh) → \(new ?? none.zh)", en: "\(old ?? none.en) → \(new ?? none.en)")
    }
    switch self {
    case .newlyMajor, .noLongerMajor, .newlyRaised, .noLongerRaised, .regraded:
      return Phrase(
        zh: "\(before.grade.name.zh) → \(after.grade.name.zh)",
        en: "\(before.grade.name.en) → \(after.grade.name.en)")
    case .unit: return names(before.unit?.rawValue, after.unit?.rawValue)
    case .topic: return names(before.topic?.rawValue, after.topic?.rawValue)
    case .kind:
      return Phrase(
        zh: "\(before.kind.name.zh) → \(after.kind.name.zh)",
        en: "\(before.kind.name.en) → \(after.kind.name.en)")
    }
  }
}
