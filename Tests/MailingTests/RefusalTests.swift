import Mailing
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// What one server does, and what must be said of it.
struct Refusal: Sendable, CustomTestStringConvertible {
  var moment: Sink.Moment
  var reply: String
  var outcome: Receipt.Outcome
  var testDescription: String { "\(moment): \(reply)" }

  init(_ moment: Sink.Moment, _ reply: String, _ outcome: Receipt.Outcome) {
    self.moment = moment
    self.reply = reply
    self.outcome = outcome
  }

  var code: Int? { Int(reply.prefix(3)) }
  var protection: SMTPServer.Protection { moment == .startTLS ? .starttls : .smtp }
  var offers: [String] {
    switch moment {
    case .startTLS: ["STARTTLS"]
    case .login: ["AUTH PLAIN"]
    case .greeting, .hello, .sender, .recipient, .data, .content, .end, .reset, .goodbye: []
    }
  }
}

@Suite struct `A mail server that refuses` {
  private static let steps: [Sink.Moment] = [
    .greeting, .hello, .startTLS, .login, .sender, .recipient, .data, .end,
  ]

  private func receipt(for refusal: Refusal) async throws -> Receipt {
    let sink = try Sink([refusal.moment: .say(refusal.reply)], offers: refusal.offers)
    defer { sink.stop() }
    let folder = try Folder()
    let needsLogin = refusal.moment == .login
    let mailer = try Mailer(
      port: sink.port, refusal.protection, username: needsLogin ? "duty" : nil,
      passwordFile: needsLogin ? try folder.file("password", "竹子开花\n".utf8) : nil)
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    return receipt
  }

  @Test(arguments: steps)
  func `for a while is tried again, whatever the step`(moment: Sink.Moment) async throws {
    let refusal = Refusal(moment, "451 4.3.0 try again later", .deferred)
    let receipt = try await receipt(for: refusal)
    #expect(receipt.outcome == .deferred)
    #expect(receipt.code == 451)
    #expect(receipt.reply == "451 4.3.0 try again later")
    #expect(!receipt.mayHaveBeenSent)
  }

  @Test(
    arguments: [
      Refusal(.greeting, "554 5.3.2 no service here", .deferred),
      Refusal(.hello, "550 5.7.1 go away", .deferred),
      Refusal(.startTLS, "554 5.7.3 no keys", .deferred),
      Refusal(.login, "535 5.7.8 bad login", .deferred),
      Refusal(.sender, "550 5.7.1 not from you", .deferred),
      Refusal(.sender, "552 5.3.4 too large", .failed),
      Refusal(.sender, "530 5.7.0 log in first", .deferred),
      Refusal(.sender, "421 4.3.2 shutting down", .deferred),
      Refusal(.recipient, "550 5.1.1 no such mailbox", .failed),
      Refusal(.recipient, "552 5.2.2 mailbox full", .deferred),
      Refusal(.recipient, "421 4.3.2 shutting down", .deferred),
      Refusal(.data, "554 5.5.1 no valid recipients", .failed),
      Refusal(.end, "552 5.3.4 too large", .failed),
      Refusal(.end, "554 5.7.1 taken for spam", .failed),
    ])
  func `for good is believed where it speaks of the letter`(refusal: Refusal) async throws {
    let receipt = try await receipt(for: refusal)
    #expect(receipt.outcome == refusal.outcome, "\(receipt.reply)")
    #expect(receipt.code == refusal.code)
    #expect(receipt.reply.hasSuffix(refusal.reply))
    #expect(!receipt.mayHaveBeenSent)
  }

  @Test(
    arguments: [
      Refusal(.greeting, "554 5.3.2 no service here", .deferred),
      Refusal(.login, "535 5.7.8 bad login", .deferred),
    ])
  func `everybody is said to do so`(refusal: Refusal) async throws {
    #expect(try await receipt(for: refusal).reply.contains("not this recipient"))
  }

  @Test(
    arguments: [
      Refusal(.greeting, "354 go on", .deferred), Refusal(.sender, "354 go on", .deferred),
      Refusal(.recipient, "334 hm", .deferred), Refusal(.data, "250 ok", .deferred),
      Refusal(.end, "354 more", .deferred), Refusal(.end, "999 what", .deferred),
    ])
  func `to make sense is tried again`(refusal: Refusal) async throws {
    let receipt = try await receipt(for: refusal)
    #expect(receipt.outcome == .deferred)
    #expect(receipt.code == refusal.code)
    #expect(receipt.reply.contains("unexpected"), "\(receipt.reply)")
    #expect(!receipt.mayHaveBeenSent)
  }

  @Test(arguments: [[], ["PIPELINING"]])
  func `one letter takes the next one over the same connection`(offers: [String]) async throws {
    let refused = Mutex<Sink.Moment?>(nil)
    let sink = try Sink(offers: offers) { moment, _ in
      refused.withLock(\.self) == moment ? .say("451 4.3.0 later") : nil
    }
    defer { sink.stop() }
    var limits = MailLimits.short
    limits.connections = 1
    let mailer = try Mailer(port: sink.port, limits: limits)
    for moment in [Sink.Moment.sender, .recipient, .data, .end] {
      refused.withLock { $0 = moment }
      #expect(await mailer.deliver(.sample()).code == 451)
      refused.withLock { $0 = nil }
      let receipt = await mailer.deliver(.sample())
      #expect(receipt.outcome == .sent, "\(receipt.reply)")
    }
    await mailer.close()
    #expect(sink.seen.connections == 1)
    #expect(sink.seen.verbs.count { $0 == "RSET" } == 3)
    #expect(sink.taken.count == 4)
  }
}
