import Vocabulary

extension Section {
  /// How long an alert of each grade waits for acknowledgement; what is not said is as usual.
  func escalation(within windows: Windows) -> Escalation {
    var escalation = Escalation.usual(within: windows)
    escalation.major =
      read(Grade.major.rawValue, .part(of: windows.major)) ?? escalation.major
    escalation.considerable =
      read(Grade.considerable.rawValue, .part(of: windows.considerable)) ?? escalation.considerable
    escalation.general = read(Grade.general.rawValue, .part(of: windows.general))
    escalation.askAgain = read("ask_again", .span) ?? escalation.askAgain
    close()
    return escalation
  }
}

extension Form where Result == Duration {
  /// A part of a window.
  fileprivate static func part(of window: Duration) -> Form {
    span.unless { step in
      guard step > window else { return nil }
      let (most, now) = (TimeText.written(window), TimeText.written(step))
      return Phrase(
        zh: "催办不能晚于通知时限 \(most)，现为 \(now)",
        en: "a reminder may not wait longer than the window of \(most), found \(now)")
    }
  }
}

extension Findings {
  /// Warns where a chain of reminders ends in nobody.
  func warnOfEmptyChain(_ office: Office, _ root: Section) {
    guard office.leaders.isEmpty, !office.leadersHear.isEmpty, !root.isGiven("leaders") else {
      return
    }
    warning(
      at: root.keyPlace(root.has("leaders_hear") ? "leaders_hear" : "leaders"),
      Phrase(
        zh: "没有领导（leaders）：快报和催办到领导这一步无人可收",
        en: "no leaders: bulletins and reminders that are to reach them reach nobody"))
  }
}
