import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct `A page budget` {
  @Test func `ends what never ends, and titles are judged all the same`() async throws {
    var feed = Sample.feed()
    (feed.budget, feed.article) = (5, .auto)
    let asked = Mutex(0)
    let world = try await PipelineWorld(feeds: [feed]) { steps in
      let fetch = steps.fetch
      steps.fetch = { request throws(Miss) in
        if !request.isListing { asked.withLock { $0 += 1 } }
        return try await fetch(request)
      }
      steps.extract = { page, feed throws(Miss) in
        Extract(
          leads: (1...12).map { day in
            Lead(
              id: Item.ID(rawValue: "day-\(day)"), feed: feed.id,
              url: "https://board.example/day/\(day)", title: "第\(day)天停水", published: .absent,
              foundAt: page.fetchedAt)
          })
      }
    }
    try await world.round()
    #expect(asked.withLock(\.self) == 5)
    let items = try await world.surroundings.ledger.read { ledger in
      try (1...12).compactMap { try ledger.item(Item.ID(rawValue: "day-\($0)")) }
    }
    #expect(items.count == 12)
    #expect(items.count { $0.basis == .titleOnly } == 7)
  }

  @Test func `is new each day, and each feed's own`() {
    let budgets = PageBudgets()
    var (one, other) = (Sample.feed(), Sample.feed("other"))
    (one.budget, other.budget) = (2, 1)
    let now = Sample.instant()
    func take(_ feed: Feed, after passed: Duration = .zero) -> String {
      switch budgets.take(for: feed, at: now.later(by: passed)) {
      case .page: "page"
      case .nothing(let isFirst): isFirst ? "nothing" : "nothing still"
      }
    }
    #expect((1...3).map { _ in take(one) } == ["page", "page", "nothing"])
    #expect(take(other) == "page")
    #expect(take(one, after: .hours(23)) == "nothing still", "said once")
    #expect(take(one, after: .hours(24)) == "page")
  }
}
