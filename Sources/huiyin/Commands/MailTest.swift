import ArgumentParser
import Calling
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
        zh: """
          示例：
            huiyin mail-test zjj@unit.example
            huiyin mail-test --channel wecom     由第二通道发一条测试
          """,
        en: """
          Examples:
            huiyin mail-test zjj@unit.example
            huiyin mail-test --channel wecom     one real call by the second channel
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "收件地址", en: "the address"), valueName: "address"))
  var address: String?

  @Option(
    help: ArgumentHelp(
      say(
        zh: "第二通道：kind、name 或 command", en: "a second channel: its kind, its name, or command"),
      valueName: "id"))
  var channel: String?

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  private struct Line: Encodable {
    var recipient: String
    var outcome: Receipt.Outcome
    var code: Lines.Nullable<Int>
    var reply: String
  }

  func validate() throws {
    guard (address == nil) != (channel == nil) else {
      throw ValidationError(
        say(zh: "请给一个收件地址，或用 --channel 给通道名称", en: "give an address, or --channel and its name"))
    }
  }

  func run() async throws {
    let setup = try config.setup()
    if let channel {
      try await prove(channel, setup)
    } else if let address {
      try await prove(address: address, setup)
    }
  }

  private func prove(address: String, _ setup: Setup) async throws {
    guard let recipient = MailAddress(address) else {
      throw Ending.wrongUsage(
        Phrase(zh: "“\(address)”不是邮箱地址", en: "\"\(address)\" is no mail address")[
          setup.office.language])
    }
    let receipt = try await receipt(for: recipient, setup)
    try show(receipt, of: recipient.address, setup.office.language)
    // Should this one come back too, it begins again.
    await end(
      [MailTrouble.name(of: recipient), MailTrouble.bounced(recipient.address)], setup)
    Terminal.complain(
      Phrase(zh: "已发出，请到收件箱核对", en: "sent; look for it in the mailbox")[setup.office.language])
  }

  private func prove(_ name: String, _ setup: Setup) async throws {
    let language = setup.office.language
    guard let channel = setup.office.channel(name) else {
      let names = setup.office.channels.map(\.name)
      let known = Phrase(
        zh: names.isEmpty ? "设置里没有第二通道" : "可写：" + names.joined(separator: "、"),
        en: names.isEmpty
          ? "the set-up has no second channel" : "there is " + names.joined(separator: ", "))
      throw Ending.wrongUsage(
        Phrase(
          zh: "没有名为“\(name)”的通道；\(known.zh)", en: "no channel \"\(name)\"; \(known.en)")[language])
    }
    try show(try await receipt(by: channel, setup), of: channel.name, language)
    await end([ChannelTrouble.name(of: channel.name)], setup)
    Terminal.complain(Phrase(zh: "已发出，请到对方核对", en: "sent; look for it there")[language])
  }

  private func show(_ receipt: Receipt, of recipient: String, _ language: Language) throws {
    let line = Line(
      recipient: recipient, outcome: receipt.outcome, code: Lines.Nullable(receipt.code),
      reply: receipt.reply)
    Terminal.show(json ? try Lines.line(line) : receipt.reply)
    guard receipt.outcome == .sent else {
      throw Ending.no(Phrase(zh: "未发出", en: "not sent")[language])
    }
  }

  /// What this has proved need not stand in `status` any longer. The mail is what was asked for: no
  /// ledger, or one that cannot be written, changes nothing about it.
  private func end(_ troubles: [String], _ setup: Setup) async {
    guard let books = try? Books.open(setup) else { return }
    defer { books.ledger.close() }
    _ = try? await books.ledger.write { ledger in
      for trouble in troubles { try ledger.endTrouble(trouble) }
    }
  }

  private func receipt(by channel: Channel, _ setup: Setup) async throws -> Receipt {
    let now = WallClock.now()
    let stamp = String(now.wall.milliseconds)
    let notices = try Desk(office: setup.office).notices(
      for: .channelProbe(channel, stamp: stamp))
    guard let notice = notices.first else { throw Ending.no() }
    let caller = Caller(now: WallClock.now)
    let receipt = await caller.call(
      Envelope(
        notice: notice.id, recipient: channel.address, messageID: "", subject: notice.subject,
        text: notice.text, html: notice.html, draftedAt: now.wall), by: channel,
      in: setup.office.language)
    await caller.close()
    return receipt
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
