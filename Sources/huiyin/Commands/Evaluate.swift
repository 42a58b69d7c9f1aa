import ArgumentParser
import Judging
import Vocabulary

/// `huiyin evaluate LABELLED.tsv`: how good the rules are, against what people said (评测).
struct Evaluate: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "用人工标注的信息检验规则", en: "the rules against labels"),
      usage: "huiyin evaluate [<options>] <labelled.tsv>",
      discussion: say(
        zh: """
          示例：
            huiyin evaluate 标注.tsv
            huiyin evaluate --examples 20 标注.tsv
            huiyin evaluate --json - < 标注.tsv
          文件为 UTF-8，制表符分隔，首行为列名：title、body 至少一列，topic、grade、
          kind 至少一列，feed 可选，其余各列略过；格内的制表符、换行、反斜杠写作 \\t、
          \\n、\\\\。空格子为没有标注；topic 写 none 表示不属任何类别。平均有两种：标注里
          出现的类，和标注或研判里出现的类；无从相除的按 0 计（同 scikit-learn 的
          zero_division=0）。不碰台账。读不了的行报在标准错误上，其余照常评测，
          退出码为 1。
          """,
        en: """
          Examples:
            huiyin evaluate labelled.tsv
            huiyin evaluate --examples 20 labelled.tsv
            huiyin evaluate --json - < labelled.tsv
          UTF-8, parted by tabs, the first line naming the columns: title or body, one or
          more of topic, grade and kind, and perhaps feed; others are passed over. Tabs,
          newlines and backslashes in a cell are written \\t, \\n and \\\\. An empty cell is
          no label; the topic "none" says that there is none. There are two means, over
          the classes labelled and over those labelled or judged; what would be divided
          by nothing is 0 (as in scikit-learn with zero_division=0). The ledger is not
          opened. A line that cannot be read is told on standard error, the others are
          judged, and the exit code is 1.
          """))
  }

  @OptionGroup var config: Config

  @Option(
    help: ArgumentHelp(
      say(zh: "每种误判举几例", en: "examples of each confusion"), valueName: "number"))
  var examples = 3

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  @Argument(
    help: ArgumentHelp(
      say(zh: "标注文件，- 为标准输入", en: "the labelled file, or - for standard input"),
      valueName: "labelled.tsv"))
  var file: String

  func validate() throws {
    guard examples >= 0 else {
      throw ValidationError(
        say(zh: "--examples 应为不小于 0 的整数", en: "--examples must not be negative"))
    }
  }

  func run() throws {
    let setup = try config.setup()
    let language = setup.office.language
    let labelled = try LabelledRows(file, setup)
    var evaluation = Evaluation(labelled.file, by: Judge(setup.ruleBook), examples: examples)
    evaluation.faults = labelled.forEach { row, line, origin in
      evaluation.add(row, line: line, from: origin)
    }
    if json {
      Terminal.show(try Lines.line(EvaluationLine(evaluation)))
    } else {
      Terminal.show(EvaluationSheet(evaluation: evaluation, language: language).lines)
    }
    if evaluation.faults > 0 { throw Ending.no() }
  }
}
