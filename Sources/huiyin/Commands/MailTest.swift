import ArgumentParser
import Drafting
import Mailing
import Pipeline
import Storage
import Vocabulary

/// `huiyin mail-test ADDRESS`: one real mail, and what the server said (邮件测试).
struct MailTest: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "mail-test",
      abstract: say(zh: "发一封真实邮件，打印服务器答复", en: "send one real mail, print the answer"),
      discussion: say(
        zh: "示例：\n  huiyin mail-test zjj@unit.example",
        en: "Example:\n  huiyin mail-test zjj@unit.example"))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "收件地址", en: "the address"), valueName: "address"))
  var address: String

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  private struct Line: Encodable {
    var recipient: String
    var outcome: Receipt.Outcome
    var code: Lines.Nullable<Int>
    var reply: String
  }

  func run() async throws {
    let setup = try config.setup()
    guard let recipient = MailAddress(address) else {
      throw Ending.wrongUsage(
        Phrase(zh: "“\(address)”不是邮箱地址", en: "\"\(address)\" is no mail address")[
          setup.office.language])
    }
    let receipt = try await receipt(for: recipient, setup)
    let line = Line(
      recipient: recipient.address, outcome: receipt.outcome, code: Lines.Nullable(receipt.code),
      reply: receipt.reply)
    Terminal.show(json ? try Lines.line(line) : receipt.reply)
    guard receipt.outcome == .sent else {
      throw Ending.no(Phrase(zh: "未发出", en: "not sent")[setup.office.language])
    }
    await endTrouble(with: recipient, setup)
    Terminal.complain(
      Phrase(zh: "已发出，请到收件箱核对", en: "sent; look for it in the mailbox")[setup.office.language])
  }

  /// What this has proved need not stand in `status` any longer. The mail is what was asked for: no
  /// ledger, or one that cannot be written, changes nothing about it.
  private func endTrouble(with recipient: MailAddress, _ setup: Setup) async {
    guard let books = try? Books.open(setup) else { return }
    defer { books.ledger.close() }
    _ = try? await books.ledger.write { ledger in
      try ledger.endTrouble(MailTrouble.name(of: recipient))
      // Should this one come back too, it begins again.
      try ledger.endTrouble(MailTrouble.bounced(recipient.address))
    }
  }

  private func receipt(for recipient: MailAddress, _ setup: Setup) async throws -> Receipt {
    let now = WallClock.now()
    let mailer = try Mailer(
      settings: setup.mail, officeName: setup.office.name, version: Huiyin.version,
      zone: setup.office.zone, language: setup.office.language, now: WallClock.now)
    let stamp = String(now.wall.milliseconds)
    let notices = try Desk(office: setup.office).notices(for: .probe(recipient, stamp: stamp))
    guard let notice = notices.first else { throw Ending.no() }
    let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    let messageIDs = MessageIDs(secret: secret, domain: setup.mail.from.domain)
    let receipt = await mailer.deliver(
      Envelope(
        notice: notice.id, recipient: recipient,
        messageID: messageIDs.messageID(of: notice.id, to: recipient), subject: notice.subject,
        text: notice.text, html: notice.html, draftedAt: now.wall))
    await mailer.close()
    return receipt
  }
}
