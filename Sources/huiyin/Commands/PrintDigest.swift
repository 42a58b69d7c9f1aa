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
      usage: "huiyin digest [<options>]",
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

  @Flag(
    exclusivity: .exclusive,
    help: ArgumentHelp(
      say(zh: "日报（默认）、周报或月报", en: "the daily one (default), the weekly or the monthly one")))
  var rhythm = Digest.Rhythm.daily

  @Option(
    help: ArgumentHelp(
      say(zh: "发出那一天，YYYY-MM-DD", en: "the day it leaves, YYYY-MM-DD"), valueName: "date"))
  var date: Day?

  @Flag(help: ArgumentHelp(say(zh: "放入待发，由值守程序发出", en: "into the outbox; the daemon sends it")))
  var send = false

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  func run() async throws {
    let setup = try config.setup()
    let books = try send ? Books.open(setup) : Books.look(setup)
    defer { books.ledger.close() }
    let now = WallClock.now()
    let period = period(setup, by: now.wall)
    let digest = try await books.ledger.read { try $0.digest(of: period, for: setup) }
    let desk = try Desk(office: setup.office)
    if send { try await queue(desk.notices(for: .digest(digest)), books, at: now) }
    if json {
      let line = DigestLine(digest, text: desk.text(of: digest), zone: books.zone)
      Terminal.show(try Lines.line(line))
    } else if !send {
      Terminal.show(desk.text(of: digest).trimmingNewlines)
    }
  }

  private func period(_ setup: Setup, by now: WallTime) -> Digest.Period {
    let calendar = DigestCalendar(hours: setup.digests, zone: setup.office.zone)
    if let date { return calendar.period(rhythm, on: date.civil) }
    return calendar.latest(rhythm, by: now)
      ?? calendar.period(rhythm, on: setup.office.zone.civil(now))
  }

  private func queue(_ notices: [Notice], _ books: Books, at now: Instant) async throws {
    let secret = try await books.ledger.read { try $0.secret() }
    let messageIDs = MessageIDs(secret: secret, domain: books.setup.mail.from.domain)
    let isNew = try await books.ledger.write { ledger in
      try notices.map { notice in
        try ledger.insert(
          notice,
          envelopes: notice.recipients.map {
            let messageID = messageIDs.messageID(of: notice.id, to: $0.address)
            return (recipient: $0, messageID: messageID, inReplyTo: nil)
          }, sendAt: now.wall, at: now)
      }.contains(true)
    }
    Terminal.complain(outcome(notices, isNew: isNew)[books.language])
  }

  private func outcome(_ notices: [Notice], isNew: Bool) -> Phrase {
    guard !notices.isEmpty else {
      return Phrase(
        zh: "设置里没有领导或值班员的邮箱，无处可发", en: "the set-up names nobody to send it to")
    }
    return isNew
      ? Phrase(zh: "已放入待发，由值守程序发出", en: "in the outbox; the daemon sends it")
      : Phrase(zh: "这一期已经发过，不再重发", en: "this one was sent before and is not sent again")
  }
}

extension Digest.Rhythm: EnumerableFlag {}

extension String {
  /// Without the line ends at its end; showing it adds one.
  fileprivate var trimmingNewlines: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
