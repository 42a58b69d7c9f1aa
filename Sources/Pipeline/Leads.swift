import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Fetches the pages that listings ask for (线索采集), and sees to it that no title waits long.
///
/// Where a page fails or has not come two minutes after its title was found, the item is judged
/// on its title and completed when the page arrives: a failing page must not hide a major title.
package struct Leads: Service {
  /// How long a title may wait for its page.
  package static let patience = Duration.minutes(2)
  /// How many leads of the ledger are looked at in one go.
  private static let batch = 1000
  /// How often the ledger is asked for leads that are due again.
  private static let rhythm = Duration.seconds(1)

  private let surroundings: Surroundings

  /// The leads of the set-up in force.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Fetches leads until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        let pages = UnderWay<Item.ID>()
        let titles = UnderWay<Item.ID>()
        var lookedAt: Instant?
        while !Task.isCancelled {
          for open in surroundings.fresh.take() { fetch(open, pages, in: &group) }
          let now = surroundings.now()
          if lookedAt.map({ now.elapsed(since: $0) >= Leads.rhythm }) ?? true {
            for open in await openLeads() { fetch(open, pages, in: &group) }
            for open in await titlesThatWait() { judgeTitle(of: open, titles, in: &group) }
            lookedAt = now
          }
          await surroundings.fresh.came.wait(upTo: Leads.rhythm, on: surroundings.clock)
        }
      }
    }
  }

  /// Fetches each lead that is due once, judges on its title what did not come, and returns.
  package func once() async {
    await withDiscardingTaskGroup { group in
      let pages = UnderWay<Item.ID>()
      for open in surroundings.fresh.take() { fetch(open, pages, in: &group) }
      for open in await openLeads() { fetch(open, pages, in: &group) }
    }
  }

  private func openLeads() async -> [OpenLead] {
    let now = surroundings.now().wall
    do {
      return try await surroundings.ledger.read {
        try $0.openLeads(feed: nil, dueBy: now, limit: Leads.batch)
      }
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
      return []
    }
  }

  /// Asked for apart from the pages: behind a thousand pages of a slow host no title may wait.
  private func titlesThatWait() async -> [OpenLead] {
    let foundBy = surroundings.now().wall - Leads.patience
    do {
      return try await surroundings.ledger.read {
        try $0.titlesThatWait(foundBy: foundBy, limit: Leads.batch)
      }
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
      return []
    }
  }

  private func fetch(
    _ open: OpenLead, _ underWay: UnderWay<Item.ID>, in group: inout DiscardingTaskGroup
  ) {
    guard underWay.begin(open.lead.id) else { return }
    group.addTask {
      await LeadWork(surroundings: surroundings, open: open).fetch()
      underWay.end(open.lead.id)
    }
  }

  private func judgeTitle(
    of open: OpenLead, _ underWay: UnderWay<Item.ID>, in group: inout DiscardingTaskGroup
  ) {
    let waited = surroundings.now().elapsed(since: open.lead.foundAt)
    guard open.titleJudgedAt == nil, waited >= Leads.patience, underWay.begin(open.lead.id)
    else { return }
    group.addTask {
      await LeadWork(surroundings: surroundings, open: open).judgeTitle()
      underWay.end(open.lead.id)
    }
  }
}
