import Logging
import Storage
import Vocabulary

/// Makes one notice of several that go to one recipient now (集中发送).
///
/// The outbox's own loop does it, before it takes anything up, so that nothing is gathered that is
/// on its way. A batch is written in one transaction with what it gathers; killed before it, the
/// notices are found waiting as they were, killed after it, the batch is. What cannot be gathered
/// leaves by itself.
struct Gathering: Sendable {
  /// How many batches are made before the outbox sends again: a major notice waits for no more.
  private static let atOnce = 16

  let surroundings: Surroundings

  /// Gathers what is due, and says which envelopes are still to be gathered; none where nothing
  /// could be, so that they leave one by one.
  func once() async -> Set<EnvelopeKey> {
    let now = surroundings.now()
    do {
      let waiting = try await surroundings.ledger.read {
        try $0.gatherableEnvelopes(at: now.steady)
      }
      let plan = BatchPlan(for: waiting.filter { !surroundings.envelopes.has(EnvelopeKey($0)) })
      var made = 0
      for batch in plan.batches.prefix(Gathering.atOnce) {
        made += try await make(batch, at: now) ? 1 : 0
      }
      guard made > 0 else { return [] }
      return Set(plan.batches.dropFirst(Gathering.atOnce).joined().map(EnvelopeKey.init))
    } catch {
      surroundings.log.error("notices not gathered", metadata: ["reason": "\(error)"])
      return []
    }
  }

  private func make(_ planned: [Gatherable], at now: Instant) async throws -> Bool {
    guard let first = planned.first else { return false }
    let generation = surroundings.inForce.current
    let count = try await surroundings.ledger.write { ledger in
      // Looked at again inside the transaction: an alert may have been closed meanwhile.
      let papers = try planned.compactMap {
        try ledger.paper($0.notice, to: $0.recipient.address)
      }
      guard papers.count > 1 else { return 0 }
      var gathered = 0
      let batch = Batch(
        to: first.recipient, of: first.kind, papers, at: now.wall,
        dueAt: now.wall + (first.leavesBy - now.steady))
      for notice in generation.steps.draft(.batch(batch)) {
        try Postbox(steps: generation.steps).put(notice, at: now, in: ledger)
        try ledger.gather(
          papers.map(\.notice), into: notice.id, to: first.recipient.address, at: now)
        gathered += papers.count
      }
      return gathered
    }
    guard count > 0 else { return false }
    surroundings.log.info("notices gathered", metadata: ["count": "\(count)"])
    return true
  }
}

extension EnvelopeKey {
  init(_ gatherable: Gatherable) {
    self.init(notice: gatherable.notice, recipient: gatherable.recipient.address.address)
  }
}
