import ArgumentParser
import Extracting
import Foundation
import Storage
import Vocabulary

/// `huiyin alerts [ID]`: a list of alerts, or one with its whole course (预警查询).
struct Alerts: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "alerts",
      abstract: say(zh: "列出预警，或一件的全过程", en: "list alerts, or one with its whole course"),
      usage: "huiyin alerts [<id>] [<options>]",
      discussion: say(
        zh: """
          示例：
            huiyin alerts --since 2026-03-01 --grade major
            huiyin alerts 2026-0017
            huiyin alerts --url https://board.example/thread/42 --json
            huiyin alerts --since 2026-03-01 --format xlsx > 登记表.xlsx
          给出网址时，同时列出该网址的处理经过：为何预警、并入或存查。
          给出编号时，列出时限使用：各环节的时刻、用时、占时限多少，超时的写明原因。
          --json 的 window 与此相同：seconds 为秒，share、used 为份额，1 为整个时限；
          steps 为各环节，delays 为占用时限的原因，delaysBefore 为发现之前的原因。
          --json 的 calls 为第二通道的提醒：channel、text、state、attempts、reply、
          sentAt、mayHaveBeenSentTwice。
          --format 输出预警登记表：一件一行，各环节时间、时限与结果；
          csv 为带 BOM 的 UTF-8。
          检举控告件只显示编号、等级和时间，也不按单位列出。
          """,
        en: """
          Examples:
            huiyin alerts --since 2026-03-01 --grade major
            huiyin alerts 2026-0017
            huiyin alerts --url https://board.example/thread/42 --json
            huiyin alerts --since 2026-03-01 --format xlsx > alerts.xlsx
          With an address, what became of it is told too: why it was raised, joined
          another alert or was filed.
          With a number, it tells how the window was used: when each step was done,
          how long it took and what share of the window that was; if late, why.
          window of --json says the same: seconds; share and used, where 1 is the
          whole window; steps; delays, what took the window's time; delaysBefore,
          what passed before it was found. calls of --json is what was said by the second
          channel: channel, text, state, attempts, reply, sentAt, mayHaveBeenSentTwice.
          --format writes the register of alerts: one row each, with its times, its
          window and the outcome; csv is UTF-8 with a byte order mark.
          Of allegations of misconduct only number, grade and times are shown, and they
          are listed under no unit.
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: .alertNumber)
  var id: Alert.ID?

  @Option(help: ArgumentHelp(say(zh: "原文网址", en: "the item's address"), valueName: "url"))
  var url: String?

  @Option(
    help: ArgumentHelp(
      say(zh: "这一天起，YYYY-MM-DD", en: "raised on this day or later, YYYY-MM-DD"),
      valueName: "date"), transform: Day.read)
  var since: Day?

  @Option(
    help: ArgumentHelp(
      say(zh: "到这一天止（含当天），YYYY-MM-DD", en: "raised on this day or before, YYYY-MM-DD"),
      valueName: "date"), transform: Day.read)
  var until: Day?

  @Option(help: ArgumentHelp(say(zh: "承办单位", en: "the responsible unit"), valueName: "unit"))
  var unit: String?

  @Option(help: ArgumentHelp(say(zh: "等级", en: "the grade"), valueName: "grade"))
  var grade: Grade?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "an array in JSON, or one object for an id")))
  var json = false

  @Option(
    help: ArgumentHelp(
      say(zh: "输出预警登记表：csv 或 xlsx", en: "the register as a file: csv or xlsx"),
      valueName: "csv|xlsx"))
  var format: RegisterFormat?

  func validate() throws {
    if id != nil, url != nil || since != nil || until != nil || unit != nil || grade != nil {
      throw ValidationError(
        say(
          zh: "给了编号就不要再给筛选条件",
          en: "a number goes without --url, --since, --until, --unit, --grade"))
    }
    if json, format != nil {
      throw ValidationError(
        say(zh: "--json 和 --format 只能给一个", en: "--json and --format do not go together"))
    }
    if format == .xlsx, isatty(STDOUT_FILENO) == 1 {
      throw ValidationError(
        say(
          zh: "xlsx 不能显示在终端上，请存入文件，如 --format xlsx > 登记表.xlsx",
          en: "a terminal cannot show xlsx; send it to a file, as in --format xlsx > alerts.xlsx"))
    }
  }

  func run() async throws {
    let books = try Books.look(try config.setup())
    defer { books.ledger.close() }
    switch (format, id) {
    case (let format?, let id?): try await showRegister([try await books.alert(id)], format, books)
    case (let format?, nil): try await showRegister(try await rows(books), format, books)
    case (nil, let id?): try await showOne(id, books)
    case (nil, nil): try await showList(books)
    }
  }

  private func showRegister(
    _ rows: [AlertRow], _ format: RegisterFormat, _ books: Books
  )
    async throws
  {
    var alerts: [(row: AlertRow, use: WindowUse)] = []
    for row in rows { alerts.append((row, try await books.use(of: row))) }
    let register = Register(alerts, setup: books.setup)
    switch format {
    case .csv: Terminal.show(RegisterText(register: register).bytes)
    case .xlsx: Terminal.show(try RegisterWorkbook(register: register).bytes())
    }
  }

  private func showOne(_ id: Alert.ID, _ books: Books) async throws {
    let row = try await books.alert(id)
    guard !json else { return Terminal.show(try await books.json(of: row)) }
    let use = try await books.use(of: row)
    let course = try await books.ledger.read { try $0.course(of: row.id) }
    Terminal.show(AlertSheet(row: row, course: course, use: use, setup: books.setup).lines)
  }

  private func showList(_ books: Books) async throws {
    let office = books.setup.office
    let rows = try await rows(books)
    guard !json else {
      var lines: [AlertLine] = []
      for row in rows { lines.append(AlertLine(row, try await books.use(of: row), of: office)) }
      return Terminal.show(try Lines.line(lines))
    }
    let course = try await course(books, isSealed: rows.contains(where: \.isSealed))
    guard !rows.isEmpty || !course.isEmpty else {
      return Terminal.complain(nothing(books).map { $0[books.language] }.joined(separator: "\n"))
    }
    let table = rows.isEmpty ? [] : AlertTable(rows: rows, office: office).lines
    let parting = rows.isEmpty || course.isEmpty ? [] : [""]
    Terminal.show(table + parting + course)
    // Whoever asks about an address asks who was told.
    guard url != nil else { return }
    for row in rows {
      let use = try await books.use(of: row)
      Terminal.show(AlertSheet(row: row, course: [], use: use, setup: books.setup).receipts)
    }
  }

  /// Why there is nothing to show: of an address, that it was never seen, and who watches its host.
  private func nothing(_ books: Books) -> [Phrase] {
    guard let url else { return [Phrase(zh: "没有符合条件的预警", en: "no alert matches")] }
    let host = URLComponents(string: url)?.host
    let watching = books.setup.feeds.filter { feed in
      !feed.off && host != nil && URLComponents(string: feed.url)?.host == host
    }.map { "\($0.name) \($0.id)" }
    let never = Phrase(
      zh: "从未见过这个网址（只按网址查，请与原网址核对）", en: "never seen (by its exact address alone)")
    guard !watching.isEmpty else {
      return [never, Phrase(zh: "没有信源监测该网站", en: "no feed watches that site")]
    }
    return [
      never,
      Phrase(
        zh: "监测该网站的信源：\(watching.joined(separator: "、"))",
        en: "what watches that site: \(watching.joined(separator: ", "))"),
    ]
  }

  private func rows(_ books: Books) async throws -> [AlertRow] {
    let filter = filter(in: books.zone)
    let found = try await books.ledger.read { try $0.alerts(filter) }
    // Whose an allegation is about would show by asking for one unit after another.
    return unit == nil ? found : found.filter { !$0.isSealed }
  }

  /// What became of whatever was found at the address, whether or not an alert came of it.
  private func course(_ books: Books, isSealed: Bool) async throws -> [String] {
    guard let url else { return [] }
    let steps = try await books.ledger.read { try $0.course(at: url, Extractor.itemID(for: url)) }
    return CourseLines(setup: books.setup, isSealed: isSealed).lines(steps)
  }

  private func filter(in zone: OfficeZone) -> AlertFilter {
    AlertFilter(
      since: since.map { zone.wallTime($0.civil) },
      until: until.map { zone.wallTime($0.civil.adding(days: 1)) },
      unit: unit.map(UnitName.init(rawValue:)), grade: grade, url: url)
  }
}

extension ArgumentHelp {
  /// What the number of an alert is.
  static var alertNumber: ArgumentHelp {
    ArgumentHelp(
      say(zh: "预警编号，如 2026-0017", en: "the alert's number, as 2026-0017"), valueName: "id")
  }
}

extension Grade: ExpressibleByArgument {}

extension Alert.ID: ExpressibleByArgument {
  /// A number as people write it, with or without its noughts.
  package init?(argument: String) {
    self.init(argument)
  }
}
