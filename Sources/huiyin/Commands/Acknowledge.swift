import Alerting
import ArgumentParser
import Storage
import Vocabulary

/// `huiyin ack ID`: a person says that they have it (签收).
struct Acknowledge: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "ack",
      abstract: say(zh: "签收一件预警", en: "acknowledge an alert"),
      usage: "huiyin ack <id> [<options>]",
      discussion: say(
        zh: """
          示例：
            huiyin ack 2026-0017                         值班员已知悉
            huiyin ack 2026-17 --unit                    承办单位已签收
            huiyin ack 2026-0017 --phoned --reason 已与值班室通话
            huiyin ack 2026-0017 --false-alarm --reason 演练通知
          """,
        en: """
          Examples:
            huiyin ack 2026-0017                         an officer has it
            huiyin ack 2026-17 --unit                    the unit has it
            huiyin ack 2026-0017 --phoned --reason "spoke to their duty desk"
            huiyin ack 2026-0017 --false-alarm --reason "a drill"
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: .alertNumber)
  var id: Alert.ID

  @Flag(help: ArgumentHelp(say(zh: "承办单位已签收", en: "the unit has it")))
  var unit = false

  @Flag(help: ArgumentHelp(say(zh: "已电话通知承办单位", en: "the unit was told by telephone")))
  var phoned = false

  @Flag(help: ArgumentHelp(say(zh: "误报，随即办结", en: "a false alarm, which closes it")))
  var falseAlarm = false

  @Option(help: ArgumentHelp(say(zh: "理由", en: "why"), valueName: "text"))
  var reason: String?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "the alert as JSON")))
  var json = false

  func validate() throws {
    guard falseAlarm, unit || phoned else { return }
    throw ValidationError(
      say(
        zh: "误报不必由承办单位签收：--false-alarm 不与 --unit、--phoned 同用",
        en: "nobody need have a false alarm: --false-alarm goes without --unit and --phoned"))
  }

  func run() async throws {
    let books = try Books.open(try config.setup())
    defer { books.ledger.close() }
    let directing = try await Directing(id, books)
    let after =
      try await falseAlarm
      ? directing.close(asFalseAlarm: true, reason: reason)
      : directing.acknowledge(unit: unit, phoned: phoned, reason: reason)
    try await show(after, before: directing.row, books)
  }

  private func show(_ after: AlertRow, before: AlertRow, _ books: Books) async throws {
    guard !json else { return Terminal.show(try await books.json(of: after)) }
    Terminal.show("\(after.id) \(after.state.name[books.language])")
    if after.awaitsUnit {
      let unheard = Terminal.folded(unheard(after)[books.language], hanging: 0)
      Terminal.complain(unheard.joined(separator: "\n"))
    }
    guard let earlier = before.acknowledgedAt.map(books.setup.office.short) else { return }
    Terminal.complain(
      Phrase(
        zh: "此前已于 \(earlier) 签收，本次一并记入经过",
        en: "it was acknowledged before, at \(earlier); this is added to its course")[
          books.language])
  }

  private func unheard(_ row: AlertRow) -> Phrase {
    let remaining = row.rungs.filter { $0.end == nil && $0.rung.purpose == .acknowledgement }
    let goesOn = Phrase(
      zh: remaining.isEmpty ? "" : "，对其催办照常进行", en: remaining.isEmpty ? "" : "; its reminders go on"
    )
    return Phrase(
      zh: "承办单位尚未签收\(goesOn.zh)；签收后请用 --unit，已电话通知请用 --phoned",
      en:
        "the unit has not acknowledged it yet\(goesOn.en); when it has: --unit, when you have told "
        + "it by telephone: --phoned")
  }
}
