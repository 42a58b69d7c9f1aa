import Vocabulary

/// Prints items as they were extracted, for people or as lines of JSON.
struct ItemPrinter {
  let office: Office
  let json: Bool

  /// Prints one item, and for people whether a first run would take it as new.
  func show(_ line: ExtractLine, _ admission: Admission) throws {
    guard !json else { return Terminal.show(try Lines.line(line)) }
    let date = line.publishedAt.value ?? Phrase(zh: "无日期", en: "no date")[office.language]
    Terminal.show(
      Terminal.row([(date, 25), (admission.word[office.language], 8)], "").trimmed)
    Terminal.show(Terminal.folded(line.title, indent: 2, hanging: 2))
    Terminal.show("  " + Terminal.plain(line.url))
    if !line.body.isEmpty { Terminal.show("  " + Terminal.fit(line.body, 76).trimmed) }
    if let answer = line.answer.value {
      let unit = answer.unit.value ?? Phrase(zh: "答复", en: "answer")[office.language]
      Terminal.show("  " + Terminal.fit("→ \(unit): \(answer.body)", 76).trimmed)
    }
  }
}

extension Admission {
  /// Whether it counts as new, in a word.
  fileprivate var word: Phrase {
    switch self {
    case .new: Phrase(zh: "新", en: "new")
    case .baseline, .undatedBaseline: Phrase(zh: "基线", en: "baseline")
    case .tooOld: Phrase(zh: "过旧", en: "too old")
    }
  }
}
