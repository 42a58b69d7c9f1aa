import ArgumentParser
import Foundation
import Judging
import Vocabulary

/// `huiyin judge [FILE]`: items in, verdicts out, one JSON object a line, in order (研判).
struct JudgeItems: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "judge",
      abstract: say(zh: "对给出的信息逐条研判", en: "items in, verdicts out"),
      discussion: say(
        zh: """
          示例：
            huiyin judge 信息.jsonl
            echo '{"id": "1", "title": "小区停水三天"}' | huiyin judge
          每行一个 JSON 对象，键为 id、title、body、publishedAt、feed，除 id 外均可省略。
          不是信息的行报在标准错误上，其余照常研判，退出码为 1。
          """,
        en: """
          Examples:
            huiyin judge items.jsonl
            echo '{"id": "1", "title": "小区停水三天"}' | huiyin judge
          One JSON object a line, with id, title, body, publishedAt and feed, all but id
          optional. A line that is no item is told on standard error, the others are
          judged, and the exit code is 1.
          """))
  }

  @OptionGroup var config: Config

  @Flag(help: ArgumentHelp(say(zh: "总是 JSON，可不写", en: "always so, and need not be said")))
  var json = false

  @Argument(
    help: ArgumentHelp(
      say(zh: "文件，默认或 - 为标准输入", en: "a file; standard input when absent or -"),
      valueName: "file"))
  var file: String?

  func run() throws {
    let setup = try config.setup()
    let judge = Judge(setup.ruleBook)
    var origins = Origins(setup)
    var isWhole = true
    for (index, line) in try LineReader(path: file ?? "-").enumerated() where !line.isBlank {
      do {
        let item = try ItemLine(index == 0 ? line.withoutMark : line)
        let origin = origins.origin(of: item.feed, line: index + 1)
        let given = Item(given: item.title, body: item.body, feed: item.feed)
        let verdict = judge.verdict(on: given, from: origin)
        Terminal.show(try Lines.line(VerdictLine(verdict, on: item.id)))
      } catch let fault as ItemLine.Fault {
        isWhole = false
        Terminal.complain(sentence(fault, line: index + 1)[setup.office.language])
      }
    }
    if !isWhole { throw Ending.no() }
  }

  private func sentence(_ fault: ItemLine.Fault, line: Int) -> Phrase {
    Phrase(
      zh: "第 \(line) 行不是信息：\(fault.sentence.zh)",
      en: "line \(line) is no item: \(fault.sentence.en)")
  }
}
