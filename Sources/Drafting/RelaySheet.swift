import Vocabulary

/// A letter before the officers (来信转告): whose it is, what it says, why they read it, what to do.
struct RelaySheet {
  private let facts: AlertFacts
  private let relay: Relay

  /// The sheet of a letter.
  init(_ relay: Relay, for office: Office) {
    facts = AlertFacts(relay.alertCase, for: office)
    self.relay = relay
  }

  private var alertCase: AlertCase { relay.alertCase }

  private func say(_ zh: String, _ en: String) -> String { facts.say(zh, en) }

  /// The whole sheet.
  func sheet(subject: String) -> Sheet {
    Sheet(
      lang: facts.office.language.tag, subject: subject, tint: facts.alert.grade.tint,
      leads: [what, request],
      heading: Sheet.Heading(
        office: facts.office.name.onOneLine,
        name: isReturn ? say("舆情退回单", "Returned") : say("来信转告单", "Letter")),
      form: Form(rows), foot: [facts.officersWords, facts.origin(zh: "本单")])
  }

  private var isReturn: Bool { relay.cause == .returned }

  private var what: String {
    let number = facts.number
    if isReturn {
      return say("\(sender)退回 \(number)\(title.zh)", "\(sender) returns \(number)\(title.en)")
    }
    return say(
      "\(number) 收到来信，请值班员核实\(title.zh)", "A letter about \(number): officers, read it\(title.en)")
  }

  private var title: Phrase {
    guard !alertCase.isConduct else { return Phrase(zh: "", en: "") }
    let short = facts.title.clipped(to: 60)
    return Phrase(zh: "：\(short)", en: ": \(short)")
  }

  private var request: String {
    switch relay.cause {
    case .returned where alertCase.isConduct:
      say(
        "本件未签收，时限照常计算，请与监督单位联系。", "It is not acknowledged and its clock runs on: call them.")
    case .returned:
      say(
        "本件未签收，时限照常计算（\(facts.dueAt)），请立即改派或与该单位协商。",
        "It is not acknowledged and its clock runs on (due \(facts.dueAt)): give it to another unit "
          + "or settle it with them.")
    case .doubt(let doubt):
      say(
        "\(doubt.name.zh)，系统未作签收，请核实后办理。",
        "Nothing was acknowledged: \(doubt.name.en). See what is to be done.")
    }
  }

  private var rows: [Row] {
    let heading = alertCase.isBoard ? say("诉求主题", "Message") : say("标题", "Title")
    let hidden = say("检举控告件，内容不显示", "misconduct is alleged: not shown")
    return [
      Row(Cell(say("编号", "Number"), facts.number), facts.grade),
      Row(Cell(say("承办单位", "Unit"), unit), Cell(say("来信人", "From"), sender)),
      Row(Cell(heading, alertCase.isConduct ? hidden : facts.title)),
      Row(Cell(say("来信内容", "It says"), alertCase.isConduct ? [hidden] : words)),
      Row(Cell(say("收信时间", "Read at"), facts.dates.moment(relay.at))),
    ]
  }

  private var words: [String] {
    let lines = relay.text.clipped(to: 1000).split(whereSeparator: \.isNewline).map {
      String($0).onOneLine
    }
    return lines.isEmpty ? [say("（无正文）", "(no text)")] : lines
  }

  private var unit: String {
    switch facts.alert.audience {
    case .unit(let name): name.rawValue.onOneLine
    case .supervision: facts.office.supervision?.rawValue.onOneLine ?? say("监督单位", "supervision")
    case .officers: say("待确定", "to be decided")
    }
  }

  /// As the part in which they were written to; of a stranger the domain alone.
  private var sender: String {
    switch relay.part {
    case .unit: unit
    case .officer: say("值班员", "an officer")
    case .leader: say("领导", "a leader")
    case nil where relay.cause == .doubt(.formerUnit):
      say("改派前的承办单位", "the unit that had it before")
    case .admin, .channel, nil:
      say("未登记的邮箱（\(relay.domain.onOneLine)）", "an address not on file (\(relay.domain.onOneLine))")
    }
  }
}

extension AlertFacts {
  /// What officers do about an alert: by replying, where replies are read, otherwise at a terminal.
  var officersWords: String {
    guard office.readsReplies else {
      return say(
        "办理：huiyin assign \(number) 单位名（改派）、grade（调级）、ack --phoned（已电话通知）、"
          + "ack --false-alarm（误报）、close（办结）。",
        "At the terminal: huiyin assign \(number) UNIT, grade, ack --phoned, ack --false-alarm, close."
      )
    }
    return say(
      "回复本邮件即为值班员签收；以下列词语开头则按其办理，其后可写理由：改派 单位名、调级 较大、已电话通知、误报、签发、办结。",
      "A reply says that an officer has it; one that opens with these words does as they say, and "
        + "may go on with the reason: assign UNIT, grade major, phoned, false alarm, release, close."
    )
  }
}
