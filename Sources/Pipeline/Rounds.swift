import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Reads every feed at its own pace (轮询): what is due or was never polled at once, the rest when
/// its time comes. One slow feed never holds up another, since each is read in a task of its own.
package struct Rounds: Service {
  private let surroundings: Surroundings
  /// The longest the loop sleeps, so that it sees a feed whose file is new.
  private static let longestSleep = Duration.seconds(30)
  /// The least it rests between two looks at all feeds, however many readings end meanwhile.
  private static let shortestRest = Duration.milliseconds(200)
  /// How many feeds are read at one time; the fetcher has its own, lower, bound on requests.
  private static let mostAtOnce = 512

  /// Rounds over the feeds of the set-up in force.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Reads feeds until the daemon is told to stop; readings under way are then given up, since
  /// what they had committed is whole and the rest is read again.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        let underWay = UnderWay<Feed.ID>()
        while !Task.isCancelled {
          surroundings.soundness.turn(.rounds, at: surroundings.now())
          let generation = surroundings.inForce.current
          // Of these the ledger may say what is no longer true by the time it is read.
          let busy = underWay.all
          let (due, next) = await plan(generation)
          let now = surroundings.now()
          for (feed, state) in due
          where !busy.contains(feed.id) && underWay.count < Rounds.mostAtOnce
            && underWay.begin(feed.id, at: now)
          {
            group.addTask {
              await poll(feed, state, generation)
              underWay.end(feed.id)
              surroundings.roundsMayGoOn.ring()
            }
          }
          try? await surroundings.clock.sleep(for: Rounds.shortestRest)
          await surroundings.roundsMayGoOn.wait(upTo: next, on: surroundings.clock)
        }
      }
    }
  }

  /// Reads every feed once, whether it is due or not, and returns when all have been read.
  package func once() async {
    let generation = surroundings.inForce.current
    guard let states = await states() else { return }
    await withTaskGroup(of: Void.self) { group in
      for (count, feed) in generation.setup.feeds.filter(\.isPolled).enumerated() {
        if count >= Rounds.mostAtOnce { await group.next() }
        group.addTask { await poll(feed, states[feed.id], generation) }
      }
    }
  }

  private func plan(
    _ generation: Generation
  ) async -> (due: [(Feed, FeedState?)], next: Duration) {
    guard let states = await states() else { return ([], .seconds(5)) }
    let now = surroundings.now().steady
    var due: [(feed: Feed, at: SteadyTime)] = []
    var next = Rounds.longestSleep
    for feed in generation.setup.feeds where feed.isPolled {
      let at = FeedState.current(states[feed.id], of: feed).nextPollAt
      // Further off than any wait is long: it was written for a slower pace.
      let isAstray = at - now > max(feed.every, FeedHealth.longestPause) + .minutes(1)
      if at <= now || isAstray { due.append((feed, at)) } else { next = min(next, at - now) }
    }
    // Who has waited longest goes first.
    return (due.sorted { $0.at < $1.at }.map { ($0.feed, states[$0.feed.id]) }, next)
  }

  /// How the watching of every feed stands; nil where the ledger cannot be read.
  private func states() async -> [Feed.ID: FeedState]? {
    do {
      let states = try await surroundings.ledger.read { try $0.feedStates() }
      return Dictionary(states.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
      return nil
    }
  }

  private func poll(_ feed: Feed, _ stored: FeedState?, _ generation: Generation) async {
    do {
      try await Poll(
        surroundings: surroundings, generation: generation, feed: feed, stored: stored
      ).run()
    } catch is CancellationError {
      return
    } catch {
      surroundings.log.critical(
        "reading not written", metadata: ["feed": "\(feed.id)", "reason": "\(error)"])
      // The ledger could not be written: wait, lest a full disk be hammered.
      try? await surroundings.clock.sleep(for: .seconds(5))
    }
  }
}
