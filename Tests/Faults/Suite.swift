import Synchronization

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
  package func run(_ tell: @escaping @Sendable (Tally) -> Void) async -> [Tally] {
    let book = TallyBook(scenarios.map { Tally(scenario: $0) }, left: scenarios.map(count), tell)
    // Those that mostly wait beside those that mostly work.
    await withDiscardingTaskGroup { group in
      group.addTask { await run(slow: true, atOnce: atOnce * 3, book) }
      group.addTask { await run(slow: false, atOnce: atOnce, book) }
    }
    return book.tallies
  }

  private func run(slow: Bool, atOnce: Int, _ book: TallyBook) async {
    let turns = turns.filter { scenarios[$0.0].isSlow == slow }
    await withTaskGroup(of: Void.self) { group in
      for (place, (index, turn)) in turns.enumerated() {
        if place >= atOnce { await group.next() }
        group.addTask {
          do {
            book.add(.success(try await scenarios[index].run(turn)), turn, of: index, seed)
          } catch {
            book.add(.failure(error), turn, of: index, seed)
          }
        }
      }
    }
  }

  private func count(of scenario: Scenario) -> Int {
    scenario.obstacle == nil ? runs(scenario)?.count ?? 0 : 0
  }

  private var turns: [(Int, Turn)] {
    scenarios.enumerated().flatMap { index, scenario in
      guard scenario.obstacle == nil, let numbers = runs(scenario) else { return [(Int, Turn)]() }
      return numbers.map { (index, Turn($0, of: scenario, seed: seed)) }
    }
  }
}

/// The tallies of a suite that runs, written into by many turns at a time.
private final class TallyBook: Sendable {
  private let state: Mutex<(tallies: [Suite.Tally], left: [Int])>
  private let tell: @Sendable (Suite.Tally) -> Void

  init(
    _ tallies: [Suite.Tally], left: [Int], _ tell: @escaping @Sendable (Suite.Tally) -> Void
  ) {
    state = Mutex((tallies, left))
    self.tell = tell
    for (tally, left) in zip(tallies, left) where left == 0 && tally.scenario.obstacle != nil {
      tell(tally)
    }
  }

  var tallies: [Suite.Tally] { state.withLock(\.tallies) }

  func add(
    _ result: Result<Findings, any Error>, _ turn: Turn, of index: Int, _ seed: UInt64
  ) {
    let whole: Suite.Tally? = state.withLock { state in
      state.tallies[index].add(result, turn: turn.number, seed: seed)
      state.left[index] -= 1
      return state.left[index] == 0 ? state.tallies[index] : nil
    }
    if let whole { tell(whole) }
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
