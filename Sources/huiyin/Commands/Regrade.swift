import ArgumentParser
import Storage
import Vocabulary

/// `huiyin grade ID GRADE`: an officer gives an alert another grade (调级).
struct Regrade: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "grade",
      abstract: say(zh: "调整一件预警的等级", en: "give an alert another grade"),
      usage: "huiyin grade <id> <grade> [<options>]",
      discussion: say(
        zh: """
          承办单位和值班员重新收到通知，催办按新等级进行；
          调级之后，同一文本再次出现不改变等级，除非高于通知过的最高等级。
          示例：
            huiyin grade 2026-0017 considerable --reason 现场核实无人受伤
            huiyin grade 2026-17 major
          """,
        en: """
          The unit and the officers are told again, and reminders go by the new grade.
          The same text seen again does not change it, unless it is graded higher than
          people have ever heard.
          Examples:
            huiyin grade 2026-0017 considerable --reason "nobody is hurt"
            huiyin grade 2026-17 major
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: .alertNumber)
  var id: Alert.ID

  @Argument(
    help: ArgumentHelp(
      say(zh: "general 一般、considerable 较大、major 重大", en: "general, considerable or major"),
      valueName: "grade"))
  var grade: Grade

  @Option(help: ArgumentHelp(say(zh: "理由", en: "why"), valueName: "text"))
  var reason: String?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "the alert as JSON")))
  var json = false

  func validate() throws {
    guard grade == .none else { return }
    throw ValidationError(
      say(
        zh: "预警不能调为 none；误报请用 huiyin ack \(id) --false-alarm",
        en: "no alert has the grade none; for a false alarm: huiyin ack \(id) --false-alarm"))
  }

  func run() async throws {
    let books = try Books.open(try config.setup())
    defer { books.ledger.close() }
    let directing = try await Directing(id, books)
    let name = grade.name
    guard directing.row.alert.grade != grade else {
      throw Ending.no(
        Phrase(zh: "\(id) 已是\(name.zh)", en: "\(id) is \(name.en) already")[books.language])
    }
    let after = try await directing.carryOut(.regrade(grade), reason: reason)
    try await directing.show(
      after, Phrase(zh: "调级为\(name.zh)", en: "regraded to \(name.en)"), asJSON: json)
  }
}
