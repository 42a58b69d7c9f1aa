import Vocabulary

/// What must be said of an alert besides its facts (提示).
extension AlertFacts {
  /// What changed, what is missing, what is answered already, and what must stay among readers.
  func remarks(_ occurrence: Occurrence, _ reader: Reader) -> [String] {
    [
      change(occurrence), toBeSignedOff(reader), acknowledgedBefore(occurrence), waitingForText,
      answered, placeUnknown, confidence(reader),
    ]
    .compactMap { $0 }
  }

  /// What the duty officer reads above the draft that they are to sign off.
  private func toBeSignedOff(_ reader: Reader) -> String? {
    guard reader == .officers, let leaving = alertCase.leaving, leaving.reason == .release else {
      return nil
    }
    let at = dates.moment(leaving.at)
    let how =
      office.readsReplies
      ? Phrase(zh: "回复“签发”", en: "reply release")
      : Phrase(
        zh: "运行 huiyin release \(number)", en: "run huiyin release \(number)")
    return say(
      "待签发：联系单暂缓发出，\(how.zh)后立即送出；\(at) 前未签发的，按原样自动送出。",
      "To be signed off: the contact sheet is held; \(how.en) and it leaves at once. Without your "
        + "word it leaves as it stands at \(at).")
  }

  /// `本件由较大舆情升为重大舆情：命中“住院”（停水断水）。`
  private func change(_ occurrence: Occurrence) -> String? {
    guard let update = occurrence.update else { return nil }
    guard !update.reason.isDirected else { return directed(from: update.from) }
    guard update.hasRisen(to: alert.grade) else {
      return say(
        "正文已补全，按全文研判后转送。", "The full text has come; this follows from it.")
    }
    let before = update.from.name
    let why = whyRisen(update)
    return say(
      "本件由\(before.zh)升为\(alert.grade.name.zh)\(why)。",
      "Raised from \(before.en) to \(alert.grade.name.en)\(why).")
  }

  /// `值班员改派：由区水务局改由区住建局承办。理由：……`
  private func directed(from before: Grade) -> String? {
    guard let direction = alertCase.direction else { return nil }
    let reason = direction.reason.map { $0.onOneLine.clipped(to: 200) } ?? ""
    let because = reason.isEmpty ? "" : say("理由：\(reason)", " Reason: \(reason)")
    switch direction.order {
    case .assign(let unit):
      let name = unit.rawValue.onOneLine
      let former = alertCase.formerUnit?.rawValue.onOneLine
      let from = former.map { say("由\($0)", " from \($0)") } ?? ""
      return say(
        "值班员改派：\(from)改由\(name)承办。\(because)", "Assigned by an officer\(from) to \(name).\(because)"
      )
    case .regrade(let grade):
      return say(
        "值班员调级：由\(before.name.zh)调为\(grade.name.zh)。\(because)",
        "Regraded by an officer from \(before.name.en) to \(grade.name.en).\(because)")
    }
  }

  /// Who had acknowledged what it said before; what it says now is not acknowledged yet.
  private func acknowledgedBefore(_ occurrence: Occurrence) -> String? {
    guard occurrence.update != nil, let said = alertCase.acknowledged.last else { return nil }
    let at = dates.moment(said.at)
    return said.byUnit
      ? say(
        "此前的通知承办单位已于 \(at) 签收，本次请重新签收。",
        "The unit acknowledged the notice before, at \(at); this one is to be acknowledged anew.")
      : say(
        "此前的通知\(officer(said))已于 \(at) 签收，本次请重新签收。",
        "\(officer(said).capitalizedFirst) acknowledged the notice before, at \(at); "
          + "this one is to be acknowledged anew.")
  }

  private func whyRisen(_ update: Occurrence.Update) -> String {
    switch update.reason {
    case .spread:
      return alertCase.spread.map { say("：\($0.words.zh)", ": \($0.words.en)") } ?? ""
    case .assigned, .regraded: return ""
    case .risen:
      return gravestHit.map { say("：命中\($0.zh)", ": \($0.en)") } ?? ""
    case .completed:
      return gravestHit.map {
        say("：正文已补全，命中\($0.zh)", ": the full text has come, \($0.en)")
      } ?? ""
    }
  }

  /// `“住院”、“中毒”（停水断水）`: the first rule that gives the alert its grade, and its words.
  private var gravestHit: Phrase? {
    let hits = alertCase.verdict.evidence.filter { $0.grade == alert.grade }
    guard let rule = hits.first?.ruleName else { return nil }
    var words: [String] = []
    for hit in hits where hit.ruleName == rule && words.count < 3 {
      let word = "“\(hit.words(in: item).onOneLine.clipped(to: 30))”"
      if !words.contains(word) { words.append(word) }
    }
    return Phrase(
      zh: "\(words.joined(separator: "、"))（\(rule.onOneLine)）",
      en: "\(words.joined(separator: ", ")) (\(rule.onOneLine))")
  }

  private var waitingForText: String? {
    guard isTitleOnly else { return nil }
    return say(
      "仅据标题研判，正文待补。", "Judged on the title alone; the text is still to come.")
  }

  private var answered: String? {
    guard let answer = item.answer else { return nil }
    let unit = answer.unit?.onOneLine.clipped(to: 40)
    let day = answer.published.moment.map(dates.day)
    let who = [unit, day].compactMap { $0 }.filter { !$0.isEmpty }
    let by =
      who.isEmpty ? "" : say("（\(who.joined(separator: "，"))）", " (\(who.joined(separator: ", ")))")
    return say(
      "该\(noun)在原页面已有公开答复\(by)，请核对后办理。",
      "This \(noun) already has a public answer on its page\(by); check it first.")
  }

  /// An allegation whose place nobody knows goes where all of them go.
  private var placeUnknown: String? {
    guard alertCase.isConduct, alertCase.verdict.ground == .unknown else { return nil }
    return say(
      "属地不明：未提及本单位辖区，也未提及外地地名，请先核实是否属本地。",
      "Place unknown: it names neither ours nor another's; find out first whether it is ours.")
  }

  private func confidence(_ reader: Reader) -> String? {
    guard alertCase.isConduct else { return nil }
    switch reader {
    case .unit, .leaders, .formerUnit:
      return say(
        "检举控告件，仅送监督单位，请严格保密，不得转送被反映的单位和个人。",
        "Alleges misconduct: sent to the supervising office alone. Keep it confidential and never "
          + "pass it to the unit or person named.")
    case .officers:
      return say(
        "检举控告件，设置中未指定监督单位：请值班员即转监督单位，严格保密，不得转送被反映的单位和个人。",
        "Alleges misconduct, and the set-up names no supervising office: hand it to that office at "
          + "once, keep it confidential and never pass it to the unit or person named.")
    }
  }
}
