import Dispatch
import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `On one connection to the mail server` {
  private static let sent = Receipt(.sent, reply: "250 ok", at: Sample.instant())
  private static let later = Receipt(.deferred, reply: "-", at: Sample.instant())

  private func world(items: Int, _ change: (inout Steps) -> Void) async throws -> PipelineWorld {
    try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in
        Extract(items: (0..<items).map { Sample.item("item-\($0)") })
      }
      change(&steps)
    }
  }

  @Test func `no mail begins before the ledger knows how the one before ended`() async throws {
    let answers = Mutex<[Bool]>([])
    let (firstBegan, secondWasRefused) = (Bell(), Bell())
    let world = try await world(items: 2) { steps in
      steps.deliver = { envelope, handover in
        let isFirst = envelope.notice.rawValue.hasPrefix("2026-0001")
        if !isFirst { await firstBegan.wait(upTo: .seconds(60), on: ContinuousClock()) }
        let mayBegin = handover.mayBegin(1)
        answers.withLock { $0.append(mayBegin) }
        guard isFirst else {
          secondWasRefused.ring()
          return mayBegin ? Self.sent : Self.later
        }
        firstBegan.ring()
        // Its content has gone, and nobody has yet written down what the server said to it.
        await secondWasRefused.wait(upTo: .seconds(60), on: ContinuousClock())
        return Self.sent
      }
    }
    try await world.round()
    #expect(answers.withLock(\.self) == [true, false])
    #expect(try await world.alerts().flatMap(\.notices).map(\.state) == [.deferred, .sent])
    firstBegan.ring()
    world.clock.advance(by: .minutes(2))
    try await Outbox(world.surroundings).once()
    #expect(answers.withLock(\.self) == [true, false, true])
    #expect(try await world.alerts().flatMap(\.notices).map(\.state) == [.sent, .sent])
  }

  @Test func `a mail may begin as soon as it was told how the one before ended`() async throws {
    let connection = DispatchQueue(label: "connection")
    let answers = Mutex<[Bool]>([])
    let world = try await world(items: 40) { steps in
      steps.deliver = { _, handover in
        await withCheckedContinuation { answer in
          connection.async {
            let mayBegin = handover.mayBegin(1)
            answers.withLock { $0.append(mayBegin) }
            let receipt = mayBegin ? Self.sent : Self.later
            handover.ended(receipt) { answer.resume(returning: receipt) }
          }
        }
      }
    }
    try await world.round()
    #expect(answers.withLock(\.self) == Array(repeating: true, count: 40))
    let notices = try await world.alerts().flatMap(\.notices)
    #expect(notices.allSatisfy { $0.state == .sent && $0.attempts == 1 })
  }

  @Test func `a mail that died with its daemon holds up none of the next`() async throws {
    let connection = DispatchQueue(label: "connection")
    let world = try await world(items: 2) { steps in
      steps.deliver = { _, handover in
        // One after the other, as a connection carries them.
        await withCheckedContinuation { answer in
          connection.async {
            let receipt = handover.mayBegin(1) ? Self.sent : Self.later
            handover.ended(receipt) { answer.resume(returning: receipt) }
          }
        }
      }
    }
    await Rounds(world.surroundings).once()
    let due = try await world.surroundings.ledger.read {
      try $0.dueEnvelopes(at: Sample.instant().steady, limit: 10)
    }
    let envelope = try #require(due.first?.envelope)
    _ = try await world.surroundings.ledger.write {
      try $0.beginAttempt(
        notice: envelope.notice, recipient: envelope.recipient, incarnation: "run-1",
        at: Sample.instant())
    }
    try await Outbox(try await world.restart("run-2")).once()
    #expect(try await world.alerts().flatMap(\.notices).allSatisfy { $0.state == .sent })
  }
}
