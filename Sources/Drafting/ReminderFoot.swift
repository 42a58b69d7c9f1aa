import Vocabulary

/// What a reminder's reader does to end it (签收方式), and what the paper is.
struct ReminderFoot {
  private let facts: AlertFacts
  private let rung: Rung

  /// The foot of one step's reminder.
  init(_ facts: AlertFacts, _ rung: Rung) {
    self.facts = facts
    self.rung = rung
  }

  /// The lines under the form.
  var lines: [String] {
    let origin = facts.origin(zh: "本单")
    switch (rung.audience, rung.purpose) {
    case (.unit, .acknowledgement), (.deputy, .acknowledgement):
      return [facts.howToAcknowledge, origin]
    case (.unit, .report), (.deputy, .report): return [howToReport, origin]
    case (.officers, .acknowledgement): return commands + [origin]
    case (.officers, .report), (.dutyLeader, .acknowledgement), (.dutyLeader, .report),
      (.leaders, .acknowledgement), (.leaders, .report):
      return [origin]
    }
  }

  private var commands: [String] {
    guard !facts.office.readsReplies else { return [facts.officersWords] }
    let number = facts.number
    if case .officers = facts.alert.audience {
      return [
        facts.say(
          "签收登记：处置后请运行 huiyin ack \(number)。",
          "When it has been dealt with, run: huiyin ack \(number)")
      ]
    }
    return [
      facts.say(
        "电话通知承办单位后，请运行 huiyin ack \(number) --phoned；该单位已自行签收的，运行 huiyin ack \(number) --unit。",
        "When you have told the unit by telephone, run: huiyin ack \(number) --phoned; when it has "
          + "acknowledged by itself: huiyin ack \(number) --unit"),
      facts.say(
        "huiyin ack \(number) 只表示值班员已知悉，对承办单位的催办照常进行。",
        "huiyin ack \(number) says that you have it; the unit goes on being reminded."),
    ]
  }

  private var howToReport: String {
    guard !facts.office.readsReplies else { return facts.howToAcknowledge }
    let name = facts.office.name.onOneLine
    let by = facts.feedbackAt
    let due = by.map { facts.say("（反馈时限 \($0)）", " (due \($0))") } ?? ""
    guard let telephone = facts.office.telephone?.onOneLine, !telephone.isEmpty else {
      return facts.say(
        "反馈方式：请致电\(name)值班室，报编号 \(facts.number)\(due)。",
        "To report: telephone the duty desk of \(name) and give the number \(facts.number)\(due).")
    }
    return facts.say(
      "反馈方式：请致电\(name)值班室 \(telephone)，报编号 \(facts.number)\(due)。",
      "To report: telephone \(name), \(telephone), and give the number \(facts.number)\(due).")
  }
}
