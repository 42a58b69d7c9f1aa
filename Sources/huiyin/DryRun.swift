import Alerting
import Extracting
import Fetching
import Vocabulary

/// What a first round of one feed would do, shown and neither stored nor sent (试采).
struct DryRun {
  private let feed: Feed
  private let setup: Setup
  private let fetcher: Fetcher
  private let extractor: Extractor
  private let printer: ItemPrinter
  private let freshness = Freshness()
  /// How many more articles may be opened.
  private var articlesLeft: Int
  /// How many articles could not be read, and listings not to their end.
  private(set) var misses = 0

  /// A dry run of a feed that opens at most so many articles.
  init(feed: Feed, setup: Setup, fetcher: Fetcher, json: Bool, mostArticles: Int) {
    self.feed = feed
    self.setup = setup
    self.fetcher = fetcher
    extractor = Extractor(zone: setup.office.zone)
    printer = ItemPrinter(office: setup.office, json: json)
    articlesLeft = mostArticles
  }

  private var language: Language { setup.office.language }

  /// Reads the feed's pages in turn; a page that cannot be read ends it.
  mutating func run() async throws {
    switch feed.kind {
    case .file: return try await runExports()
    case .mail: throw Ending.no(mailed[language])
    case .list, .board, .article, .rss, .json: break
    }
    var (url, body) = (feed.url, feed.requestBody)
    var seen: Set<String> = []
    for number in 0..<max(1, feed.pages) {
      seen.insert(url + "\n" + (body?.text ?? ""))
      guard let extract = try await showPage(url, body, number), let next = extract.next,
        !seen.contains(next + "\n" + (extract.nextBody?.text ?? ""))
      else { return }
      (url, body) = (next, extract.nextBody)
    }
  }

  private var mailed: Phrase {
    Phrase(
      zh: "\(feed.id) 是邮件录入：由值班员发邮件录入，没有可试采的页面",
      en: "\(feed.id) is what officers mail in: there is no page to be tried")
  }

  /// Reads the files of a feed's folder, each by itself, and leaves them where they lie.
  private mutating func runExports() async throws {
    let shelf = ExportShelf(now: WallClock.now)
    do {
      for export in try shelf.pile(of: feed).exports {
        do {
          let page = try shelf.page(of: export)
          let extract = try extracted { () throws(Miss) in try extractor.extract(page, of: feed) }
          try await show(extract, page, of: export.path)
        } catch let miss as Miss {
          misses += 1
          Terminal.complain("\(export.path)\n  \(miss.reason[language])")
        }
      }
    } catch let miss as Miss {
      throw Ending.no("\(feed.id): \(miss.reason[language])")
    }
  }

  /// What a page holds, shown; nil where numbered pages have come to their end.
  private mutating func showPage(
    _ url: String, _ body: RequestBody?, _ number: Int
  ) async throws -> Extract? {
    let extract: Extract
    let page: Page
    do {
      page = try await fetched(url, isListing: true, body: body, number: number)
      extract = try extracted { () throws(Miss) in try extractor.extract(page, of: feed) }
    } catch {
      let isEnd = error.cause == .nothingFound || error.cause == .gone || error.cause == .empty
      if number > 0, feed.paging != nil, isEnd { return nil }
      throw Ending.no("\(feed.id): \(url)\n  \(error.reason[language])")
    }
    try await show(extract, page, of: page.url)
    return extract
  }

  private mutating func show(_ extract: Extract, _ page: Page, of url: String) async throws {
    Terminal.complain(heading(url, extract)[language])
    for line in extractor.counts(on: page, of: feed) {
      Terminal.complain("  " + line.sentence[language])
    }
    for item in extract.items {
      try printer.show(ExtractLine(item, zone: setup.office.zone), admission(item.published, page))
    }
    for lead in extract.leads { try await show(lead, on: page) }
    if let cut = extract.cut {
      misses += 1
      Terminal.complain("\(url)\n  \(cut.reason[language])")
    }
  }

  private mutating func show(_ lead: Lead, on page: Page) async throws {
    var admission = admission(lead.published, page)
    // A listing without dates: the article may have one, so it is asked.
    if admission == .undatedBaseline { admission = .new }
    var line = ExtractLine(lead, zone: setup.office.zone)
    if admission == .new, articlesLeft > 0 {
      articlesLeft -= 1
      do {
        let article = try await fetched(lead.url, isListing: false)
        let item = try extracted { () throws(Miss) in
          try extractor.item(on: article, for: lead, of: feed)
        }
        line = ExtractLine(item, zone: setup.office.zone)
        admission = self.admission(item.published, page)
      } catch {
        // As in a real round, an article that does not come leaves its title.
        misses += 1
        Terminal.complain("\(lead.url)\n  \(error.reason[language])")
      }
    }
    try printer.show(line, admission)
  }

  private func admission(_ published: PublicationTime, _ page: Page) -> Admission {
    freshness.admission(of: published, in: feed, onFirstRun: true, foundAt: page.fetchedAt)
  }

  private func fetched(
    _ url: String, isListing: Bool, body: RequestBody? = nil, number: Int = 0
  ) async throws(Miss) -> Page {
    let request = PageRequest(
      of: feed, url: url, pause: setup.fetch.pause, isListing: isListing, body: body, number: number
    )
    guard case .page(let page) = try await fetcher.fetch(request) else {
      throw Miss(
        .status, url: url, status: 304,
        reason: Phrase(
          zh: "接收：网站称页面未改动，而我们并未问起", en: "Receiving: the site says unchanged, unasked"))
    }
    return page
  }

  /// Fetching's sentences name their step; extraction's get its name here.
  private func extracted<T>(_ work: () throws(Miss) -> T) throws(Miss) -> T {
    do {
      return try work()
    } catch {
      var miss = error
      miss.reason = Phrase(zh: "提取：\(error.reason.zh)", en: "Extraction: \(error.reason.en)")
      throw miss
    }
  }

  private func heading(_ url: String, _ extract: Extract) -> Phrase {
    let count = extract.items.count + extract.leads.count
    let rows = extract.brokenRows.map(String.init).joined(separator: ", ")
    return Phrase(
      zh: "\(url)：\(count) 条，\(extract.charset)" + (rows.isEmpty ? "" : "；无标题或链接的行：\(rows)"),
      en: "\(url): \(count) rows, \(extract.charset)"
        + (rows.isEmpty ? "" : "; rows without title or link: \(rows)"))
  }
}
