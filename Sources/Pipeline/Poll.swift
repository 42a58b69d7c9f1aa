import Logging
import Storage
import Vocabulary

/// One reading of one feed (采集一轮): its listing pages, one transaction each, and what it says of
/// the feed's health.
struct Poll: Sendable {
  let surroundings: Surroundings
  let generation: Generation
  let feed: Feed

  private var ledger: Ledger { surroundings.ledger }
  private var steps: Steps { generation.steps }

  /// Reads the feed and writes down how it went. Throws only what the ledger throws.
  func run() async throws {
    let state = try await ledger.read { [feed] in try $0.feedState(feed.id) }
    let known = FeedState.current(state, of: feed)
    do {
      let harvest = try await harvest(from: known)
      try await FeedHealth(surroundings: surroundings, generation: generation, feed: feed)
        .succeeded(after: known, harvest)
    } catch let miss as Miss {
      // A reading that a stop has cut short says nothing of the feed: it stays due.
      guard !Task.isCancelled else { return }
      try await FeedHealth(surroundings: surroundings, generation: generation, feed: feed)
        .missed(after: known, miss)
    }
  }

  /// What a whole reading brought.
  struct Harvest: Sendable {
    var validators: Validators
    /// Rows on the first page; nil when it was unchanged.
    var rows: Int?
    var readAt: Instant
  }

  private func harvest(from state: FeedState) async throws -> Harvest {
    let onFirstRun = state.firstReadAt == nil
    var url = feed.url
    var harvest: Harvest?
    var seen: Set<String> = []
    for _ in 0..<max(1, feed.pages) {
      let isFirst = harvest == nil
      guard case .page(let page) = try await fetched(url, isFirst ? state.validators : Validators())
      else {
        return harvest
          ?? Harvest(validators: state.validators, rows: nil, readAt: surroundings.now())
      }
      let extract = try steps.extract(page, feed)
      let news = try await take(extract, from: page, onFirstRun: onFirstRun)
      // The validators are kept only when every page behind them was read: else a 304 to the
      // first page would hide what an older page still owes us.
      harvest =
        harvest
        ?? Harvest(
          validators: page.validators, rows: extract.items.count + extract.leads.count,
          readAt: page.fetchedAt)
      seen.insert(url)
      guard let next = extract.next, news > 0 || onFirstRun, !seen.contains(next) else { break }
      url = next
    }
    return harvest ?? Harvest(validators: Validators(), rows: nil, readAt: surroundings.now())
  }

  private func fetched(_ url: String, _ validators: Validators) async throws(Miss) -> Fetched {
    try await steps.fetch(
      PageRequest(
        of: feed, url: url, validators: validators, pause: generation.setup.fetch.pause,
        isListing: true))
  }

  /// Writes what is new on one page, all of it or none, and says how much that was.
  private func take(_ extract: Extract, from page: Page, onFirstRun: Bool) async throws -> Int {
    let ids = extract.items.map(\.id) + extract.leads.map(\.id)
    let work = PageWork(
      casework: Casework(generation: generation, feed: feed), extract: extract,
      onFirstRun: onFirstRun, readAt: page.fetchedAt)
    // Most pages bring nothing new: look before taking the writer.
    let known = try await ledger.read { try $0.known(ids) }
    guard known.count < Set(ids).count else { return 0 }
    let tally = try await ledger.write { try work.commit(in: $0) }
    if tally.speaks > 0 { surroundings.noticesCame.ring() }
    surroundings.fresh.add(tally.leads)
    surroundings.log.info(
      "page taken in",
      metadata: [
        "feed": "\(feed.id)", "items": "\(tally.items)", "leads": "\(tally.leads.count)",
        "alerts": "\(tally.raised.map(\.description).joined(separator: " "))",
        "charset": "\(extract.charset)", "brokenRows": "\(extract.brokenRows.count)",
      ])
    return tally.items + tally.leads.count + tally.kept
  }
}

/// What is new on one page, written in one transaction.
struct PageWork: Sendable {
  /// How much of a page was new.
  struct Tally: Sendable {
    var items = 0
    /// Leads to be fetched now.
    var leads: [OpenLead] = []
    /// Leads kept as baseline or too old, never to be fetched.
    var kept = 0
    var raised: [Alert.ID] = []
    var speaks = 0
  }

  let casework: Casework
  let extract: Extract
  let onFirstRun: Bool
  let readAt: Instant

  private var feed: Feed { casework.feed }
  private var steps: Steps { casework.generation.steps }

  /// Writes the page's news, all or nothing.
  func commit(in ledger: Writing) throws -> Tally {
    var tally = Tally()
    // Looked up again inside the transaction: another feed may have brought the same address.
    var known = try ledger.known(extract.items.map(\.id) + extract.leads.map(\.id))
    for item in extract.items where known.insert(item.id).inserted {
      let admission = steps.admit(item.published, feed, onFirstRun, readAt)
      let outcome = try casework.takeIn(item, admission, in: ledger)
      tally.items += 1
      tally.speaks += outcome.speaks ? 1 : 0
      if let raised = outcome.raised { tally.raised.append(raised) }
    }
    for lead in extract.leads where known.insert(lead.id).inserted {
      try take(lead, &tally, in: ledger)
    }
    return tally
  }

  private func take(_ lead: Lead, _ tally: inout Tally, in ledger: Writing) throws {
    var lead = lead
    lead.onFirstRun = onFirstRun
    var admission = steps.admit(lead.published, feed, onFirstRun, readAt)
    // A listing without dates: the page behind the link may have one, so it is asked.
    if admission == .undatedBaseline { admission = .new }
    try ledger.insert(lead, admission: admission)
    guard admission == .new else {
      tally.kept += 1
      return
    }
    tally.leads.append(OpenLead(lead: lead, attempts: 0, nextTryAt: readAt.wall))
  }
}
