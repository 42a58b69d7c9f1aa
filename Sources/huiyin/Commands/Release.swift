import Alerting
import ArgumentParser
import Storage
import Vocabulary

/// `huiyin release ID`: an officer signs off what is held for them (签发).
struct Release: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "签发一件待签发的预警", en: "sign off an alert that is held for it"),
      usage: "huiyin release <id> [--reason <text>]",
      discussion: say(
        zh: """
          设置中 release 写明哪些等级先经值班员签发；签发后联系单立即送出。到等候时间（release.wait，不写即通知时限的一半）仍未签发的，
          系统按原样自动送出。

          示例：
            huiyin release 2026-0017
            huiyin release 2026-17 --reason 已与带班领导核对
          """,
        en: """
          release: in the set-up says which grades an officer signs off first; then the contact sheet
          leaves at once. What nobody has signed off when release.wait is over, or half of its
          window, leaves as it stands.

          Examples:
            huiyin release 2026-0017
            huiyin release 2026-17 --reason "checked with the leader on duty"
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: .alertNumber)
  var id: Alert.ID

  @Option(help: ArgumentHelp(say(zh: "理由", en: "why"), valueName: "text"))
  var reason: String?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "the alert as JSON")))
  var json = false

  func run() async throws {
    let books = try Books.open(try config.setup())
    defer { books.ledger.close() }
    let directing = try await Directing(id, books)
    guard try await directing.signOff(reason: reason) else {
      throw Ending.no(nothingHeld[books.language])
    }
    try await directing.show(
      try await books.alert(id), Phrase(zh: "已签发", en: "signed off"), asJSON: json)
  }

  private var nothingHeld: Phrase {
    Phrase(
      zh: "\(id) 没有待签发的通知；经过见 huiyin alerts \(id)",
      en: "nothing of \(id) waits to be signed off; see huiyin alerts \(id)")
  }
}
