import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Reads the pages of open messages again until their public answer is there (回访).
///
/// A program that only takes what is new on a listing never learns of a reply. What becomes of an
/// answer is a row in the ledger; the message itself is not judged again.
package struct Revisits: Service {
  /// How often the ledger is asked what is due.
  private static let rhythm = Duration.seconds(20)
  /// How many pages are asked for at one time; they stand in their hosts' lines behind listings.
  private static let mostAtOnce = 64

  private let surroundings: Surroundings

  /// The revisits of the feeds in force.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Reads again what is due until the daemon is told to stop.
  package func run() async throws {
    await surroundings.turn(.revisits, every: Revisits.rhythm) { await once() }
  }

  /// Reads again what is due now.
  package func once() async {
    let due: [Unanswered]
    do {
      let now = surroundings.now().steady
      due = try await surroundings.ledger.read {
        try $0.dueRevisits(by: now, limit: Revisits.mostAtOnce)
      }
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
      return
    }
    await withDiscardingTaskGroup { group in
      for open in due {
        group.addTask { await RevisitWork(surroundings: surroundings, open: open).look() }
      }
    }
  }
}

/// One look at the page of an open message.
struct RevisitWork: Sendable {
  /// After so many looks in a row at which the page did not come there is nobody to ask any more.
  private static let patience = 5

  let surroundings: Surroundings
  let open: Unanswered

  private var ledger: Ledger { surroundings.ledger }

  /// Fetches the page and writes down what became of the answer.
  func look() async {
    let generation = surroundings.inForce.current
    guard let feed = generation.feeds[open.feed], !feed.off, let revisit = feed.revisit else {
      // Switched off today, it may be on again tomorrow.
      return await put(off: .hours(6), missed: nil)
    }
    guard surroundings.mayOpenPage(of: feed) else { return await put(off: .hours(1), missed: nil) }
    do {
      guard let item = try await ledger.read({ [open] in try $0.item(open.item) }) else {
        return await end()
      }
      let request = PageRequest(
        of: feed, url: item.url, pause: generation.setup.fetch.pause, isListing: false)
      guard case .page(let page) = try await generation.steps.fetch(request) else {
        return await put(off: revisit.pause(after: open.looks, isAnswered: false), missed: false)
      }
      let seen = try generation.steps.complete(page, item.lead, feed)
      // A page that shows another text, an error's say, does not tell that an answer was withdrawn.
      let isItself =
        seen.title == item.title
        || (seen.fingerprint != nil && seen.fingerprint == item.fingerprint)
      guard seen.answer != nil || isItself else {
        return await put(off: revisit.pause(after: open.looks, isAnswered: false), missed: true)
      }
      try await keep(seen.answer, revisit)
    } catch let miss as Miss {
      guard !Task.isCancelled else { return }
      await missed(miss, revisit)
    } catch {
      surroundings.log.critical(
        "answer not written", metadata: ["item": "\(open.item)", "reason": "\(error)"])
      try? await surroundings.clock.sleep(for: .seconds(5))
    }
  }

  private func keep(_ answer: Answer?, _ revisit: Revisit) async throws {
    let now = surroundings.now()
    let next =
      now.steady + revisit.pause(after: open.looks + 1, isAnswered: answer != nil)
    let change = try await ledger.write { [open] ledger in
      let change = AnswerChange(from: try ledger.answer(of: open.item), to: answer)
      if let change { try ledger.insert(change, to: answer, of: open.item, at: now) }
      try ledger.revisited(
        open.item, missed: false, nextLookAt: next <= open.endsAt ? next : nil)
      return change
    }
    guard let change else { return }
    surroundings.log.info(
      "answer \(change.rawValue)", metadata: ["feed": "\(open.feed)", "item": "\(open.item)"])
  }

  private func missed(_ miss: Miss, _ revisit: Revisit) async {
    surroundings.log.notice(
      "revisit missed",
      metadata: [
        "feed": "\(open.feed)", "item": "\(open.item)", "cause": "\(miss.cause.rawValue)",
      ])
    guard open.misses + 1 < RevisitWork.patience else { return await end() }
    let pause = revisit.pause(after: max(open.looks, open.misses), isAnswered: false)
    await put(off: max(miss.retryAfter ?? .zero, pause), missed: true)
  }

  private func end() async {
    await write { ledger in try ledger.revisited(open.item, missed: true, nextLookAt: nil) }
  }

  /// Waits so long until the next look; `missed` is nil where nobody looked.
  private func put(off pause: Duration, missed: Bool?) async {
    let next = surroundings.now().steady + pause
    await write { ledger in
      guard let missed else { return try ledger.postponeRevisit(open.item, to: next) }
      try ledger.revisited(
        open.item, missed: missed, nextLookAt: next <= open.endsAt ? next : nil)
    }
  }

  private func write(_ work: @escaping @Sendable (Writing) throws -> Void) async {
    do {
      try await ledger.write { try work($0) }
    } catch {
      surroundings.log.critical(
        "revisit not written", metadata: ["item": "\(open.item)", "reason": "\(error)"])
    }
  }
}

extension Item {
  /// The item as the listing's line that leads to its page.
  fileprivate var lead: Lead {
    Lead(id: id, feed: feed, url: url, title: title, published: published, foundAt: foundAt)
  }
}
