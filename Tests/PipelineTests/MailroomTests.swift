import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A mailroom` {
  /// Letters that lie in the mailbox; those that could not be taken stay.
  private final class Box: Sendable {
    private let letters = Mutex<[Letter]>([])
    private let fault = Mutex<MailboxFault?>(nil)

    func put(_ letter: Letter) { letters.withLock { $0.append(letter) } }
    func fail(_ why: MailboxFault?) { fault.withLock { $0 = why } }

    var collect: Steps.Collect {
      { take throws(MailboxFault) in
        if let fault = self.fault.withLock(\.self) { throw fault }
        while let letter = self.letters.withLock(\.first) {
          do { try await take(letter) } catch { return }
          self.letters.withLock { _ = $0.removeFirst() }
        }
      }
    }
  }

  private let box = Box()

  /// A major alert of a unit and the officers, whose words do what they say.
  private func world() async throws -> PipelineWorld {
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
      steps.draft = { occasion in draft(occasion) + notices(of: occasion) }
      steps.hear = { text, sender in
        guard sender.isReply, let part = sender.part else { return .relay(.stranger) }
        switch text {
        case "退回": return .returned
        case "改派": return .direct(.assign(Sample.unit("区住建局")), reason: "管网")
        case "误报": return .close(isFalseAlarm: true)
        default: return .acknowledge(byUnit: part == .unit, relay: nil)
        }
      }
      steps.collect = box.collect
    }
    try await world.round()
    return world
  }

  private func notices(of occasion: Occasion) -> [Notice] {
    func notice(
      _ name: String, _ kind: Notice.Kind, _ alert: Alert.ID?, to address: String
    )
      -> Notice
    {
      Notice(
        id: Notice.ID(rawValue: "\(alert?.description ?? "-")/\(name)"), kind: kind, alert: alert,
        grade: .major, subject: name, text: name, html: name,
        recipients: [Recipient(Sample.address(address), as: kind == .trouble ? .admin : .officer)])
    }
    switch occasion {
    case .raised(let papers):
      return [notice("bulletin", .bulletin, papers.alert.id, to: "officer@letters.example")]
    case .relay(let relay):
      return [
        notice(
          "relay/\(relay.letter.rawValue)/\(relay.cause == .returned)", .relay,
          relay.alertCase.alert.id, to: "officer@letters.example")
      ]
    case .trouble(let trouble):
      return [notice("trouble/\(trouble)", .trouble, nil, to: "admin@letters.example")]
    case .unsent(let unsent):
      let channel = Channel(name: "robot", way: .command(["/ring"]))
      let name = "\(unsent.notice)/call/\(unsent.part)/\(unsent.isLost)"
      return [
        Notice(
          id: Notice.ID(rawValue: name), kind: .call, alert: unsent.alertCase.alert.id,
          grade: .major, subject: name, text: "{}", html: "",
          recipients: [Recipient(channel.address, as: .channel)])
      ]
    case .updated, .batch, .reminder, .digest, .handOver, .probe, .channelProbe: return []
    }
  }

  private let sheet = "<2026-0001/contactSheet/1/swj@unit.example>"

  private func letter(
    _ id: String, from: String = "swj@unit.example", answers: String? = nil, saying text: String
  ) -> Letter {
    Letter(
      id: Letter.ID(rawValue: id), from: from, answers: [answers ?? sheet], subject: "回复",
      nature: .reply(text))
  }

  private func alert(_ world: PipelineWorld) async throws -> AlertRow {
    try #require(try await world.alerts().first)
  }

  private func course(_ world: PipelineWorld) async throws -> [String] {
    let id = try await alert(world).id
    return try await world.surroundings.ledger.read { try $0.course(of: id) }.map(\.what.zh)
  }

  @Test func `acknowledges by a unit's reply, and keeps what it says`() async throws {
    let world = try await world()
    box.put(letter("a", saying: "收到，已派人到场"))
    #expect(await Mailroom(world.surroundings).once())
    let row = try await alert(world)
    #expect(row.state == .acknowledged && !row.awaitsUnit)
    #expect(
      row.rungs.filter { $0.rung.purpose == .acknowledgement }.allSatisfy {
        $0.end == .acknowledged
      })
    #expect(try await course(world).contains("来信（承办单位）：签收：收到，已派人到场"))
  }

  @Test func `does nothing twice when a letter is read again`() async throws {
    let world = try await world()
    box.put(letter("a", saying: "退回"))
    box.put(letter("a", saying: "退回"))
    await Mailroom(world.surroundings).once()
    #expect(try await course(world).filter { $0.hasPrefix("来信") }.count == 1)
    let relays = try await alert(world).notices.filter { $0.kind == .relay }
    #expect(relays.count == 1)
  }

  @Test func `a return acknowledges nothing, goes to the officers, and the clock runs on`()
    async throws
  {
    let world = try await world()
    box.put(letter("a", saying: "退回"))
    await Mailroom(world.surroundings).once()
    let row = try await alert(world)
    #expect(row.state == .returned && row.acknowledgedAt == nil)
    #expect(row.rungs.allSatisfy { $0.end == nil })
    let relay = try #require(row.notices.first { $0.kind == .relay })
    #expect(relay.notice.rawValue.hasSuffix("relay/a/true") && relay.part == .officer)
    let waiting = try await world.surroundings.ledger.read {
      try $0.alerts(AlertFilter(awaiting: true))
    }
    #expect(waiting.count == 1)
  }

  @Test func `a return takes back what was acknowledged before, and the chain begins anew`()
    async throws
  {
    let world = try await world()
    box.put(letter("a", saying: "收到"))
    await Mailroom(world.surroundings).once()
    world.clock.advance(by: .minutes(3))
    box.put(letter("b", saying: "退回"))
    await Mailroom(world.surroundings).once()
    let row = try await alert(world)
    #expect(row.state == .returned)
    #expect(row.acknowledgements.isEmpty)
    let waiting = row.rungs.filter { $0.end == nil && $0.rung.purpose == .acknowledgement }
    #expect(waiting.map(\.rung.audience) == [.officers])
    world.clock.advance(by: .minutes(1))
    box.put(letter("c", saying: "收到，仍由我局办理"))
    await Mailroom(world.surroundings).once()
    let again = try await alert(world)
    #expect(again.state == .acknowledged && again.acknowledgements.count == 1)
  }

  @Test func `brings a stranger's letter before the officers, and believes nothing of it`()
    async throws
  {
    let world = try await world()
    box.put(letter("a", from: "someone@elsewhere.example", saying: "收到"))
    await Mailroom(world.surroundings).once()
    let row = try await alert(world)
    #expect(row.state == .open)
    #expect(row.notices.contains { $0.notice.rawValue.hasSuffix("relay/a/false") })
    #expect(try await course(world).contains { $0.hasPrefix("来信（未登记的邮箱）：未作签收，转值班员核实") })
  }

  @Test(arguments: [("swj-deputy@unit.example", "acknowledged"), ("zjj@unit.example", "open")])
  func
    `an address that the set-up has as the same unit's answers for it, and another unit's does not`(
      address: String, state: String
    ) async throws
  {
    let world = try await world()
    box.put(letter("a", from: address, saying: "收到，我来办"))
    await Mailroom(world.surroundings).once()
    #expect(try await alert(world).state.rawValue == state)
    let heard = try await course(world).contains("来信（承办单位）：签收：收到，我来办")
    #expect(heard == (state == "acknowledged"))
  }

  @Test func `an officer's word directs; two who say different things are both heard, in order`()
    async throws
  {
    let world = try await world()
    let bulletin = "<2026-0001/bulletin/officer@letters.example>"
    box.put(
      letter("a", from: "officer@letters.example", answers: bulletin, saying: "改派"))
    await Mailroom(world.surroundings).once()
    #expect(try await alert(world).unit == Sample.unit("区住建局"))
    world.clock.advance(by: .minutes(1))
    box.put(
      letter("b", from: "officer@letters.example", answers: bulletin, saying: "误报"))
    box.put(letter("c", from: "officer@letters.example", answers: bulletin, saying: "改派"))
    await Mailroom(world.surroundings).once()
    let row = try await alert(world)
    #expect(row.state == .closed)
    #expect(row.notices.contains { $0.notice.rawValue.hasSuffix("relay/c/false") })
  }

  @Test func `the unit that has it no more cannot acknowledge for the one that has`() async throws {
    let world = try await world()
    let bulletin = "<2026-0001/bulletin/officer@letters.example>"
    box.put(letter("a", from: "officer@letters.example", answers: bulletin, saying: "改派"))
    box.put(letter("b", saying: "收到"))
    await Mailroom(world.surroundings).once()
    #expect(try await alert(world).state == .open)
  }

  @Test func `a bounce marks the recipient, tells the admins and brings the chain forward`()
    async throws
  {
    let world = try await world()
    let bounce = Letter.Bounce(
      recipient: "swj@unit.example", isFinal: true, reply: "550 5.1.1 no such user")
    box.put(
      Letter(
        id: Letter.ID(rawValue: "a"), from: "", answers: [sheet], subject: "系统退信",
        nature: .bounce([bounce])))
    await Mailroom(world.surroundings).once()
    let row = try await alert(world)
    #expect(row.state == .open)
    #expect(row.rungs.map(\.end) == [.hastened, nil, nil])
    let next = try #require(row.rungs.last).rung
    #expect(next.audience == .deputy && next.dueAt.wall == world.clock.now().wall)
    let troubles = try await world.surroundings.ledger.read { try $0.standingTroubles() }
    #expect(troubles[MailTrouble.bounced("swj@unit.example")] != nil)
    // The second channel says that it did not arrive.
    #expect(row.calls.map(\.notice.rawValue) == ["2026-0001/contactSheet/1/call/unit/true"])
    // Whoever writes is reached again.
    box.put(letter("b", saying: "收到"))
    await Mailroom(world.surroundings).once()
    let after = try await world.surroundings.ledger.read { try $0.standingTroubles() }
    #expect(after[MailTrouble.bounced("swj@unit.example")] == nil)
  }

  @Test func `an automatic answer acknowledges nothing and stands in the course`() async throws {
    let world = try await world()
    box.put(
      Letter(
        id: Letter.ID(rawValue: "a"), from: "swj@unit.example", answers: [sheet],
        subject: "自动回复", nature: .automatic))
    await Mailroom(world.surroundings).once()
    #expect(try await alert(world).state == .open)
    #expect(try await course(world).contains("来信（承办单位）：自动回复，不作签收"))
  }

  @Test func `a number that stands twice in a letter is one`() async throws {
    let world = try await world()
    let twice = Letter(
      id: Letter.ID(rawValue: "a"), from: "swj@unit.example", answers: [],
      subject: "关于2026－0001", nature: .reply("2026-0001（2026-1）已收到"))
    box.put(twice)
    await Mailroom(world.surroundings).once()
    let relays = try await alert(world).notices.filter { $0.kind == .relay }
    #expect(relays.count == 1)
  }

  @Test func `what comes for a closed alert leaves for the officers all the same`() async throws {
    let world = try await world()
    let bulletin = "<2026-0001/bulletin/officer@letters.example>"
    box.put(letter("a", from: "officer@letters.example", answers: bulletin, saying: "误报"))
    box.put(letter("b", saying: "属实，已有两人住院"))
    await Mailroom(world.surroundings).once()
    try await Outbox(world.surroundings).once()
    let relay = try #require(try await alert(world).notices.first { $0.kind == .relay })
    #expect(relay.lastReply?.contains("已撤回") != true)
  }

  @Test func `what is about nothing of ours is not kept`() async throws {
    let world = try await world()
    box.put(letter("a", answers: "<other@elsewhere.example>", saying: "发票请查收"))
    await Mailroom(world.surroundings).once()
    let isKept = try await world.surroundings.ledger.read {
      try $0.hasHeard(Letter.ID(rawValue: "a"))
    }
    #expect(!isKept)
  }

  @Test func `the admins hear once that the mailbox is not read, and once that it is again`()
    async throws
  {
    let world = try await world()
    box.fail(MailboxFault(Phrase(zh: "授权码不对", en: "wrong password")))
    for misses in 0..<5 { #expect(await !Mailroom(world.surroundings).once(after: misses)) }
    box.fail(nil)
    for _ in 0..<2 { #expect(await Mailroom(world.surroundings).once()) }
    let count = try await world.surroundings.ledger.read { try $0.waitingCount() }
    #expect(count == 2)
  }
}
