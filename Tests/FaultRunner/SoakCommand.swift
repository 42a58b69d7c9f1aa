import ArgumentParser
import Faults
import Foundation
import Synchronization

/// `faults soak`
struct SoakCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak",
    abstract: "Lets everything go wrong at random for as long as it is told, and checks.",
    discussion: """
      Ctrl-C ends it early, with its verdict. A second one ends it at once.
      Example:
        faults soak --for 1h --seed 4711
      """)

  @Option(name: .customLong("for"), help: "How long: 90s, 20m, 1h.")
  var length: Length = Length(duration: .seconds(3600))

  @Option(help: "What chances are drawn from; each run has its own unless said.")
  var seed: UInt64?

  func run() async throws {
    let seed = seed ?? UInt64.random(in: 1...999_999)
    show("seed \(seed)")
    listenForInterruption()
    let soak = try await Soak(for: length.duration, seed: seed, tell: show)
    let report = try await soak.run(until: { isInterrupted.load(ordering: .relaxed) })
    for line in report.verdict { show(line) }
    guard report.isClean else { throw ExitCode(1) }
  }
}

/// A length of time as people write it: `90s`, `20m`, `1h`.
struct Length: ExpressibleByArgument {
  var duration: Duration

  init(duration: Duration) { self.duration = duration }

  init?(argument: String) {
    let units = ["s": 1, "m": 60, "h": 3600]
    guard let unit = argument.last.flatMap({ units[String($0)] }),
      let number = Int(argument.dropLast()), number > 0
    else { return nil }
    duration = .seconds(number * unit)
  }
}

/// Whether somebody pressed Ctrl-C (中止).
private let isInterrupted = Atomic(false)

/// Listens for Ctrl-C; the second one ends the program as ever.
private func listenForInterruption() {
  isInterrupted.store(false, ordering: .relaxed)
  signal(SIGINT) { _ in
    isInterrupted.store(true, ordering: .relaxed)
    signal(SIGINT, SIG_DFL)
  }
}
