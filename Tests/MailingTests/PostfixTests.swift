import Foundation
import Mailing
import Testing
import Vocabulary

@Suite(.postfix) struct `A real Postfix` {
  @Test func `delivers Chinese, long lines and dots as they were written`() async throws {
    let postfix = try #require(Postfix.running)
    let text =
      "第一行。\n.\n..\n.com 不是结尾\n" + String(repeating: "停水三天😀", count: 500) + "\n末行"
    let html = "<!DOCTYPE html><p>\(String(repeating: "供水、", count: 2000))</p>"
    let recipient = MailAddress(address: "long@unit.example")
    let receipt = try await postfix.receipt(for: .sample(to: recipient, text: text, html: html))
    #expect(receipt.outcome == .sent && receipt.code == 250)
    #expect(receipt.reply.hasPrefix("250 2.0.0 Ok: queued as "), "\(receipt.reply)")

    let mail = try #require(try await postfix.mails(of: "long").first)
    #expect(mail.subject == Envelope.sample().subject)
    #expect(mail.from == [["舆情值班室", "duty@letters.example"]])
    #expect(mail.contents.map { $0.replacing("\r\n", with: "\n") } == [text, html])
    #expect(mail.messageID == Envelope.sample().messageID)
    #expect(mail.defects.isEmpty && mail.isASCII && mail.longestLine <= 998)
  }

  @Test func `brings two recipients two mails, and neither sees the other`() async throws {
    let postfix = try #require(Postfix.running)
    for recipient in [MailAddress.waterworks, .housing] {
      #expect(try await postfix.receipt(for: .sample(to: recipient)).outcome == .sent)
    }
    for (recipient, box) in [(MailAddress.waterworks, "shuiwu"), (.housing, "zhujian")] {
      let mails = try await postfix.mails(of: box)
      #expect(mails.map(\.to) == [[[recipient.name ?? "", recipient.address]]])
      #expect(Set(mails.flatMap(\.names)).isDisjoint(with: ["Cc", "Bcc"]))
    }
  }

  @Test func `refuses a mailbox that is not there, and says so`() async throws {
    let postfix = try #require(Postfix.running)
    let nobody = MailAddress(address: "nobody@unit.example")
    let receipt = try await postfix.receipt(for: .sample(to: nobody))
    #expect(receipt.outcome == .failed && receipt.code == 550)
    #expect(receipt.reply.contains("5.1.1"), "\(receipt.reply)")
  }

  @Test(arguments: [(SMTPServer.Protection.starttls, "starttls"), (.smtps, "smtps")])
  func `takes mail over TLS from those who trust its authority`(
    protection: SMTPServer.Protection, box: String
  ) async throws {
    let postfix = try #require(Postfix.running)
    let envelope = Envelope.sample(to: MailAddress(address: "\(box)@unit.example"))
    let refused = try await postfix.receipt(for: envelope, protection, trusted: false)
    #expect(refused.outcome == .deferred && refused.code == nil)
    #expect(refused.reply.contains("certificate"), "\(refused.reply)")

    let taken = try await postfix.receipt(for: envelope, protection)
    #expect(taken.outcome == .sent, "\(taken.reply)")
    #expect(try await postfix.mails(of: box).count == 1)
  }
}
