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
          """,
        en: """
          Examples:
            huiyin judge items.jsonl
            echo '{"id": "1", "title": "小区停水三天"}' | huiyin judge
          """))
  }

  @OptionGroup var config: Config

  @Argument(
    help: ArgumentHelp(
      say(zh: "文件，默认或 - 为标准输入", en: "a file; standard input when absent or -"),
      valueName: "file"))
  var file: String?

  func run() throws {
    let setup = try config.setup()
    let judge = Judge(setup.ruleBook)
    let places = Dictionary(
      setup.feeds.map { ($0.id.rawValue, $0.place != nil) }, uniquingKeysWith: { first, _ in first }
    )
    var bad = 0
    try forEachLine { number, line in
      guard let item = try? JSONDecoder().decode(ItemLine.self, from: Data(line.utf8)) else {
        bad += 1
        Terminal.complain(
          say(
            zh: "第 \(number) 行不是信息：应为带 id 的 JSON 对象",
            en: "line \(number) is no item: a JSON object with an id is wanted"))
        return
      }
      let isHere = item.feed.map { places[$0] ?? false } ?? true
      print(try Lines.line(VerdictLine(judge.verdict(on: Item(item), feedHasPlace: isHere))))
    }
    if bad > 0 { throw Ending.no() }
  }

  private func forEachLine(_ body: (Int, String) throws -> Void) throws {
    var number = 0
    for line in try LineReader(path: file ?? "-") {
      number += 1
      if !line.allSatisfy(\.isWhitespace) { try body(number, line) }
    }
  }
}

extension Item {
  /// An item that was given by hand.
  init(_ line: ItemLine) {
    let now = WallClock.now()
    self.init(
      id: ID(rawValue: line.id), feed: Feed.ID(rawValue: line.feed ?? ""), url: "",
      title: line.title, body: line.body, published: .absent, foundAt: now, basis: .full)
  }
}
