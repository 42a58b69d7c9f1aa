import ArgumentParser
import Judging
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
          每行一处，写作“文件:行:列: error: 说明”；有错误时退出码为 1，只有警告时为 0。
          设置读得通时，再把规则里的例句（examples）逐句研判一遍。
          """,
        en: """
          Examples:
            huiyin check
            huiyin check --config deploy/huiyin.yaml --json
          One line each, FILE:LINE:COLUMN: error: …; exits 1 on any error, 0 on warnings.
          Where the set-up can be read, the examples of its rules are judged too.
          """))
  }

  @OptionGroup var config: Config

  @Flag(help: ArgumentHelp(say(zh: "每行一个 JSON 对象", en: "one JSON object a line")))
  var json = false

  func run() throws {
    var reading = try config.reading()
    if let setup = reading.setup { reading.take(Judge(setup.ruleBook).failedExamples) }
    for diagnostic in reading.diagnostics {
      Terminal.show(
        json
          ? try Lines.line(DiagnosticLine(diagnostic, in: reading.language))
          : diagnostic.line(in: reading.language))
    }
    let summary = Terminal.folded(summary(of: reading)[reading.language], hanging: 0)
    Terminal.complain(summary.joined(separator: "\n"))
    if reading.setup == nil { throw Ending.no() }
  }

  private func summary(of reading: Settings.Outcome) -> Phrase {
    let errors = reading.diagnostics.count { $0.weight == .error }
    let warnings = reading.diagnostics.count - errors
    let warned = Phrase(
      zh: warnings == 0 ? "" : "警告 \(warnings) 处。",
      en: warnings == 0 ? "" : " \(warnings.of("warning")).")
    guard let setup = reading.setup else {
      return Phrase(
        zh: "设置有误：错误 \(errors) 处。" + warned.zh,
        en: "The set-up is invalid: \(errors.of("error"))." + warned.en)
    }
    let sentence = setup.inWords
    return Phrase(zh: sentence.zh + warned.zh, en: sentence.en + warned.en)
  }
}

extension Settings.Outcome {
  /// Takes in what only judging shows: examples of rules that come out otherwise. They are errors to
  /// whoever checks, and keep no daemon from running by rules that work.
  fileprivate mutating func take(_ failed: [Diagnostic]) {
    guard !failed.isEmpty else { return }
    setup = nil
    diagnostics = (diagnostics + failed).sorted { left, right in
      (left.place.file, left.place.line, left.place.column)
        < (right.place.file, right.place.line, right.place.column)
    }
  }
}

extension Setup {
  /// What a valid set-up holds, in words.
  fileprivate var inWords: Phrase {
    let off = feeds.count(where: \.off)
    let rules = ruleBook.rules.count
    let trial = office.trial.inWords
    return Phrase(
      zh: "设置有效：信源 \(feeds.count - off) 个\(off > 0 ? "（另停用 \(off) 个）" : "")，"
        + "规则 \(rules) 条（版本 \(ruleBook.version)），单位 \(office.units.count) 个。\(trial.zh)",
      en: "The set-up is valid: \((feeds.count - off).of("feed"))"
        + "\(off > 0 ? " (and \(off) switched off)" : ""), \(rules.of("rule")) "
        + "(version \(ruleBook.version)), \(office.units.count.of("unit"))."
        + (trial.en.isEmpty ? "" : " " + trial.en))
  }
}

extension Int {
  /// So many of something, in English.
  fileprivate func of(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
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
