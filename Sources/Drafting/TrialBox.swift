import Vocabulary

/// What an office in trial is told instead (试运行提示): whom the notice would have reached.
extension AlertFacts {
  /// The box above a notice that trial holds back.
  func trialBox(_ heldBack: [Addressing.Parcel]) -> Sheet.Box { trialBox(heldBack.map(line)) }

  /// The box above a reminder that trial holds back.
  func trialBox(_ heldBack: [Addressing.ReminderParcel]) -> Sheet.Box {
    trialBox(heldBack.map(line))
  }

  private func trialBox(_ lines: [String]) -> Sheet.Box {
    Sheet.Box(
      heading: say(
        "试运行：仅发值班员。正式运行时应发：",
        "Trial: sent to the officers only. It would have gone to:"),
      lines: lines)
  }

  /// An allegation of misconduct in trial: the officers are no supervising office, so number and
  /// grade are all they see.
  func hiddenConduct(_ box: Sheet.Box, subject: String) -> Sheet {
    let hidden = say(
      "检举控告件，试运行期间不显示内容。", "Alleges misconduct: its text is not shown during the trial.")
    return Sheet(
      lang: office.language.tag, subject: subject, tint: alert.grade.tint,
      leads: [
        say("检举控告件 \(number)（\(gradeName)）", "Misconduct alleged: \(number) (\(gradeName))"),
        hidden,
      ],
      box: box,
      heading: Sheet.Heading(office: office.name.onOneLine, name: say("试运行", "Trial")),
      form: Form([Row(Cell(say("编号", "Number"), number), grade)]),
      foot: [
        say(
          "试运行期间系统不向监督单位发送检举控告件，请按本单位原有渠道处理。",
          "During the trial this program sends nothing to the supervising office: handle "
            + "allegations the way you did before.")
      ])
  }

  private func many(_ recipients: [Recipient]) -> String {
    let count = recipients.count
    return say("\(count) 个地址", count == 1 ? "1 address" : "\(count) addresses")
  }

  private func line(_ parcel: Addressing.ReminderParcel) -> String {
    let (whom, many) = (parcel.rung.audience.name, many(parcel.recipients))
    return say("催办单 → \(whom.zh)（\(many)）", "reminder → \(whom.en) (\(many))")
  }

  private func line(_ parcel: Addressing.Parcel) -> String {
    let many = many(parcel.recipients)
    switch parcel.paper {
    case .contactSheet(let unit):
      let name = unit.rawValue.onOneLine
      return say("舆情联系单 → \(name)（\(many)）", "contact sheet → \(name) (\(many))")
    case .officersBulletin:
      return say("快报 → 值班员（\(many)）", "bulletin → officers (\(many))")
    case .leadersBulletin:
      return say("快报 → 领导小组（\(many)）", "bulletin → leaders (\(many))")
    case .reassignment:
      return say("改派告知 → 原承办单位（\(many)）", "word of the assignment → the former unit (\(many))")
    }
  }
}
