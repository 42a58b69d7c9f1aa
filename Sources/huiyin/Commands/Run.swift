import ArgumentParser
import Vocabulary

/// `huiyin run`: the daemon (值守).
struct Run: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "启动值守", en: "the daemon"),
      discussion: say(
        zh: """
          示例：
            huiyin run --config /etc/huiyin/huiyin.yaml
            huiyin run --once        采集一轮，边采边发，发完退出
          SIGTERM 在 10 秒内收尾退出，SIGHUP 重新读取设置。
          """,
        en: """
          Examples:
            huiyin run --config /etc/huiyin/huiyin.yaml
            huiyin run --once        one round of every feed, sent as alerts come
          SIGTERM finishes within 10 s, SIGHUP reads the set-up again.
          """))
  }

  @OptionGroup var config: Config

  @Flag(
    help: ArgumentHelp(
      say(zh: "采集一轮，边采边发，发完退出", en: "one round of every feed, sent as alerts come, exit")))
  var once = false

  @Option(
    help: ArgumentHelp(
      say(zh: "debug、info、warning 或 error", en: "debug, info, warning or error"),
      valueName: "level"))
  var log = "info"

  func run() async throws {
    let daemon = try await Daemon(config: config, logLevel: log)
    if once { try await daemon.once() } else { try await daemon.run() }
  }
}
