import ArgumentParser
import Storage
import Vocabulary

/// `huiyin rules`: how each rule does on what is stored (规则使用情况).
struct RuleReport: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rules",
      abstract: say(zh: "各条规则的命中、误报、失效词和重叠", en: "how each rule does on what is stored"),
      usage: "huiyin rules [--days <days>] [--all]",
      discussion: say(
        zh: """
          把台账里原文仍在的信息按现行规则重新研判一遍，逐条规则列出：命中多少（近 14 天的高低）、
          主导类别或单位多少次、预警中被标为误报的和属实率；从未命中的规则和词；总是一起命中、从不
          起作用的规则；险些命中差在哪个词；文中像地名而 places 里没有的；并抽几条没有定级的请人看看
          （每周换一批）。
          误报用 huiyin ack 编号 --false-alarm 或回信“误报”标注。只看，不存。

          示例：
            huiyin rules
            huiyin rules --days 7 --all
            huiyin rules --json
          """,
        en: """
          Judges what is stored anew by the rules in force, and says of each rule how much it met
          (and on which of the last 14 days), how often it led topic or unit, how many of its
          alerts were marked as false; rules and words that met nothing; rules that always come
          together or decide nothing; which word was missing where one nearly matched; what looks
          like a place and is not in places; and some items that no rule graded, others every week.
          Nothing is stored.

          Examples:
            huiyin rules
            huiyin rules --days 7 --all
            huiyin rules --json
          """))
  }

  /// How many items are read at one time.
  private static let atOnce = 500
  /// How many items that no rule graded are shown.
  private static let sampled = 10

  @OptionGroup var config: Config

  @Option(
    help: ArgumentHelp(
      say(zh: "最近多少天发现的信息", en: "items found in so many days"), valueName: "days"))
  var days = 30

  @Flag(help: ArgumentHelp(say(zh: "全部列出，不截短", en: "everything, not the first few")))
  var all = false

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  func validate() throws {
    guard (1...366).contains(days) else {
      throw ValidationError(say(zh: "--days 应为 1 到 366 的整数", en: "--days is 1 to 366"))
    }
  }

  func run() async throws {
    let setup = try config.setup()
    let books = try Books.look(setup)
    defer { books.ledger.close() }
    let now = try await books.now().wall
    let since = now - .days(Int64(days))
    let marks = try await books.ledger.read { try $0.marks(raisedSince: since) }
    let numbers = try await books.ledger.read { try $0.numbers(raisedSince: since) }
    let origins = Origins(setup)
    var use = RuleUse(
      setup.ruleBook, days: days, week: books.zone.week(now), sampled: Self.sampled)
    var last: Item?
    while true {
      let items = try await books.ledger.read { [last] in
        try $0.judgedItems(foundSince: since, after: last, limit: Self.atOnce)
      }
      guard !items.isEmpty else { break }
      for stored in items {
        let age = Int((now - stored.item.foundAt.wall).inMilliseconds / 86_400_000)
        use.add(
          stored, daysAgo: age, from: origins.origin(of: stored), mark: marks[stored.item.id],
          alert: numbers[stored.item.id])
      }
      last = items.last?.item
    }
    guard !json else {
      return Terminal.show(
        try Lines.line(RuleUseLine(use, since: books.zone.rfc3339(since))))
    }
    Terminal.show(
      RuleUseSheet(use: use, since: since, isWhole: all, office: setup.office).lines)
  }
}

extension OfficeZone {
  /// The number of a week, which begins on a Monday.
  fileprivate func week(_ time: WallTime) -> Int {
    let day = (time.milliseconds / 1000 + Int64(offset(at: time))) / 86_400
    return Int((day + 3) / 7)
  }
}
