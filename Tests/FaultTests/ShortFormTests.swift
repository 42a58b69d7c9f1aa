import Faults
import Testing

/// The short form of `make faults`: each fault once or twice, with chances that are always the same.
@Suite(.serialized) struct `A fault` {
  @Test(arguments: Set(Scenario.all.map(\.item)).sorted())
  func `loses nothing and tells nothing twice without showing it`(item: Int) async {
    let scenarios = Scenario.all.filter { $0.item == item }
    let suite = Suite(scenarios, atOnce: 3, seed: 1) { scenario in
      scenario.shortRuns > 0 ? 0...(scenario.shortRuns - 1) : nil
    }
    for tally in await suite.run({ _ in }) {
      #expect(tally.isClean, "\(tally.faults.joined(separator: "\n"))")
    }
  }
}
