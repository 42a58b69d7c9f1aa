import Alerting
import ArgumentParser
import Drafting
import Mailing
import Pipeline
import Storage
import Vocabulary

/// `huiyin digest`: prints a digest, or sends it (日报).
struct PrintDigest: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "digest",
      abstract: say(zh: "打印或发送日报、周报、月报", en: "print or send a digest"),
      discussion: say(
        zh: """
          示例：
            huiyin digest                      最近一期日报
            huiyin digest --date 2026-03-02    3月2日发出的那一期
            huiyin digest --weekly --send      发送本期周报（已发过的不重发）
          """,
        en: """
          Examples:
            huiyin digest                      the latest daily one
            huiyin digest --date 2026-03-02    the one that left on 2 March
            huiyin digest --weekly --send      send this week's (never twice)
          """))
  }

  @OptionGroup var config: Config

  @Flag(help: ArgumentHelp(say(zh: "日报（默认）", en: "the daily one (default)")))
  var daily = false

  @Flag(help: ArgumentHelp(say(zh: "周报", en: "the weekly one")))
  var weekly = false

  @Flag(help: ArgumentHelp(say(zh: "月报", en: "the monthly one")))
  var monthly = false

  @Option(
    help: ArgumentHelp(say(zh: "发出那一天（YYYY-MM-DD）", en: "the day it leaves"), valueName: "date"))
  var date: String?

  @Flag(help: ArgumentHelp(say(zh: "放入待发，由值守程序发出", en: "put it into the outbox")))
  var send = false

  private var rhythm: Digest.Rhythm { monthly ? .monthly : weekly ? .weekly : .daily }

  func validate() throws {
    guard [daily, weekly, monthly].count(where: \.self) <= 1 else {
      throw ValidationError(
        say(
          zh: "--daily、--weekly、--monthly 只能选一个", en: "choose one of --daily, --weekly, --monthly"))
    }
    guard date == nil || day != nil else {
      throw ValidationError(say(zh: "--date 应如 2026-03-02", en: "--date is written 2026-03-02"))
    }
  }

  private var day: CivilTime? {
    let parts = (date ?? "").split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    return CivilTime(year: parts[0], month: parts[1], day: parts[2])
  }

  mutating func run() async throws {
    let books = try send ? Books.open(config) : Books.look(config)
    defer { books.ledger.close() }
    let setup = books.setup
    let now = WallClock.now()
    let calendar = DigestCalendar(hours: setup.digests, zone: setup.office.zone)
    let period =
      day.map { calendar.period(rhythm, on: $0) } ?? calendar.latest(rhythm, by: now.wall)
      ?? calendar.period(rhythm, on: setup.office.zone.civil(now.wall))
    let digest = try await books.read { try $0.digest(of: period, for: setup) }
    let desk = try Desk(office: setup.office)
    guard send else { return print(desk.text(of: digest)) }
    try await queue(desk.notices(for: .digest(digest)), books, at: now)
  }

  private func queue(_ notices: [Notice], _ books: Books, at now: Instant) async throws {
    let secret = try await books.read { try $0.secret() }
    let messageIDs = MessageIDs(secret: secret, domain: books.setup.mail.from.domain)
    let isNew = try await books.write { ledger in
      try notices.map { notice in
        try ledger.insert(
          notice,
          envelopes: notice.recipients.map {
            (
              recipient: $0, messageID: messageIDs.messageID(of: notice.id, to: $0.address),
              inReplyTo: nil
            )
          }, sendAt: now.wall, at: now)
      }.contains(true)
    }
    let sentence =
      isNew
      ? Phrase(zh: "已放入待发，由值守程序发出", en: "in the outbox; the daemon sends it")
      : Phrase(zh: "这一期已经发过，不再重发", en: "this one was sent before and is not sent again")
    Terminal.complain(sentence[books.language])
  }
}
