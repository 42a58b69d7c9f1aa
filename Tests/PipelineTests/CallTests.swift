import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// What a mail server and a channel answer, which a test changes.
private final class Answers: Sendable {
  private let answers = Mutex(
    (mail: (Receipt.Outcome.sent, false), call: (Receipt.Outcome.sent, false)))
  private let asked = Mutex<[String]>([])
  let told = Mutex<[String]>([])

  func mail(_ outcome: Receipt.Outcome) { answers.withLock { $0.mail = (outcome, false) } }
  func call(_ outcome: Receipt.Outcome, inDoubt: Bool = false) {
    answers.withLock { $0.call = (outcome, inDoubt) }
  }

  /// The notices that were tried by the channel.
  var calls: [String] { asked.withLock(\.self) }

  func answer(_ envelope: Envelope, at now: Instant) -> Receipt {
    let isCall = envelope.recipient.channel != nil
    if isCall { asked.withLock { $0.append(envelope.notice.rawValue) } }
    let answer = answers.withLock { isCall ? $0.call : $0.mail }
    return Receipt(answer.0, reply: "answer", mayHaveBeenSent: answer.1, at: now)
  }
}

@Suite struct `A major alert's calls` {
  private let answers: Answers
  private let channel = Channel(
    name: "wecom", way: .robot(.wecom, urlFile: "/robot.url", secretFile: nil))

  /// A world in which one major item comes, and where a call is drafted of whatever has not arrived.
  private func world(callsAtOnce: Bool = true) async throws -> PipelineWorld {
    let clock = Mutex<(@Sendable () -> Instant)?>(nil)
    let world = try await PipelineWorld { [answers, channel] steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.judge = { item, _ in Sample.verdict(on: item.id.rawValue, grade: .major) }
      let sheets = steps.draft
      steps.draft = { occasion in
        switch occasion {
        case .raised(let papers):
          sheets(occasion)
            + (callsAtOnce ? [call("\(papers.alert.id)/call/1", papers, channel)] : [])
        case .unsent(let unsent):
          [
            call(
              "\(unsent.notice)/call/\(unsent.isLost ? "lost" : "late")", unsent.alertCase, channel)
          ]
        case .trouble(let trouble):
          letter(trouble, answers)
        case .updated, .batch, .reminder, .relay, .digest, .handOver, .probe, .channelProbe: []
        }
      }
      steps.deliver = { envelope, _ in
        answers.answer(envelope, at: clock.withLock(\.self)?() ?? Sample.instant())
      }
    }
    clock.withLock { $0 = world.clock.now }
    var generation = world.surroundings.inForce.current
    generation.setup.office.channels = [channel]
    world.surroundings.inForce.adopt(generation)
    return world
  }

  /// Lets time pass and delivers, as often as given.
  private func pass(_ times: Int, _ world: PipelineWorld) async throws {
    for _ in 0..<times {
      world.clock.advance(by: .minutes(2))
      try await Outbox(world.surroundings).once()
    }
  }

  @Test func `leave beside its mail, with receipts of their own`() async throws {
    let world = try await world()
    try await world.round()
    let row = try #require(try await world.alerts().first)
    #expect(row.notices.map(\.state) == [.sent])
    #expect(row.calls.map(\.state) == [.sent])
    #expect(row.calls.map(\.channel) == ["wecom"])
    #expect(answers.calls == ["2026-0001/call/1"])
    let course = try await world.surroundings.ledger.read { try $0.course(of: row.id) }
    #expect(course.contains { $0.what.zh == "第 1 次发送至 第二通道 wecom：已发出（answer）" })
    #expect(try await world.surroundings.ledger.read { try $0.auditOutbox() }.isEmpty)
  }

  @Test func `that fail leave the alert as told as its mail is`() async throws {
    answers.call(.failed)
    let world = try await world()
    try await world.round()
    let row = try #require(try await world.alerts().first)
    #expect(row.sentAt != nil)
    #expect(row.notices.map(\.state) == [.sent] && row.calls.map(\.state) == [.failed])
    #expect(answers.told.withLock(\.self) == ["channel wecom"])
    let troubles = try await world.surroundings.ledger.read { try $0.standingTroubles() }
    #expect(troubles.keys.contains(ChannelTrouble.name(of: "wecom")))
  }

  @Test func `that are put off are tried again, and the admins hear after five`() async throws {
    answers.call(.deferred)
    let world = try await world()
    try await world.round()
    try await pass(3, world)
    #expect(answers.told.withLock(\.self).isEmpty)
    try await pass(1, world)
    #expect(answers.told.withLock(\.self) == ["channel wecom"])
    answers.call(.sent)
    try await pass(1, world)
    #expect(answers.calls.count == 6)
    #expect(try await world.alerts().first?.calls.map(\.state) == [.sent])
    let troubles = try await world.surroundings.ledger.read { try $0.standingTroubles() }
    #expect(troubles.isEmpty)
  }

  @Test func `that may have arrived are said once more and never a third time`() async throws {
    answers.call(.deferred, inDoubt: true)
    let world = try await world()
    try await world.round()
    try await pass(4, world)
    #expect(answers.calls.count == 2)
    let call = try #require(try await world.alerts().first?.calls.first)
    #expect(call.state == .failed && call.mayHaveBeenSentTwice)
    #expect(call.lastReply?.contains("不再重复") == true)
  }

  @Test func `are tried for a day and no longer`() async throws {
    answers.call(.deferred)
    let world = try await world()
    try await world.round()
    world.clock.advance(by: .hours(25))
    try await Outbox(world.surroundings).once()
    #expect(try await world.alerts().first?.calls.map(\.state) == [.failed])
  }

  @Test func `are withdrawn where the unit has acknowledged, or the alert is closed`() async throws
  {
    for closes in [false, true] {
      let answers = Answers()
      answers.call(.deferred)
      let world = try await `A major alert's calls`(answers).world()
      try await world.round()
      let id = try #require(try await world.alerts().first?.id)
      world.clock.advance(by: .seconds(1))
      let now = world.clock.now()
      try await world.surroundings.ledger.write { ledger in
        try ledger.acknowledge(
          id, unit: !closes, closes: closes, falseAlarm: false, by: "终端", reason: nil, at: now)
      }
      answers.call(.sent)
      world.clock.advance(by: .minutes(2))
      try await Outbox(world.surroundings).once()
      let call = try #require(try await world.alerts().first?.calls.first)
      #expect(call.state == .failed && call.lastReply?.contains("已撤回") == true)
      #expect(answers.calls.count == 1)
    }
  }

  @Test func `say once that its mail is late, and not any more once it has left`() async throws {
    answers.mail(.deferred)
    let world = try await world(callsAtOnce: false)
    try await world.round()
    #expect(answers.calls.isEmpty)
    answers.call(.deferred)
    try await pass(6, world)
    #expect(Set(answers.calls) == ["2026-0001/contactSheet/1/call/late"])
    let row = try #require(try await world.alerts().first)
    #expect(row.calls.count == 1)
    answers.mail(.sent)
    answers.call(.sent)
    let before = answers.calls.count
    try await pass(2, world)
    let call = try #require(try await world.alerts().first?.calls.first)
    // Mail and calls are taken up side by side: either it still went, or it was withdrawn.
    #expect(call.state == .sent || call.lastReply?.contains("已撤回") == true)
    #expect(answers.calls.count <= before + 1)
  }

  @Test func `say that its mail is lost`() async throws {
    answers.mail(.failed)
    let world = try await world(callsAtOnce: false)
    try await world.round()
    try await Outbox(world.surroundings).once()
    #expect(answers.calls == ["2026-0001/contactSheet/1/call/lost"])
    #expect(try await world.alerts().first?.calls.map(\.state) == [.sent])
  }

  init() { self.init(Answers()) }
  private init(_ answers: Answers) { self.answers = answers }
}

private func call(_ id: String, _ papers: AlertCase, _ channel: Channel) -> Notice {
  Notice(
    id: Notice.ID(rawValue: id), kind: .call, alert: papers.alert.id, grade: papers.alert.grade,
    subject: "提醒", text: "{}", html: "", recipients: [Recipient(channel.address, as: .channel)])
}

private func letter(_ trouble: Trouble, _ answers: Answers) -> [Notice] {
  if case .channelFailing(let name, _, _, _) = trouble {
    answers.told.withLock { $0.append("channel \(name)") }
  }
  return []
}
