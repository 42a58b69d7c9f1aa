import Vocabulary

/// An evaluation as a person reads it in 80 columns.
struct EvaluationSheet {
  /// How many confusions are shown of one aspect; `--json` has them all.
  static let mostConfusions = 10

  let evaluation: Evaluation
  let language: Language

  /// Columns of the table behind the class's name: share, interval, share, interval, F1, counts.
  private static let nameWidth = 18
  private static let widths = [9, 12, 9, 12, 8, 6, 6]

  var lines: [String] {
    var parts = [[head]]
    for aspect in Aspect.allCases {
      guard let scores = evaluation.scores[aspect] else { continue }
      parts.append(table(aspect, scores))
      if !scores.confusions.isEmpty { parts.append(confusions(aspect, scores)) }
    }
    return Array(parts.joined(separator: [""]))
  }

  private var head: String {
    Phrase(
      zh: "评测 \(evaluation.rows) 条（规则版本 \(evaluation.ruleBook)）；方括号内为 95% 置信区间",
      en: "\(evaluation.rows) rows judged (rule book \(evaluation.ruleBook)); [95% intervals]")[
        language]
  }

  // MARK: Scores

  private func table(_ aspect: Aspect, _ scores: Scores) -> [String] {
    let share = percent(scores.accuracy)
    let title = Phrase(
      zh: "\(aspect.name.zh)：\(scores.rows) 条有标注，一致 \(scores.right) 条（\(share)）",
      en: "\(aspect.name.en): \(scores.rows) labelled, \(scores.right) agree (\(share))")
    let names = [
      Phrase(zh: "类", en: "class"), Phrase(zh: "查准率", en: "precision"), Phrase(zh: "", en: ""),
      Phrase(zh: "查全率", en: "recall"), Phrase(zh: "", en: ""), Phrase(zh: "F1", en: "F1"),
      Phrase(zh: "标注", en: "label"), Phrase(zh: "判为", en: "judged"),
    ].map { $0[language] }
    return [title[language], row(names[0], Array(names.dropFirst()))]
      + aspect.ordered(scores.classes).map { line(aspect, $0) }
      + [
        macro(Phrase(zh: "平均·标注的", en: "mean, labelled"), scores.macroOfLabels),
        macro(Phrase(zh: "平均·并集的", en: "mean, union"), scores.macroOfUnion),
      ]
  }

  private func line(_ aspect: Aspect, _ found: Scores.Class) -> String {
    row(
      aspect.name(of: found.name)[language],
      [
        three(found.precision), interval(found.right, found.answered), three(found.recall),
        interval(found.right, found.labelled), three(found.f1), "\(found.labelled)",
        "\(found.answered)",
      ])
  }

  private func macro(_ name: Phrase, _ macro: Scores.Macro) -> String {
    let classes = Phrase(zh: " \(macro.classes) 类", en: " \(macro.classes)")
    return row(
      name[language] + classes[language],
      [three(macro.precision), "", three(macro.recall), "", three(macro.f1), "", ""])
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    let padded = zip(cells, Self.widths).map { $0.rightAligned($1) }
    return (Terminal.fit(name, Self.nameWidth) + padded.joined()).trimmed
  }

  private func interval(_ part: Int, _ whole: Int) -> String {
    guard whole > 0 else { return "—" }
    let interval = ShareInterval(part, of: whole)
    return "[\(two(interval.low))–\(two(interval.high))]"
  }

  // MARK: Confusions

  private func confusions(_ aspect: Aspect, _ scores: Scores) -> [String] {
    let all = scores.confusions
    let shown = all.prefix(Self.mostConfusions)
    var lines = [
      Phrase(
        zh: "\(aspect.name.zh)最常见的误判（标注 → 判为，次数；例子前为行号）",
        en: "\(aspect.name.en): what was most often taken for what (label → judged; by line)")[
          language]
    ]
    for confusion in shown {
      let (label, answer) = (aspect.name(of: confusion.label), aspect.name(of: confusion.answer))
      lines += Terminal.folded(
        Terminal.plain("\(label[language]) → \(answer[language])  \(confusion.count)"), indent: 2,
        hanging: 4)
      lines += confusion.examples.map { example in
        Terminal.row(
          indent: 4, [(text: "\(example.line)".rightAligned(6), columns: 6)], example.heading)
      }
    }
    guard all.count > shown.count else { return lines }
    let more = all.count - shown.count
    return lines + ["  " + Phrase(zh: "……另有 \(more) 种", en: "… and \(more) more kinds")[language]]
  }

  // MARK: Numbers

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

  private func three(_ share: Double) -> String { decimals(share, 3) }

  private func two(_ share: Double) -> String { decimals(share, 2) }

  private func decimals(_ share: Double, _ places: Int) -> String {
    let scale = places == 3 ? 1000 : 100
    let digits = String(Int((share * Double(scale)).rounded()))
    let filled = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return filled.dropLast(places) + "." + filled.suffix(places)
  }
}
