import Extracting
import Fetching
import Settings
import Vocabulary

/// Proposes a feed's file for a page that nobody has described (信源建议): the file goes to standard
/// output, what it would read to standard error. Nothing is stored.
struct Proposing {
  let config: Config
  let url: String

  func run() async throws {
    let (manners, zone, language) = try surroundings()
    let fetcher = Fetcher(manners: manners, version: Huiyin.version, now: WallClock.now)
    let fetched = await Result { () async throws(Miss) in try await page(fetcher, manners) }
    await fetcher.close()
    do throws(Miss) {
      let page = try fetched.get()
      let extractor = Extractor(zone: zone)
      let proposal = try extractor.proposal(for: page)
      let extract = try extractor.extract(page, of: proposal.feed)
      show(extract, zone, language)
      Terminal.show(proposal.yaml.split(separator: "\n").joined(separator: "\n"))
    } catch {
      throw Ending.no("\(url)\n  \(error.reason[language])")
    }
  }

  /// The office's own manners where there is a set-up, else those of a stranger.
  private func surroundings() throws -> (Manners, OfficeZone, Language) {
    let reading = config.config == nil ? try? config.reading() : try config.reading()
    guard let setup = reading?.setup else {
      // The file that is to be written may lie in Feeds already, and be empty.
      let sentence = Phrase(
        zh: "没有可用的设置文件，按默认的采集方式访问",
        en: "there is no set-up that can be used: the site is asked as by default")
      Terminal.complain(sentence[spoken])
      return (Manners(), .shanghai, spoken)
    }
    return (setup.fetch, setup.office.zone, setup.office.language)
  }

  private func page(_ fetcher: Fetcher, _ manners: Manners) async throws(Miss) -> Page {
    let feed = Feed(
      id: Feed.ID(rawValue: "new"), name: url, kind: .list, url: url, every: .minutes(10))
    let request = PageRequest(of: feed, url: url, pause: manners.pause, isListing: true)
    guard case .page(let page) = try await fetcher.fetch(request) else {
      throw Miss(
        .status, url: url, status: 304,
        reason: Phrase(zh: "接收：网站称页面未改动", en: "Receiving: the site says unchanged"))
    }
    return page
  }

  private func show(_ extract: Extract, _ zone: OfficeZone, _ language: Language) {
    let rows =
      extract.items.map { (title: $0.title, at: $0.published) }
      + extract.leads.map { (title: $0.title, at: $0.published) }
    let heading = Phrase(
      zh: "\(url)：\(rows.count) 条，\(extract.charset)",
      en: "\(url): \(rows.count) rows, \(extract.charset)")
    Terminal.complain(heading[language])
    for row in rows.prefix(10) {
      let at = row.at.moment.map { String(zone.rfc3339($0).prefix(16)) } ?? "—"
      Terminal.complain("  \(at)  \(row.title)")
    }
    if rows.count > 10 { Terminal.complain("  …") }
  }
}

extension Result {
  fileprivate init(_ body: () async throws(Failure) -> Success) async {
    do throws(Failure) { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
