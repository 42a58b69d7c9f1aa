import ArgumentParser
import Foundation
import Vocabulary

/// The command line (命令行). Exit codes are the contract's: 0 done; 1 the answer is no, or the
/// set-up is invalid; 2 wrong usage; 3 could not run.
struct Huiyin: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "huiyin",
      abstract: say(
        zh: "回音：让群众来信在规定时限内送到承办单位",
        en: "Huiyin: what citizens write reaches who must answer, in time"),
      version: version,
      subcommands: [
        Run.self, Check.self, Try.self, ExtractPage.self, JudgeItems.self, Explain.self,
        Status.self, Alerts.self, Acknowledge.self, PrintDigest.self, MailTest.self, Backup.self,
        Restore.self,
      ])
  }

  /// The version of the program, as `--version` and the User-Agent say it.
  static let version = "0.1.0"
}

@main
enum Main {
  static func main() async {
    // A reader that goes away (`huiyin alerts | head`) is no reason to die by a signal.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Huiyin.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let ending as Ending {
      Terminal.complain(ending.sentence)
      exit(ending.code)
    } catch {
      leave(with: error)
    }
  }

  private static func leave(with error: any Error) -> Never {
    let code = Huiyin.exitCode(for: error)
    let text = Huiyin.fullMessage(for: error)
    guard code != .success else {
      print(text)
      exit(0)
    }
    if !text.isEmpty { Terminal.complain(text) }
    exit(code == .validationFailure ? 2 : code.rawValue)
  }
}

/// How a command ends when it does not end well.
struct Ending: Error {
  var code: Int32
  var sentence: String

  /// The answer is no, or the set-up is invalid.
  static func no(_ sentence: String = "") -> Ending { Ending(code: 1, sentence: sentence) }
  /// It could not run at all.
  static func couldNotRun(_ sentence: String) -> Ending { Ending(code: 3, sentence: sentence) }
}
