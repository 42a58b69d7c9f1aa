import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `The pipeline` {
  private func lead(_ id: String) -> Lead {
    Lead(
      id: Item.ID(rawValue: id), feed: Feed.ID(rawValue: "board"),
      url: "http://board.example/\(id)", title: "停水", published: .absent,
      foundAt: Sample.instant())
  }

  @Test func `raises an item once however often its page is read`() async throws {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
    }
    for _ in 0..<3 { try await world.round() }
    let alerts = try await world.alerts()
    #expect(alerts.map(\.id.description) == ["2026-0001"])
    #expect(alerts.first?.notices.map(\.state) == [.sent])
    #expect(alerts.first?.notices.map(\.attempts) == [1])
  }

  @Test func `writes a page whole or not at all`() async throws {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in
        Extract(items: [Sample.item("a"), Sample.item("b")])
      }
      steps.draft = { occasion in
        guard case .raised(let papers) = occasion, papers.item.id.rawValue == "b" else { return [] }
        // A notice of an alert that there is not: the ledger's arrows refuse it.
        return [
          Notice(
            id: Notice.ID(rawValue: "stray"), kind: .contactSheet,
            alert: Alert.ID(year: 1999, number: 1), subject: "", text: "", html: "",
            recipients: [Recipient(Sample.address("swj@unit.example"), as: .unit)])
        ]
      }
    }
    await Rounds(world.surroundings).once()
    #expect(try await world.alerts().isEmpty)
    let known = try await world.surroundings.ledger.read {
      try $0.known([Item.ID(rawValue: "a"), Item.ID(rawValue: "b")])
    }
    #expect(known.isEmpty)
  }

  @Test func `judges a title when its page fails, and completes it when the page comes`()
    async throws
  {
    let comes = Mutex(false)
    let judged = Mutex<[Item.Basis]>([])
    let one = lead("x")
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(leads: [one]) }
      steps.complete = { page, lead, _ throws(Miss) in
        guard comes.withLock(\.self) else {
          throw Miss(.timeout, url: page.url, reason: Phrase(zh: "超时", en: "timeout"))
        }
        return Sample.item(lead.id.rawValue, body: "全文")
      }
      let judge = steps.judge
      steps.judge = { item, feed in
        judged.withLock { $0.append(item.basis) }
        return judge(item, feed)
      }
    }
    try await world.round()
    #expect(judged.withLock(\.self) == [.titleOnly])
    #expect(try await world.alerts().count == 1)
    comes.withLock { $0 = true }
    world.clock.advance(by: .minutes(1))
    try await world.round()
    #expect(judged.withLock(\.self) == [.titleOnly, .full])
    #expect(try await world.alerts().count == 1)
    #expect(try await world.alerts().first?.item.body == "全文")
  }

  @Test func `tries a deferred notice again, and says sent only after the server did`()
    async throws
  {
    let answers = Mutex<[Receipt.Outcome]>([.deferred, .deferred, .sent])
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
      steps.deliver = { _, _ in
        Receipt(answers.withLock { $0.removeFirst() }, reply: "4.3.2", at: Sample.instant())
      }
    }
    try await world.round()
    #expect(try await world.alerts().first?.notices.map(\.state) == [.deferred])
    for _ in 0..<2 {
      world.clock.advance(by: .minutes(1))
      try await Outbox(world.surroundings).once()
    }
    let notice = try #require(try await world.alerts().first?.notices.first)
    #expect(notice.state == .sent)
    #expect(notice.attempts == 3)
  }

  @Test func `tells the admins once of a feed that went blind, and once that it sees again`()
    async throws
  {
    let isDown = Mutex(true)
    let told = Mutex<[String]>([])
    let world = try await PipelineWorld { steps in
      let fetch = steps.fetch
      steps.fetch = { request throws(Miss) in
        guard isDown.withLock(\.self) else { return try await fetch(request) }
        throw Miss(.timeout, url: request.url, reason: Phrase(zh: "超时", en: "timeout"))
      }
      steps.draft = { occasion in
        guard case .trouble(let trouble) = occasion else { return [] }
        switch trouble {
        case .feedBlind: told.withLock { $0.append("blind") }
        case .feedSeesAgain: told.withLock { $0.append("sees") }
        case .feedOdd, .feedUsual, .mailFailing, .channelFailing, .setupRefused, .lineDown, .lineUp,
          .mailLate,
          .mailOnTime, .mailByFallback, .mailByFirst,
          .auditFailed, .auditPasses, .heartbeatUnheard, .heartbeatHeard, .mailboxUnread,
          .mailboxRead, .rosterOpen, .setupChanged:
          told.withLock { $0.append("other") }
        }
        return []
      }
    }
    for _ in 0..<6 {
      try await world.round()
      world.clock.advance(by: .minutes(10))
    }
    #expect(told.withLock(\.self) == ["blind"])
    isDown.withLock { $0 = false }
    for _ in 0..<2 { try await world.round() }
    #expect(told.withLock(\.self) == ["blind", "sees"])
    let blind = try await world.surroundings.ledger.read {
      try $0.blindSpots(
        from: Sample.monday - .days(1), to: Sample.monday + .days(1), language: .zh)
    }
    #expect(blind.count == 1)
    #expect(blind.first?.to != nil)
  }

  @Test func `keeps the validators only when every page behind them was read`() async throws {
    let secondFails = Mutex(true)
    let conditions = Mutex<[String?]>([])
    var feed = Sample.feed()
    feed.pages = 2
    let world = try await PipelineWorld(feeds: [feed]) { steps in
      steps.fetch = { request throws(Miss) in
        if request.url.hasSuffix("2"), secondFails.withLock(\.self) {
          throw Miss(.timeout, url: request.url, reason: Phrase(zh: "超时", en: "timeout"))
        }
        if !request.url.hasSuffix("2") {
          conditions.withLock { $0.append(request.validators.etag) }
        }
        return .page(
          Page(
            feed: request.feed, requestedURL: request.url, url: request.url, bytes: [],
            validators: Validators(etag: "\"1\""), fetchedAt: Sample.instant()))
      }
      steps.extract = { page, _ throws(Miss) in
        page.url.hasSuffix("2")
          ? Extract(items: [Sample.item("old")])
          : Extract(items: [Sample.item("new")], next: page.url + "2")
      }
    }
    try await world.round()
    #expect(try await world.alerts().count == 1)
    secondFails.withLock { $0 = false }
    try await world.round()
    try await world.round()
    #expect(try await world.alerts().count == 2)
    #expect(conditions.withLock(\.self) == [nil, nil, "\"1\""])
  }

  @Test func `takes up what an earlier run left in the middle of a delivery`() async throws {
    let world = try await PipelineWorld { steps in
      steps.extract = { _, _ throws(Miss) in Extract(items: [Sample.item()]) }
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
    var next = world.surroundings
    next.incarnation = "run-2"
    #expect(try await Presence.begin(next) == 1)
    try await Outbox(next).once()
    let notice = try #require(try await world.alerts().first?.notices.first)
    #expect(notice.state == .sent)
    #expect(notice.messageID == envelope.messageID)
    #expect(notice.mayHaveBeenSentTwice)
  }
}
