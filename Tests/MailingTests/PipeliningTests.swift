import Mailing
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// Servers that offer PIPELINING (RFC 2920), where MAIL, RCPT and DATA leave together.
@Suite struct `Commands that leave together` {
  private func receipt(
    _ acts: [Sink.Moment: Sink.Act], limits: MailLimits = .short
  ) async throws -> (Receipt, Sink.Seen) {
    let sink = try Sink(acts, offers: ["PIPELINING"])
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port, limits: limits)
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    return (receipt, sink.seen)
  }

  @Test func `send a letter as one after another does`() async throws {
    let (receipt, seen) = try await receipt([:])
    #expect(receipt.outcome == .sent && receipt.code == 250, "\(receipt.reply)")
    #expect(seen.verbs.prefix(4) == ["EHLO", "MAIL", "RCPT", "DATA"])
    let composer = Composer(from: .duty, zone: .shanghai, program: "Huiyin/0.1")
    #expect(seen.letters == [composer.mail(for: .sample())])
  }

  @Test(
    arguments: [
      Refusal(.sender, "550 5.7.1 not from you", .deferred),
      Refusal(.sender, "421 4.3.2 shutting down", .deferred),
      Refusal(.recipient, "550 5.1.1 no such mailbox", .failed),
      Refusal(.recipient, "450 4.7.1 greylisted", .deferred),
      Refusal(.recipient, "334 hm", .deferred),
      Refusal(.data, "554 5.5.1 no valid recipients", .failed),
      Refusal(.data, "250 ok", .deferred),
      Refusal(.end, "552 5.3.4 too large", .failed),
    ])
  func `are refused where the first refusal is`(refusal: Refusal) async throws {
    let (receipt, seen) = try await receipt([refusal.moment: .say(refusal.reply)])
    #expect(receipt.outcome == refusal.outcome, "\(receipt.reply)")
    #expect(receipt.code == refusal.code && receipt.reply.hasSuffix(refusal.reply))
    #expect(!receipt.mayHaveBeenSent)
    #expect(seen.letters.count == (refusal.moment == .end ? 1 : 0))
  }

  @Test func `send nothing where content is wanted for nobody`() async throws {
    let sink = try Sink(offers: ["PIPELINING"]) { moment, connection in
      switch moment {
      case .recipient: .say("550 5.1.1 no such mailbox")
      case .data: .say("354 go on")
      case .end: .say("554 5.5.1 no valid recipients")
      default: nil
      }
    }
    defer { sink.stop() }
    var limits = MailLimits.short
    limits.connections = 1
    let mailer = try Mailer(port: sink.port, limits: limits)
    let asked = Mutex(0)
    for _ in 1...2 {
      let receipt = await mailer.deliver(
        .sample(),
        mayBegin: { _ in
          asked.withLock { $0 += 1 }
          return true
        })
      #expect(receipt.outcome == .failed && receipt.code == 550, "\(receipt.reply)")
    }
    await mailer.close()
    #expect(asked.withLock(\.self) == 0)
    #expect(sink.seen.letters == [[], []])
    #expect(sink.seen.connections == 1)
  }

  @Test(arguments: [Sink.Moment.sender, .recipient, .data])
  func `are put off where the server hangs up among them`(moment: Sink.Moment) async throws {
    let (receipt, seen) = try await receipt([moment: .cut])
    #expect(receipt.outcome == .deferred && receipt.code == nil, "\(receipt.reply)")
    #expect(!receipt.mayHaveBeenSent && seen.letters.isEmpty)
  }

  @Test func `are put off where an answer among them does not come`() async throws {
    let (receipt, seen) = try await receipt([.recipient: .hang], limits: .impatient)
    #expect(receipt.outcome == .deferred && receipt.code == nil, "\(receipt.reply)")
    #expect(receipt.reply.contains("RCPT TO") && seen.letters.isEmpty)
  }

  @Test func `are not trusted where a word too many comes before the content`() async throws {
    let (receipt, seen) = try await receipt([.data: .say("354 go on\r\n250 2.0.0 queued")])
    #expect(receipt.outcome == .deferred && !receipt.mayHaveBeenSent, "\(receipt.reply)")
    #expect(seen.letters.isEmpty)
  }
}
