import Foundation
import Mailing
import TestSupport
import Testing
import Vocabulary

@Suite struct `A server's reply` {
  private func receipt(_ act: Sink.Act, at moment: Sink.Moment = .end) async throws -> Receipt {
    let sink = try Sink([moment: act])
    defer { sink.stop() }
    let mailer = try Mailer(port: sink.port)
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    return receipt
  }

  @Test func `of several lines is one sentence`() async throws {
    let receipt = try await receipt(
      .say("550-5.7.1 first\r\n550-\r\n550 5.7.1 last"), at: .recipient)
    #expect(receipt.reply == "550 5.7.1 first 5.7.1 last")
    #expect(receipt.outcome == .failed && receipt.code == 550, "\(receipt.reply)")
  }

  @Test func `in several lines at the end is sent`() async throws {
    let receipt = try await receipt(.say("250-2.0.0 thank you\r\n250 2.0.0 queued"))
    #expect(receipt.outcome == .sent && receipt.reply == "250 2.0.0 thank you 2.0.0 queued")
  }

  @Test(arguments: ["250", "251 2.0.0 elsewhere"])
  func `of any success is sent`(reply: String) async throws {
    let receipt = try await receipt(.say(reply))
    #expect(receipt.outcome == .sent && receipt.code == Int(reply.prefix(3)))
  }

  @Test func `in Chinese is kept`() async throws {
    let receipt = try await receipt(.say("550 用户不存在"), at: .recipient)
    #expect(receipt.reply == "550 用户不存在")
  }

  @Test func `in no charset at all is kept on one line`() async throws {
    let bytes = Array("550 ".utf8) + [0xD3, 0xC3, 0x00, 0x1B, 0x0B, 0xFF] + Array(" x\r\n".utf8)
    let receipt = try await receipt(.sayBytes(bytes), at: .recipient)
    #expect(receipt.outcome == .failed && receipt.code == 550, "\(receipt.reply)")
    #expect(receipt.reply.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  @Test(arguments: [Sink.Moment.recipient, .end])
  func `of ten megabytes is bounded`(moment: Sink.Moment) async throws {
    let line = "554-5.7.1 " + String(repeating: "no ", count: 60) + "\r\n"
    let flood = String(repeating: line, count: 10_000_000 / line.utf8.count) + "554 5.7.1 end"
    let receipt = try await receipt(.say(flood), at: moment)
    #expect(receipt.outcome == .failed && receipt.code == 554, "\(receipt.reply)")
    #expect(receipt.reply.count <= 200)
  }

  @Test func `of ten megabytes on one line is no reply`() async throws {
    let receipt = try await receipt(
      .say("550 " + String(repeating: "no ", count: 3_300_000)), at: .recipient)
    #expect(receipt.outcome == .deferred && receipt.code == nil && receipt.reply.count <= 200)
  }

  @Test(arguments: [10, 100, 150, 170, 195])
  func `does not carry the letter into the ledger`(distance: Int) async throws {
    let filling = String(repeating: "x", count: distance)
    let receipt = try await receipt(.say("554 5.7.1 \(filling) \(Envelope.sample().subject)"))
    #expect(receipt.reply.hasPrefix("554 5.7.1 xxx") && receipt.reply.count <= 200)
    #expect(!receipt.reply.contains("重大") && !receipt.reply.contains("停水"))
  }
}
