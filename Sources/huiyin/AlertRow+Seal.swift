import Storage
import Vocabulary

extension AlertRow {
  /// An allegation of misconduct, whose text is for the supervising office alone (检举控告).
  var isConduct: Bool { alert.isConduct(judged: kind) }

  /// The alert where everybody at the terminal may see what it says; nil for an allegation of
  /// misconduct, of which number, grade and times are all that is shown.
  var shown: AlertRow? { isConduct ? nil : self }

  /// Its title, or why there is none to see.
  var heading: Phrase {
    isConduct
      ? Phrase(zh: "（检举控告，不显示内容）", en: "(misconduct)")
      : Phrase(zh: item.title, en: item.title)
  }

  /// Why it was raised: the rules, and the words that met them.
  var reasonInWords: Phrase {
    guard !isConduct else {
      return Phrase(zh: "检举控告，内容仅送监督单位", en: "an allegation of misconduct, for supervision alone")
    }
    var order: [String] = []
    var words: [String: [String]] = [:]
    for evidence in verdict.evidence {
      if words[evidence.ruleName] == nil { order.append(evidence.ruleName) }
      if words[evidence.ruleName, default: []].contains(evidence.keyword) { continue }
      words[evidence.ruleName, default: []].append(evidence.keyword)
    }
    let rules = Phrase(
      zh: order.map { "\($0)：" + words[$0, default: []].joined(separator: "、") }
        .joined(separator: "；"),
      en: order.map { "\($0): " + words[$0, default: []].joined(separator: ", ") }
        .joined(separator: "; "))
    guard let carried = spread?.words else { return rules }
    return Phrase(zh: "\(rules.zh)；\(carried.zh)", en: "\(rules.en); \(carried.en)")
  }
}

extension Alert.State {
  /// The state as people read it.
  var name: Phrase {
    switch self {
    case .open: Phrase(zh: "未签收", en: "open")
    case .acknowledged: Phrase(zh: "已签收", en: "acknowledged")
    case .returned: Phrase(zh: "已退回", en: "returned")
    case .closed: Phrase(zh: "已办结", en: "closed")
    }
  }
}
