import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A recipient whose mail came back` {
  private static let address = "swj@unit.example"

  /// Letters that come with the next look.
  private final class Box: Sendable {
    private let letters = Mutex<[Letter]>([])
    func put(_ letter: Letter) { letters.withLock { $0.append(letter) } }

    var collect: Steps.Collect {
      { take throws(MailboxFault) in
        for letter in self.letters.withLock({ letters in
          defer { letters = [] }
          return letters
        }) {
          try? await take(letter)
        }
      }
    }
  }

  private let box = Box()

  /// Each round brings another item, and so another notice to the same unit.
  private func world() async throws -> PipelineWorld {
    let count = Mutex(0)
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in
        let number = count.withLock { count in
          count += 1
          return count
        }
        return Extract(items: [Sample.item("item-\(number)")])
      }
      steps.collect = box.collect
    }
    let generation = world.surroundings.inForce.current
    var steps = generation.steps
    let now = world.surroundings.now
    steps.deliver = { _, _ in Receipt(.sent, reply: "250 ok", at: now()) }
    world.surroundings.inForce.adopt(Generation(setup: generation.setup, steps: steps))
    return world
  }

  /// The mailbox was full when the notice of an alert came.
  private func bounce(_ alert: Int, in world: PipelineWorld) async {
    box.put(
      Letter(
        id: Letter.ID(rawValue: "bounce-\(alert)"), from: "",
        answers: ["<2026-000\(alert)/contactSheet/1/\(Self.address)>"], subject: "系统退信",
        nature: .bounce([
          Letter.Bounce(recipient: Self.address, isFinal: true, reply: "552 5.2.2 mailbox full")
        ])))
    await Mailroom(world.surroundings).once()
  }

  /// Whether it still stands, when the mailbox has been read once more.
  private func stands(in world: PipelineWorld) async throws -> Bool {
    await Mailroom(world.surroundings).once()
    await Mailroom(world.surroundings).endOldBounces()
    return try await world.surroundings.ledger.read {
      try $0.standsSince(MailTrouble.bounced(Self.address)) != nil
    }
  }

  @Test func `is reached again where a later notice has not come back for a day`() async throws {
    let world = try await world()
    try await world.round()
    await bounce(1, in: world)
    // Nothing was sent since that could have come back.
    world.clock.advance(by: .hours(30))
    #expect(try await stands(in: world))
    try await world.round()
    world.clock.advance(by: .hours(24) - .seconds(1))
    #expect(try await stands(in: world))
    world.clock.advance(by: .seconds(1))
    #expect(try await !stands(in: world))
  }

  @Test func `is not reached by what came back too`() async throws {
    let world = try await world()
    try await world.round()
    await bounce(1, in: world)
    world.clock.advance(by: .hours(1))
    try await world.round()
    world.clock.advance(by: .hours(2))
    await bounce(2, in: world)
    world.clock.advance(by: .hours(30))
    #expect(try await stands(in: world))
    try await world.round()
    world.clock.advance(by: .hours(24))
    #expect(try await !stands(in: world))
  }

  @Test func `is not taken for reached while the mailbox is not read`() async throws {
    let world = try await world()
    try await world.round()
    await bounce(1, in: world)
    try await world.round()
    let now = world.surroundings.now()
    _ = try await world.surroundings.ledger.write { try $0.beginTrouble(Mailroom.trouble, at: now) }
    world.clock.advance(by: .hours(30))
    await Mailroom(world.surroundings).endOldBounces()
    let since = try await world.surroundings.ledger.read {
      try $0.standsSince(MailTrouble.bounced(Self.address))
    }
    #expect(since != nil)
  }

  @Test
  func `whom the mail server refuses at once is no better off: the next of the chain hears now`()
    async throws
  {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.escalate = { _, now in
        [Rung.Audience.deputy, .officers].enumerated().map { index, audience in
          Rung(
            number: index + 1, audience: audience, endsWithOfficer: audience == .officers,
            dueAt: now.later(by: .minutes(Int64(10 * (index + 1)))))
        }
      }
    }
    let generation = world.surroundings.inForce.current
    var steps = generation.steps
    let now = world.surroundings.now
    steps.deliver = { _, _ in Receipt(.failed, reply: "550 5.1.1 no such user", at: now()) }
    world.surroundings.inForce.adopt(Generation(setup: generation.setup, steps: steps))
    try await world.round()
    let row = try #require(try await world.alerts().first)
    #expect(row.notices.map(\.state) == [.failed])
    #expect(row.rungs.map(\.end) == [.hastened, nil, nil])
    #expect(row.rungs.last?.rung.dueAt.wall == world.clock.now().wall)
  }

  @Test func `two addresses of a unit, refused, bring the chain forward once and are said once`()
    async throws
  {
    let now = Mutex<(@Sendable () -> Instant)?>(nil)
    let channel = MailAddress(address: "channel:robot")
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.judge = { item, _ in Sample.verdict(on: item.id.rawValue, grade: .major) }
      steps.escalate = { _, now in
        [Rung.Audience.deputy, .officers].enumerated().map { index, audience in
          Rung(
            number: index + 1, audience: audience, endsWithOfficer: audience == .officers,
            dueAt: now.later(by: .minutes(Int64(10 * (index + 1)))))
        }
      }
      let draft = steps.draft
      steps.draft = { occasion in
        switch occasion {
        case .raised:
          return draft(occasion).map { notice in
            var two = notice
            two.recipients.append(Recipient(Sample.address("swj-2@unit.example"), as: .unit))
            return two
          }
        case .reminder(let reminder):
          let alert = reminder.alertCase.alert.id
          return [
            Notice(
              id: Reminder.noticeID(alert, 1), kind: .reminder, alert: alert, grade: .major,
              subject: "", text: "", html: "",
              recipients: [Recipient(Sample.address("swj-deputy@unit.example"), as: .unit)])
          ]
        case .unsent(let unsent):
          return [
            Notice(
              id: Notice.ID(rawValue: "\(unsent.notice)\(Unsent.ending(isLost: unsent.isLost))"),
              kind: .call, alert: unsent.alertCase.alert.id, grade: .major, subject: "", text: "{}",
              html: "", recipients: [Recipient(channel, as: .channel)])
          ]
        case .updated, .batch, .relay, .digest, .handOver, .trouble, .probe, .channelProbe:
          return []
        }
      }
      steps.deliver = { envelope, _ in
        let isCall = envelope.recipient == channel
        return Receipt(
          isCall ? .sent : .failed, reply: isCall ? "ok" : "550 5.1.1 no such user",
          at: now.withLock(\.self)?() ?? Sample.instant())
      }
    }
    now.withLock { $0 = world.surroundings.now }
    var generation = world.surroundings.inForce.current
    generation.setup.office.channels = [Channel(name: "robot", way: .command(["/ring"]))]
    world.surroundings.inForce.adopt(generation)
    try await world.round()
    var row = try #require(try await world.alerts().first)
    #expect(row.notices.map(\.state) == [.failed, .failed])
    #expect(row.rungs.map(\.end) == [.hastened, nil, nil])
    #expect(row.calls.map(\.notice.rawValue) == ["2026-0001/contactSheet/1/call/lost"])
    // The deputy, who is reminded, is not reached either: the officers hear now.
    world.clock.advance(by: .seconds(1))
    await Reminders(world.surroundings).once()
    try await Outbox(world.surroundings).once()
    row = try #require(try await world.alerts().first)
    #expect(row.notices.filter { $0.kind == .reminder }.map(\.state) == [.failed])
    #expect(row.rungs.map(\.end) == [.hastened, .hastened, .sent, nil])
    #expect(row.calls.count == 1)
  }

  @Test func `a reply that is read before its notice has a receipt counts`() async throws {
    let world = try await world()
    let generation = world.surroundings.inForce.current
    var steps = generation.steps
    let (surroundings, box) = (world.surroundings, box)
    steps.hear = { _, _ in .acknowledge(byUnit: true, relay: nil) }
    steps.deliver = { envelope, handover in
      guard handover.mayBegin(1) else { return Receipt(.failed, reply: "", at: surroundings.now()) }
      // The server has the mail, and says so only when the unit has answered.
      box.put(
        Letter(
          id: Letter.ID(rawValue: "early"), from: Self.address, answers: [envelope.messageID],
          subject: "回复", nature: .reply("收到")))
      await Mailroom(surroundings).once()
      return Receipt(.sent, reply: "250 ok", at: surroundings.now())
    }
    surroundings.inForce.adopt(Generation(setup: generation.setup, steps: steps))
    try await world.round()
    let row = try #require(try await world.alerts().first)
    #expect(row.state == .acknowledged && !row.awaitsUnit)
    #expect(row.notices.map(\.state) == [.sent] && row.notices.map(\.attempts) == [1])
    #expect(row.acknowledgements.count == 1)
  }
}
