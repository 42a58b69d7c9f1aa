import ArgumentParser
import Storage
import Vocabulary

/// `huiyin status`: what is watched, what is open, what is waiting (运行状态).
struct Status: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "信源、未签收预警、待发通知的现状", en: "feeds, open alerts, waiting notices"),
      discussion: say(
        zh: """
          示例：
            huiyin status
            huiyin status --json
          有问题时退出码为 1。
          """,
        en: """
          Examples:
            huiyin status
            huiyin status --json
          Exits 1 when something is wrong.
          """))
  }

  @OptionGroup var config: Config

  @Flag(help: ArgumentHelp(say(zh: "输出一个 JSON 对象", en: "one JSON object")))
  var json = false

  func run() async throws {
    let standing = try await standing(of: try config.setup(), at: WallClock.now())
    Terminal.show(
      json ? [try Lines.line(StatusLine(standing))] : StatusSheet(standing: standing).lines)
    if !standing.problems.isEmpty { throw Ending.no() }
  }

  private func standing(of setup: Setup, at now: Instant) async throws -> Standing {
    do {
      let books = try Books.look(setup)
      defer { books.ledger.close() }
      return try await Standing(books)
    } catch let fault as LedgerFault where fault.cause == .notFound {
      return Standing(neverRun: setup, at: now)
    }
  }
}
