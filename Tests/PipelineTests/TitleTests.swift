import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A title` {
  @Test(.timeLimit(.minutes(1)))
  func `is judged after two minutes, however many pages of a slow host stand before it`()
    async throws
  {
    let count = 1200
    let leads = (0..<count).map { number in
      Lead(
        id: Item.ID(rawValue: "lead-\(number)"), feed: Feed.ID(rawValue: "board"),
        url: "http://slow.example/\(number)", title: "停水\(number)", published: .absent,
        foundAt: Sample.instant(after: .milliseconds(number)))
    }
    let judged = Mutex<Set<String>>([])
    let world = try await PipelineWorld { steps in
      let fetch = steps.fetch
      steps.fetch = { request throws(Miss) in
        guard request.url.contains("slow") else { return try await fetch(request) }
        try? await ContinuousClock().sleep(for: .seconds(3600))
        throw Miss(.timeout, url: request.url, reason: Phrase(zh: "超时", en: "timeout"))
      }
      steps.extract = { _, _ throws(Miss) in Extract(leads: leads) }
      let judge = steps.judge
      steps.judge = { item, feed in
        judged.withLock { _ = $0.insert(item.id.rawValue) }
        return judge(item, feed)
      }
    }
    await Rounds(world.surroundings).once()
    world.clock.advance(by: .minutes(2) + .seconds(2))
    let loop = Task { try await Leads(world.surroundings).run() }
    try await eventually(within: .seconds(40)) {
      world.clock.advance(by: .seconds(2))
      return judged.withLock(\.count) == count
    }
    loop.cancel()
    try? await loop.value
  }
}
