import Vocabulary

/// Why an item has its grade (研判依据): each rule, its words, and where they stand.
struct Reasons {
  let item: Item
  let evidence: [Evidence]
  let language: Language

  /// A line for each rule and word, the gravest first, at most so many.
  func lines(_ limit: Int) -> [String] {
    let told = firstOfEachWord()
    let lines = told.prefix(limit).map(line)
    guard told.count > limit else { return Array(lines) }
    let rest = told.count - limit
    return lines + [Phrase(zh: "另有 \(rest) 处", en: "and \(rest) more")[language]]
  }

  /// `停水断水（重大舆情）：“住院”——“…两位老人因此住院，…”`
  private func line(_ hit: Evidence) -> String {
    let rule = hit.ruleName.onOneLine.clipped(to: 30)
    let grade = hit.grade == .none ? nil : hit.grade.name
    let word = hit.words(in: item).onOneLine.clipped(to: 30)
    let head = Phrase(
      zh: rule + (grade.map { "（\($0.zh)）" } ?? "") + "：“\(word)”",
      en: rule + (grade.map { " (\($0.en))" } ?? "") + ": “\(word)”")[language]
    guard let context = context(of: hit) else { return head }
    let field =
      switch hit.field {
      case .title: Phrase(zh: "标题", en: "title")
      case .body: Phrase(zh: "正文", en: "text")
      }
    return head
      + Phrase(zh: "，见\(field.zh)“\(context)”", en: ", in the \(field.en) “\(context)”")[
        language]
  }

  /// The word with a little of what stands around it, or nil where it is not in the text.
  private func context(of hit: Evidence) -> String? {
    let text = hit.field == .title ? item.title : item.body
    let scalars = text.unicodeScalars
    guard hit.start >= 0, hit.start < hit.end, hit.end <= scalars.count else { return nil }
    let (from, to) = (max(0, hit.start - 10), min(hit.end, hit.start + 30) + 10)
    let begin = scalars.index(scalars.startIndex, offsetBy: from)
    let end = scalars.index(begin, offsetBy: to - from, limitedBy: scalars.endIndex)
    let quoted = String(scalars[begin..<(end ?? scalars.endIndex)]).runTogether
    return (from > 0 ? "…" : "") + quoted + (to < scalars.count ? "…" : "")
  }

  private func firstOfEachWord() -> [Evidence] {
    struct Word: Hashable {
      let rule: Rule.ID
      let keyword: String
    }
    var seen: Set<Word> = []
    let courtesies = courtesies
    let gravestFirst = evidence.enumerated().sorted { left, right in
      let (one, other) = (courtesies.contains(left.offset), courtesies.contains(right.offset))
      if one != other { return other }
      return left.element.grade != right.element.grade
        ? left.element.grade > right.element.grade : left.offset < right.offset
    }
    return gravestFirst.map(\.element).filter {
      seen.insert(Word(rule: $0.rule, keyword: $0.keyword)).inserted
    }
  }

  /// Which hits are words of everyday courtesy (反映, 尊敬的), which come last: they tell that
  /// somebody asks, not what has happened.
  ///
  /// Known by what they do: such a word lifts a rule that by itself raises nothing to general, and
  /// at the place of one no other rule has more to say.
  private var courtesies: Set<Int> {
    struct Spot: Hashable {
      let field: Field
      let start: Int
      let end: Int
    }
    func spot(_ hit: Evidence) -> Spot { Spot(field: hit.field, start: hit.start, end: hit.end) }
    let silent = Set(evidence.filter { $0.grade == .none }.map(\.rule))
    let lifting = Set(
      evidence.filter { $0.grade == .general && silent.contains($0.rule) }.map(spot))
    let places = evidence.indices.filter {
      evidence[$0].grade <= .general && lifting.contains(spot(evidence[$0]))
    }
    return Set(places)
  }
}
