import ArgumentParser
import Storage
import Vocabulary

/// `huiyin close ID`: nothing is left to be done about an alert (办结).
struct Close: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "close",
      abstract: say(zh: "办结一件预警", en: "close an alert"),
      usage: "huiyin close <id> [<options>]",
      discussion: say(
        zh: """
          不再催办，也不再列为待办；尚未发出的通知不再发出。误报请用 huiyin ack --false-alarm。
          示例：
            huiyin close 2026-0017 --reason 区水务局已恢复供水并答复
          """,
        en: """
          Nobody is reminded any more, it is on no list of what is open, and what had not
          been sent yet is not sent. For a false alarm: huiyin ack --false-alarm.
          Examples:
            huiyin close 2026-0017 --reason "the water is back, and they answered"
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: .alertNumber)
  var id: Alert.ID

  @Option(help: ArgumentHelp(say(zh: "结果或理由", en: "what came of it, or why"), valueName: "text"))
  var reason: String?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "the alert as JSON")))
  var json = false

  func run() async throws {
    let books = try Books.open(try config.setup())
    defer { books.ledger.close() }
    let directing = try await Directing(id, books)
    let after = try await directing.close(reason: reason)
    Terminal.show(
      try await json ? books.json(of: after) : "\(after.id) \(after.state.name[books.language])")
  }
}
