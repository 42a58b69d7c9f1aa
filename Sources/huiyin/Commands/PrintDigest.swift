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
          --json 另有各项数字：counts、before 为本期与上期件数；windows 为各等级时限，
          median、worst 为用去时限的份额，1 为整个时限；acknowledging 以秒计。
          """,
        en: """
          Examples:
            huiyin digest                      the latest daily one
            huiyin digest --date 2026-03-02    the one that left on 2 March
            huiyin digest --weekly --send      send this week's (never twice)
          --json has the figures too: counts and before, of this period and the one
          before; windows by grade, where median and worst are shares and 1 is the
          whole window; acknowledging, in seconds.
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
      say(zh: "发出那一天，YYYY-MM-DD", en: "the day it leaves, YYYY-MM-DD"), valueName: "date"),
    transform: Day.read)
  var date: Day?

  @Flag(
    help: ArgumentHelp(
      say(zh: "发出；值守程序运行时由它发出", en: "send it; a running daemon does it")))
  var send = false

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  func run() async throws {
    let setup = try config.setup()
    let books = try send ? Books.open(setup) : Books.look(setup)
    defer { books.ledger.close() }
    let now = try await books.now()
    let choice = DigestChoice(rhythm: rhythm, day: date, books: books, now: now.wall)
    let period = try await send ? choice.periodToSend() : choice.period()
    let isLate = send && now.wall - period.to > Digests.punctual
    let digest = try await books.ledger.read { ledger in
      var digest = try ledger.digest(of: period, for: setup, at: now) {
        WindowReckoning($0, every: $1, at: $2).use
      }
      if isLate { digest.caughtUpAt = now.wall }
      if send { digest.number = try ledger.nextNumber(of: period) }
      return digest
    }
    let desk = try Desk(office: setup.office)
    if send { try await send(desk.notices(for: .digest(digest)), of: period, books, at: now) }
    if json {
      let line = DigestLine(digest, text: desk.text(of: digest), zone: books.zone)
      Terminal.show(try Lines.line(line))
    } else if !send {
      Terminal.show(desk.text(of: digest).trimmingNewlines)
    }
    if now.wall < period.to { Terminal.complain(unfinished(period, books)[books.language]) }
  }

  private func unfinished(_ period: Digest.Period, _ books: Books) -> Phrase {
    let end = books.setup.office.short(period.to)
    return Phrase(
      zh: "本期到 \(end) 结束，以上是到现在为止的内容",
      en: "this period ends at \(end); this is what there is so far")
  }

  /// Into the outbox, and out of it at once where no daemon is there to do it.
  private func send(
    _ notices: [Notice], of period: Digest.Period, _ books: Books, at now: Instant
  ) async throws {
    guard !notices.isEmpty else { throw Ending.no(nobody[books.language]) }
    guard try await queue(notices, of: period, books, at: now) else {
      return Terminal.complain(
        Phrase(zh: "这一期已经发过，不再重发", en: "this one was sent before and is not sent again")[
          books.language])
    }
    guard try books.holdsAlone() else {
      return Terminal.complain(
        Phrase(zh: "已放入待发，由运行中的值守程序发出", en: "in the outbox; the running daemon sends it")[
          books.language])
    }
    let left = try await LoneDelivery(config: config, books).run(notices.map(\.id))
    guard left == 0 else { throw Ending.no(notSent(left)[books.language]) }
    Terminal.complain(Phrase(zh: "已发出", en: "sent")[books.language])
  }

  private var nobody: Phrase {
    Phrase(
      zh: "设置里没有领导或值班员的邮箱，无处可发", en: "the set-up names nobody to send it to")
  }

  private func notSent(_ count: Int) -> Phrase {
    Phrase(
      zh: "有 \(count) 封未能发出，已留在待发，值守程序启动后重发",
      en: "not sent: \(count); the daemon tries again when it runs")
  }

  private func queue(
    _ notices: [Notice], of period: Digest.Period, _ books: Books, at now: Instant
  ) async throws -> Bool {
    let secret = try await books.ledger.read { try $0.secret() }
    let messageIDs = MessageIDs(secret: secret, domain: books.setup.mail.from.domain)
    let postbox = Postbox { messageIDs.messageID(of: $0, to: $1) }
    return try await books.ledger.write { ledger in
      try postbox.put(notices, of: period, at: now, in: ledger)
    }
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
