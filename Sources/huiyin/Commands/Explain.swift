import ArgumentParser
import Foundation
import Judging
import Vocabulary

/// `huiyin explain TEXT`: why a text gets its grade (研判说明).
struct Explain: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "explain",
      abstract: say(zh: "说明一段文字为什么是这个等级", en: "why a text gets its grade"),
      usage: "huiyin explain [<options>] <text> ...",
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
      say(zh: "标题；不给时首行为标题", en: "the title; without it, the first line"), valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      say(zh: "出自哪个信源，属地由它定；不给时视为本地", en: "its feed, whose place decides; without it, ours"),
      valueName: "feed"))
  var feed: String?

  @Flag(help: ArgumentHelp(say(zh: "只输出研判结论的 JSON", en: "the verdict as JSON")))
  var json = false

  @Argument(help: ArgumentHelp(say(zh: "文字，- 为标准输入", en: "the text, or -"), valueName: "text"))
  var text: [String]

  func run() throws {
    let setup = try config.setup()
    let judge = Judge(setup.ruleBook)
    let places = setup.ruleBook.places
    let origin = try feed.map { try setup.feed($0).origin(among: places) } ?? .ours(nil)
    let item = try item()
    guard !json else {
      let verdict = judge.verdict(on: item, from: origin)
      return Terminal.show(try Lines.line(VerdictLine(verdict, on: .text(""))))
    }
    let explanation = judge.explanation(of: item, from: origin)
    Terminal.show(explanation.lines(in: setup.office.language, of: item))
  }

  private func item() throws -> Item {
    var given = text.joined(separator: " ")
    if given == "-" { given = String(decoding: try FileHandle.bytes(of: "-"), as: UTF8.self) }
    var lines = given.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let heading = title ?? String(lines.removeFirst())
    return Item(given: heading, body: lines.joined(separator: "\n"), feed: feed)
  }
}

extension Item {
  /// An item that was given by hand.
  init(given title: String, body: String, feed: String?) {
    self.init(
      id: ID(rawValue: ""), feed: Feed.ID(rawValue: feed ?? ""), url: "", title: title, body: body,
      published: .absent, foundAt: WallClock.now(), basis: .full)
  }
}
