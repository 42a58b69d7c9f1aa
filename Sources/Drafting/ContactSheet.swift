import Vocabulary

/// The contact sheet (舆情联系单): a paper as an office knows it, to be printed, filled in and filed.
extension AlertFacts {
  /// The sheet for the unit that must act.
  func contactSheet(_ occurrence: Occurrence, to unit: UnitName, subject: String) -> Sheet {
    let paper = Addressing.Paper.contactSheet(unit)
    return Sheet(
      lang: office.language.tag, subject: subject, tint: alert.grade.tint, leads: leads(paper),
      notes: remarks(occurrence, .unit),
      heading: Sheet.Heading(
        office: office.name.onOneLine, name: say("舆情联系单", "Contact Sheet")),
      form: Form(identity(unit) + contents + times + blanks), foot: closing)
  }

  private func identity(_ unit: UnitName) -> [Row] {
    [
      Row(Cell(say("编号", "Number"), number), grade),
      Row(
        Cell(say("主办单位", "Lead unit"), unit.rawValue.onOneLine),
        Cell(
          say("协办单位", "Assisting"), assisting ?? say("无", "none"),
          aside: assisting.map { _ in say("（由主办单位会同）", "(bring them in)") })),
      Row(
        Cell(say("平台", "Platform"), platform), Cell(say("类别", "Kind"), kindAndTopic)),
      Row(Cell(say("发布时间", "Posted"), published), found),
    ]
  }

  private var contents: [Row] {
    let heading = alertCase.isBoard ? say("诉求主题", "Message") : say("标题", "Title")
    let gistLabel = alertCase.isBoard ? say("诉求摘要", "Gist") : say("内容摘要", "Gist")
    return [
      Row(Cell(heading, title)), Row(Cell(gistLabel, gist(200))),
      Row(original),
      Row(Cell(say("研判依据", "Reasons"), reasons(5))),
    ]
  }

  private var times: [Row] {
    let notify =
      isLate
      ? say(
        "请立即签收，时限 \(dueAt) 已过（\(window)）", "acknowledge at once: it was due \(dueAt) (\(window))")
      : say("请于 \(dueAt) 前签收（\(window)）", "acknowledge by \(dueAt) (\(window))")
    let row = Row(Cell(say("通知时限", "Deadline"), notify))
    guard let feedbackAt, let feedback = alertCase.feedback else { return [row] }
    let span = dates.span(feedback.window)
    let due = say(
      "请于 \(feedbackAt) 前反馈（\(span)内）", "report your findings by \(feedbackAt) (within \(span))")
    return [row, Row(Cell(say("核查反馈", "Feedback"), due))]
  }

  private var blanks: [Row] {
    [
      Row(Cell(say("核查情况", "Findings"), blank: 54)),
      Row(
        Cell(
          say("属实程度", "Veracity"),
          say(
            "□属实 □基本属实 □部分属实 □不属实",
            "□ substantiated  □ largely  □ partly  □ unsubstantiated"))),
      Row(Cell(say("处理措施", "Measures"), blank: 54)),
      Row(Cell(say("领导批示", "Leader’s note"), blank: 46)),
      Row(
        Cell(say("签收人", "Received by"), blank: 30),
        Cell(say("签收时间", "Received at"), blank: 30)),
    ]
  }

  private var closing: [String] {
    [
      howToAcknowledge,
      alertCase.isRegraded
        ? say(
          "本单由系统自动生成，等级由值班员调定。请注意保密，不得向无关人员扩散。",
          "Drawn up by program; the grade is an officer's. Confidential: for those who handle it "
            + "only.")
        : say(
          "本单由系统自动生成，等级为系统初判，以值班员确认为准。请注意保密，不得向无关人员扩散。",
          "Drawn up by program; the grade stands until an officer confirms or changes it. "
            + "Confidential: for those who handle it only."),
    ]
  }

  /// By replying, where replies are read, and by telephone always.
  var howToAcknowledge: String {
    guard office.readsReplies else { return howToTelephone }
    return say(
      "签收方式：直接回复本邮件即为签收，核查情况也请回复本邮件；不属本单位职责的，请以“退回”二字开头并说明理由。",
      "To acknowledge: reply to this mail, and report your findings the same way. If it is not "
        + "yours, open your reply with the word return and say why.") + howToTelephone
  }

  private var howToTelephone: String {
    let name = office.name.onOneLine
    guard let telephone = office.telephone?.onOneLine, !telephone.isEmpty else {
      return say(
        "\(orTelephone.zh)请致电\(name)值班室，报编号 \(number)。",
        "\(orTelephone.en)telephone the duty desk of \(name) and give the number \(number).")
    }
    return say(
      "\(orTelephone.zh)请致电\(name)值班室 \(telephone)，报编号 \(number)。",
      "\(orTelephone.en)telephone \(name), \(telephone), and give the number \(number).")
  }

  private var orTelephone: Phrase {
    office.readsReplies
      ? Phrase(zh: "紧急或不便回复的，", en: " If it is urgent, ")
      : Phrase(zh: "签收方式：", en: "To acknowledge: ")
  }
}

extension Language {
  /// The language as HTML names it (BCP 47).
  var tag: String {
    switch self {
    case .zh: "zh-CN"
    case .en: "en"
    }
  }
}
