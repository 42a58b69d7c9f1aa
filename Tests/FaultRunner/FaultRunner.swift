import ArgumentParser
import Faults
import Foundation

/// `faults`: what can go wrong, done to the real program again and again (`make faults`).
@main
struct FaultRunner: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults",
    abstract: "Does to the real huiyin what can go wrong, and checks that nothing is lost.",
    subcommands: [Run.self, SoakCommand.self, List.self], defaultSubcommand: Run.self)
}

/// Which scenarios are meant.
struct Choice: ParsableArguments {
  @Option(help: "Only scenarios with this in their names.")
  var only: String?

  @Option(help: "Only this item of the list.")
  var item: Int?

  var scenarios: [Scenario] {
    Scenario.all.filter { scenario in
      only.map { scenario.name.contains($0) } ?? true && item.map { $0 == scenario.item } ?? true
    }
  }
}

/// `faults list`
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Names the scenarios.")

  @OptionGroup var choice: Choice

  func run() {
    for scenario in choice.scenarios {
      print("\(scenario.item)\t\(scenario.runs)\t\(scenario.name)")
    }
  }
}

/// `faults run`
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Does the scenarios and prints one table; exits 1 where a promise was broken.",
    discussion: """
      Examples:
        faults run --only 'kill: claimed' --runs 5
        faults run --only 'power cut' --turn 17 --seed 4711
      HUIYIN in the environment names the program; without it, the one built beside this one.
      """)

  @OptionGroup var choice: Choice

  @Option(help: "How often each is done, in place of its own number.")
  var runs: Int?

  @Option(help: "This turn alone.")
  var turn: Int?

  @Option(help: "What chances are drawn from; each run has its own unless said.")
  var seed: UInt64?

  @Option(help: "How many turns at one time.")
  var jobs = 3

  func run() async throws {
    let seed = seed ?? UInt64.random(in: 1...999_999)
    let suite = Suite(choice.scenarios, atOnce: jobs, seed: seed) { [runs, turn] scenario in
      if let turn { return turn...turn }
      let count = runs ?? scenario.runs
      return count > 0 ? 0...(count - 1) : nil
    }
    let began = ContinuousClock.now
    show("seed \(seed)")
    show(Suite.head)
    let tallies = await suite.run { tally in
      for line in [Suite.line(tally)] + tally.faults { show(line) }
    }
    let faults = tallies.flatMap(\.faults)
    let minutes = (ContinuousClock.now - began).components.seconds / 60
    show("\(tallies.reduce(0) { $0 + $1.turns }) runs in \(minutes) min, \(faults.count) broken")
    guard faults.isEmpty else { throw ExitCode(1) }
  }

}

/// A line at once, whoever reads it.
func show(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
