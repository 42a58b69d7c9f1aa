import ArgumentParser
import Storage
import Vocabulary

/// `huiyin status`: what is watched, what is open, what is waiting (运行状态).
struct Status: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "信源、未结预警、待发通知的现状", en: "feeds, open alerts, waiting notices"),
      discussion: say(
        zh: """
          示例：
            huiyin status
            huiyin status --json
          有问题时退出码为 1。
          """,
        en: """
          Examples:
            huiyin status
            huiyin status --json
          Exits 1 when something is wrong.
          """))
  }

  @OptionGroup var config: Config

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  mutating func run() async throws {
    let books = try Books.look(config)
    let standing = try await Standing(books, now: WallClock.now())
    books.ledger.close()
    if json {
      print(try Lines.line(standing.line))
    } else {
      for line in standing.lines { print(line) }
    }
    if !standing.problems.isEmpty { throw Ending.no() }
  }
}

/// How everything stands at one moment.
struct Standing {
  /// As `status --json` prints it.
  struct Line: Encodable {
    struct FeedLine: Encodable {
      var id: String
      var state: String
      var lastSuccessAt: Lines.Nullable<String>
      var reason: Lines.Nullable<String>
      var permission: Lines.Nullable<String>
    }

    var healthy: Bool
    var problems: [String]
    var feeds: [FeedLine]
    var open: [String]
    var waiting: Int
    var trial: Bool
  }

  private let books: Books
  private let now: Instant
  private let states: [Feed.ID: FeedState]
  private let open: [AlertRow]
  private let waiting: Int
  private let isWatched: Bool

  /// Reads how everything stands.
  init(_ books: Books, now: Instant) async throws {
    self.books = books
    self.now = now
    let found = try await books.read { ledger in
      (
        states: try ledger.feedStates(),
        open: try ledger.alerts(AlertFilter(state: .open)),
        waiting: try ledger.waitingCount(), alive: try ledger.lastAlive()?.at
      )
    }
    states = Dictionary(found.states.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    open = found.open.sorted { $0.alert.deadline.dueAt < $1.alert.deadline.dueAt }
    waiting = found.waiting
    // The daemon says every 20 s that it is alive.
    isWatched = found.alive.map { now.elapsed(since: $0) < .seconds(90) } ?? false
  }

  private var language: Language { books.language }

  /// Sentences for whoever must do something; empty where all is well.
  var problems: [String] {
    var problems: [Phrase] = []
    if !isWatched {
      problems.append(Phrase(zh: "值守程序没有运行", en: "the daemon is not running"))
    }
    for feed in books.setup.feeds where !feed.off {
      guard let state = states[feed.id], state.reportedBlind, let miss = state.lastMiss else {
        continue
      }
      problems.append(
        Phrase(
          zh: "信源 \(feed.id) 采集不到：\(miss.reasonZh)",
          en: "feed \(feed.id) is blind: \(miss.reasonEn)"))
    }
    for row in open where isLate(row) {
      problems.append(
        Phrase(zh: "预警 \(row.id) 已过通知时限仍未发出", en: "alert \(row.id) is late and not yet sent"))
    }
    for row in open {
      for notice in row.notices where notice.state == .failed {
        problems.append(
          Phrase(
            zh: "预警 \(row.id) 发给 \(notice.recipient.address) 失败",
            en: "alert \(row.id) could not be sent to \(notice.recipient.address)"))
      }
    }
    return problems.map { $0[language] }
  }

  private func isLate(_ row: AlertRow) -> Bool {
    row.sentAt == nil && row.alert.deadline.dueAt < now.wall
  }

  /// As `--json` prints it.
  var line: Line {
    Line(
      healthy: problems.isEmpty, problems: problems,
      feeds: books.setup.feeds.map { feed in
        let state = states[feed.id]
        return Line.FeedLine(
          id: feed.id.rawValue, state: word(feed, state),
          lastSuccessAt: Lines.Nullable(state?.lastSuccessAt.map(books.zone.rfc3339)),
          reason: Lines.Nullable(reason(state)), permission: Lines.Nullable(feed.permission))
      }, open: open.map(\.id.description), waiting: waiting,
      trial: books.setup.office.trial.isOn)
  }

  /// As a person reads it in 80 columns.
  var lines: [String] {
    var lines: [String] = []
    let trial = books.setup.office.trial.inWords[language]
    if !trial.isEmpty { lines.append(trial) }
    let problems = problems
    lines.append(
      problems.isEmpty
        ? Phrase(zh: "一切正常", en: "All is well")[language]
        : Phrase(zh: "需要处理的问题：", en: "To be mended:")[language])
    lines += problems.map { "  ! " + Terminal.fit($0, 75).trimmed }
    lines.append("")
    lines.append(Phrase(zh: "信源", en: "Feeds")[language])
    lines += books.setup.feeds.map(feedLine)
    lines.append("")
    lines.append(
      Phrase(zh: "未签收预警 \(open.count) 件", en: "Open alerts: \(open.count)")[language])
    lines += open.prefix(20).map(alertLine)
    lines.append("")
    lines.append(Phrase(zh: "待发通知 \(waiting) 封", en: "Waiting notices: \(waiting)")[language])
    return lines
  }

  private func feedLine(_ feed: Feed) -> String {
    let state = states[feed.id]
    let success = state?.lastSuccessAt.map { at in
      Phrase(
        zh: "\(books.span(now.wall - at))前采到", en: "read \(books.span(now.wall - at)) ago")[
          language]
    }
    let age = success ?? Phrase(zh: "尚未采到", en: "never read")[language]
    let shown =
      "  \(Terminal.fit(feed.id.rawValue, 24)) \(Terminal.fit(shownWord(feed, state), 8)) "
      + "\(Terminal.fit(age, 18)) "
    return (shown + Terminal.fit(reason(state) ?? "", 24)).trimmed
  }

  private func alertLine(_ row: AlertRow) -> String {
    let left = row.alert.deadline.dueAt - now.wall
    let time =
      row.sentAt.map { Phrase(zh: "\(books.short($0))已发", en: "sent \(books.short($0))")[language] }
      ?? (left < .zero
      ? Phrase(zh: "已逾时\(books.span(.zero - left))", en: "late by \(books.span(.zero - left))")
      : Phrase(zh: "还剩\(books.span(left))", en: "\(books.span(left)) left"))[language]
    let grade = Terminal.fit(row.alert.grade.name[language], 12)
    let title = row.isConduct ? Phrase(zh: "（检举控告）", en: "(conduct)")[language] : row.item.title
    return "  \(row.id) \(grade) \(Terminal.fit(time, 18)) \(Terminal.fit(title, 34))".trimmed
  }

  private func reason(_ state: FeedState?) -> String? {
    guard let state, state.misses > 0 else { return nil }
    return state.lastMiss?.reason[language]
  }

  private func word(_ feed: Feed, _ state: FeedState?) -> String {
    if feed.off { return "off" }
    guard let state, state.lastPolledAt != nil else { return "new" }
    if state.reportedBlind { return "blind" }
    return state.misses > 0 ? "failing" : "ok"
  }

  private func shownWord(_ feed: Feed, _ state: FeedState?) -> String {
    guard language == .zh else { return word(feed, state) }
    if feed.off { return "停用" }
    guard let state, state.lastPolledAt != nil else { return "未采集" }
    if state.reportedBlind { return "盲区" }
    return state.misses > 0 ? "有失败" : "正常"
  }
}

extension String {
  /// Without the blanks that padding left at its end.
  var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
