import Foundation
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Mailing

@Suite struct `A mailer` {
  @Test func `says sent with the server's own words`() async throws {
    let sink = try Sink([.end: .say("250 2.0.0 Ok: queued as 4F2A1")])
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    #expect(
      receipt == Receipt(.sent, reply: "250 2.0.0 Ok: queued as 4F2A1", code: 250, at: .sample))
    #expect(sink.seen.recipients == ["RCPT TO:<shuiwu@unit.example>"])
  }

  @Test func `asks whether it may begin once the server wants the content, and once only`()
    async throws
  {
    let sink = try Sink()
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let asked = Mutex<[[String]]>([])
    let receipt = await mailer.deliver(
      .sample(),
      mayBegin: { _ in
        asked.withLock { $0.append(sink.seen.verbs) }
        return true
      })
    await mailer.close()
    #expect(receipt.outcome == .sent)
    #expect(asked.withLock(\.self) == [["EHLO", "MAIL", "RCPT", "DATA"]])
  }

  @Test func `sends nothing of a letter that may not begin`() async throws {
    let sink = try Sink()
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let receipt = await mailer.deliver(.sample(), mayBegin: { _ in false })
    #expect(receipt.outcome == .deferred && !receipt.mayHaveBeenSent)
    #expect(await mailer.deliver(.sample()).outcome == .sent)
    await mailer.close()
    #expect(sink.seen.letters.count == 1)
  }

  @Test(arguments: [Sink.Moment.greeting, .hello, .sender, .recipient, .data])
  func `does not ask where it is turned away before`(_ moment: Sink.Moment) async throws {
    let sink = try Sink([moment: .say("451 4.3.2 later")])
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let asked = Mutex(0)
    let receipt = await mailer.deliver(
      .sample(),
      mayBegin: { _ in
        asked.withLock { $0 += 1 }
        return true
      })
    await mailer.close()
    #expect(receipt.outcome == .deferred)
    #expect(asked.withLock(\.self) == 0)
  }

  @Test func `hands the server exactly the composer's bytes`() async throws {
    let sink = try Sink()
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let large = String(repeating: "停水三天。\n.\n", count: 40_000)
    _ = await mailer.deliver(.sample(text: large))
    await mailer.close()
    let composer = Composer(from: .duty, zone: .shanghai, program: "Huiyin/0.1")
    #expect(sink.seen.letters == [composer.mail(for: .sample(text: large))])
  }

  @Test func `keeps its connection for the next letter`() async throws {
    let sink = try Sink()
    defer { sink.stop() }
    var limits = MailLimits.short
    limits.connections = 1
    let mailer = try Mailer(port: sink.port, limits: limits)
    for _ in 1...5 { #expect(await mailer.deliver(.sample()).outcome == .sent) }
    await mailer.close()
    #expect(sink.seen.connections == 1)
    #expect(sink.seen.verbs.filter { $0 == "EHLO" }.count == 1)
  }

  @Test func `gives letters to the connections that are open, where a server allows few`()
    async throws
  {
    // The second connection and every later one is turned away.
    let sink = try Sink { moment, connection in
      moment == .greeting && connection > 1 ? .sayAndCut("421 4.7.0 too many connections") : nil
    }
    defer { sink.stop() }
    var limits = MailLimits.short
    limits.connections = 2
    let mailer = try Mailer(port: sink.port, limits: limits)
    let receipts = await withTaskGroup { group in
      for _ in 1...2 { group.addTask { await mailer.deliver(.sample()) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(receipts.contains { $0.outcome == .sent })
    for _ in 1...4 {
      // A thread answers before it lies down.
      try await until { mailer.pool.awake == 0 }
      #expect(await mailer.deliver(.sample()).outcome == .sent)
    }
    await mailer.close()
    #expect(sink.seen.connections <= 2)
  }

  @Test func `hangs up after a while without a letter`() async throws {
    let sink = try Sink()
    defer { sink.stop() }
    var limits = MailLimits.short
    limits.idle = .milliseconds(50)
    let mailer = try Mailer(port: sink.port, limits: limits)
    #expect(await mailer.deliver(.sample()).outcome == .sent)
    try await until { sink.seen.closed == 1 }
    #expect(sink.seen.verbs.last == "QUIT")
    #expect(await mailer.deliver(.sample()).outcome == .sent)
    await mailer.close()
    #expect(sink.seen.connections == 2)
  }

  @Test func `opens no more connections than it may, and answers everybody`() async throws {
    let sink = try Sink()
    defer { sink.stop() }
    var limits = MailLimits.short
    limits.connections = 3
    let mailer = try Mailer(port: sink.port, limits: limits)
    let receipts = await withTaskGroup(of: Receipt.self) { group in
      for _ in 1...60 { group.addTask { await mailer.deliver(.sample()) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    await mailer.close()
    #expect(receipts.count == 60 && receipts.allSatisfy { $0.outcome == .sent })
    #expect((1...3).contains(sink.seen.connections))
    #expect(sink.seen.letters.count == 60)
  }

  @Test func `tells how a letter ended before it asks about the next on that connection`()
    async throws
  {
    let sink = try Sink()
    defer { sink.stop() }
    let mailers = [try Mailer(port: sink.port), try Mailer(port: sink.port)]
    let open = OpenLetters()
    let receipts = await withTaskGroup(of: Receipt.self) { group in
      for number in 1...40 {
        group.addTask {
          await mailers[number % 2].deliver(
            .sample(),
            mayBegin: { connection in
              open.begin(number, on: connection)
              return true
            },
            ended: { _, goOn in
              open.end(number)
              goOn()
            })
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for mailer in mailers { await mailer.close() }
    #expect(receipts.count == 40 && receipts.allSatisfy { $0.outcome == .sent })
    #expect(open.mostOnOne == 1)
    #expect(open.isEmpty)
  }

  @Test func `does not let one slow letter hold up the others`() async throws {
    let sink = try Sink { moment, connection in moment == .end && connection == 1 ? .hang : nil }
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    async let stuck = mailer.deliver(.sample())
    try await until { sink.seen.letters.count == 1 }
    #expect(await mailer.deliver(.sample(to: .housing)).outcome == .sent)
    await mailer.close()
    #expect(await stuck.mayHaveBeenSent)
  }

  @Test(arguments: [Sink.Moment.greeting, .recipient, .end])
  func `closes in time though a server hangs`(moment: Sink.Moment) async throws {
    let sink = try Sink([moment: .hang])
    defer { sink.stop() }
    let limits = MailLimits(closing: .milliseconds(100))
    let mailer = try Mailer(port: sink.port, limits: limits)
    async let receipt = mailer.deliver(.sample())
    try await until { sink.seen.connections == 1 }
    let clock = ContinuousClock()
    let took = await clock.measure { await mailer.close() }
    #expect(took < .seconds(60))
    let outcome = await receipt
    #expect(outcome.outcome == .deferred)
    #expect(outcome.reply.contains("closing"), "\(outcome.reply)")
  }

  @Test func `does not wait for a goodbye when it closes`() async throws {
    let sink = try Sink([.goodbye: .hang])
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    #expect(await mailer.deliver(.sample()).outcome == .sent)
    #expect(await ContinuousClock().measure { await mailer.close() } < .seconds(60))
  }

  @Test func `does not wait for a goodbye after a refusal`() async throws {
    let sink = try Sink([.recipient: .say("550 5.1.1 nobody"), .goodbye: .hang])
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let clock = ContinuousClock()
    let start = clock.now
    let receipt = await mailer.deliver(.sample())
    #expect(clock.now - start < .seconds(60))
    #expect(receipt.outcome == .failed && receipt.code == 550)
    await mailer.close()
  }

  @Test func `takes nothing more once closed`() async throws {
    let sink = try Sink()
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    await mailer.close()
    await mailer.close()
    #expect(await mailer.deliver(.sample()).outcome == .deferred)
    #expect(sink.seen.connections == 0)
  }

  @Test(
    arguments: [
      "shuiwu@unit.example>\r\nRCPT TO:<all@unit.example", "a b@unit.example", "", "unit.example",
      "区水务局@unit.example", "a@unit.example\u{0}",
    ])
  func `says nothing to the server about what is no address`(address: String) async throws {
    let sink = try Sink()
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let receipt = await mailer.deliver(.sample(to: MailAddress(address: address)))
    await mailer.close()
    #expect(receipt.outcome == .failed)
    #expect(sink.seen.connections == 0)
  }
}

/// Which letters stand open on which connection.
private final class OpenLetters: Sendable {
  private struct State {
    var connections: [Int: Int] = [:]
    var mostOnOne = 0
  }

  private let state = Mutex(State())

  var mostOnOne: Int { state.withLock(\.mostOnOne) }
  var isEmpty: Bool { state.withLock(\.connections.isEmpty) }

  func begin(_ letter: Int, on connection: Int) {
    state.withLock { state in
      state.connections[letter] = connection
      let here = state.connections.values.count { $0 == connection }
      state.mostOnOne = max(state.mostOnOne, here)
    }
  }

  func end(_ letter: Int) {
    state.withLock { $0.connections[letter] = nil }
  }
}
