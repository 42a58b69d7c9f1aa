import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Fetches the pages that listings ask for (线索采集), and sees to it that no title waits long.
///
/// Where a page fails or has not come two minutes after its title was found, the item is judged
/// on its title and completed when the page arrives: a failing page must not hide a major title.
/// Every lead that is due is handed over at once; the fetcher has a line for each host, so that a
/// thousand of a slow one stand before none of another.
package struct Leads: Service {
  /// How long a title may wait for its page.
  package static let patience = Duration.minutes(2)
  /// How many titles are looked at in one go.
  private static let batch = 1000
  /// How often the ledger is asked for leads that are due again.
  private static let rhythm = Duration.seconds(1)
  /// How often it is asked for all that are due, and not only for those that became so since.
  private static let review = Duration.minutes(1)

  private let surroundings: Surroundings
  private let pages = UnderWay<Item.ID>()
  private let titles = UnderWay<Item.ID>()

  /// The leads of the set-up in force.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Fetches leads until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        var looks = Looks()
        while !Task.isCancelled {
          surroundings.soundness.turn(.leads, at: surroundings.now())
          let found = await look(&looks)
          for open in found.pages { fetch(open, in: &group) }
          for open in found.titles { judgeTitle(of: open, in: &group) }
          await surroundings.fresh.came.wait(upTo: Leads.rhythm, on: surroundings.clock)
        }
      }
    }
  }

  /// Fetches each lead that is due once, judges on its title what did not come, and returns.
  package func once() async {
    await during {}
  }

  /// Fetches the leads that are due and those that come while some work is done, each once, and
  /// judges on its title what does not come in time; returns when nothing is under way.
  package func during(_ work: @escaping @Sendable () async -> Void) async {
    let isOver = Signal()
    await withDiscardingTaskGroup { group in
      group.addTask {
        await work()
        isOver.set()
        surroundings.fresh.came.ring()
      }
      var looks = Looks()
      var tried: Set<Item.ID> = []
      var judged: Set<Item.ID> = []
      while true {
        // Read before looking: what came before the end is then seen.
        let isLast = isOver.isSet
        let found = await look(&looks)
        for open in found.pages where tried.insert(open.lead.id).inserted {
          fetch(open, in: &group)
        }
        for open in found.titles where judged.insert(open.lead.id).inserted {
          judgeTitle(of: open, in: &group)
        }
        if isLast, pages.count + titles.count == 0 { return }
        await surroundings.fresh.came.wait(upTo: Leads.rhythm, on: surroundings.clock)
      }
    }
  }
}

extension Leads {
  /// When the ledger was looked at last.
  private struct Looks {
    var lastAt: SteadyTime?
    var reviewedAt: SteadyTime?
  }

  /// What is to be done: the pages of leads that are fresh or due again, and the titles that have
  /// waited long enough. The ledger is asked once a second, for the titles apart from the pages:
  /// behind a thousand pages of a slow host no title may wait.
  private func look(
    _ looks: inout Looks
  ) async -> (pages: [OpenLead], titles: [OpenLead]) {
    let fresh = surroundings.fresh.take()
    let now = surroundings.now().steady
    if let last = looks.lastAt, now - last < Leads.rhythm { return (fresh, []) }
    let feeds = Array(surroundings.inForce.current.feeds.keys)
    let isReview = looks.reviewedAt.map { now - $0 >= Leads.review } ?? true
    let since = isReview ? nil : looks.lastAt
    do {
      let found = try await surroundings.ledger.read { ledger in
        (
          pages: try ledger.dueLeads(after: since, by: now),
          titles: try ledger.titlesThatWait(
            foundBy: now - Leads.patience, of: feeds, limit: Leads.batch)
        )
      }
      looks.lastAt = now
      if isReview { looks.reviewedAt = now }
      return (fresh + found.pages, found.titles)
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
      return (fresh, [])
    }
  }

  private func fetch(_ open: OpenLead, in group: inout DiscardingTaskGroup) {
    guard pages.begin(open.lead.id, at: surroundings.now()) else { return }
    group.addTask {
      await LeadWork(surroundings: surroundings, open: open).fetch()
      pages.end(open.lead.id)
      surroundings.fresh.came.ring()
    }
  }

  private func judgeTitle(of open: OpenLead, in group: inout DiscardingTaskGroup) {
    guard titles.begin(open.lead.id, at: surroundings.now()) else { return }
    group.addTask {
      await LeadWork(surroundings: surroundings, open: open).judgeTitle()
      titles.end(open.lead.id)
    }
  }
}
