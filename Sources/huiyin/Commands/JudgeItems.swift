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
    let places = setup.ruleBook.places
    let placed = Set(setup.feeds.filter { $0.isLocal(among: places) }.map(\.id.rawValue))
    var known = Set(setup.feeds.map(\.id.rawValue))
    var isWhole = true
    for (index, line) in try LineReader(path: file ?? "-").enumerated() where !line.isBlank {
      do {
        let item = try ItemLine(index == 0 ? line.withoutMark : line)
        if let feed = item.feed, known.insert(feed).inserted {
          Terminal.complain(stranger(feed, line: index + 1)[setup.office.language])
        }
        let isHere = item.feed.map(placed.contains) ?? true
        let given = Item(given: item.title, body: item.body, feed: item.feed)
        let verdict = judge.verdict(on: given, feedHasPlace: isHere)
        Terminal.show(try Lines.line(VerdictLine(verdict, on: item.id)))
      } catch let fault as ItemLine.Fault {
        isWhole = false
        Terminal.complain(sentence(fault, line: index + 1)[setup.office.language])
      }
    }
    if !isWhole { throw Ending.no() }
  }

  private func stranger(_ feed: String, line: Int) -> Phrase {
    Phrase(
      zh: "第 \(line) 行：设置里没有编号为“\(feed)”的信源，按没有写 place 的信源研判",
      en: "line \(line): no feed \"\(feed)\" in the set-up; judged as of a feed without a place")
  }

  private func sentence(_ fault: ItemLine.Fault, line: Int) -> Phrase {
    Phrase(
      zh: "第 \(line) 行不是信息：\(fault.sentence.zh)",
      en: "line \(line) is no item: \(fault.sentence.en)")
  }
}

extension [UInt8] {
  fileprivate var isBlank: Bool { allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }

  /// Without the byte order mark with which some programs begin a file.
  fileprivate var withoutMark: [UInt8] {
    starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self
  }
}
