import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// What the admins were told, in order, one word a letter.
final class Told: Sendable {
  private let words = Mutex<[String]>([])
  var all: [String] { words.withLock(\.self) }

  func notices(_ trouble: Trouble) -> [Notice] {
    let word =
      switch trouble {
      case .feedBlind(let feed, _, _, _, _, _): "blind \(feed)"
      case .feedSeesAgain(let feed, _, _, _): "sees \(feed)"
      case .feedOdd(let feed, _, let oddities, _, _): "odd \(feed) \(oddities.count)"
      case .feedUsual(let feed, _, _, _): "usual \(feed)"
      case .mailFailing(let address, _, _, _): "failing \(address.address)"
      case .channelFailing(let name, _, _, _): "channel \(name)"
      case .lineDown(let feeds, let all, _, _): "line down \(feeds)/\(all)"
      case .lineUp: "line up"
      case .mailLate(let count, _, _, _, _): "late \(count)"
      case .mailOnTime: "on time"
      case .mailByFallback(let first, let second, _, _): "by \(second) for \(first)"
      case .mailByFirst(let first, _, _): "by \(first)"
      case .auditFailed(let faults, _): "audit \(faults.map(\.word).joined(separator: ","))"
      case .auditPasses: "audit passes"
      case .mailboxUnread: "mailbox unread"
      case .rosterOpen: "roster open"
      case .mailboxRead: "mailbox read"
      case .heartbeatUnheard(let host, _, _): "unheard \(host)"
      case .heartbeatHeard(let host, _, _): "heard \(host)"
      case .setupRefused: "refused"
      case .setupChanged: "changed"
      }
    let number = words.withLock { words in
      words.append(word)
      return words.count
    }
    return [
      Notice(
        id: Notice.ID(rawValue: "trouble/\(number)"), kind: .trouble, subject: word, text: "",
        html: "", recipients: [Recipient(Sample.address("admin@letters.example"), as: .admin)])
    ]
  }
}

@Suite struct `A line that is down` {
  private static let feeds = (1...20).map { number in
    var feed = Sample.feed("feed-\(number)")
    feed.url = "http://feed\(number).example/list"
    return feed
  }

  private static func world(
    _ told: Told, isDown: @escaping @Sendable (Feed.ID) -> Bool
  )
    async throws -> PipelineWorld
  {
    try await PipelineWorld(feeds: feeds) { steps in
      let fetch = steps.fetch
      steps.fetch = { request throws(Miss) in
        guard isDown(request.feed) else { return try await fetch(request) }
        throw Miss(.nameTimeout, url: request.url, reason: Phrase(zh: "超时", en: "timeout"))
      }
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return [] }
        return told.notices(trouble)
      }
    }
  }

  @Test func `is one letter for all its feeds, and one when it is up`() async throws {
    let told = Told()
    let isDown = Mutex(true)
    let world = try await Self.world(told) { _ in isDown.withLock(\.self) }
    for _ in 0..<6 {
      try await world.round()
      world.clock.advance(by: .minutes(10))
    }
    #expect(told.all == ["line down 20/20"])
    let blind = try await world.surroundings.ledger.read {
      try $0.feedStates().count(where: \.reportedBlind)
    }
    #expect(blind == 20)
    isDown.withLock { $0 = false }
    for _ in 0..<2 { try await world.round() }
    #expect(told.all == ["line down 20/20", "line up"])
  }

  @Test func `hides no feed that is still blind when it is up`() async throws {
    let told = Told()
    let isDown = Mutex(true)
    let world = try await Self.world(told) { feed in
      isDown.withLock(\.self) || feed.rawValue == "feed-7"
    }
    for _ in 0..<4 { try await world.round() }
    isDown.withLock { $0 = false }
    for _ in 0..<4 { try await world.round() }
    #expect(told.all == ["line down 20/20", "line up", "blind feed-7"])
  }

  @Test func `is not what two feeds of twenty have`() async throws {
    let told = Told()
    let world = try await Self.world(told) { ["feed-1", "feed-2"].contains($0.rawValue) }
    for _ in 0..<4 { try await world.round() }
    #expect(told.all.sorted() == ["blind feed-1", "blind feed-2"])
  }
}

@Suite struct `Mail that fails` {
  private static func world(
    _ told: Told, _ answer: @escaping @Sendable (Envelope) -> Receipt.Outcome
  ) async throws -> PipelineWorld {
    let items = (1...5).map { Sample.item("item-\($0)", title: "停水\($0)") }
    return try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: items) }
      let draft = steps.draft
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return draft(occasion) }
        return told.notices(trouble)
      }
      steps.deliver = { envelope, _ in
        let isLetter = envelope.notice.rawValue.hasPrefix("trouble")
        return Receipt(isLetter ? .sent : answer(envelope), reply: "550 no", at: Sample.instant())
      }
    }
  }

  @Test func `is told once a recipient, however many notices it costs`() async throws {
    let told = Told()
    let fails = Mutex(true)
    let world = try await Self.world(told) { _ in
      fails.withLock(\.self) ? .failed : .sent
    }
    try await world.round()
    #expect(told.all == ["failing swj@unit.example"])
    let states = try await world.alerts().flatMap(\.notices).map(\.state)
    #expect(states == Array(repeating: .failed, count: 5))
  }

  @Test func `to one recipient is told again once a day, and anew after it was mended`()
    async throws
  {
    let told = Told()
    let fails = Mutex(true)
    let count = Mutex(0)
    let world = try await PipelineWorld { steps in
      // Each reading brings another item, and so another notice to the same unit.
      steps.extract = { _, _ throws(Miss) in
        let number = count.withLock { count in
          count += 1
          return count
        }
        return Extract(items: [Sample.item("item-\(number)")])
      }
      let draft = steps.draft
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return draft(occasion) }
        return told.notices(trouble)
      }
    }
    let now = world.surroundings.now
    let generation = world.surroundings.inForce.current
    var steps = generation.steps
    steps.deliver = { envelope, _ in
      let isLetter = envelope.notice.rawValue.hasPrefix("trouble")
      let isRefused = fails.withLock(\.self) && !isLetter
      return Receipt(isRefused ? .failed : .sent, reply: "550 no", at: now())
    }
    world.surroundings.inForce.adopt(Generation(setup: generation.setup, steps: steps))
    func day() async throws {
      for _ in 0..<4 {
        try await world.round()
        world.clock.advance(by: .hours(6))
      }
    }
    try await day()
    #expect(told.all == ["failing swj@unit.example"])
    try await day()
    try await day()
    #expect(told.all == Array(repeating: "failing swj@unit.example", count: 3))
    fails.withLock { $0 = false }
    try await world.round()
    fails.withLock { $0 = true }
    world.clock.advance(by: .minutes(10))
    try await world.round()
    #expect(told.all.count == 4)
  }

  @Test func `and passes its time is told once, and once more when it is over`() async throws {
    let told = Told()
    let isUp = Mutex(false)
    let world = try await Self.world(told) { _ in
      isUp.withLock(\.self) ? .sent : .deferred
    }
    try await world.round()
    let late = LateMail(world.surroundings)
    await late.once()
    world.clock.advance(by: .hours(24))
    await late.once()
    #expect(told.all.isEmpty)
    world.clock.advance(by: .seconds(1))
    for _ in 0..<3 { await late.once() }
    #expect(told.all == ["late 5"])
    // Another run of the daemon does not say it again.
    let next = try await world.restart("run-2")
    await LateMail(next).once()
    #expect(told.all == ["late 5"])
    isUp.withLock { $0 = true }
    world.clock.advance(by: .minutes(10))
    try await Outbox(next).once()
    for _ in 0..<3 { await LateMail(next).once() }
    #expect(told.all == ["late 5", "on time"])
  }
}

@Suite struct `A second mail server that stands in` {
  private func server(_ host: String) -> SMTPServer {
    SMTPServer(protection: .smtp, host: host, port: 25)
  }

  @Test func `is told of once, though the first comes and goes, and when it is over`() async throws
  {
    let told = Told()
    let isDown = Mutex(true)
    let clock = Mutex<TestClock?>(nil)
    let world = try await PipelineWorld { steps in
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return [] }
        return told.notices(trouble)
      }
      steps.deliver = { _, _ in
        let standIn = isDown.withLock(\.self) ? Receipt.StandIn(because: "421 busy") : nil
        let now = clock.withLock { $0?.now() } ?? Sample.instant()
        return Receipt(.sent, reply: "250 ok", standIn: standIn, at: now)
      }
    }
    clock.withLock { $0 = world.clock }
    var generation = world.surroundings.inForce.current
    generation.setup.mail.way = .server(server("mail.example"), fallback: server("backup.example"))
    world.surroundings.inForce.adopt(generation)
    /// A letter of whatever kind leaves.
    func letter(byFirst: Bool) async throws {
      isDown.withLock { $0 = !byFirst }
      let moment = Sample.monday
      try await world.surroundings.tell(.lineUp(since: moment, at: moment))
      try await Outbox(world.surroundings).once()
      await LateMail(world.surroundings).lookAtServers()
    }
    var servers: [String] { told.all.filter { $0.hasPrefix("by ") } }
    for turn in 0..<5 {
      try await letter(byFirst: turn.isMultiple(of: 2))
      world.clock.advance(by: .minutes(1))
    }
    #expect(servers == ["by backup.example for mail.example"])
    // The second stood in a minute ago, and again nine minutes later.
    world.clock.advance(by: .minutes(7))
    try await letter(byFirst: false)
    world.clock.advance(by: .minutes(9))
    try await letter(byFirst: true)
    #expect(servers.count == 1)
    world.clock.advance(by: .minutes(1))
    await LateMail(world.surroundings).lookAtServers()
    #expect(servers == ["by backup.example for mail.example", "by mail.example"])
    let stands = try await world.surroundings.ledger.read { try $0.standsSince(MailWay.trouble) }
    #expect(stands == nil)
  }

  @Test func `is nothing any more where the set-up has one server alone`() async throws {
    let told = Told()
    let world = try await PipelineWorld { steps in
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return [] }
        return told.notices(trouble)
      }
    }
    let now = world.surroundings.now()
    _ = try await world.surroundings.ledger.write { try $0.beginTrouble(MailWay.trouble, at: now) }
    await LateMail(world.surroundings).lookAtServers()
    let stands = try await world.surroundings.ledger.read { try $0.standsSince(MailWay.trouble) }
    #expect(stands == nil && told.all.isEmpty)
  }
}
