import ArgumentParser
import Foundation
import Judging
import Vocabulary

/// `huiyin explain TEXT`: why a text gets its grade (研判说明).
struct Explain: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "说明一段文字为什么是这个等级", en: "why a text gets its grade"),
      discussion: say(
        zh: """
          示例：
            huiyin explain 全小区停水三天无人管
            huiyin explain --title 停水 - < 正文.txt
          """,
        en: """
          Examples:
            huiyin explain 全小区停水三天无人管
            huiyin explain --title 停水 - < body.txt
          """))
  }

  @OptionGroup var config: Config

  @Option(
    help: ArgumentHelp(
      say(zh: "标题；不给时首行为标题", en: "the title; the first line when absent"), valueName: "text"))
  var title: String?

  @Flag(help: ArgumentHelp(say(zh: "只输出研判结论的 JSON", en: "the verdict as JSON")))
  var json = false

  @Argument(help: ArgumentHelp(say(zh: "文字，- 为标准输入", en: "the text, or -"), valueName: "text"))
  var text: String

  func run() throws {
    let setup = try config.setup()
    let judge = Judge(setup.ruleBook)
    let item = item()
    guard !json else {
      return print(try Lines.line(VerdictLine(judge.verdict(on: item, feedHasPlace: true))))
    }
    let explanation = judge.explanation(of: item, feedHasPlace: true)
    for line in explanation.lines(in: setup.office.language) { print(line) }
  }

  private func item() -> Item {
    var given = text
    if text == "-" {
      given = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
    var lines = given.split(separator: "\n", omittingEmptySubsequences: false)
    let heading = title ?? String(lines.removeFirst())
    return Item(
      id: Item.ID(rawValue: "text"), feed: Feed.ID(rawValue: ""), url: "", title: heading,
      body: lines.joined(separator: "\n"), published: .absent, foundAt: WallClock.now(),
      basis: .full)
  }
}
