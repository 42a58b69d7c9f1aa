import ArgumentParser
import Extracting
import Fetching
import Vocabulary

/// `huiyin try FEED`: fetches one feed now and prints its items, storing and sending nothing (试采).
struct Try: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "试采一个信源，不存不发", en: "fetch one feed now and print the items"),
      discussion: say(
        zh: """
          示例：
            huiyin try qingchuan-board
            huiyin try qingchuan-board --articles 3
            huiyin try qingchuan-board --json > 结果.jsonl
            huiyin try https://board.example/list > new-board.yaml
          与首次采集相同：读几页、开哪些正文页、间隔多久都一样。有采不到的，退出码为 1。
          给网址时，按网页自动写出一份信源文件，并列出照它能读到的条目；
          核对后放进 Feeds。
          """,
        en: """
          Examples:
            huiyin try qingchuan-board
            huiyin try qingchuan-board --articles 3
            huiyin try qingchuan-board --json > items.jsonl
            huiyin try https://board.example/list > new-board.yaml
          It does what a first run does: as many pages, the same articles, the same pause.
          Exits 1 when something could not be read. For an address it proposes a feed's file, and
          shows what that would read.
          """))
  }

  @OptionGroup var config: Config

  @Option(
    help: ArgumentHelp(
      say(zh: "最多打开几个正文页，默认不限", en: "open at most so many articles (default: all)"),
      valueName: "count"))
  var articles: Int?

  @Flag(help: ArgumentHelp(say(zh: "每行一个 JSON 对象", en: "one JSON object a line")))
  var json = false

  @Argument(
    help: ArgumentHelp(
      say(
        zh: "信源编号，即 Feeds 下的文件名；或一个网址",
        en: "the feed's id: its file's name in Feeds; or a web address"),
      valueName: "feed"))
  var feed: String

  func run() async throws {
    guard !feed.contains("://") else { return try await Proposing(config: config, url: feed).run() }
    let setup = try config.setup()
    let feed = try setup.feed(feed)
    let fetcher = Fetcher(manners: setup.fetch, version: Huiyin.version, now: WallClock.now)
    var dryRun = DryRun(
      feed: feed, setup: setup, fetcher: fetcher, json: json, mostArticles: articles ?? .max)
    do {
      try await dryRun.run()
      await fetcher.close()
    } catch {
      await fetcher.close()
      throw error
    }
    if dryRun.misses > 0 { throw Ending.no() }
  }
}
