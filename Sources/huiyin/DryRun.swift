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
    var url = feed.url
    var seen: Set<String> = []
    for _ in 0..<max(1, feed.pages) {
      let next = try await showPage(url)
      seen.insert(url)
      guard let next, !seen.contains(next) else { return }
      url = next
    }
  }

  private mutating func showPage(_ url: String) async throws -> String? {
    let extract: Extract
    let page: Page
    do {
      page = try await fetched(url, isListing: true)
      extract = try extracted { () throws(Miss) in try extractor.extract(page, of: feed) }
    } catch {
      throw Ending.no("\(feed.id): \(url)\n  \(error.reason[language])")
    }
    Terminal.complain(heading(url, extract)[language])
    for item in extract.items {
      try printer.show(ExtractLine(item, zone: setup.office.zone), admission(item.published, page))
    }
    for lead in extract.leads { try await show(lead, on: page) }
    if let cut = extract.cut {
      misses += 1
      Terminal.complain("\(url)\n  \(cut.reason[language])")
    }
    return extract.next
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

  private func fetched(_ url: String, isListing: Bool) async throws(Miss) -> Page {
    let request = PageRequest(
      of: feed, url: url, pause: setup.fetch.pause, isListing: isListing)
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
