import Vocabulary

/// Reads the rules of a folder, one or more a file (规则目录).
struct RuleFolder {
  let roll: Roll
  let defaultUnit: UnitName?
  let checks: Checks
  let findings: Findings

  /// The rules in order of files and, in a file, of their lines.
  func rules(_ folder: Folder?) -> [Rule] {
    guard let folder else { return [] }
    let frame = RuleFrame(
      roll: roll, defaultUnit: defaultUnit,
      lists: WordLists(beside: folder.path, findings: findings), checks: checks)
    let rules = folder.files(findings).flatMap { _, path in
      read(Manuscript.open(path, findings: findings)?.section(findings), frame)
    }
    refuseTwins(in: rules)
    if rules.isEmpty, !findings.hasErrors {
      findings.warning(
        at: folder.place, Phrase(zh: "没有规则：什么也不会预警", en: "no rules: nothing is ever raised"))
    }
    return rules
  }

  private func read(_ file: Section?, _ frame: RuleFrame) -> [Rule] {
    guard let file else { return [] }
    let sections = file.require("rules", .some(of: .section)) ?? []
    file.close()
    return sections.compactMap { $0.rule(frame) }
  }

  private func refuseTwins(in rules: [Rule]) {
    var first: [String: Rule] = [:]
    for rule in rules {
      let id = rule.id.rawValue.lowercased()
      guard let twin = first[id] else {
        first[id] = rule
        continue
      }
      let there = "\(twin.place.file):\(twin.place.line)"
      findings.error(
        at: rule.place,
        Phrase(
          zh: "规则编号“\(rule.id)”已在 \(there) 用过", en: "rule id \"\(rule.id)\" is taken at \(there)"))
    }
  }
}
