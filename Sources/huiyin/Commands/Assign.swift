import ArgumentParser
import Storage
import Vocabulary

/// `huiyin assign ID UNIT`: an officer gives an alert to another unit (改派).
struct Assign: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "assign",
      abstract: say(zh: "改派一件预警", en: "give an alert to another unit"),
      usage: "huiyin assign <id> <unit> [<options>]",
      discussion: say(
        zh: """
          新承办单位收到舆情联系单，值班员收到快报，已收到联系单的原承办单位收到改派告知；
          通知时限自改派起算，此前尚未发出的仍按原时限。
          示例：
            huiyin assign 2026-0017 区住建局 --reason 属物业管理
            huiyin assign 2026-17 供水
          """,
        en: """
          The unit gets a contact sheet and the officers a bulletin; the one that had
          its sheet is told. The window runs from now; where nothing had been sent yet, it
          runs as it did.
          Examples:
            huiyin assign 2026-0017 区住建局 --reason "their property managers"
            huiyin assign 2026-17 供水
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: .alertNumber)
  var id: Alert.ID

  @Argument(
    help: ArgumentHelp(
      say(zh: "单位名称或其职责", en: "a unit's name or one of its roles"), valueName: "unit"))
  var unit: String

  @Option(help: ArgumentHelp(say(zh: "理由", en: "why"), valueName: "text"))
  var reason: String?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "the alert as JSON")))
  var json = false

  func run() async throws {
    let books = try Books.open(try config.setup())
    defer { books.ledger.close() }
    let directing = try await Directing(id, books)
    let unit = try unit(among: books.setup.office.units, books.language)
    guard books.setup.office.unit(unit)?.mail.isEmpty == false else {
      throw Ending.no(
        Phrase(zh: "\(unit)没有邮箱，通知不到", en: "\(unit) has no mail address to be told at")[
          books.language])
    }
    guard directing.row.alert.audience != .unit(unit) else {
      throw Ending.no(
        Phrase(zh: "\(id) 已由\(unit)承办", en: "\(unit) has \(id) already")[books.language])
    }
    let after = try await directing.carryOut(.assign(unit), reason: reason)
    try await directing.show(
      after, Phrase(zh: "改派\(unit)", en: "assigned to \(unit)"), asJSON: json)
  }

  private func unit(
    among units: [ResponsibleUnit], _ language: Language
  ) throws -> UnitName {
    let found = units.first { $0.name.rawValue == unit } ?? units.first { $0.roles.contains(unit) }
    guard let found else {
      let names = units.map(\.name.rawValue).joined(separator: Phrase(zh: "、", en: ", ")[language])
      throw Ending.no(
        Phrase(
          zh: "设置中没有单位“\(unit)”；现有：\(names)",
          en: "the set-up knows no unit “\(unit)”; it has: \(names)")[language])
    }
    return found.name
  }
}
