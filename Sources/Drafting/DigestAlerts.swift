import Vocabulary

/// The parts of a digest that name alerts (待办、重点信息、检举控告).
extension DigestFacts {
  /// More than this is no page.
  private var most: Int {
    digest.period.rhythm == .daily ? isCrowded ? DigestFacts.fewest : 8 : 4
  }
  /// As many others are listed, however much awaits action.
  private static let fewest = 3
  /// The gravest are named where anything is.
  private var mostGrave: Int { isCrowded ? DigestFacts.fewest : 4 }

  /// The period's gravest, whoever has them in hand; in a crowded digest not once more where all that
  /// would stand here are among the late.
  var grave: DigestView.Section? {
    let first = Set(majors.prefix(mostGrave).map(\.alert))
    guard !majors.isEmpty, !isCrowded || !first.isSubset(of: lateShown.map(\.line.alert)) else {
      return nil
    }
    return section(
      Grade.major.name[office.language], majors.map { mention($0, isAwaited: true) },
      most: mostGrave)
  }

  private var majors: [Digest.Line] { shown(digest.lines).filter { $0.grade == .major } }

  /// What awaits somebody's action, gravest and soonest first; the oldest is always among them.
  var awaiting: DigestView.Section? {
    let above = above
    let lines = shown(digest.awaiting).filter { !above.contains($0.alert) }.sorted {
      $0.grade != $1.grade ? $0.grade > $1.grade : $0.dueAt < $1.dueAt
    }
    guard let oldest = lines.min(by: { $0.foundAt < $1.foundAt }) else { return nil }
    let gravest = Array(lines.prefix(most))
    let first = gravest.contains(oldest) ? gravest : gravest.dropLast() + [oldest]
    let rest = lines.filter { !first.contains($0) }
    let age = dates.span(now - oldest.foundAt)
    return section(
      digest.awaiting.count == lines.count
        ? say("待办", "Awaiting action") : say("其他待办", "Also awaiting action"),
      (first + rest).map { mention($0, isAwaited: true) },
      most: most, note: say("，最久的已 \(age)", ", the oldest for \(age)"))
  }

  /// The period's alerts by grade, without those listed above.
  var recent: DigestView.Section? {
    let above = above.union(digest.awaiting.map(\.alert))
    let lines = shown(digest.lines).filter { !above.contains($0.alert) }
    guard !lines.isEmpty else { return nil }
    let gravestFirst = Grade.allCases.reversed().flatMap { grade in
      lines.filter { $0.grade == grade }
    }
    let heading =
      above.isEmpty
      ? say("本期信息", "This period") : say("本期其他信息", "Others of this period")
    let room = max(DigestFacts.fewest, most - above.count)
    return section(heading, gravestFirst.map { mention($0, isAwaited: false) }, most: room)
  }

  /// What stands above, and need not be read twice.
  private var above: Set<Alert.ID> {
    Set(majors.prefix(mostGrave).map(\.alert)).union(lateShown.map(\.line.alert))
  }

  /// As of when a digest speaks of what came of alerts.
  private var now: WallTime { digest.caughtUpAt ?? digest.period.to }

  /// Allegations of misconduct: their count and numbers, never their text.
  var conduct: String? {
    guard !digest.conduct.isEmpty else { return nil }
    let count = digest.conduct.count
    let numbers = digest.conduct.sorted().prefix(10).map(\.description)
      .joined(separator: say("、", ", "))
    let others = count > 10 ? say(" 等", " and others") : ""
    return say(
      "检举控告 \(count) 件：\(numbers)\(others)（不列内容，不计入以上各数）。",
      "Misconduct alleged \(count): \(numbers)\(others) (text not shown, not counted above).")
  }

  func section(
    _ heading: String, _ mentions: [Mention], most: Int, note: String = ""
  ) -> DigestView.Section {
    let rest = mentions.count - most
    let more = say("另有 \(rest) 件，见台账。", "and \(rest) more, in the ledger.")
    return DigestView.Section(
      heading: say(
        "\(heading)（\(mentions.count) 件\(note)）", "\(heading) (\(mentions.count)\(note))"),
      mentions: Array(mentions.prefix(most)), lines: rest > 0 ? [more] : [])
  }

  /// An allegation must not slip in among the lines, whoever drew them up.
  func shown(_ lines: [Digest.Line]) -> [Digest.Line] {
    lines.filter { !digest.conduct.contains($0.alert) }
  }

  private func mention(_ line: Digest.Line, isAwaited: Bool) -> Mention {
    mention(line, state: state(of: line, isAwaited: isAwaited))
  }

  func mention(_ line: Digest.Line, state: String) -> Mention {
    let title = line.title.onOneLine.clipped(to: 60)
    return Mention(
      head: "\(line.alert) \(line.grade.name[office.language])", tint: line.grade.tint,
      title: title.isEmpty ? say("（无标题）", "(no title)") : title,
      state: state,
      link: Link(line.url))
  }

  /// `待签收 · 区住建局 · 时限 3月2日 09:25 · 青川区领导留言板`
  private func state(of line: Digest.Line, isAwaited: Bool) -> String {
    let due = isAwaited ? say("时限 ", "due ") + dates.moment(line.dueAt) : nil
    return [word(for: line), unit(of: line), due, feed(of: line)].compactMap { $0 }
      .joined(separator: " · ")
  }

  func unit(of line: Digest.Line) -> String {
    line.unit?.rawValue.onOneLine ?? line.mark?[office.language]
      ?? say("承办单位未定", "no unit yet")
  }

  func feed(of line: Digest.Line) -> String { line.feedName.onOneLine.clipped(to: 20) }

  func word(for line: Digest.Line) -> String {
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
