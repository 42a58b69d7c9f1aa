import ArgumentParser
import Foundation
import Storage
import Vocabulary

/// `huiyin alerts [ID]`: a list of alerts, or one with its whole course (预警查询).
struct Alerts: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "列出预警，或一件的全过程", en: "list alerts, or one with its whole course"),
      discussion: say(
        zh: """
          示例：
            huiyin alerts --since 2026-03-01 --grade major
            huiyin alerts 2026-0017
            huiyin alerts --url https://board.example/thread/42 --json
          """,
        en: """
          Examples:
            huiyin alerts --since 2026-03-01 --grade major
            huiyin alerts 2026-0017
            huiyin alerts --url https://board.example/thread/42 --json
          """))
  }

  @OptionGroup var config: Config

  @Argument(
    help: ArgumentHelp(say(zh: "预警编号，如 2026-0017", en: "an alert's number"), valueName: "id"))
  var id: String?

  @Option(help: ArgumentHelp(say(zh: "原文网址", en: "the item's address"), valueName: "url"))
  var url: String?

  @Option(
    help: ArgumentHelp(
      say(zh: "从这一天起（YYYY-MM-DD）", en: "raised on this day or later"), valueName: "date"))
  var since: String?

  @Option(
    help: ArgumentHelp(
      say(zh: "到这一天止，含当天（YYYY-MM-DD）", en: "raised on this day or before"), valueName: "date"))
  var until: String?

  @Option(help: ArgumentHelp(say(zh: "承办单位", en: "the responsible unit"), valueName: "unit"))
  var unit: String?

  @Option(
    help: ArgumentHelp(
      say(zh: "等级：major、considerable、general", en: "major, considerable or general"),
      valueName: "grade"))
  var grade: Grade?

  @Flag(help: ArgumentHelp(say(zh: "输出 JSON", en: "JSON")))
  var json = false

  mutating func run() async throws {
    let books = try Books.look(config)
    defer { books.ledger.close() }
    if let id { try await showOne(id, books) } else { try await showList(books) }
  }

  private func showOne(_ id: String, _ books: Books) async throws {
    let row = try await books.alert(id)
    guard !json else {
      return print(try Lines.line(AlertLine(row, zone: books.zone, language: books.language)))
    }
    let course = try await books.read { try $0.course(of: row.id) }
    for line in AlertSheet(row: row, course: course, books: books).lines { print(line) }
  }

  private func showList(_ books: Books) async throws {
    let filter = AlertFilter(
      since: try day(since, books)?.start, until: try day(until, books)?.end,
      unit: unit.map(UnitName.init(rawValue:)), grade: grade, url: url)
    let rows = try await books.read { try $0.alerts(filter) }
    guard !json else {
      let lines = rows.map { AlertLine($0, zone: books.zone, language: books.language) }
      return print(try Lines.line(lines))
    }
    for row in rows { print(AlertSheet(row: row, course: [], books: books).heading) }
    let none = Phrase(zh: "没有符合条件的预警", en: "no alert matches")
    if rows.isEmpty { Terminal.complain(none[books.language]) }
  }

  private func day(_ written: String?, _ books: Books) throws -> (start: WallTime, end: WallTime)? {
    guard let written else { return nil }
    let parts = written.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, let day = CivilTime(year: parts[0], month: parts[1], day: parts[2])
    else {
      throw Ending(
        code: 2,
        sentence: Phrase(
          zh: "“\(written)”不是日期，应如 2026-03-02", en: "\"\(written)\" is no date; write 2026-03-02")[
            books.language])
    }
    return (books.zone.wallTime(day), books.zone.wallTime(day.adding(days: 1)))
  }
}

extension Grade: ExpressibleByArgument {}

/// One alert as a person reads it in 80 columns.
struct AlertSheet {
  let row: AlertRow
  let course: [CourseStep]
  let books: Books

  private var language: Language { books.language }

  private var title: String {
    row.isConduct
      ? Phrase(zh: "（检举控告，不显示内容）", en: "(conduct, not shown)")[language] : row.item.title
  }

  /// One line: number, grade, state, found, unit, title.
  var heading: String {
    let unit = row.isConduct ? "" : row.unit?.rawValue ?? "—"
    return "\(row.id) \(Terminal.fit(row.alert.grade.name[language], 12)) "
      + "\(Terminal.fit(row.state.name[language], 8)) \(books.short(row.item.foundAt.wall)) "
      + "\(Terminal.fit(unit, 12)) \(Terminal.fit(title, 22))".trimmed
  }

  /// The whole of it.
  var lines: [String] {
    var lines = ["\(row.id)  \(row.alert.grade.name[language])  \(row.state.name[language])"]
    lines.append("  " + title)
    if !row.isConduct { lines.append("  " + row.item.url) }
    lines += facts.map { "  \(Terminal.fit($0.0[language], 12)) \($0.1)" }
    lines.append("")
    lines.append(Phrase(zh: "经过", en: "Course")[language])
    lines += course.map { "  \(books.short($0.at))  \($0.what[language])" }
    lines.append("")
    lines.append(Phrase(zh: "通知", en: "Notices")[language])
    lines += row.notices.flatMap(noticeLines)
    return lines
  }

  private var facts: [(Phrase, String)] {
    var facts: [(Phrase, String)] = [
      (Phrase(zh: "信源", en: "feed"), row.feed.rawValue),
      (Phrase(zh: "承办单位", en: "unit"), row.isConduct ? "—" : row.unit?.rawValue ?? "—"),
      (Phrase(zh: "理由", en: "reason"), row.reasonInWords(language)),
      (Phrase(zh: "规则集版本", en: "rule book"), row.verdict.ruleBook.rawValue),
      (Phrase(zh: "通知时限", en: "due"), books.short(row.alert.deadline.dueAt)),
    ]
    if let sentAt = row.sentAt {
      let used = sentAt - row.alert.deadline.startedAt.wall
      let share = 100 * used.inMilliseconds / max(1, row.alert.deadline.window.inMilliseconds)
      facts.append(
        (
          Phrase(zh: "发出", en: "sent"),
          Phrase(
            zh: "\(books.short(sentAt))，用去时限的 \(share)%",
            en: "\(books.short(sentAt)), \(share)% of the window used")[language]
        ))
    }
    return facts
  }

  private func noticeLines(_ notice: NoticeRow) -> [String] {
    let attempts = Phrase(
      zh: "第\(notice.attempts)次", en: "attempt \(notice.attempts)")[language]
    let when = notice.sentAt.map(books.short) ?? ""
    var lines = [
      "  \(Terminal.fit(notice.recipient.address, 36)) "
        + "\(Terminal.fit(notice.state.name[language], 10)) \(attempts)  \(when)".trimmed
    ]
    if notice.state != .sent, let reply = notice.lastReply { lines.append("    " + reply) }
    if notice.mayHaveBeenSentTwice {
      lines.append("    " + Phrase(zh: "可能已重复发送", en: "may have been sent twice")[language])
    }
    return lines
  }
}

extension Alert.State {
  /// The state as people read it.
  var name: Phrase {
    switch self {
    case .open: Phrase(zh: "未签收", en: "open")
    case .acknowledged: Phrase(zh: "已签收", en: "acknowledged")
    case .returned: Phrase(zh: "已退回", en: "returned")
    case .closed: Phrase(zh: "已办结", en: "closed")
    }
  }
}
