/// Does scenarios and says what came of them (故障测试).
package struct Suite: Sendable {
  /// What all turns of a scenario came to.
  package struct Tally: Sendable {
    package var scenario: Scenario
    package var turns = 0
    package var findings = Findings()
    /// How to do a turn again that went wrong, and what was wrong.
    package var faults: [String] = []

    /// Whether all is well.
    package var isClean: Bool { faults.isEmpty }
  }

  private let scenarios: [Scenario]
  private let runs: @Sendable (Scenario) -> ClosedRange<Int>?
  private let atOnce: Int
  private let seed: UInt64

  /// A suite that does of each scenario the turns that `runs` says, so many at one time.
  package init(
    _ scenarios: [Scenario], atOnce: Int, seed: UInt64,
    runs: @escaping @Sendable (Scenario) -> ClosedRange<Int>?
  ) {
    self.scenarios = scenarios
    self.atOnce = atOnce
    self.seed = seed
    self.runs = runs
  }

  /// Does them all; each tally is told as soon as it is whole.
  package func run(_ tell: (Tally) -> Void) async -> [Tally] {
    var tallies = scenarios.map { Tally(scenario: $0) }
    var left = scenarios.map { $0.obstacle == nil ? runs($0)?.count ?? 0 : 0 }
    for (index, tally) in tallies.enumerated() where left[index] == 0 { tell(tally) }
    await withTaskGroup(of: (Int, Int, Result<Findings, any Error>).self) { group in
      for (place, (index, turn)) in turns.enumerated() {
        if place >= atOnce, let done = await group.next() { settle(done, &tallies, &left, tell) }
        let run = scenarios[index].run
        group.addTask {
          do {
            return (index, turn.number, .success(try await run(turn)))
          } catch {
            return (index, turn.number, .failure(error))
          }
        }
      }
      for await done in group { settle(done, &tallies, &left, tell) }
    }
    return tallies
  }

  private func settle(
    _ done: (index: Int, turn: Int, result: Result<Findings, any Error>), _ tallies: inout [Tally],
    _ left: inout [Int], _ tell: (Tally) -> Void
  ) {
    tallies[done.index].add(done.result, turn: done.turn, seed: seed)
    left[done.index] -= 1
    if left[done.index] == 0 { tell(tallies[done.index]) }
  }

  private var turns: [(Int, Turn)] {
    scenarios.enumerated().flatMap { index, scenario in
      guard scenario.obstacle == nil, let numbers = runs(scenario) else { return [(Int, Turn)]() }
      return numbers.map { (index, Turn($0, of: scenario, seed: seed)) }
    }
  }
}

extension Suite.Tally {
  mutating func add(_ result: Result<Findings, any Error>, turn: Int, seed: UInt64) {
    turns += 1
    var wrong: [String] = []
    switch result {
    case .success(let found):
      findings.losses += found.losses
      findings.forbidden += found.forbidden
      findings.allowed += found.allowed
      findings.windowUse = max(findings.windowUse, found.windowUse)
      wrong = found.losses + found.forbidden
    case .failure(let error):
      findings.losses.append("\(error)")
      wrong = ["\(error)"]
    }
    guard !wrong.isEmpty else { return }
    let again = "faults run --only '\(scenario.name)' --turn \(turn) --seed \(seed)"
    faults.append(([again] + wrong.prefix(6).map { "  " + $0 }).joined(separator: "\n"))
  }
}

// MARK: The table

extension Suite {
  /// The table's head.
  package static let head =
    "  # | \(wide("fault")) | runs | losses | twice: may, must not | window | outcome"

  /// A line of the table.
  package static func line(_ tally: Tally) -> String {
    let found = tally.findings
    let use = String(Int((found.windowUse * 1000).rounded()))
    let percent = use.count > 1 ? use.dropLast() + "." + use.suffix(1) : "0." + use
    return [
      right("\(tally.scenario.item)", 3), wide(tally.scenario.name), right("\(tally.turns)", 4),
      right("\(found.losses.count)", 6),
      right("\(found.allowed)", 10) + " , "
        + right("\(found.forbidden.count)", 7), right("\(percent) %", 6), outcome(tally),
    ].joined(separator: " | ")
  }

  private static func outcome(_ tally: Tally) -> String {
    if let obstacle = tally.scenario.obstacle { return "not done: \(obstacle)" }
    return tally.isClean ? "as promised" : "BROKEN in \(tally.faults.count)"
  }

  private static func wide(_ text: String) -> String {
    text.count < 44 ? text + String(repeating: " ", count: 44 - text.count) : text
  }

  private static func right(_ text: String, _ width: Int) -> String {
    text.count < width ? String(repeating: " ", count: width - text.count) + text : text
  }
}
