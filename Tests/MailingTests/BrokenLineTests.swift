import Mailing
import TestSupport
import Testing
import Vocabulary

@Suite struct `A line that breaks` {
  private static let steps: [Sink.Moment] = [
    .greeting, .hello, .startTLS, .login, .sender, .recipient, .data, .content, .end,
  ]

  private func receipt(
    _ act: Sink.Act, at moment: Sink.Moment, limits: MailLimits
  ) async throws -> Receipt {
    let offers = moment == .startTLS ? ["STARTTLS"] : moment == .login ? ["AUTH PLAIN"] : []
    let sink = try Sink([moment: act], offers: offers)
    defer { sink.stop() }
    let folder = try Folder()
    let password = try folder.file("password", "竹子开花".utf8)
    let mailer = try Mailer(
      port: sink.port, moment == .startTLS ? .starttls : .smtp,
      username: moment == .login ? "duty" : nil,
      passwordFile: moment == .login ? password : nil, limits: limits)
    // More than the two sockets take in between them before anybody notices.
    let large = String(repeating: "停水三天。", count: 1_000_000)
    let receipt = await mailer.deliver(.sample(text: moment == .content ? large : "停水"))
    await mailer.close()
    return receipt
  }

  @Test(arguments: steps)
  func `by silence is tried again`(moment: Sink.Moment) async throws {
    let act = moment == .content ? Sink.Act.cut : .hang
    let receipt = try await receipt(act, at: moment, limits: .impatient)
    #expect(receipt.outcome == .deferred)
    #expect(receipt.code == nil)
    #expect(receipt.mayHaveBeenSent == (moment == .end), "\(receipt.reply)")
  }

  @Test(arguments: steps)
  func `by hanging up is tried again`(moment: Sink.Moment) async throws {
    let receipt = try await receipt(.cut, at: moment, limits: .short)
    #expect(receipt.outcome == .deferred)
    #expect(receipt.code == nil)
    #expect(receipt.reply.contains("broke"), "\(receipt.reply)")
    #expect(receipt.mayHaveBeenSent == (moment == .end), "\(receipt.reply)")
  }

  @Test func `by silence after the content is not used for the next letter`() async throws {
    let sink = try Sink { moment, connection in moment == .end && connection == 1 ? .hang : nil }
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port, limits: .impatient)
    #expect(await mailer.deliver(.sample()).mayHaveBeenSent)
    #expect(await mailer.deliver(.sample()).outcome == .sent)
    await mailer.close()
    #expect(sink.seen.connections == 2)
  }

  @Test func `in the middle of the last answer leaves it open whether it was sent`() async throws {
    let receipt = try await receipt(.sayAndCut("250-2.0.0 one moment"), at: .end, limits: .short)
    #expect(receipt.outcome == .deferred)
    #expect(receipt.mayHaveBeenSent)
  }

  @Test func `right after a whole answer does not matter`() async throws {
    let receipt = try await receipt(.sayAndCut("250 2.0.0 taken"), at: .end, limits: .short)
    #expect(receipt.outcome == .sent)
    #expect(receipt.code == 250)
  }

  @Test func `by a server that stops reading has not sent the letter`() async throws {
    let receipt = try await receipt(.hang, at: .data, limits: .impatient)
    #expect(receipt.outcome == .deferred && !receipt.mayHaveBeenSent)
  }

  @Test func `before it exists says that nobody listens`() async throws {
    let mailer = try Mailer(port: try Loopback.freePort())
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    #expect(receipt.outcome == .deferred && receipt.code == nil && !receipt.mayHaveBeenSent)
    #expect(receipt.reply.contains("cannot connect"))
  }

  @Test(arguments: ["250 2.0.0 taken", "250 2.0.0 taken\r\n421 4.4.2 idle too long"])
  func `while it lay idle costs nothing`(last: String) async throws {
    let sink = try Sink { moment, connection in
      moment == .end && connection == 1 ? .sayAndCut(last) : nil
    }
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    for _ in 1...2 {
      let receipt = await mailer.deliver(.sample())
      #expect(receipt.outcome == .sent, "\(receipt.reply)")
    }
    await mailer.close()
    #expect(sink.seen.connections == 2)
    #expect(sink.seen.letters.count == 2)
  }
}
