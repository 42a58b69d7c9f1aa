import Faults
import Testing

/// The short form of `make faults`: each fault once, with chances that are always the same.
@Suite(.serialized) struct `Each fault` {
  @Test func `loses nothing, and tells nothing twice without showing it`() async {
    let suite = Suite(Scenario.all, atOnce: 3, seed: 1) { scenario in
      scenario.shortRuns > 0 ? 0...(scenario.shortRuns - 1) : nil
    }
    for tally in await suite.run({ _ in }) {
      #expect(tally.isClean, "\(tally.faults.joined(separator: "\n"))")
    }
  }
}
