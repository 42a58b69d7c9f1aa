import Vocabulary

/// The two lines that a telephone shows below the subject (首两行): grade, what, where, by when.
extension AlertFacts {
  /// The first two lines of a paper.
  func leads(_ paper: Addressing.Paper) -> [String] {
    [what, byWhen(paper)]
  }

  private var what: String {
    guard !alertCase.isConduct else {
      return say(
        "检举控告件 \(number)（\(gradeName)）", "Misconduct alleged: \(number) (\(gradeName))")
    }
    let short = title.clipped(to: 60)
    return say(
      "\(gradeName)：\(short)（\(platform)）", "\(gradeName.capitalizedFirst): \(short) (\(platform))")
  }

  private func byWhen(_ paper: Addressing.Paper) -> String {
    switch paper {
    case .contactSheet(let unit): request(to: unit)
    case .officersBulletin(let handling), .leadersBulletin(let handling): standing(handling)
    case .reassignment(let unit): farewell(unit)
    }
  }

  private func farewell(_ unit: UnitName) -> String {
    let name = unit.rawValue.onOneLine
    return say(
      "本件已改派\(name)，贵单位不再承办。", "\(name) has it now; your unit need do no more about it.")
  }

  private func request(to unit: UnitName) -> String {
    let name = unit.rawValue.onOneLine
    let feedback = feedbackAt.map {
      say("，\($0) 前反馈核查情况", " and report your findings by \($0)")
    }
    guard !isLate else {
      return say(
        "请\(name)立即签收（时限 \(dueAt) 已过）\(feedback ?? "")。",
        "\(name): acknowledge at once (due \(dueAt), past)\(feedback ?? "").")
    }
    return say(
      "请\(name)于 \(dueAt) 前签收\(feedback ?? "")。",
      "\(name): acknowledge by \(dueAt)\(feedback ?? "").")
  }

  private func standing(_ handling: Addressing.Handling) -> String {
    switch handling {
    case .unit(let unit):
      let name = unit.rawValue.onOneLine
      return say(
        "承办单位：\(name)，通知时限 \(dueAt)。", "Sent to \(name), who must have it by \(dueAt).")
    case .officers(.noUnit):
      return say(
        "未指明承办单位，请值班员于 \(dueAt) 前确定并通知承办单位。",
        "No unit is named: officers, decide whose it is and tell them by \(dueAt).")
    case .officers(.titleOnly):
      return say(
        "仅据标题研判，暂不送承办单位，请值班员于 \(dueAt) 前核实处置。",
        "Judged on the title alone, no unit was told: officers, look at it by \(dueAt).")
    case .officers(.unknownPlace):
      return say(
        "属地不明：请值班员于 \(dueAt) 前核实是否属本地，属本地的确定并通知承办单位。",
        "Place unknown: officers, find out by \(dueAt) whether it is ours, and tell its unit if it is."
      )
    case .officers(.above):
      return say(
        "转送上级：市级或省级事项，请值班员于 \(dueAt) 前转送。",
        "To be passed up: a matter of the city or the province, by \(dueAt).")
    case .officers(.mayBeConduct):
      return say(
        "疑似检举控告：请值班员于 \(dueAt) 前核实，是的改派监督单位，不是的改派承办单位。",
        "It may allege misconduct: officers, read it by \(dueAt) and assign it to the supervising "
          + "office, or to its unit if it does not.")
    case .officers(.unitWithoutAddress):
      return say(
        "承办单位无可用邮箱，请值班员于 \(dueAt) 前电话通知。",
        "The unit has no mail address: officers, telephone them by \(dueAt).")
    case .officers(.noSupervision):
      return say(
        "请值班员于 \(dueAt) 前转送监督单位。", "Officers: hand it to the supervising office by \(dueAt).")
    }
  }
}

extension String {
  /// English sentences begin with a capital; our grade names do not.
  var capitalizedFirst: String {
    prefix(1).uppercased() + dropFirst()
  }
}
