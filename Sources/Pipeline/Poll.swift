import Logging
import Storage
import Vocabulary

/// One reading of one feed (采集一轮): its listing pages, one transaction each, and what it says of
/// the feed's health.
struct Poll: Sendable {
  let surroundings: Surroundings
  let generation: Generation
  let feed: Feed
  /// How its watching stood before this reading; nil for a feed that was never polled.
  let stored: FeedState?

  private var ledger: Ledger { surroundings.ledger }
  var steps: Steps { generation.steps }

  /// Reads the feed and writes down how it went. Throws only what the ledger throws.
  func run() async throws {
    var state = FeedState.current(stored, of: feed)
    do {
      let harvest = try await harvest(&state)
      guard !harvest.isKept else { return }
      try await health.keep(health.success(after: state, harvest))
    } catch let miss as Miss {
      // A reading that a stop has cut short says nothing of the feed: it stays due.
      guard !Task.isCancelled else { return }
      try await health.keep(health.miss(miss, after: state))
    }
  }

  private var health: FeedHealth {
    FeedHealth(surroundings: surroundings, generation: generation, feed: feed)
  }

  /// What a whole reading brought.
  struct Harvest: Sendable {
    var validators: Validators
    /// Rows on the first page; nil when it was unchanged.
    var rows: Int?
    var readAt: Instant
    /// What the first page looked like; nil when it was unchanged, or says nothing of what it was.
    var shape: ListingShape?
    /// Whether something was there that had not been seen.
    var hasNews = false
    /// Whether it stands in the ledger already, beside the news of its last page.
    var isKept = false
  }

  /// Reads the listing, page after page, as far as there is news; `state` follows what is written.
  private func harvest(_ state: inout FeedState) async throws -> Harvest {
    guard feed.kind != .file else { return try await harvestExports(&state) }
    let owed = state.owed
    let isFirstRun = state.firstReadAt == nil
    // While older pages are owed, a 304 to the first must not end the reading.
    let validators = owed == nil ? state.validators : Validators()
    guard
      case .page(let first) = try await fetched(feed.url, validators, body: feed.requestBody)
    else {
      return Harvest(validators: state.validators, rows: nil, readAt: surroundings.now())
    }
    var extract = try steps.extract(first, feed)
    state.charset = extract.charset.isEmpty ? state.charset : extract.charset
    var harvest = Harvest(
      validators: first.validators, rows: extract.items.count + extract.leads.count,
      readAt: first.fetchedAt, shape: feed.kind == .article ? nil : ListingShape(extract))
    // Most feeds have one page: how its reading went goes into the transaction of its news.
    let isWhole = extract.cut == nil && (extract.next == nil || feed.pages <= 1)
    let tally = try await take(
      extract, readAt: first.fetchedAt, onFirstRun: isFirstRun, &state,
      ending: isWhole ? harvest : nil)
    harvest.isKept = isWhole && tally != nil
    // What is whole of it is in; its validators are not kept, or a 304 would hide the rest.
    if let cut = extract.cut { throw cut }
    var news = tally?.news ?? 0
    harvest.hasNews = news > 0 && !isFirstRun
    let olderOnFirstRun = isFirstRun || owed == .olderPagesOfFirstRun
    var seen: Set<String> = [feed.url + "\n" + (feed.requestBody?.text ?? "")]
    while seen.count < max(1, feed.pages), let next = extract.next,
      seen.insert(next + "\n" + (extract.nextBody?.text ?? "")).inserted,
      news > 0 || owed != nil || isFirstRun
    {
      guard let older = try await older(next, extract.nextBody, number: seen.count - 1) else {
        break
      }
      let page = older.page
      extract = older.extract
      news =
        try await take(extract, readAt: page.fetchedAt, onFirstRun: olderOnFirstRun, &state)?.news
        ?? 0
    }
    state.owed = nil
    return harvest
  }

  /// An older page; nil where there is none. That the pages have come to their end is only seen when
  /// they are numbered and one is asked for that is not there.
  private func older(
    _ url: String, _ body: RequestBody?, number: Int
  ) async throws(Miss) -> (page: Page, extract: Extract)? {
    do throws(Miss) {
      let fetched = try await fetched(url, Validators(), body: body, number: number)
      guard case .page(let page) = fetched else { return nil }
      return (page, try steps.extract(page, feed))
    } catch {
      let isEnd = error.cause == .nothingFound || error.cause == .gone || error.cause == .empty
      guard isEnd, feed.paging != nil else { throw error }
      return nil
    }
  }

  private func fetched(
    _ url: String, _ validators: Validators, body: RequestBody?, number: Int = 0
  ) async throws(Miss) -> Fetched {
    try await steps.fetch(
      PageRequest(
        of: feed, url: url, validators: validators, pause: generation.setup.fetch.pause,
        isListing: true, body: body, number: number))
  }

  /// Writes what is new on one page, all of it or none, and says how much that was; nil where there
  /// was nothing to write.
  ///
  /// That older pages are owed stands in the same transaction as the news that leads to them: once
  /// the first page's rows are known, nothing else would.
  func take(
    _ extract: Extract, readAt: Instant, onFirstRun: Bool, _ state: inout FeedState,
    ending harvest: Harvest? = nil
  ) async throws -> PageWork.Tally? {
    // Most pages bring nothing new: look before taking the writer. A feed's first page does.
    if state.firstReadAt != nil {
      let hasNews = try await ledger.read { [feed] in try !$0.known(extract, to: feed).isAll }
      guard hasNews else { return nil }
    }
    // While the rest of a first page is missing, the next reading is still the first.
    if extract.cut == nil || !onFirstRun { state.firstReadAt = state.firstReadAt ?? readAt }
    if feed.pages > 1, extract.next != nil {
      state.owed = state.owed ?? (onFirstRun ? .olderPagesOfFirstRun : .olderPages)
    }
    var whole = state
    whole.owed = nil
    var harvest = harvest
    harvest?.hasNews = !onFirstRun
    let work = PageWork(
      casework: Casework(generation: generation, feed: feed, now: surroundings.now()),
      extract: extract, state: state, onFirstRun: onFirstRun, readAt: readAt,
      health: health, ending: harvest.map { health.success(after: whole, $0) })
    let tally = try await ledger.write(waitsForCompany: true) { try work.commit(in: $0) }
    tell(tally, extract)
    return tally
  }

  private func tell(_ tally: PageWork.Tally, _ extract: Extract) {
    if tally.speaks > 0 || tally.tellsAdmins { surroundings.noticesCame.ring() }
    surroundings.fresh.add(tally.leads)
    surroundings.log.info(
      "page taken in",
      metadata: [
        "feed": "\(feed.id)", "items": "\(tally.items)", "leads": "\(tally.leads.count)",
        "alerts": "\(tally.raised.map(\.description).joined(separator: " "))",
        "charset": "\(extract.charset)", "brokenRows": "\(Poll.listed(extract.brokenRows))",
      ])
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
    /// Whether the admins hear of the feed.
    var tellsAdmins = false

    var news: Int { items + leads.count + kept }
  }

  let casework: Casework
  let extract: Extract
  /// How the watching of the feed stands once this page is in.
  let state: FeedState
  let onFirstRun: Bool
  let readAt: Instant
  let health: FeedHealth
  /// How the reading went, where this page ends it.
  let ending: FeedHealth.Outcome?

  private var feed: Feed { casework.feed }
  private var steps: Steps { casework.generation.steps }

  /// Writes the page's news, all or nothing.
  func commit(in ledger: Writing) throws -> Tally {
    var tally = Tally()
    if let ending {
      tally.tellsAdmins = try health.write(ending, in: ledger)
    } else {
      try ledger.save(state)
    }
    // Looked up again inside the transaction: another feed may have brought the same address.
    var known = try ledger.known(extract, to: feed)
    let items = try ledger.items(among: known.ids)
    for item in extract.items where known.answered.contains(item.id) {
      try casework.note(item.answer, of: item.id, in: ledger)
    }
    for item in extract.items where known.revised.contains(item.id) {
      try revise(item, &tally, in: ledger)
    }
    for item in extract.items where known.seen.insert(item.id).inserted {
      let first = items.contains(item.id) ? try ledger.item(item.id) : nil
      try take(item, shownBefore: first, &tally, in: ledger)
    }
    var leads: [(lead: Lead, admission: Admission)] = []
    for lead in extract.leads where known.seen.insert(lead.id).inserted {
      if items.contains(lead.id), let first = try ledger.item(lead.id) {
        try take(lead, shownBefore: first, &tally, in: ledger)
      } else {
        leads.append(admitted(lead, &tally))
      }
    }
    try ledger.insert(leads)
    return tally
  }

  private func revise(_ item: Item, _ tally: inout Tally, in ledger: Writing) throws {
    let admission = steps.admit(item.published, feed, onFirstRun, readAt)
    // A page whose text was first another item's is an item of its own once it has its own text.
    let outcome =
      try ledger.item(item.id) == nil
      ? casework.takeIn(item, admission, in: ledger)
      : casework.complete(item, admission, in: ledger)
    count(outcome, &tally)
  }

  private func take(
    _ item: Item, shownBefore first: Item?, _ tally: inout Tally, in ledger: Writing
  ) throws {
    let admission = steps.admit(item.published, feed, onFirstRun, readAt)
    let outcome =
      try first.map { try casework.takeIn(item, shownBefore: $0, admission, in: ledger) }
      ?? casework.takeIn(item, admission, in: ledger)
    count(outcome, &tally)
  }

  private func take(
    _ lead: Lead, shownBefore first: Item, _ tally: inout Tally, in ledger: Writing
  ) throws {
    let admission = steps.admit(lead.published, feed, onFirstRun, readAt)
    var item = first
    (item.feed, item.title, item.foundAt) = (feed.id, lead.title, lead.foundAt)
    count(try casework.takeIn(item, shownBefore: first, admission, in: ledger), &tally)
  }

  private func admitted(_ lead: Lead, _ tally: inout Tally) -> (lead: Lead, admission: Admission) {
    var lead = lead
    lead.onFirstRun = onFirstRun
    var admission = steps.admit(lead.published, feed, onFirstRun, readAt)
    // A listing without dates: the page behind the link may have one, so it is asked.
    if admission == .undatedBaseline { admission = .new }
    if admission == .new {
      tally.leads.append(OpenLead(lead: lead, attempts: 0, nextTryAt: readAt.steady))
    } else {
      tally.kept += 1
    }
    return (lead, admission)
  }

  private func count(_ outcome: Casework.Outcome, _ tally: inout Tally) {
    tally.items += 1
    tally.speaks += outcome.speaks ? 1 : 0
    if let raised = outcome.raised { tally.raised.append(raised) }
  }
}
