import ArgumentParser
import Storage
import Vocabulary

/// `huiyin rules`: how each rule does on what is stored (规则使用情况).
struct RuleReport: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rules",
      abstract: say(zh: "各条规则的命中、误报、失效词和重叠", en: "how each rule does on what is stored"),
      usage: "huiyin rules [--days <days>] [--all] [--suggest <labelled.tsv> | --suggest-marked]",
      discussion: say(
        zh: """
          把台账里原文仍在的信息按现行规则重新研判一遍，逐条规则列出：命中多少（近 14 天的高低）、
          主导类别或单位多少次、预警中被标为误报的和属实率；从未命中的规则和词；总是一起命中、从不
          起作用的规则；险些命中差在哪个词；文中像地名而 places 里没有的；并抽几条没有定级的请人看看
          （每周换一批）。
          误报用 huiyin ack 编号 --false-alarm 或回信“误报”标注。只看，不存。
          --suggest 按标注文件（格式同 huiyin evaluate），--suggest-marked 按台账里标过误报、
          调过级、签收过的预警，逐类列出补上哪些词能捞回漏判的、排除哪些词能去掉误判的，以及各会
          带错几条。候选词是至少两条里都有的二到八个汉字，按对数似然比（Dunning）排列，3.84 以下多半
          是巧合；只列编号，不列原文。词是线索，改了规则请再用 huiyin evaluate 看总账。

          示例：
            huiyin rules
            huiyin rules --days 7 --all
            huiyin rules --suggest 标注.tsv
            huiyin rules --json
          """,
        en: """
          Judges what is stored anew by the rules in force, and says of each rule how much it met
          (and on which of the last 14 days), how often it led topic or unit, how many of its
          alerts were marked as false; rules and words that met nothing; rules that always come
          together or decide nothing; which word was missing where one nearly matched; what looks
          like a place and is not in places; and some items that no rule graded, others every week.
          Nothing is stored.
          --suggest, by a labelled file as huiyin evaluate reads it, and --suggest-marked, by
          alerts that officers marked as false, regraded or took up, name for each class words
          that would have found what was missed or kept out what was caught wrongly, and how
          many each would have got wrong: runs of two to eight ideographs that at least two
          texts have, by Dunning's log-likelihood ratio, of which 3.84 and less is most often
          chance. Rows are named by number, never by their text. A word is a hint: see with
          huiyin evaluate what a changed rule comes to.

          Examples:
            huiyin rules
            huiyin rules --days 7 --all
            huiyin rules --suggest labelled.tsv
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

  @Option(
    help: ArgumentHelp(
      say(zh: "按标注文件建议词，- 为标准输入", en: "suggest words by a labelled file, - for standard input"),
      valueName: "labelled.tsv"))
  var suggest: String?

  @Flag(
    help: ArgumentHelp(
      say(zh: "按台账里标过的预警建议词", en: "suggest words by alerts that officers marked")))
  var suggestMarked = false

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  func validate() throws {
    guard (1...366).contains(days) else {
      throw ValidationError(say(zh: "--days 应为 1 到 366 的整数", en: "--days is 1 to 366"))
    }
    guard suggest == nil || !suggestMarked else {
      throw ValidationError(
        say(
          zh: "--suggest 和 --suggest-marked 只能用一个", en: "--suggest or --suggest-marked, not both"))
    }
  }

  func run() async throws {
    let setup = try config.setup()
    if let suggest { return try self.suggest(setup, by: suggest) }
    let books = try Books.look(setup)
    defer { books.ledger.close() }
    let now = try await books.now().wall
    let since = now - .days(Int64(days))
    if suggestMarked {
      let suggestions = try await Suggestions(marked: books, since: since)
      return try show(suggestions, setup.office.language)
    }
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

extension RuleReport {
  /// How many words are named for one class.
  private static let mostWords = (few: 8, all: 40)

  private func suggest(_ setup: Setup, by path: String) throws {
    var faults = 0
    let suggestions = try Suggestions(labelled: path, setup, faults: &faults)
    try show(suggestions, setup.office.language)
    if faults > 0 { throw Ending.no() }
  }

  private func show(_ suggestions: Suggestions, _ language: Language) throws {
    let parts = suggestions.parts(
      atMost: all || json ? Self.mostWords.all : Self.mostWords.few)
    guard !json else {
      return Terminal.show(
        try Lines.line(
          SuggestionLine(parts, rows: suggestions.rows.count, ruleBook: suggestions.ruleBook)))
    }
    Terminal.show(
      SuggestionSheet(
        parts: parts, rows: suggestions.rows.count, ruleBook: suggestions.ruleBook,
        language: language
      ).lines)
  }
}

extension OfficeZone {
  /// The number of a week, which begins on a Monday.
  fileprivate func week(_ time: WallTime) -> Int {
    let day = (time.milliseconds / 1000 + Int64(offset(at: time))) / 86_400
    return Int((day + 3) / 7)
  }
}
