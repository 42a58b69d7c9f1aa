import Vocabulary

/// Whose place an item is about, in sentences (属地说明).
struct LocatingSheet {
  let explanation: Explanation
  let language: Language

  private var locating: Explanation.Locating { explanation.locating }
  private var verdict: Verdict { explanation.verdict }

  /// What decided, then who leads and who assists because of it.
  var sentences: [String] {
    ([ground] + others + [share].compactMap(\.self)).map { $0[language] }
  }

  private var ground: Phrase {
    if let rule = locating.aboveRule {
      return Phrase(
        zh: "属地：规则 \(rule) 写明属市级或省级事项（unit: 上级），转送上级。",
        en: "Place: rule \(rule) says that it is for the city or province (unit: 上级).")
    }
    switch (locating.ground, locating.origin) {
    case (.ours, .ours(nil)):
      return Phrase(zh: "属地：人工录入，视为本地。", en: "Place: given by hand, so it is ours.")
    case (.ours, .ours(let name?)):
      return Phrase(
        zh: "属地：本地信源（place: \(name)），属本地。",
        en: "Place: its feed is about \(name), so it is ours.")
    case (.ours, .another), (.ours, .open): return named
    case (.above, _):
      return Phrase(
        zh: "属地：只提到\(mentions(where: { $0.sense == .above }).zh)，是本单位所在的省或市，转送上级。",
        en:
          "Place: it names only \(mentions(where: { $0.sense == .above }).en), in which the office "
          + "lies; the officers pass it up.")
    case (.another, .another(let name)):
      return Phrase(
        zh: "属地：信源写明 place: \(name)，属外地，不预警。",
        en: "Place: its feed is about \(name), so it is another's and nothing is raised.")
    case (.another, _):
      return Phrase(
        zh: "属地：提到\(mentions(where: isAnothers).zh)，属外地，不预警。",
        en: "Place: it names \(mentions(where: isAnothers).en), another's, so nothing is raised.")
    case (.unknown, _): return unknown
    }
  }

  private var unknown: Phrase {
    verdict.grade > .none
      ? Phrase(
        zh: "属地：本地、外地的地名都没有提到，属地不明，只送值班员。",
        en: "Place: it names none, neither ours nor another's: the officers alone hear of it.")
      : Phrase(
        zh: "属地：没有提到本地地名，属地不明，不到较大舆情，不预警。",
        en: "Place: it names no place of the office and is less than considerable, so nothing is "
          + "raised.")
  }

  private var named: Phrase {
    guard let first = locating.mentions.first else { return Phrase(zh: "", en: "") }
    return Phrase(
      zh: "属地：\(name(of: first.field).zh)提到“\(first.words)”（\(first.start)–\(first.end)），属本地。",
      en: "Place: the \(name(of: first.field).en) names “\(first.words)” "
        + "(\(first.start)–\(first.end)).")
  }

  /// Names like ours that are not.
  private var others: [Phrase] {
    locating.mentions.compactMap { mention in
      guard case .sameName(let name) = mention.sense else { return nil }
      return Phrase(
        zh: "“\(mention.words)”（\(place(mention).zh)）是外地同名地，不是本单位的“\(name)”。",
        en: "“\(mention.words)” (\(place(mention).en)) is called like our “\(name)” and is not it.")
    }
  }

  /// `属地单位：竹园镇政府，协办（规则未写 leads: place）`
  private var share: Phrase? {
    guard verdict.ground == .ours, verdict.grade > .none, verdict.kind != .conduct,
      let unit = locating.unit, let place = locating.place
    else { return nil }
    guard verdict.unit == unit else {
      return Phrase(
        zh: "属地单位：\(place)由\(unit)负责，协办；规则 \(rule) 由部门主办。",
        en: "Place's unit: \(unit) for \(place), which assists; by rule \(rule) the department "
          + "leads.")
    }
    guard let rule = explanation.unitRule else {
      return Phrase(
        zh: "属地单位：\(place)由\(unit)负责，规则没有写承办单位，由它主办。",
        en: "Place's unit: \(unit) for \(place), which leads, as no rule names a unit.")
    }
    return Phrase(
      zh: "属地单位：\(place)由\(unit)负责，规则 \(rule) 写明由属地主办（leads: place）。",
      en: "Place's unit: \(unit) for \(place), which leads by rule \(rule) (leads: place).")
  }

  private var rule: String { explanation.unitRule?.rawValue ?? "" }

  private func isAnothers(_ mention: Explanation.Mention) -> Bool {
    switch mention.sense {
    case .another, .sameName: true
    case .ours, .above: false
    }
  }

  /// `标题“湖南省”（0–3）、正文“岳阳市”（5–8）`
  private func mentions(where counts: (Explanation.Mention) -> Bool) -> Phrase {
    let told = locating.mentions.filter(counts).prefix(3)
    return Phrase(
      zh: told.map { "“\($0.words)”（\(place($0).zh)）" }.joined(separator: "、"),
      en: told.map { "“\($0.words)” (\(place($0).en))" }.joined(separator: ", "))
  }

  private func place(_ mention: Explanation.Mention) -> Phrase {
    let (name, run) = (name(of: mention.field), "\(mention.start)–\(mention.end)")
    return Phrase(zh: "\(name.zh) \(run)", en: "\(name.en) \(run)")
  }

  private func name(of field: Field) -> Phrase {
    switch field {
    case .title: Phrase(zh: "标题", en: "title")
    case .body: Phrase(zh: "正文", en: "body")
    }
  }
}
