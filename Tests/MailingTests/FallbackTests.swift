import Foundation
import Mailing
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A mailer with a second server` {
  @Test(arguments: [
    Sink.Act.cut, .say("421 4.3.2 closing"), .say("554 5.7.1 not you"), .say("451 4.3.0 later"),
  ])
  func `uses it where the first takes nothing`(_ act: Sink.Act) async throws {
    let (first, second) = (try Sink([.sender: act]), try Sink())
    defer { [first, second].forEach { $0.stop() } }
    let mailer = try Mailer(first, or: second)
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    #expect(receipt.outcome == .sent)
    #expect(receipt.reply.hasPrefix("second server 127.0.0.1: 250"))
    // One that puts a letter off may take the next.
    #expect((receipt.standIn == nil) == (act.line?.hasPrefix("451") ?? false))
    #expect(receipt.standIn.map { $0.reply?.isEmpty == false } ?? true)
    #expect(first.seen.letters.isEmpty && second.seen.letters.count == 1)
  }

  @Test func `sends to the first while it works, and to it again after a letter it put off`()
    async throws
  {
    let (first, second) = (try Sink(), try Sink())
    defer { [first, second].forEach { $0.stop() } }
    let mailer = try Mailer(first, or: second)
    for _ in 1...3 {
      let receipt = await mailer.deliver(.sample())
      #expect(receipt.reply.hasPrefix("250") && receipt.standIn == nil)
    }
    await mailer.close()
    #expect(first.seen.letters.count == 3 && second.seen.connections == 0)
  }

  @Test func `leaves the first alone for a while once it does not answer`() async throws {
    let (first, second) = (try Sink([.greeting: .cut]), try Sink())
    defer { [first, second].forEach { $0.stop() } }
    let mailer = try Mailer(first, or: second)
    for number in 1...3 {
      let receipt = await mailer.deliver(.sample())
      #expect(receipt.outcome == .sent)
      #expect(receipt.standIn != nil && (receipt.standIn?.reply == nil) == (number > 1))
    }
    await mailer.close()
    #expect(first.seen.connections == 1 && second.seen.letters.count == 3)
  }

  @Test(arguments: [
    (Sink.Moment.recipient, Sink.Act.say("550 5.1.1 no such user"), Receipt.Outcome.failed),
    (.end, .cut, .deferred), (.end, .say("451 4.3.0 later"), .deferred),
  ])
  func `does not send there what the first refused for good or may have`(
    _ moment: Sink.Moment, _ act: Sink.Act, _ outcome: Receipt.Outcome
  ) async throws {
    let (first, second) = (try Sink([moment: act]), try Sink())
    defer { [first, second].forEach { $0.stop() } }
    let mailer = try Mailer(first, or: second)
    let asked = Mutex(0)
    let receipt = await mailer.deliver(
      .sample(),
      mayBegin: { _ in
        asked.withLock { $0 += 1 }
        return true
      })
    await mailer.close()
    #expect(receipt.outcome == outcome)
    #expect(second.seen.connections == 0)
    #expect(asked.withLock(\.self) == (moment == .end ? 1 : 0))
  }

  @Test func `thinks no worse of the first for a full mailbox`()
    async throws
  {
    let first = try Sink([.recipient: .say("552 5.2.2 mailbox full")])
    let second = try Sink()
    defer { [first, second].forEach { $0.stop() } }
    let mailer = try Mailer(first, or: second)
    for _ in 1...3 { #expect(await mailer.deliver(.sample()).outcome == .sent) }
    await mailer.close()
    #expect(first.seen.recipients.count == 3)
  }

  @Test func `says of both why neither took it`() async throws {
    let first = try Sink([.sender: .say("451 4.3.0 first is busy")])
    let second = try Sink([.sender: .say("451 4.3.0 so is the second")])
    defer { [first, second].forEach { $0.stop() } }
    let mailer = try Mailer(first, or: second)
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    #expect(receipt.outcome == .deferred)
    #expect(receipt.standIn == nil && receipt.reply.hasPrefix("first server: 451"))
    #expect(receipt.reply.contains("first is busy; second server 127.0.0.1: 451 4.3.0 so"))
  }
}

extension Sink.Act {
  /// The line it says.
  fileprivate var line: String? {
    guard case .say(let line) = self else { return nil }
    return line
  }
}

extension Mailer {
  fileprivate convenience init(_ first: Sink, or second: Sink) throws {
    var limits = MailLimits.short
    limits.connections = 1
    let servers = [first, second].map {
      SMTPServer(protection: .smtp, host: "127.0.0.1", port: $0.port)
    }
    try self.init(way: .server(servers[0], fallback: servers[1]), limits: limits)
  }
}
