import ArgumentParser
import Drafting
import Mailing
import Storage
import Vocabulary

/// `huiyin mail-test ADDRESS`: one real mail, and what the server said (邮件测试).
struct MailTest: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "mail-test",
      abstract: say(zh: "发一封真实邮件并打印服务器答复", en: "send one real mail, print the answer"),
      discussion: say(
        zh: "示例：\n  huiyin mail-test zjj@unit.example",
        en: "Example:\n  huiyin mail-test zjj@unit.example"))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "收件地址", en: "the address"), valueName: "address"))
  var address: String

  mutating func run() async throws {
    let setup = try config.setup()
    let language = setup.office.language
    guard let recipient = MailAddress(address) else {
      throw Ending(
        code: 2,
        sentence: Phrase(zh: "“\(address)”不是邮箱地址", en: "\"\(address)\" is no mail address")[
          language])
    }
    let receipt = try await probe(recipient, setup)
    print(receipt.reply)
    guard receipt.outcome == .sent else { throw Ending.no() }
  }

  private func probe(_ recipient: MailAddress, _ setup: Setup) async throws -> Receipt {
    let now = WallClock.now()
    let mailer: Mailer
    do {
      mailer = try Mailer(
        settings: setup.mail, officeName: setup.office.name, version: Huiyin.version,
        zone: setup.office.zone, language: setup.office.language, now: WallClock.now)
    } catch {
      throw Ending.couldNotRun(error.reason[setup.office.language])
    }
    let stamp = String(now.wall.milliseconds)
    let notices = try Desk(office: setup.office).notices(for: .probe(recipient, stamp: stamp))
    guard let notice = notices.first else { throw Ending.no() }
    let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    let receipt = await mailer.deliver(
      Envelope(
        notice: notice.id, recipient: recipient,
        messageID: MessageIDs(secret: secret, domain: setup.mail.from.domain)
          .messageID(of: notice.id, to: recipient),
        subject: notice.subject, text: notice.text, html: notice.html, draftedAt: now.wall))
    await mailer.close()
    return receipt
  }
}

/// `huiyin backup FILE`: the ledger, while the daemon runs (备份).
struct Backup: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "备份台账，值守程序不必停", en: "copy the ledger while the daemon runs"),
      discussion: say(
        zh: "示例：\n  huiyin backup /srv/backup/huiyin-$(date +%F).sqlite",
        en: "Example:\n  huiyin backup /srv/backup/huiyin-$(date +%F).sqlite"))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "备份文件", en: "the copy"), valueName: "file"))
  var file: String

  mutating func run() async throws {
    let books = try Books.look(config)
    defer { books.ledger.close() }
    do {
      try await books.ledger.backup(to: file)
    } catch let fault as LedgerFault {
      throw Ending.couldNotRun(fault.reason[books.language])
    }
    Terminal.complain(Phrase(zh: "已备份到 \(file)", en: "copied to \(file)")[books.language])
  }
}

/// `huiyin restore FILE`: puts a copy of the ledger in its place (恢复).
struct Restore: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "用备份恢复台账，原文件保留", en: "put a copy in the ledger's place"),
      discussion: say(
        zh: "值守程序运行时拒绝恢复。\n示例：\n  huiyin restore /srv/backup/huiyin-2026-03-02.sqlite",
        en:
          "Refused while a daemon runs.\nExample:\n  huiyin restore /srv/backup/huiyin-2026-03-02.sqlite"
      ))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "备份文件", en: "the copy"), valueName: "file"))
  var file: String

  func run() throws {
    let setup = try config.setup()
    do {
      try Ledger.restore(from: file, into: setup.folder, now: WallClock.now())
    } catch {
      throw Ending.couldNotRun(error.reason[setup.office.language])
    }
    Terminal.complain(
      Phrase(
        zh: "已恢复；备份中没有回执的通知标为“可能已重复发送”",
        en: "restored; notices without a receipt are marked \"may have been sent twice\"")[
          setup.office.language])
  }
}
