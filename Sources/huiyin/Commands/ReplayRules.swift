import ArgumentParser
import Foundation
import Storage
import Vocabulary

/// `huiyin replay`: what changed rules would have said of what is stored (规则重放).
struct ReplayRules: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "replay",
      abstract: say(zh: "用改过的规则重放存量信息", en: "changed rules over what is stored"),
      usage: "huiyin replay [--days <days>] [--against <folder> | --apply]",
      discussion: say(
        zh: """
          规则上线之前，先看它会改变什么：--against 是改好的规则目录，与现行规则比较；不写则把当时的
          研判与现行规则比较。只看，不存、不通知。
          --apply 把现行规则的研判记入台账，作为新的一次研判，从不补发通知。
          只重放原文仍在台账里的信息；检举控告只列变化，不显示内容。

          示例：
            huiyin replay --against ../新规则
            huiyin replay --days 7 --examples 20
            huiyin replay --apply
          """,
        en: """
          See what a rule book changes before it goes live: --against is the folder of changed
          rules, beside those in force; without it, what was judged then beside the rules in
          force. Nothing is stored and nobody is told.
          --apply writes the verdicts of the rules in force down as a new pass, and raises
          nothing. Only items whose text is still kept are judged; of allegations of misconduct
          the change is shown and not the text.

          Examples:
            huiyin replay --against ../new-rules
            huiyin replay --days 7 --examples 20
            huiyin replay --apply
          """))
  }

  /// How many items are read at one time; other commands and the daemon come in between.
  private static let atOnce = 500

  @OptionGroup var config: Config

  @Option(
    help: ArgumentHelp(
      say(zh: "重放最近多少天发现的", en: "items found in so many days"), valueName: "days"))
  var days = 30

  @Option(
    help: ArgumentHelp(
      say(zh: "改好的规则目录", en: "a folder of changed rules"), valueName: "folder"))
  var against: String?

  @Flag(
    help: ArgumentHelp(
      say(zh: "把现行规则的研判记入台账，不补发通知", en: "write the verdicts of the rules in force down")))
  var apply = false

  @Option(
    help: ArgumentHelp(
      say(zh: "每种变化举几例", en: "examples of each change"), valueName: "number"))
  var examples = 10

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  func validate() throws {
    guard (1...3650).contains(days) else {
      throw ValidationError(say(zh: "--days 应为 1 到 3650 的整数", en: "--days is 1 to 3650"))
    }
    guard examples >= 0 else {
      throw ValidationError(
        say(zh: "--examples 应为不小于 0 的整数", en: "--examples must not be negative"))
    }
    guard against == nil || !apply else {
      throw ValidationError(
        say(
          zh: "--apply 只记现行规则的研判；请先让改好的规则生效，再 --apply",
          en: "--apply writes down what the rules in force say; put the changed ones in force first"
        ))
    }
  }

  func run() async throws {
    let setup = try config.setup()
    let changed = try against.map { try config.setup(rules: $0) }
    let books = try apply ? Books.open(setup) : Books.look(setup)
    defer { books.ledger.close() }
    let now = try await books.now()
    let since = now.wall - .days(Int64(days))
    let standing = changed == nil ? nil : Replay(setup)
    var replay = Replay(changed ?? setup)
    var last: Item?
    while true {
      let items = try await books.ledger.read { [last] in
        try $0.judgedItems(foundSince: since, after: last, limit: Self.atOnce)
      }
      guard !items.isEmpty else { break }
      let verdicts = items.map(replay.verdict)
      for (stored, after) in zip(items, verdicts) {
        let before = standing?.verdict(on: stored)
        replay.add(stored.item, before: before ?? stored.verdict, after: after)
      }
      if apply { try await write(verdicts, over: items, books, at: now) }
      last = items.last?.item
    }
    show(replay, standing?.ruleBook, since, books)
  }

  /// What is the same under the same rule book need not be said again.
  private func write(
    _ verdicts: [Verdict], over items: [JudgedItem], _ books: Books, at now: Instant
  ) async throws {
    let new = zip(items, verdicts).filter { $0.verdict.ruleBook != $1.ruleBook }.map(\.1)
    try await books.ledger.write { ledger in
      for verdict in new { try ledger.rejudge(verdict, at: now) }
    }
  }

  private func show(
    _ replay: Replay, _ before: RuleBook.Version?, _ since: WallTime, _ books: Books
  ) {
    guard !json else {
      let line = ReplayLine(
        replay, before: before, since: books.zone.rfc3339(since), applied: apply)
      return Terminal.show((try? Lines.line(line)) ?? "")
    }
    let sheet = ReplaySheet(
      replay: replay, before: before, since: since, examples: examples, office: books.setup.office)
    Terminal.show(sheet.lines)
    guard apply else { return }
    Terminal.show(
      Phrase(
        zh: "已记入台账，没有补发通知。", en: "Written down; nobody was told of anything old.")[
          books.language])
  }
}
