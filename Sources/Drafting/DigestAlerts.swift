import Vocabulary

/// The parts of a digest that name alerts (待办、重点信息、检举控告).
extension DigestFacts {
  /// More than this is no page.
  private static let most = 10
  /// As many others are listed, however much awaits action.
  private static let fewest = 3

  /// What awaits somebody's action, gravest and soonest first.
  var awaiting: DigestView.Section? {
    let lines = shown(digest.awaiting).sorted {
      $0.grade != $1.grade ? $0.grade > $1.grade : $0.dueAt < $1.dueAt
    }
    guard !lines.isEmpty else { return nil }
    let mentions = lines.map { mention($0, dueAt: dates.moment($0.dueAt)) }
    return section(say("待办", "Awaiting action"), mentions, most: DigestFacts.most)
  }

  /// The period's alerts by grade, without those listed as awaiting.
  var recent: DigestView.Section? {
    let above = Set(digest.awaiting.map(\.alert))
    let lines = shown(digest.lines).filter { !above.contains($0.alert) }
    guard !lines.isEmpty else { return nil }
    let gravestFirst = Grade.allCases.reversed().flatMap { grade in
      lines.filter { $0.grade == grade }
    }
    let heading =
      digest.awaiting.isEmpty
      ? say("本期信息", "This period") : say("本期其他信息", "Others of this period")
    let room = max(DigestFacts.fewest, DigestFacts.most - digest.awaiting.count)
    return section(heading, gravestFirst.map { mention($0, dueAt: nil) }, most: room)
  }

  /// Allegations of misconduct: their count and numbers, never their text.
  var conduct: DigestView.Section? {
    guard !digest.conduct.isEmpty else { return nil }
    let count = digest.conduct.count
    let numbers = digest.conduct.sorted().prefix(DigestFacts.most).map(\.description)
      .joined(separator: say("、", ", "))
    let others = count > DigestFacts.most ? say(" 等", " and others") : ""
    return DigestView.Section(
      heading: say("检举控告", "Misconduct alleged"),
      lines: [
        say(
          "\(count) 件：\(numbers)\(others)（不列内容）",
          "\(count): \(numbers)\(others) (text not shown)")
      ])
  }

  private func section(
    _ heading: String, _ mentions: [DigestView.Mention], most: Int
  ) -> DigestView.Section {
    let rest = mentions.count - most
    let more = say("另有 \(rest) 件，见台账。", "and \(rest) more, in the ledger.")
    return DigestView.Section(
      heading: say("\(heading)（\(mentions.count) 件）", "\(heading) (\(mentions.count))"),
      mentions: Array(mentions.prefix(most)), lines: rest > 0 ? [more] : [])
  }

  /// An allegation must not slip in among the lines, whoever drew them up.
  private func shown(_ lines: [Digest.Line]) -> [Digest.Line] {
    lines.filter { !digest.conduct.contains($0.alert) }
  }

  private func mention(_ line: Digest.Line, dueAt: String?) -> DigestView.Mention {
    let title = line.title.onOneLine.clipped(to: 60)
    return DigestView.Mention(
      head: "\(line.alert) \(line.grade.name[office.language])", tint: line.grade.tint,
      title: title.isEmpty ? say("（无标题）", "(no title)") : title,
      state: state(of: line, dueAt: dueAt),
      link: Link(line.url))
  }

  /// `待签收 · 区住建局 · 时限 3月2日 09:25 · 青川区领导留言板`
  private func state(of line: Digest.Line, dueAt: String?) -> String {
    let unit = line.unit?.rawValue.onOneLine ?? say("承办单位未定", "no unit yet")
    let due = dueAt.map { say("时限 \($0)", "due \($0)") }
    let feed = line.feedName.onOneLine.clipped(to: 20)
    return [word(for: line), unit, due, feed].compactMap { $0 }.joined(separator: " · ")
  }

  private func word(for line: Digest.Line) -> String {
    switch line.state {
    case .open where line.sentAt == nil:
      line.dueAt < digest.period.to
        ? say("待发（已超时限）", "not sent, overdue") : say("待发", "not sent yet")
    case .open: say("待签收", "unacknowledged")
    case .acknowledged where line.awaitsUnit:
      say("待承办单位签收", "with an officer, not yet the unit")
    case .acknowledged: say("已签收", "acknowledged")
    case .returned: say("已退回", "returned")
    case .closed: say("已办结", "closed")
    }
  }
}
