import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct `General notices` {
  private let sent = Sent()

  /// A world whose board has so many general items, which leave in seven hours.
  private func world(
    items: Int, batches: Bool = true, _ change: (inout Steps) -> Void = { _ in }
  ) async throws -> PipelineWorld {
    try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in
        Extract(items: (0..<items).map { Sample.item("item-\($0)") })
      }
      steps.leave = { grade, _, _, now in
        grade == .general ? LeavingTime(at: now.wall + .hours(7), reason: .hour) : nil
      }
      steps.draft = { occasion in
        switch occasion {
        case .raised(let papers): notices(of: papers)
        case .updated(let papers, _, _, let edition): notices(of: papers, edition: edition)
        case .batch(let batch) where batches: [notice(of: batch)]
        case .batch, .reminder, .relay, .unsent, .digest, .handOver, .trouble, .probe,
          .channelProbe:
          []
        }
      }
      steps.deliver = { [sent] envelope, handover in
        // A connection for each: on one they would have to wait for each other's receipts.
        guard handover.mayBegin(sent.connection()) else {
          return Receipt(.deferred, reply: "-", at: Sample.instant())
        }
        sent.add(envelope)
        return Receipt(.sent, reply: "250 ok", at: Sample.instant(after: .hours(7)))
      }
      change(&steps)
    }
  }

  /// Nobody signs off what was to be.
  @Test(arguments: [LeavingTime.Reason.hour, .release])
  func `wait for their hour and then leave as one mail to each address`(
    reason: LeavingTime.Reason
  ) async throws {
    let world = try await world(items: 3) { steps in
      steps.leave = { _, _, mayBeHeld, now in
        LeavingTime(at: now.wall + .hours(7), reason: mayBeHeld ? reason : .hour)
      }
    }
    try await world.round()
    #expect(sent.all.isEmpty)
    world.clock.advance(by: .hours(7) - .milliseconds(1))
    try await Outbox(world.surroundings).once()
    #expect(sent.all.isEmpty)
    world.clock.advance(by: .milliseconds(1))
    try await Outbox(world.surroundings).once()
    let mails = sent.all
    #expect(
      mails.map(\.recipient.address).sorted() == ["officer@letters.example", "swj@unit.example"])
    #expect(mails.allSatisfy { $0.subject == "3" })
    let rows = try await world.alerts()
    #expect(rows.count == 3)
    #expect(rows.flatMap(\.notices).allSatisfy { $0.state == .sent && $0.attempts == 1 })
    #expect(rows.allSatisfy { $0.sentAt != nil })
    try await Outbox(world.surroundings).once()
    #expect(sent.all.count == 2)
    #expect(try await world.surroundings.ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `leave one by one where they cannot be gathered`() async throws {
    let world = try await world(items: 2, batches: false)
    try await world.round()
    world.clock.advance(by: .hours(7))
    try await Outbox(world.surroundings).once()
    #expect(sent.all.count == 4)
    #expect(Set(sent.all.map(\.notice)).count == 4)
  }

  @Test func `are a notice of their own when there is but one`() async throws {
    let world = try await world(items: 1)
    try await world.round()
    world.clock.advance(by: .hours(7))
    try await Outbox(world.surroundings).once()
    #expect(
      sent.all.map(\.notice.rawValue).sorted() == [
        "2026-0001/bulletin/officers/1", "2026-0001/contactSheet/1",
      ])
  }

  @Test func `of an alert that rises stay behind, and the rise speaks at once`() async throws {
    let rises = Mutex(false)
    let world = try await world(items: 3) { steps in
      let (judge, raise) = (steps.judge, steps.raise)
      steps.judge = { item, feed in
        var verdict = judge(item, feed)
        if rises.withLock(\.self), item.id.rawValue == "item-9" { verdict.grade = .major }
        return verdict
      }
      steps.extract = { _, _ throws(Miss) in
        let ids = rises.withLock(\.self) ? [9] : [0, 1, 2]
        return Extract(
          items: ids.map { Sample.item("item-\($0)", fingerprint: $0 % 9 == 0 ? "f" : nil) })
      }
      steps.raise = { verdict, admission, precedents, spread, at in
        guard let standing = precedents.first, verdict.grade == .major else {
          return raise(verdict, admission, precedents, spread, at)
        }
        return .update(
          standing.alert, grade: .major, audience: standing.audience,
          deadline: Deadline(.notify, from: at, window: .minutes(30)), .risen)
      }
    }
    try await world.round()
    rises.withLock { $0 = true }
    world.clock.advance(by: .minutes(10))
    try await world.round()
    #expect(
      sent.all.map(\.notice.rawValue).sorted() == [
        "2026-0001/bulletin/officers/2", "2026-0001/contactSheet/2",
      ])
    world.clock.advance(by: .hours(7))
    try await Outbox(world.surroundings).once()
    let later = sent.all.dropFirst(2)
    #expect(later.map(\.subject) == ["2", "2"])
    #expect(later.allSatisfy { !$0.text.contains("2026-0001") })
    let risen = try #require(try await world.alerts().last)
    #expect(risen.id.number == 1)
    #expect(risen.notices.filter(\.isReplaced).map(\.state) == [.failed, .failed])
    #expect(risen.notices.filter { !$0.isReplaced }.map(\.state) == [.sent, .sent])
  }

  @Test func `gathered before a daemon died are one mail of the next`() async throws {
    let dies = Mutex(true)
    let world = try await world(items: 3) { steps in
      let deliver = steps.deliver
      steps.deliver = { envelope, handover in
        // The daemon that was to send it is no more: not a byte has left.
        guard dies.withLock(\.self) else { return await deliver(envelope, handover) }
        return Receipt(.deferred, reply: "-", at: Sample.instant(after: .hours(7)))
      }
    }
    try await world.round()
    world.clock.advance(by: .hours(7))
    try await Outbox(world.surroundings).once()
    #expect(sent.all.isEmpty)
    dies.withLock { $0 = false }
    world.clock.advance(by: .minutes(1))
    let next = try await world.restart("run-2")
    try await Outbox(next).once()
    #expect(sent.all.map(\.subject) == ["3", "3"])
    #expect(try await world.alerts().allSatisfy { $0.sentAt != nil })
  }

  @Test func `to many addresses are gathered before anything is left to itself`() async throws {
    let world = try await world(items: 80) { steps in
      let draft = steps.draft
      steps.draft = { occasion in
        // Forty units with two alerts each.
        guard case .raised(let papers) = occasion, var sheet = draft(occasion).first else {
          return draft(occasion)
        }
        let unit = "unit-\(papers.alert.id.number % 40)@unit.example"
        sheet.recipients = [Recipient(Sample.address(unit), as: .unit)]
        return [sheet]
      }
    }
    try await world.round()
    world.clock.advance(by: .hours(7))
    try await Outbox(world.surroundings).once()
    #expect(sent.all.count == 40)
    #expect(sent.all.allSatisfy { $0.subject == "2" })
  }

  @Test func `that were seen before they left or were gathered do not leave by themselves`()
    async throws
  {
    let world = try await world(items: 2)
    try await world.round()
    world.clock.advance(by: .hours(7))
    let surroundings = world.surroundings
    let seen = try await surroundings.ledger.read {
      try $0.dueEnvelopes(at: surroundings.now().steady, limit: 9)
    }
    #expect(seen.count == 4)
    try await Outbox(surroundings).once()
    let batches = sent.all
    #expect(batches.map(\.subject) == ["2", "2"])
    for due in seen { await Delivery(of: due, surroundings, surroundings.inForce.current).run() }
    #expect(sent.all == batches)
    #expect(try await world.alerts().flatMap(\.notices).allSatisfy { $0.attempts == 1 })
  }

  @Test func `come to many mails where they are many, and none of them is in two`() async throws {
    let world = try await world(items: 2 * BatchPlan.most + 1)
    try await world.round()
    world.clock.advance(by: .hours(7))
    try await Outbox(world.surroundings).once()
    let mails = sent.all.filter { $0.recipient.address == "swj@unit.example" }
    #expect(mails.count == 3)
    let numbers = mails.flatMap { $0.text.split(separator: " ") }
    #expect(numbers.count == 2 * BatchPlan.most + 1)
    #expect(Set(numbers).count == numbers.count)
  }
}

/// What was sent.
private final class Sent: Sendable {
  private let envelopes = Mutex<[Envelope]>([])
  private let connections = Atomic(0)

  /// The number of a new connection.
  func connection() -> Int { connections.add(1, ordering: .relaxed).newValue }

  var all: [Envelope] { envelopes.withLock(\.self) }
  func add(_ envelope: Envelope) { envelopes.withLock { $0.append(envelope) } }
}

/// A contact sheet and a bulletin.
private func notices(of papers: AlertCase, edition: Int = 1) -> [Notice] {
  let kinds: [(Notice.Kind, String, Recipient)] = [
    (.contactSheet, "contactSheet", Recipient(Sample.address("swj@unit.example"), as: .unit)),
    (
      .bulletin, "bulletin/officers",
      Recipient(Sample.address("officer@letters.example"), as: .officer)
    ),
  ]
  return kinds.map { kind, name, recipient in
    Notice(
      id: Notice.ID(rawValue: "\(papers.alert.id)/\(name)/\(edition)"), kind: kind,
      alert: papers.alert.id, grade: papers.alert.grade, subject: "\(papers.alert.id)",
      text: "\(papers.alert.id)", html: "", recipients: [recipient],
      dueAt: papers.alert.deadline.dueAt, leaving: papers.leaving,
      listing: papers.leaving.map { _ in
        Notice.Listing(
          title: papers.item.title, gist: "", url: papers.item.url,
          foundAt: papers.item.foundAt.wall, inTrial: false)
      })
  }
}

/// A mail whose subject says how many there are, and its text which.
private func notice(of batch: Batch) -> Notice {
  Notice(
    id: Notice.ID(
      rawValue: "batch/\(batch.papers[0].notice)/\(batch.recipient.address.address)"),
    kind: .batch, grade: .general, subject: "\(batch.papers.count)",
    text: batch.papers.map(\.alert.description).joined(separator: " "), html: "",
    recipients: [batch.recipient], dueAt: batch.dueAt)
}
