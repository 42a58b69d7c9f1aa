internal import Foundation
package import Vocabulary

/// Feed → Page (采集): fetches addresses over http(s), politely, safely and many at once.
///
/// One thread does all of it with libcurl's multi interface; callers wait without holding a thread.
/// To a server we are one visitor: one request at a time, a pause between two, robots.txt first, and
/// a User-Agent that says who we are.
package final class Fetcher: Sendable {
  private let inbox: Inbox

  /// Starts the fetching thread.
  ///
  /// - Parameters:
  ///   - version: what the User-Agent says of us.
  ///   - nameServers: the name servers to ask, as `host:port,…`; nil for this machine's own.
  ///   - authorities: a PEM file of the root certificates to trust; nil for this machine's own.
  ///   - now: what tells the time at which a page arrived.
  package init(
    manners: Manners, limits: FetchLimits = FetchLimits(), version: String,
    nameServers: String? = nil, authorities: String? = nil, now: @escaping @Sendable () -> Instant
  ) {
    let multi = Multi()
    let inbox = Inbox(waking: multi)
    self.inbox = inbox
    let thread = Thread {
      Loop(
        manners, inbox: inbox, multi: multi, limits: limits, version: version,
        nameServers: nameServers, authorities: authorities, now: now
      ).run()
    }
    thread.name = "huiyin-fetch"
    thread.start()
  }

  deinit { _ = inbox.send(.close(nil)) }

  /// Fetches one page, whenever its host's turn comes; ends early when the caller's task is cancelled.
  ///
  /// - Throws: a `Miss` with the step that failed and what to do about it.
  package func fetch(_ request: PageRequest) async throws(Miss) -> Fetched {
    let id = inbox.nextID()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard inbox.send(.fetch(id: id, request, continuation)) else {
          return continuation.resume(returning: .failure(.closed(request.url)))
        }
        // Cancelled before the order was there to be cancelled.
        if Task.isCancelled { _ = inbox.send(.cancel(id: id)) }
      }
    } onCancel: {
      _ = inbox.send(.cancel(id: id))
    }
    if case .success(let answer) = result { inbox.read(answer.bytes.count) }
    return try Arrival(of: result.get(), to: request).fetched()
  }

  /// Takes over the manners of a new set-up; what is on its way keeps the old ones.
  package func adopt(_ manners: Manners) { _ = inbox.send(.adopt(manners)) }

  /// Ends what is under way and the thread; returns when it has ended.
  package func close() async {
    await withCheckedContinuation { continuation in
      guard inbox.send(.close(continuation)) else { return continuation.resume() }
    }
  }
}
