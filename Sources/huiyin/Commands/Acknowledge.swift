import ArgumentParser
import Storage
import Vocabulary

/// `huiyin ack ID`: a person says that they have it (签收).
struct Acknowledge: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "ack",
      abstract: say(zh: "签收一件预警", en: "acknowledge an alert"),
      discussion: say(
        zh: """
          示例：
            huiyin ack 2026-0017                         值班员已知悉
            huiyin ack 2026-0017 --unit                  承办单位已签收
            huiyin ack 2026-0017 --phoned --reason 已与值班室通话
            huiyin ack 2026-0017 --false-alarm --reason 演练通知
          """,
        en: """
          Examples:
            huiyin ack 2026-0017                         an officer has it
            huiyin ack 2026-0017 --unit                  the unit has it
            huiyin ack 2026-0017 --phoned --reason "spoke to their duty desk"
            huiyin ack 2026-0017 --false-alarm --reason "a drill"
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "预警编号", en: "the alert's number"), valueName: "id"))
  var id: String

  @Flag(help: ArgumentHelp(say(zh: "承办单位已签收", en: "the unit has it")))
  var unit = false

  @Flag(help: ArgumentHelp(say(zh: "已电话通知承办单位", en: "the unit was told by telephone")))
  var phoned = false

  @Flag(help: ArgumentHelp(say(zh: "误报", en: "a false alarm")))
  var falseAlarm = false

  @Option(help: ArgumentHelp(say(zh: "理由", en: "why"), valueName: "text"))
  var reason: String?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "JSON")))
  var json = false

  mutating func run() async throws {
    let books = try Books.open(config)
    defer { books.ledger.close() }
    let row = try await books.alert(id)
    let now = WallClock.now()
    let unitHasIt = unit || phoned
    let words = spokenReason
    try await books.write { [falseAlarm] ledger in
      try ledger.acknowledge(
        row.id, unit: unitHasIt, falseAlarm: falseAlarm, by: "terminal", reason: words, at: now)
    }
    let after = try await books.alert(id)
    if json {
      print(try Lines.line(AlertLine(after, zone: books.zone, language: books.language)))
    } else {
      print("\(after.id) \(after.state.name[books.language])")
    }
  }

  private var spokenReason: String? {
    let call = phoned ? say(zh: "已电话通知", en: "told by telephone") : nil
    let parts = [call, reason].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: say(zh: "：", en: ": "))
  }
}
