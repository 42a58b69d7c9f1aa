import Logging
import Storage
import Vocabulary

/// What is done with one lead (线索办理): its page fetched and its item completed, or its title
/// judged because the page does not come.
struct LeadWork: Sendable {
  /// After so many attempts a page is given up; its title has long been judged.
  private static let attempts = 12
  /// How long a lead waits for a feed that is not in the set-up, each time.
  private static let absence = Duration.minutes(30)
  /// And how long altogether.
  private static let longestAbsence = Duration.hours(7 * 24)

  let surroundings: Surroundings
  let open: OpenLead

  private var lead: Lead { open.lead }
  private var ledger: Ledger { surroundings.ledger }

  /// Fetches the page and completes the item, or writes down why not.
  func fetch() async {
    let asked = surroundings.inForce.current
    guard let feed = asked.feeds[lead.feed], !feed.off else { return await wait() }
    guard surroundings.mayOpenPage(of: feed) else { return await waitForTomorrow(feed) }
    do {
      let request = PageRequest(
        of: feed, url: lead.url, pause: asked.setup.fetch.pause, isListing: false)
      guard case .page(let page) = try await asked.steps.fetch(request) else { return }
      // The page may have waited long in its host's line: it is judged by what is in force now.
      let generation = surroundings.inForce.current
      guard let feed = generation.feeds[lead.feed] else { return await wait() }
      let item = try generation.steps.complete(page, lead, feed)
      surroundings.pages.count(feed.id, wasRead: true)
      try await takeIn(item, feed, generation)
    } catch let miss as Miss {
      guard !Task.isCancelled else { return }
      await missed(miss)
    } catch {
      await report(error)
    }
  }

  /// Judges the item on its title, unless its page came in the meantime.
  func judgeTitle() async {
    let generation = surroundings.inForce.current
    guard let feed = generation.feeds[lead.feed] else { return }
    let item = generation.steps.entitle(lead)
    let admission = generation.steps.admit(item.published, feed, lead.onFirstRun, lead.foundAt)
    let now = surroundings.now()
    let casework = Casework(generation: generation, feed: feed, now: now)
    do {
      let outcome = try await ledger.write { ledger in
        // Its page may have come in the meantime, as an item or as a sighting of one.
        guard try ledger.isOpen(item.id), try ledger.item(item.id) == nil else {
          return Casework.Outcome()
        }
        let outcome = try casework.takeIn(item, admission, in: ledger)
        try ledger.leadTitleJudged(item.id, at: now.wall)
        return outcome
      }
      tell(outcome)
    } catch {
      await report(error)
    }
  }

  private func takeIn(_ item: Item, _ feed: Feed, _ generation: Generation) async throws {
    let casework = Casework(generation: generation, feed: feed, now: surroundings.now())
    let admission = generation.steps.admit(item.published, feed, lead.onFirstRun, lead.foundAt)
    let outcome = try await ledger.write(waitsForCompany: true) { ledger in
      // Whether the title was judged meanwhile is only sure inside the transaction.
      let outcome =
        try ledger.item(item.id) == nil
        ? casework.takeIn(item, admission, in: ledger)
        : casework.complete(item, admission, in: ledger)
      try ledger.leadFetched(item.id)
      return outcome
    }
    tell(outcome)
  }

  private func missed(_ miss: Miss) async {
    let attempt = open.attempts + 1
    if open.attempts == 0 { surroundings.pages.count(lead.feed, wasRead: false) }
    let wait = max(
      miss.retryAfter ?? .zero, min(.seconds(15) * (1 << min(attempt - 1, 10)), .hours(6)))
    let next = attempt < LeadWork.attempts ? surroundings.now().steady + wait : nil
    surroundings.log.notice(
      "lead missed",
      metadata: [
        "feed": "\(lead.feed)", "item": "\(lead.id)", "cause": "\(miss.cause.rawValue)",
        "attempt": "\(attempt)",
      ])
    // Before a lead is given up, and its title goes with it.
    if open.titleJudgedAt == nil { await judgeTitle() }
    await postpone(miss.cause, miss.reason, nextTryAt: next)
  }

  /// A lead whose feed is not in the set-up, or is off, waits for it to come back: a file that is
  /// missing for one reload must not cost a letter, nor an attempt. It does not wait for ever.
  private func wait() async {
    let reason = Phrase(zh: "信源已停用或不在当前设置中", en: "its feed is off or not in the set-up")
    let now = surroundings.now().steady
    let isOver = now - lead.foundAt.steady > LeadWork.longestAbsence
    await postpone(
      .gone, reason, nextTryAt: isOver ? nil : now + LeadWork.absence, isAttempt: false)
  }

  /// A lead of a feed whose pages for the day are used up: its title is judged now.
  private func waitForTomorrow(_ feed: Feed) async {
    if open.titleJudgedAt == nil { await judgeTitle() }
    let reason = Phrase(
      zh: "该信源今天打开的正文页已达上限（budget: \(feed.budget)）",
      en: "the feed has had its pages for today (budget: \(feed.budget))")
    await postpone(
      .busy, reason, nextTryAt: surroundings.now().steady + .hours(1), isAttempt: false)
  }

  private func postpone(
    _ cause: Miss.Cause, _ reason: Phrase, nextTryAt: SteadyTime?, isAttempt: Bool = true
  ) async {
    let id = lead.id
    do {
      try await ledger.write { ledger in
        try ledger.leadMissed(
          id, cause: cause, reason: reason, nextTryAt: nextTryAt, isAttempt: isAttempt)
      }
    } catch {
      await report(error)
    }
  }

  private func tell(_ outcome: Casework.Outcome) {
    if outcome.speaks { surroundings.noticesCame.ring() }
    guard let alert = outcome.raised ?? outcome.updated else { return }
    surroundings.log.info(
      "alert raised",
      metadata: ["alert": "\(alert)", "feed": "\(lead.feed)", "item": "\(lead.id)"])
  }

  private func report(_ error: any Error) async {
    surroundings.log.critical(
      "item not written",
      metadata: ["feed": "\(lead.feed)", "item": "\(lead.id)", "reason": "\(error)"])
    // Until the ledger takes it, the site is not to be asked for the page again every second.
    try? await surroundings.clock.sleep(for: .seconds(5))
  }
}
