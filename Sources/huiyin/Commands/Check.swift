import ArgumentParser
import Settings
import Vocabulary

/// `huiyin check`: everything that is wrong with the set-up, all at once (检查设置).
struct Check: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "检查设置，一次列出全部问题", en: "read everything, print every problem"),
      discussion: say(
        zh: """
          示例：
            huiyin check
            huiyin check --config deploy/huiyin.yaml --json
          每行一处：文件:行:列: error: 说明；有错误时退出码为 1。
          """,
        en: """
          Examples:
            huiyin check
            huiyin check --config deploy/huiyin.yaml --json
          One line each, FILE:LINE:COLUMN: error: …; exits 1 on any error.
          """))
  }

  @OptionGroup var config: Config

  @Flag(help: ArgumentHelp(say(zh: "每行一个 JSON 对象", en: "one JSON object a line")))
  var json = false

  private struct Line: Encodable {
    var file: String
    var line: Int
    var column: Int
    var weight: String
    var sentence: String
  }

  func run() throws {
    let reading = try config.reading()
    for diagnostic in reading.diagnostics { try show(diagnostic, reading.language) }
    guard let setup = reading.setup else { throw Ending.no() }
    if !json { Terminal.complain(summary(of: setup)[reading.language]) }
  }

  private func show(_ diagnostic: Diagnostic, _ language: Language) throws {
    guard json else { return print(diagnostic.line(in: language)) }
    print(
      try Lines.line(
        Line(
          file: diagnostic.place.file, line: diagnostic.place.line,
          column: diagnostic.place.column, weight: diagnostic.weight.rawValue,
          sentence: diagnostic.sentence[language])))
  }

  private func summary(of setup: Setup) -> Phrase {
    let on = setup.feeds.count { !$0.off }
    let off = setup.feeds.count - on
    let rules = setup.ruleBook.rules.count
    let version = setup.ruleBook.version
    let trial = setup.office.trial.inWords
    return Phrase(
      zh: "设置有效：信源 \(on) 个（另有停用 \(off) 个），规则 \(rules) 条（版本 \(version)），"
        + "单位 \(setup.office.units.count) 个。\(trial.zh)",
      en: "The set-up is valid: \(on) feeds (and \(off) switched off), \(rules) rules "
        + "(version \(version)), \(setup.office.units.count) units. \(trial.en)")
  }
}

extension Trial {
  /// Who is in trial, in words; empty where nobody is.
  var inWords: Phrase {
    switch self {
    case .off: return Phrase(zh: "", en: "")
    case .everyone:
      return Phrase(
        zh: "试运行中：所有通知只发给值班员。", en: "In trial: every notice goes to the officers only.")
    case .units(let units):
      let names = units.map(\.rawValue).sorted()
      return Phrase(
        zh: "试运行中的单位：\(names.joined(separator: "、"))，其通知只发给值班员。",
        en: "In trial: \(names.joined(separator: ", ")); their notices go to the officers only.")
    }
  }
}
