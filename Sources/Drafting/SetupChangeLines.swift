import Vocabulary

/// What a new set-up has otherwise, line by line (设置变更).
extension TroubleLetter {
  /// How many are listed at most.
  private static let mostChanges = 100

  /// Each change in a line, with a line below it for each thing that is otherwise.
  func listed(_ changes: [SetupChange]) -> [String] {
    let rest = changes.count - Self.mostChanges
    return changes.prefix(Self.mostChanges).flatMap { change -> [String] in
      ([head(of: change)] + change.details.map { "    " + $0[office.language].onOneLine })
        .map { $0.clipped(to: 400) }
    } + (rest > 0 ? [say("另有 \(rest) 处未列出。", "and \(rest) more.")] : [])
  }

  /// How many of which kind: 规则 2 条、信源 1 个.
  func counts(of changes: [SetupChange], _ separator: String) -> String {
    var (rules, feeds, units, settings) = (0, 0, 0, 0)
    for change in changes {
      switch change.subject {
      case .rule: rules += 1
      case .feed: feeds += 1
      case .unit: units += 1
      case .setting: settings += 1
      }
    }
    let parts = [
      (rules, say("规则 \(rules) 条", "rules \(rules)")),
      (feeds, say("信源 \(feeds) 个", "feeds \(feeds)")),
      (units, say("单位 \(units) 个", "units \(units)")),
      (settings, say("设置 \(settings) 项", "settings \(settings)")),
    ]
    return parts.filter { $0.0 > 0 }.map(\.1).joined(separator: separator)
  }

  private func head(of change: SetupChange) -> String {
    let turn =
      switch change.turn {
      case .added: say("新增", "added")
      case .removed: say("删除", "removed")
      case .changed: say("改动", "changed")
      }
    let subject =
      switch change.subject {
      case .rule(let id, let name):
        say("规则 \(id) \(named(name))", "rule \(id) \(named(name))")
      case .feed(let id, let name):
        say("信源 \(id) \(named(name))", "feed \(id) \(named(name))")
      case .unit(let name): say("单位 \(named(name.rawValue))", "unit \(named(name.rawValue))")
      case .setting(let key): say("设置 \(key)", "setting \(key)")
      }
    return "\(turn) \(subject)".onOneLine
  }
}
