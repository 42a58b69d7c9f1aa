import Storage
import Vocabulary

extension AlertRow {
  /// An allegation of misconduct, whose text is for the supervising office alone (检举控告), or what
  /// may be one, whose text is for the officers who decide that, in their mail (疑似检举控告).
  var isSealed: Bool { alert.isSealed(by: verdict, judged: kind) }

  private var isConduct: Bool { alert.isConduct(judged: kind) }

  /// The alert where everybody at the terminal may see what it says; nil for what is sealed, of which
  /// number, grade and times are all that is shown.
  var shown: AlertRow? { isSealed ? nil : self }

  /// Its title, or why there is none to see.
  var heading: Phrase {
    guard isSealed else { return Phrase(zh: item.title, en: item.title) }
    return isConduct
      ? Phrase(zh: "（检举控告，不显示内容）", en: "(misconduct)")
      : Phrase(zh: "（疑似检举控告，不显示内容）", en: "(may allege misconduct)")
  }

  /// Why it was raised: the rules, and the words that met them.
  var reasonInWords: Phrase {
    guard !isSealed else {
      return isConduct
        ? Phrase(zh: "检举控告，内容仅送监督单位", en: "an allegation of misconduct, for supervision alone")
        : Phrase(
          zh: "疑似检举控告，内容仅送值班员核实",
          en: "it may allege misconduct; the officers have its text and decide")
    }
    var order: [String] = []
    var words: [String: [String]] = [:]
    for evidence in verdict.evidence {
      if words[evidence.ruleName] == nil { order.append(evidence.ruleName) }
      let word = evidence.words(in: item)
      if words[evidence.ruleName, default: []].contains(word) { continue }
      words[evidence.ruleName, default: []].append(word)
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

extension AlertRow {
  /// Where it stands, as people read it.
  var standing: Phrase {
    guard awaitsUnit else { return state.name }
    return Phrase(zh: "值班员已签收，承办单位未签收", en: "acknowledged by an officer, not by the unit")
  }

  /// Whether anything was made out to the unit; in trial nothing is.
  private var isForUnit: Bool { notices.contains { $0.part == .unit } }

  /// Who acts on it, or what the officers have to see to first; nil where neither may be seen.
  func whose(in language: Language) -> String? {
    shown.flatMap { $0.unit?.rawValue ?? $0.alert.audience.mark?[language] }
  }

  /// Who hears of it, and why nobody else does.
  var audienceInWords: Phrase {
    switch alert.audience {
    case .supervision: Phrase(zh: "仅监督单位", en: "the supervising office alone")
    case .unit where isForUnit: Phrase(zh: "承办单位和值班员", en: "the unit and the officers")
    case .unit:
      Phrase(
        zh: "仅值班员：承办单位在试运行中，或没有邮箱",
        en: "the officers alone: the unit is in trial, or has no address")
    case .officers(.noUnit):
      Phrase(zh: "仅值班员：规则未指明承办单位", en: "the officers alone: no rule names a unit")
    case .officers(.titleOnly):
      Phrase(
        zh: "仅值班员：只凭标题研判，正文补全后再送承办单位",
        en: "the officers alone: judged on its title; the unit hears when the text has come")
    case .officers(.unknownPlace):
      Phrase(
        zh: "仅值班员：属地不明，请核实是否属本地",
        en: "the officers alone: the place is unknown, and they find out whether it is ours")
    case .officers(.mayBeConduct):
      Phrase(
        zh: "仅值班员：疑似检举控告，核实后再送承办单位或监督单位",
        en: "the officers alone: it may allege misconduct, and they decide whose it is")
    case .officers(.above):
      Phrase(
        zh: "仅值班员：市级或省级事项，转送上级",
        en: "the officers alone: a matter of the city or province, to be passed up")
    }
  }

  /// When its unit acknowledged what it says now; nil where it has not.
  var unitAcknowledgedAt: WallTime? { acknowledgements.first(where: \.byUnit)?.at }
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
