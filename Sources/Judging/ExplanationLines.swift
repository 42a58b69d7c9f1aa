package import Vocabulary

extension Explanation {
  /// How wide a terminal is taken to be, in columns; an ideograph takes two.
  package static let columns = 80

  /// The explanation for a terminal of 80 columns: first the verdict and why, then every rule that
  /// matched, what was stopped, and what was nearly there. Of the item, where it is given, what stands
  /// there is quoted wherever it is not written as the rule writes it: 停-水, 停電, 一百二十多户.
  package func lines(in language: Language, of item: Item? = nil) -> [String] {
    let sheet = ExplanationSheet(
      explanation: self, language: language, title: Array((item?.title ?? "").unicodeScalars),
      body: Array((item?.body ?? "").unicodeScalars))
    return sheet.lines
  }
}

/// An explanation as it is set on lines.
private struct ExplanationSheet {
  let explanation: Explanation
  let language: Language
  let title: [Unicode.Scalar]
  let body: [Unicode.Scalar]

  private var verdict: Verdict { explanation.verdict }

  var lines: [String] {
    var parts = [summary, reasons]
    parts += section(Phrase(zh: "命中规则", en: "Rules that matched"), explanation.matches, of: match)
    parts += section(Phrase(zh: "被排除的规则", en: "Rules stopped"), explanation.stops, of: stop)
    parts += section(
      Phrase(zh: "险些命中", en: "Near misses"), explanation.shortfalls, of: shortfall)
    return Array(parts.joined(separator: [""]))
  }

  /// A heading and a bounded list: an explanation is read, not searched.
  private func section<Part>(
    _ heading: Phrase, _ parts: [Part], of line: (Part) -> [String]
  ) -> [[String]] {
    guard !parts.isEmpty else { return [] }
    let bound = 20
    var lines = ["\(heading[language]) (\(parts.count))"]
    lines += parts.prefix(bound).flatMap(line)
    if parts.count > bound {
      let more = parts.count - bound
      lines.append("  " + Phrase(zh: "……另有 \(more) 条", en: "… and \(more) more")[language])
    }
    return [lines]
  }

  // MARK: What came out

  private var summary: [String] {
    let none = Phrase(zh: "无", en: "none")[language]
    return [
      pair(Phrase(zh: "等级", en: "Grade"), verdict.grade.name[language]),
      pair(Phrase(zh: "问题类别", en: "Topic"), verdict.topic?.rawValue ?? none),
      pair(Phrase(zh: "诉求类型", en: "Kind"), verdict.kind.name[language]),
      pair(Phrase(zh: "承办单位", en: "Unit"), verdict.unit?.rawValue ?? none),
      pair(Phrase(zh: "协办单位", en: "Assisting"), list(verdict.assist.map(\.rawValue)) ?? none),
      pair(Phrase(zh: "规则版本", en: "Rule book"), verdict.ruleBook.rawValue),
    ].flatMap { $0 }
  }

  private var reasons: [String] {
    var lines = LocatingSheet(explanation: explanation, language: language).sentences
      .flatMap { fold($0) }
    if let first = explanation.matches.first {
      lines += fold(leading(first))
    } else {
      lines += fold(Phrase(zh: "没有规则命中。", en: "No rule matched.")[language])
    }
    if verdict.kind == .conduct { lines += fold(supervision[language]) }
    if let rule = explanation.doubtRule { lines += fold(doubt(rule)[language]) }
    return lines
  }

  private func doubt(_ rule: Rule.ID) -> Phrase {
    Phrase(
      zh: "疑似检举控告（规则 \(rule)）：只送值班员，由值班员确定后再送承办单位或监督单位。",
      en:
        "It may allege misconduct (rule \(rule)): the officers alone hear of it and decide whose it is."
    )
  }

  private var supervision: Phrase {
    Phrase(
      zh: "含检举控告内容：只送监督单位，不送被反映的单位或个人。",
      en: "It alleges misconduct: supervision alone hears of it, never the unit or person named.")
  }

  private func leading(_ match: Explanation.Match) -> String {
    let (id, standing) = (match.rule.id, match.standing)
    return Phrase(
      zh: "主导规则：\(id)，得分 \(standing.score)（权重 \(match.rule.weight) × 命中词数，标题加倍）；"
        + "等级取自 \(name(of: gradeRule))，"
        + "问题类别取自 \(name(of: explanation.topicRule))，承办单位取自 \(unitOrigin)，"
        + "诉求类型取自 \(name(of: explanation.kindRule))。",
      en:
        "Leading rule: \(id), score \(standing.score) (weight \(match.rule.weight) × words, those "
        + "in the title twice); grade from \(name(of: gradeRule)), topic from \(name(of: explanation.topicRule)), unit from "
        + "\(unitOrigin), kind from \(name(of: explanation.kindRule)).")[language]
  }

  /// The strongest of the rules that give the gravest grade.
  private var gradeRule: Rule.ID? {
    let gravest = explanation.matches.map(\.grade).max()
    return explanation.matches.first { $0.grade == gravest }?.rule.id
  }

  private var unitOrigin: String {
    if explanation.unitRule == nil, verdict.unit != nil,
      verdict.unit == explanation.locating.unit
    {
      return Phrase(zh: "属地", en: "the place")[language]
    }
    guard explanation.unitRule == nil, verdict.unit != nil else {
      return name(of: explanation.unitRule)
    }
    return Phrase(zh: "兜底单位设置", en: "default_unit")[language]
  }

  // MARK: Rules

  private func match(_ match: Explanation.Match) -> [String] {
    var lines = head(match.rule, grade: match.grade)
    if match.raise != nil {
      let raising = match.evidence.filter { $0.grade == match.grade }.map(\.keyword)
      let because = list(unique(raising)) ?? ""
      let sentence = Phrase(
        zh: "由\(match.rule.grade.name.zh)升级，因有：\(because)",
        en: "raised from \(match.rule.grade.name.en) by: \(because)")
      lines += fold(sentence[language], indent: 4)
    }
    lines += fold(score(match.standing), indent: 4) + words(match.evidence)
    guard !match.discounted.isEmpty else { return lines }
    let discounted = Phrase(zh: "不计（语境）：", en: "not counted (context): ")[language]
    return lines + fold(discounted + places(match.discounted), indent: 4)
  }

  private func score(_ standing: Standing) -> String {
    Phrase(
      zh: "得分：\(standing.score) = 权重 \(standing.weight) × 词 \(standing.words)（标题中的计两次）",
      en: "score: \(standing.score) = weight \(standing.weight) × \(standing.words) words, "
        + "those in the title twice")[language]
  }

  private func stop(_ stop: Explanation.Stop) -> [String] {
    head(stop.rule, grade: stop.rule.grade) + fold(whyStopped(stop), indent: 4)
      + words(stop.evidence)
  }

  private func whyStopped(_ stop: Explanation.Stop) -> String {
    guard stop.exclusions.isEmpty else {
      return Phrase(zh: "排除词或语境：", en: "excluded by: ")[language] + places(stop.exclusions)
    }
    return Phrase(
      zh: "只管本地信息（place: ours）", en: "counts in the office's own area alone (place: ours)")[
        language]
  }

  private func shortfall(_ shortfall: Explanation.Shortfall) -> [String] {
    let missing = shortfall.missing.prefix(10).map(quoted).joined(separator: comma)
    let more = shortfall.missing.count > 10 ? "…" : ""
    return head(shortfall.rule, grade: shortfall.rule.grade)
      + fold(Phrase(zh: "还缺：", en: "missing: ")[language] + missing + more, indent: 4)
      + words(shortfall.evidence)
  }

  private func head(_ rule: Rule, grade: Grade) -> [String] {
    let place = "\(rule.place.file):\(rule.place.line)"
    var lines = fold("\(rule.id) \(rule.name) [\(grade.name[language])]", indent: 2)
    // A place stays in one piece, so that an editor can be sent there.
    let last = lines.last ?? ""
    guard last.columns + 1 + place.columns <= Explanation.columns else {
      return lines + ["    \(place)"]
    }
    lines[lines.count - 1] = "\(last) \(place)"
    return lines
  }

  private func words(_ evidence: [Evidence]) -> [String] {
    guard !evidence.isEmpty else { return [] }
    return fold(Phrase(zh: "命中：", en: "words: ")[language] + places(evidence), indent: 4)
  }

  private func places(_ evidence: [Evidence]) -> String {
    evidence.map {
      "\(quoted($0.keyword))\(asWritten($0)) \(name(of: $0.field)) \($0.start)–\($0.end)"
    }
    .joined(separator: comma)
  }

  /// What stands at a place, where it is not what the rule writes.
  private func asWritten(_ evidence: Evidence) -> String {
    let text = evidence.field == .title ? title : body
    guard evidence.start < evidence.end, evidence.end <= text.count else { return "" }
    let there = String(String.UnicodeScalarView(text[evidence.start..<evidence.end]))
    guard there != evidence.keyword else { return "" }
    let shown = there.count > 20 ? "\(there.prefix(9))…\(there.suffix(9))" : there
    return Phrase(zh: "（原文\(quoted(shown))）", en: " (written \(quoted(shown)))")[language]
  }

  private func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  // MARK: Setting

  private var comma: String { Phrase(zh: "、", en: ", ")[language] }

  private func quoted(_ word: String) -> String {
    Phrase(zh: "“\(word)”", en: "“\(word)”")[language]
  }

  private func name(of rule: Rule.ID?) -> String {
    rule?.rawValue ?? Phrase(zh: "（无）", en: "(none)")[language]
  }

  private func name(of field: Field) -> String {
    switch field {
    case .title: Phrase(zh: "标题", en: "title")[language]
    case .body: Phrase(zh: "正文", en: "body")[language]
    }
  }

  private func list(_ words: [String]) -> String? {
    guard !words.isEmpty else { return nil }
    return words.prefix(8).joined(separator: comma) + (words.count > 8 ? "…" : "")
  }

  private func pair(_ name: Phrase, _ value: String) -> [String] {
    let name = name[language]
    let gap = String(repeating: " ", count: max(1, 11 - name.columns))
    return fold(name + gap + value, hanging: 11)
  }

  private func fold(_ text: String, indent: Int = 0, hanging: Int = 2) -> [String] {
    text.folded(Explanation.columns, indent: indent, hanging: indent + hanging)
  }
}
