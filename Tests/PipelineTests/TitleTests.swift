import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A title` {
  @Test(.timeLimit(.minutes(5)))
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
    try await eventually {
      world.clock.advance(by: .seconds(2))
      return judged.withLock(\.count) == count
    }
    loop.cancel()
    try? await loop.value
  }
}

@Suite struct `A slow host` {
  /// Leads of a host that never answers, written down by an earlier run, and one of another.
  private static func world(_ fetched: Mutexed<Set<String>>) async throws -> PipelineWorld {
    let world = try await PipelineWorld { steps in
      steps.fetch = { request throws(Miss) in
        if request.url.contains("slow") { try? await ContinuousClock().sleep(for: .seconds(3600)) }
        fetched.change { _ = $0.insert(request.url) }
        throw Miss(.timeout, url: request.url, reason: Phrase(zh: "超时", en: "timeout"))
      }
    }
    try await world.surroundings.ledger.write { ledger in
      for number in 0..<1500 {
        let host = number == 1499 ? "other" : "slow"
        let lead = Lead(
          id: Item.ID(rawValue: "lead-\(number)"), feed: Feed.ID(rawValue: "board"),
          url: "http://\(host).example/\(number)", title: "停水\(number)", published: .absent,
          foundAt: Sample.instant(after: .milliseconds(number)))
        try ledger.insert(lead, admission: .new)
      }
    }
    world.clock.advance(by: .seconds(30))
    return world
  }

  @Test(.timeLimit(.minutes(5)))
  func `with more than a thousand open leads stands before no other after a start`() async throws {
    let fetched = Mutexed<Set<String>>([])
    let world = try await Self.world(fetched)
    let loop = Task { try await Leads(world.surroundings).run() }
    try await eventually {
      world.clock.advance(by: .seconds(2))
      return fetched.value.contains { $0.contains("other") }
    }
    loop.cancel()
    try? await loop.value
  }

  @Test(.timeLimit(.minutes(5)))
  func `leaves out none of its leads in a single round`() async throws {
    let asked = Mutexed<Set<String>>([])
    let world = try await PipelineWorld { steps in
      steps.fetch = { request throws(Miss) in
        asked.change { _ = $0.insert(request.url) }
        throw Miss(.timeout, url: request.url, reason: Phrase(zh: "超时", en: "timeout"))
      }
    }
    try await world.surroundings.ledger.write { ledger in
      for number in 0..<1500 {
        let lead = Lead(
          id: Item.ID(rawValue: "lead-\(number)"), feed: Feed.ID(rawValue: "board"),
          url: "http://slow.example/\(number)", title: "停水\(number)", published: .absent,
          foundAt: Sample.instant())
        try ledger.insert(lead, admission: .new)
      }
    }
    await Leads(world.surroundings).once()
    #expect(asked.value.count == 1500)
  }
}

@Suite struct `A single round` {
  @Test(.timeLimit(.minutes(5)))
  func `delivers while it is going on`() async throws {
    let sent = Mutexed(0)
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.deliver = { _, _ in
        sent.change { $0 += 1 }
        return Receipt(.sent, reply: "250 ok", at: Sample.instant())
      }
    }
    try await Outbox(world.surroundings).during {
      await Rounds(world.surroundings).once()
      // The round goes on until its mail has left; else the time is up.
      while sent.value == 0, !Task.isCancelled { await Task.yield() }
    }
    #expect(sent.value == 1)
  }
}

/// A value that tasks share.
final class Mutexed<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) {
    mutex = Mutex(value)
  }

  var value: Value { mutex.withLock { $0 } }

  func change(_ body: (inout Value) -> Void) {
    mutex.withLock { value in
      var changed = value
      body(&changed)
      value = changed
    }
  }
}
