internal import CSpawn
internal import Foundation
internal import Glibc
internal import Vocabulary

/// One run of the office's own command (自备命令), such as a gateway for short messages or telephones.
///
/// It is run without a shell, in a process group of its own, with three descriptors and no more, with
/// nothing of the daemon's environment but where programs are, and with the line on its standard input.
/// What it exits with is the receipt: 0 sent, 75 (`EX_TEMPFAIL` of sysexits.h) later, anything else
/// failed. The first line that it says stands in the receipt. When its time is up its whole group is
/// told to end, and then killed.
struct CommandRun {
  private static let later: Int32 = 75
  /// How often a run is looked at.
  private static let rhythm: Int32 = 20

  let arguments: [String]
  let call: Call
  let line: String
  let limits: CallLimits
  let cut: Cut

  /// Runs it; `mayBegin` is asked right before.
  func ending(_ mayBegin: () -> Bool) -> Ending {
    guard let program = arguments.first, access(program, X_OK) == 0 else {
      let name = arguments.first ?? ""
      return Ending(
        .deferred, zh: "命令 \(name) 不存在或不能执行", en: "no command \(name), or it may not be run")
    }
    guard let pipes = Pipes() else {
      return Ending(.deferred, zh: "无法启动命令", en: "the command does not start")
    }
    defer { pipes.close() }
    guard mayBegin() else { return .notBegun }
    guard let child = start(program, pipes) else {
      // It was asked for and did not start: nothing of it has left.
      return Ending(
        .deferred, zh: "命令 \(program) 无法启动", en: "the command \(program) does not start")
    }
    return ending(of: child, pipes)
  }

  /// `{number}`, `{grade}` and `{unit}` stand for what they say, each within its own argument.
  private var filled: [String] {
    let values = [
      "{number}": call.number ?? "", "{grade}": call.grade?.rawValue ?? "",
      "{unit}": call.unit?.rawValue ?? "", "{cause}": call.cause.rawValue,
    ]
    return arguments.enumerated().map { index, argument in
      index == 0
        ? argument
        : values.reduce(argument) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }
  }

  private var environment: [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return [
      "PATH=\(path)", "LANG=C.UTF-8", "HUIYIN_NUMBER=\(call.number ?? "")",
      "HUIYIN_GRADE=\(call.grade?.rawValue ?? "")", "HUIYIN_UNIT=\(call.unit?.rawValue ?? "")",
      "HUIYIN_CAUSE=\(call.cause.rawValue)",
    ]
  }

  private func start(_ program: String, _ pipes: Pipes) -> pid_t? {
    let child = withStrings(filled) { arguments in
      withStrings(environment) { environment in
        huiyin_spawn(program, arguments, environment, pipes.input.read, pipes.output.write)
      }
    }
    return child > 0 ? child : nil
  }

  private func withStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  private func ending(of child: pid_t, _ pipes: Pipes) -> Ending {
    pipes.closeTheirs()
    pipes.say(line + "\n")
    var said = FirstLine()
    var status: Int32 = 0
    let until = ContinuousClock.now + limits.run
    while waitpid(child, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < until, !cut.isMade else {
        kill(child)
        let words = said.text
        return Ending(
          .deferred,
          zh: "命令 \(limits.run.components.seconds) 秒内没有结束，已终止\(words.isEmpty ? "" : "：\(words)")",
          en: "the command did not end in \(limits.run.components.seconds) s and was killed"
            + (words.isEmpty ? "" : ": \(words)")
        ).inDoubt.inSilence
      }
      said.add(pipes.heard(within: CommandRun.rhythm))
    }
    said.add(pipes.heard(within: 0))
    return ending(status, said.text)
  }

  /// Its whole group: a script's own children are no better than it is.
  private func kill(_ child: pid_t) {
    Glibc.kill(-child, SIGTERM)
    let until = ContinuousClock.now + limits.ending
    while !hasEnded(child), ContinuousClock.now < until {
      usleep(useconds_t(CommandRun.rhythm) * 1000)
    }
    // It was not waited for yet, so that nobody else can have the number of its group.
    Glibc.kill(-child, SIGKILL)
    var status: Int32 = 0
    waitpid(child, &status, 0)
  }

  /// Whether it has ended, without waiting for it: its number stays its own.
  private func hasEnded(_ child: pid_t) -> Bool {
    var found = siginfo_t()
    let code = waitid(P_PID, id_t(child), &found, WEXITED | WNOHANG | WNOWAIT)
    return code != 0 || found.si_signo != 0
  }

  private func ending(_ status: Int32, _ said: String) -> Ending {
    // Glibc's macros, which Swift does not import: the low seven bits are the signal's.
    let signal = status & 0x7F
    let tail = Phrase(zh: said.isEmpty ? "" : "：\(said)", en: said.isEmpty ? "" : ": \(said)")
    guard signal == 0 else {
      return Ending(
        .failed, zh: "命令被信号 \(signal) 终止\(tail.zh)",
        en: "the command was ended by signal \(signal)\(tail.en)")
    }
    let code = (status >> 8) & 0xFF
    let outcome: Receipt.Outcome =
      switch code {
      case 0: .sent
      case CommandRun.later: .deferred
      default: .failed
      }
    return Ending(
      outcome, zh: "命令返回 \(code)\(tail.zh)", en: "the command returned \(code)\(tail.en)",
      code: Int(code))
  }
}

/// The first line of what comes in pieces, so much of it at most.
private struct FirstLine {
  private static let most = 800
  private var bytes: [UInt8] = []

  mutating func add(_ more: [UInt8]) {
    bytes += more.prefix(max(0, FirstLine.most - bytes.count))
  }

  var text: String {
    let line = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).first ?? []
    return String(decoding: line, as: UTF8.self).asReply()
  }
}

/// What a command reads from and writes to.
private final class Pipes {
  struct Ends {
    var read: Int32
    var write: Int32
  }

  private(set) var input: Ends
  private(set) var output: Ends

  /// Both pipes, closed in every program that is started, so that none but the command has them.
  init?() {
    guard let input = Pipes.ends() else { return nil }
    guard let output = Pipes.ends() else {
      Glibc.close(input.read)
      Glibc.close(input.write)
      return nil
    }
    self.input = input
    self.output = output
  }

  private static func ends() -> Ends? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return Ends(read: ends[0], write: ends[1])
  }

  /// Leaves the command its own ends.
  func closeTheirs() {
    shut(&input.read)
    shut(&output.write)
  }

  /// One line, which a pipe takes whole whether or not anybody reads it.
  func say(_ line: String) {
    let bytes = Array(line.utf8.prefix(4096))
    _ = write(input.write, bytes, bytes.count)
    shut(&input.write)
  }

  /// What has been said within so many milliseconds; nothing once it is closed.
  func heard(within milliseconds: Int32) -> [UInt8] {
    guard output.read >= 0 else {
      usleep(useconds_t(milliseconds) * 1000)
      return []
    }
    var watched = pollfd(fd: output.read, events: Int16(POLLIN), revents: 0)
    guard poll(&watched, 1, milliseconds) > 0 else { return [] }
    var room = [UInt8](repeating: 0, count: 4096)
    let count = read(output.read, &room, room.count)
    guard count > 0 else {
      shut(&output.read)
      return []
    }
    return Array(room.prefix(count))
  }

  func close() {
    shut(&input.read)
    shut(&input.write)
    shut(&output.read)
    shut(&output.write)
  }

  private func shut(_ end: inout Int32) {
    guard end >= 0 else { return }
    Glibc.close(end)
    end = -1
  }
}
