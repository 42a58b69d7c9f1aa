package import Vocabulary

/// Subject lines (邮件主题): one line, the grade first, so that a telephone's list says it all.
struct Subject {
  let language: Language

  /// `【重大舆情】2026-0017 TITLE`; an allegation of misconduct never shows its title here.
  func of(_ occurrence: Occurrence, to reader: Reader, inTrial: Bool) -> String {
    let alertCase = occurrence.alertCase
    let tag =
      alertCase.isConduct
      ? Phrase(zh: "检举控告", en: "misconduct alleged") : tag(occurrence)
    return whole(trial(inTrial) + bracketed(tag), rest(alertCase, to: reader))
  }

  /// `【一般舆情】3月2日 上午 5件`
  func of(_ batch: Batch, on day: String, half: Phrase) -> String {
    let inTrial = batch.papers.allSatisfy(\.listing.inTrial)
    let trial = trial(inTrial)
    let count = batch.papers.count
    let rest = Phrase(
      zh: "\(day) \(half.zh) \(count)件", en: "\(day), \(half.en): \(count) alerts")
    return whole(trial + bracketed(Grade.general.name), rest[language])
  }

  /// `【催办·重大舆情】2026-0017 TITLE`, to the leaders `【提请督办·重大舆情】…`, and
  /// `【催反馈·重大舆情】…` once it was acknowledged.
  func of(_ reminder: Reminder, _ rung: Rung, inTrial: Bool) -> String {
    let alertCase = reminder.alertCase
    let what =
      alertCase.isConduct
      ? Phrase(zh: "检举控告", en: "misconduct alleged") : alertCase.alert.grade.name
    let tag =
      switch (rung.purpose, rung.audience) {
      case (.acknowledgement, .leaders):
        Phrase(zh: "提请督办·\(what.zh)", en: "not acknowledged, \(what.en)")
      case (.acknowledgement, _): Phrase(zh: "催办·\(what.zh)", en: "reminder, \(what.en)")
      case (.report, _): Phrase(zh: "催反馈·\(what.zh)", en: "no word yet, \(what.en)")
      }
    return whole(trial(inTrial) + bracketed(tag), rest(alertCase, to: rung.audience.reader))
  }

  /// `【退回·重大舆情】2026-0017 TITLE`, `【来信·重大舆情】…`
  func of(_ relay: Relay) -> String {
    let alertCase = relay.alertCase
    let what =
      alertCase.isConduct
      ? Phrase(zh: "检举控告", en: "misconduct alleged") : alertCase.alert.grade.name
    let tag =
      relay.cause == .returned
      ? Phrase(zh: "退回·\(what.zh)", en: "returned, \(what.en)")
      : Phrase(zh: "来信·\(what.zh)", en: "letter, \(what.en)")
    return whole(bracketed(tag), rest(alertCase, to: .officers))
  }

  /// `【日报】3月2日 重大0 较大2 一般14 未签收1 盲区1`
  func of(_ digest: Digest, on day: String, inTrial: Bool) -> String {
    let trial = trial(inTrial)
    let count = { (grade: Grade) in digest.counts.byGrade[grade] ?? 0 }
    let blind = digest.blindSpots.count
    let counts = Phrase(
      zh: "重大\(count(.major)) 较大\(count(.considerable)) 一般\(count(.general)) "
        + "未签收\(digest.unacknowledged) 盲区\(blind)",
      en: "major \(count(.major)), considerable \(count(.considerable)), "
        + "general \(count(.general)), unacknowledged \(digest.unacknowledged), "
        + "blind spots \(blind)")
    let head = Phrase(zh: "\(day) ", en: "\(day): ")[language]
    return whole(trial + bracketed(digest.period.rhythm.name), head + counts[language])
  }

  /// `【运行告警】…`, `【邮件测试】…`
  func of(_ tag: Phrase, _ sentence: String) -> String {
    whole(bracketed(tag), sentence.onOneLine.clipped(to: 80))
  }

  private func tag(_ occurrence: Occurrence) -> Phrase {
    let grade = named(occurrence.alertCase.alert)
    guard let update = occurrence.update else { return grade }
    switch update.reason {
    case .assigned: return Phrase(zh: "改派·\(grade.zh)", en: "assigned, \(grade.en)")
    case .regraded: return Phrase(zh: "调级·\(grade.zh)", en: "regraded to \(grade.en)")
    case .risen, .completed, .spread: break
    }
    guard update.hasRisen(to: occurrence.alertCase.alert.grade) else {
      return Phrase(zh: "补全·\(grade.zh)", en: "full text, \(grade.en)")
    }
    return Phrase(zh: "升级·\(grade.zh)", en: "raised to \(grade.en)")
  }

  /// `重大舆情`, and before it what the officers must find out first.
  private func named(_ alert: Alert) -> Phrase {
    let grade = alert.grade.name
    return switch alert.audience {
    case .officers(.unknownPlace):
      Phrase(zh: "属地不明·\(grade.zh)", en: "place unknown, \(grade.en)")
    case .officers(.above): Phrase(zh: "转送上级·\(grade.zh)", en: "to be passed up, \(grade.en)")
    case .officers(.mayBeConduct):
      Phrase(zh: "疑似检举控告·\(grade.zh)", en: "may allege misconduct, \(grade.en)")
    case .officers(.noUnit), .officers(.titleOnly), .unit, .supervision: grade
    }
  }

  private func trial(_ isOn: Bool) -> String {
    isOn ? bracketed(Phrase(zh: "试运行", en: "trial")) : ""
  }

  /// `2026-0017 TITLE`; of an allegation of misconduct what to do, and never its title.
  private func rest(_ alertCase: AlertCase, to reader: Reader) -> String {
    let number = alertCase.alert.id.description
    guard !alertCase.isConduct else { return "\(number) \(instruction(to: reader)[language])" }
    let title = alertCase.item.title.onOneLine.clipped(to: 40)
    let untitled = Phrase(zh: "（无标题）", en: "(no title)")[language]
    return "\(number) \(title.isEmpty ? untitled : title)"
  }

  private func instruction(to reader: Reader) -> Phrase {
    switch reader {
    case .unit: Phrase(zh: "请按规定办理", en: "handle as prescribed")
    case .officers: Phrase(zh: "请转送监督单位", en: "hand to the supervising office")
    case .leaders, .formerUnit: Phrase(zh: "请按规定办理", en: "handle as prescribed")
    }
  }

  private func bracketed(_ tag: Phrase) -> String {
    Phrase(zh: "【\(tag.zh)】", en: "[\(tag.en)]")[language]
  }

  private func whole(_ tag: String, _ rest: String) -> String {
    Phrase(zh: tag + rest, en: "\(tag) \(rest)")[language].onOneLine
  }
}

extension Digest.Rhythm {
  /// The digest as people call it.
  package var name: Phrase {
    switch self {
    case .daily: Phrase(zh: "日报", en: "daily")
    case .weekly: Phrase(zh: "周报", en: "weekly")
    case .monthly: Phrase(zh: "月报", en: "monthly")
    }
  }
}
