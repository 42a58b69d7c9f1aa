import ArgumentParser
import Foundation
import Mailing
import Storage
import Vocabulary

/// The command line (命令行). Exit codes are the contract's: 0 done; 1 the answer is no, or the
/// set-up is invalid; 2 wrong usage; 3 could not run.
struct Huiyin: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "huiyin",
      abstract: say(
        zh: "回音：群众来信，限时送到承办单位",
        en: "Huiyin: what citizens write reaches who must answer, in time"),
      discussion: say(
        zh: """
          示例：
            huiyin check                      检查设置
            huiyin try qingchuan-board        试采一个信源，不存不发
            huiyin run                        启动值守
            huiyin status                     看现状
          退出码：0 完成；1 答案为否、发现问题或设置有误；2 用法有误；3 无法执行。
          """,
        en: """
          Examples:
            huiyin check                      read the set-up, print every problem
            huiyin try qingchuan-board        read one feed; nothing is stored or sent
            huiyin run                        the daemon
            huiyin status                     how things stand
          Exit codes: 0 done; 1 the answer is no, problems were found or the set-up is
          invalid; 2 wrong usage; 3 could not run.
          """),
      version: version,
      subcommands: [
        Run.self, Check.self, Try.self, ExtractPage.self, JudgeItems.self, Explain.self,
        Evaluate.self, ReplayRules.self, RuleReport.self, Status.self, Alerts.self,
        Acknowledge.self, Assign.self,
        Regrade.self,
        Release.self, Close.self, PrintDigest.self, MailTest.self, Backup.self, Restore.self,
      ])
  }

  /// The version of the program, as `--version` and the User-Agent say it.
  static let version = "0.1.0"
}

@main
enum Main {
  static func main() async {
    // Whoever reads us may go away; the next write says so, and no signal ends us.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Huiyin.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      leave(with: error)
    }
  }

  private static func leave(with error: any Error) -> Never {
    let ending = Ending(error)
    if ending.code == 0 {
      Terminal.show(ending.sentence)
    } else {
      Terminal.complain(ending.sentence)
    }
    exit(ending.code)
  }
}

/// How a command ends when it does not end well.
struct Ending: Error {
  var code: Int32
  var sentence: String

  /// The answer is no, or the set-up is invalid.
  static func no(_ sentence: String = "") -> Ending { Ending(code: 1, sentence: sentence) }
  /// It was called wrongly.
  static func wrongUsage(_ sentence: String) -> Ending { Ending(code: 2, sentence: sentence) }
  /// It could not run at all.
  static func couldNotRun(_ sentence: String) -> Ending { Ending(code: 3, sentence: sentence) }
}

extension Ending {
  /// The ending that an error means.
  init(_ error: any Error) {
    switch error {
    case let ending as Ending: self = ending
    case let fault as LedgerFault: self = .couldNotRun(fault.reason[spoken])
    case let fault as MailFault: self = .couldNotRun(fault.reason[spoken])
    default: self.init(parsing: error)
    }
  }

  private init(parsing error: any Error) {
    let text = Huiyin.fullMessage(for: error)
    switch Huiyin.exitCode(for: error) {
    case .success: self.init(code: 0, sentence: text)
    case .validationFailure: self = .wrongUsage(text)
    default: self = .couldNotRun(text)
    }
  }
}
