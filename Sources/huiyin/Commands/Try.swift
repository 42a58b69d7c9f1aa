import ArgumentParser
import Extracting
import Fetching
import Foundation
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
            huiyin try qingchuan-board --articles 0 --json
          """,
        en: """
          Examples:
            huiyin try qingchuan-board
            huiyin try qingchuan-board --articles 0 --json
          """))
  }

  @OptionGroup var config: Config

  @Argument(
    help: ArgumentHelp(
      say(zh: "信源编号，即 Feeds 下的文件名", en: "the feed's id: its file's name in Feeds"),
      valueName: "feed"))
  var feed: String

  @Option(
    help: ArgumentHelp(
      say(zh: "最多打开几条链接的正文页", en: "how many of the pages behind links to open at most"),
      valueName: "count"))
  var articles = 3

  @Flag(help: ArgumentHelp(say(zh: "每行一个 JSON 对象", en: "one JSON object a line")))
  var json = false

  mutating func run() async throws {
    let setup = try config.setup()
    guard let feed = setup.feeds.first(where: { $0.id.rawValue == feed }) else {
      let ids = setup.feeds.map(\.id.rawValue).joined(separator: " ")
      throw Ending.no(
        say(zh: "没有编号为“\(feed)”的信源；现有：\(ids)", en: "no feed \"\(feed)\"; there are: \(ids)"))
    }
    let fetcher = Fetcher(manners: setup.fetch, version: Huiyin.version, now: WallClock.now)
    do {
      try await show(feed, setup, fetcher)
      await fetcher.close()
    } catch let miss as Miss {
      await fetcher.close()
      throw Ending.no("\(feed.id): \(miss.reason[setup.office.language])")
    }
  }

  private func show(_ feed: Feed, _ setup: Setup, _ fetcher: Fetcher) async throws {
    let extractor = Extractor(zone: setup.office.zone)
    let printer = ItemPrinter(zone: setup.office.zone, json: json)
    var url: String? = feed.url
    var opened = 0
    for _ in 0..<max(1, feed.pages) {
      guard let address = url, let page = try await page(address, feed, setup, fetcher) else {
        return
      }
      let extract = try extractor.extract(page, of: feed)
      Terminal.complain("\(address) [\(extract.charset)]")
      for item in extract.items { try printer.show(ExtractLine(item, zone: setup.office.zone)) }
      for lead in extract.leads {
        guard opened < articles else {
          try printer.show(ExtractLine(lead, zone: setup.office.zone))
          continue
        }
        opened += 1
        try await open(lead, feed, setup, fetcher, extractor, printer)
      }
      if !extract.brokenRows.isEmpty {
        let rows = extract.brokenRows.map(String.init).joined(separator: ", ")
        Terminal.complain(
          say(zh: "无标题或链接的行：\(rows)", en: "rows without title or link: \(rows)"))
      }
      url = extract.next
    }
  }

  private func open(
    _ lead: Lead, _ feed: Feed, _ setup: Setup, _ fetcher: Fetcher, _ extractor: Extractor,
    _ printer: ItemPrinter
  ) async throws {
    do {
      guard let page = try await page(lead.url, feed, setup, fetcher) else { return }
      let item = try extractor.item(on: page, for: lead, of: feed)
      try printer.show(ExtractLine(item, zone: setup.office.zone))
    } catch let miss as Miss {
      // As in a real round: a page that does not come leaves the title.
      Terminal.complain("\(lead.url): \(miss.reason[setup.office.language])")
      try printer.show(ExtractLine(lead, zone: setup.office.zone))
    }
  }

  private func page(
    _ url: String, _ feed: Feed, _ setup: Setup, _ fetcher: Fetcher
  ) async throws -> Page? {
    let request = PageRequest(
      of: feed, url: url, pause: setup.fetch.pause, isListing: url == feed.url)
    guard case .page(let page) = try await fetcher.fetch(request) else { return nil }
    return page
  }
}

/// Prints items, for people or as lines of JSON.
struct ItemPrinter {
  let zone: OfficeZone
  let json: Bool

  /// Prints one item.
  func show(_ line: ExtractLine) throws {
    guard !json else { return print(try Lines.line(line)) }
    let date = line.publishedAt.value ?? say(zh: "无日期", en: "no date")
    print("\(Terminal.fit(date, 26))\(line.title)")
    print("  \(line.url)")
    let gist = line.body.prefix(120).replacing("\n", with: " ")
    if !gist.isEmpty { print("  \(gist)") }
    if let answer = line.answer.value {
      print("  → \(answer.unit.value ?? ""): \(answer.body.prefix(60).replacing("\n", with: " "))")
    }
  }
}
