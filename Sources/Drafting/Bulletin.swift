import Vocabulary

/// The bulletin (快报): the same facts, shorter, for officers and leaders.
extension AlertFacts {
  /// The bulletin for the officers or the leaders.
  func bulletin(_ occurrence: Occurrence, _ paper: Addressing.Paper, subject: String) -> Sheet {
    Sheet(
      lang: office.language.tag, subject: subject, tint: alert.grade.tint, leads: leads(paper),
      notes: remarks(occurrence, paper.reader),
      heading: Sheet.Heading(office: office.name.onOneLine, name: name(of: paper)),
      form: Form(rows(paper)), foot: closing(paper))
  }

  private func name(of paper: Addressing.Paper) -> String {
    switch paper {
    case .reassignment: say("改派告知单", "Reassignment")
    case .contactSheet, .officersBulletin, .leadersBulletin: say("舆情快报", "Bulletin")
    }
  }

  private func rows(_ paper: Addressing.Paper) -> [Row] {
    let titleLabel = alertCase.isBoard ? say("诉求主题", "Message") : say("标题", "Title")
    return [
      Row(Cell(say("编号", "Number"), number), grade),
      Row(
        Cell(say("平台", "Platform"), platform), Cell(say("类别", "Kind"), kindAndTopic)),
      Row(Cell(say("发布时间", "Posted"), published), found),
      Row(Cell(titleLabel, title)),
      Row(Cell(say("摘要", "Gist"), gist(120))),
      Row(original),
      Row(Cell(say("研判依据", "Reasons"), reasons(3))),
      Row(Cell(say("承办", "Handling"), handling(paper))),
    ]
  }

  private func handling(_ paper: Addressing.Paper) -> [String] {
    switch paper {
    case .contactSheet(let unit): sentTo(unit)
    case .officersBulletin(.unit(let unit)), .leadersBulletin(.unit(let unit)),
      .reassignment(let unit):
      sentTo(unit)
    case .officersBulletin(.officers(let reason)), .leadersBulletin(.officers(let reason)):
      [why(reason), say("通知时限：\(dueAt)", "The unit must hear of it by \(dueAt)")]
    }
  }

  private func sentTo(_ unit: UnitName) -> [String] {
    let name = unit.rawValue.onOneLine
    let help = assisting.map {
      say("；协办：\($0)，由主办单位会同，不另发信", "; assisting: \($0), whom it brings in")
    }
    let sheet = say("舆情联系单主送：\(name)", "Contact sheet to \(name)") + (help ?? "")
    let notify = say("通知时限：\(dueAt)（\(window)）", "It must have it by \(dueAt) (\(window))")
    guard let feedbackAt else { return [sheet, notify] }
    return [sheet, notify, say("核查反馈：\(feedbackAt) 前", "Its findings are due by \(feedbackAt)")]
  }

  private func why(_ reason: Addressing.OfficersReason) -> String {
    switch reason {
    case .noUnit:
      say(
        "仅送值班员：规则未指明承办单位，也未设默认承办单位",
        "Officers only: no rule names a unit, and there is no default one")
    case .titleOnly:
      say(
        "仅送值班员：仅据标题研判，正文补全后再送承办单位",
        "Officers only: judged on the title alone; the unit hears when the text has come")
    case .unknownPlace:
      say(
        "仅送值班员：属地不明，未提及本单位辖区，也未提及外地地名",
        "Officers only: the place is unknown, as it names neither ours nor another's")
    case .above:
      say(
        "仅送值班员：市级或省级事项，请转送上级",
        "Officers only: a matter of the city or the province, to be passed up")
    case .mayBeConduct:
      say(
        "仅送值班员：疑似检举控告，核实前不得转送被反映的单位和个人",
        "Officers only: it may allege misconduct; not to the unit or person named before that is clear"
      )
    case .unitWithoutAddress:
      say(
        "仅送值班员：承办单位不在设置中或无邮箱",
        "Officers only: the unit is not in the set-up or has no mail address")
    case .noSupervision:
      say(
        "仅送值班员：检举控告件，设置中未指定监督单位",
        "Officers only: misconduct is alleged, and the set-up names no supervising office")
    }
  }

  private func closing(_ paper: Addressing.Paper) -> [String] {
    let origin = origin(zh: "本快报")
    switch paper.reader {
    case .unit, .officers: return [command(paper), origin]
    case .leaders, .formerUnit: return [origin]
    }
  }

  private func command(_ paper: Addressing.Paper) -> String {
    guard !office.readsReplies else { return officersWords }
    guard case .officersBulletin(.officers) = paper else {
      return say(
        "签收登记：承办单位电话签收后，请运行 huiyin ack \(number) --unit。",
        "When the unit has acknowledged by telephone, run: huiyin ack \(number) --unit")
    }
    return say(
      "签收登记：处置后请运行 huiyin ack \(number)。",
      "When it has been dealt with, run: huiyin ack \(number)")
  }
}
