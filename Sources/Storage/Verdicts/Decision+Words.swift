internal import Vocabulary

// What was decided, as a person reads it: the answer to "it matched, why was I not told?".

extension Decision {
  /// What became of an item, and why; `share` is how much of its text stands in the alert it joined.
  func words(share: Int64? = nil) -> Phrase {
    switch self {
    case .raise(let grade, _, _):
      Phrase(zh: "予以预警：\(grade.name.zh)", en: "raised: \(grade.name.en)")
    case .update(let alert, let grade, _, _, let reason):
      Phrase(
        zh: "并入 \(alert) 并再次通知（\(grade.name.zh)）：\(reason.name.zh)",
        en: "joined \(alert), which spoke again (\(grade.name.en)): \(reason.name.en)")
    case .merge(let alert, let reason):
      Phrase(
        zh: "并入 \(alert)，等级未升，不再通知：\(reason.name.zh)\(Decision.alike(share).zh)",
        en: "joined \(alert), quietly, as the grade did not rise: \(reason.name.en)"
          + Decision.alike(share).en)
    case .file(let reason):
      Phrase(zh: "存查，不通知：\(reason.name.zh)", en: "filed, nobody told: \(reason.name.en)")
    }
  }

  /// One more item has joined an alert.
  static func joined(share: Int64?) -> Phrase {
    guard share != nil else { return Phrase(zh: "并入同一文本", en: "the same text joined") }
    return Phrase(
      zh: "并入近似文本\(alike(share).zh)", en: "nearly the same text joined\(alike(share).en)")
  }

  private static func alike(_ share: Int64?) -> Phrase {
    guard let share else { return Phrase(zh: "", en: "") }
    return Phrase(zh: "（较短一篇的 \(share)% 相同）", en: " (\(share)% of the shorter one)")
  }
}

extension Decision.UpdateReason {
  fileprivate var name: Phrase {
    switch self {
    case .risen: Phrase(zh: "等级上升", en: "the grade rose")
    case .completed: Phrase(zh: "正文已补全", en: "the full text came")
    case .spread: Phrase(zh: "多家媒体或中央媒体报道", en: "several outlets or a national one carry it")
    case .assigned: Phrase(zh: "值班员改派", en: "an officer assigned it")
    case .regraded: Phrase(zh: "值班员调级", en: "an officer regraded it")
    }
  }
}

extension Decision.MergeReason {
  fileprivate var name: Phrase {
    switch self {
    case .sameItem: Phrase(zh: "同一信息", en: "the same item")
    case .sameText: Phrase(zh: "同一文本", en: "the same text")
    case .nearText: Phrase(zh: "近似文本", en: "nearly the same text")
    }
  }
}

extension Decision.FilingReason {
  fileprivate var name: Phrase {
    switch self {
    case .noGrade: Phrase(zh: "没有规则给出等级", en: "no rule gives it a grade")
    case .topicOnly: Phrase(zh: "命中的规则只归类、不预警", en: "the rules it met give a topic alone")
    case .answered:
      Phrase(zh: "发现时已有公开答复", en: "it had its public answer when it was found")
    case .rejudged:
      Phrase(zh: "规则改动后重新研判，不追发通知", en: "judged anew under changed rules, which raises nothing old")
    case .notOurs: Phrase(zh: "外地信息，不在本单位辖区", en: "it is about another's place")
    case .unknownPlace:
      Phrase(
        zh: "属地不明：未提及本单位辖区，且不到较大舆情",
        en: "it names no place, neither ours nor another's, and is less than considerable")
    case .tooOld: Phrase(zh: "早于该信源的时限", en: "older than its feed's cap")
    case .baseline:
      Phrase(zh: "首次采集该信源时已经存在", en: "it stood there when its feed was first read")
    case .undatedBaseline:
      Phrase(
        zh: "首次采集该信源时已经存在，且无日期",
        en: "it stood there, without a date, when its feed was first read")
    }
  }
}
