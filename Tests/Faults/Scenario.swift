/// One fault of the list, as something that can be done again and again (故障场景).
///
/// A scenario is added by writing one in a file of `Scenarios` and naming it in `Scenario.all`:
///
/// ```swift
/// extension Scenario {
///   static let hangs = Scenario(16, "mail server hangs at DATA", runs: 20) { turn in
///     let district = try await District(Post.mixture()) { moment, _ in moment == .data ? .hang : nil }
///     let inquest = Inquest(district)
///     let program = try district.start()
///     …
///     try await program.end(by: SIGTERM)
///     return try await inquest.close()
///   }
/// }
/// ```
///
/// What throws, a wait that is in vain among it, counts as a loss.
package struct Scenario: Sendable {
  /// The number in the list of faults, 1 to 19.
  package var item: Int
  package var name: String
  /// How often it is done in the whole suite.
  package var runs: Int
  /// How often it is done among the tests; 0 where it takes too long.
  package var shortRuns: Int
  /// Whether it mostly waits, so that many can be done at one time.
  package var isSlow: Bool
  /// Why it cannot be done on this machine; nil where it can.
  package var obstacle: String?
  /// Does it once.
  package var run: @Sendable (Turn) async throws -> Findings

  /// A fault by its number and name.
  package init(
    _ item: Int, _ name: String, runs: Int, shortRuns: Int = 1, isSlow: Bool = false,
    obstacle: String? = nil,
    run: @escaping @Sendable (Turn) async throws -> Findings
  ) {
    self.item = item
    self.name = name
    self.runs = runs
    self.shortRuns = shortRuns
    self.isSlow = isSlow
    self.obstacle = obstacle
    self.run = run
  }

  /// Every scenario there is, in the order of the list.
  package static let all: [Scenario] = [
    kills, digestKills, callKills, shiftChanges, powerCuts, fullDisks, failingDisks, lockedLedgers,
    [backpressure], brokenLedgers, [longReader], outOfReach, [manyDaemons], stops, scarcity,
    clockSteps, zones, sleepsAndBoots, temporaryRefusals, lastingRefusals, silences,
    choosyServers, brokenSecurity, oddReplies, brokenRobots, backlogs,
  ].flatMap(\.self)
}

/// One doing of a scenario: which it is, and what its chances are drawn from.
package struct Turn: Sendable {
  /// From 0.
  package var number: Int
  /// By this and its number a turn can be done again.
  package var seed: UInt64

  /// A turn of a scenario in a suite with a seed.
  package init(_ number: Int, of scenario: Scenario, seed: UInt64) {
    self.number = number
    var chance = Chance(state: seed &+ UInt64(number) &* 0x2545_F491)
    for byte in scenario.name.utf8 { chance.state = chance.state &* 31 &+ UInt64(byte) }
    self.seed = chance.next()
  }

  /// Chances that are the same each time the turn is done.
  package var chance: Chance { Chance(state: seed) }
}

/// A generator that can be begun again (SplitMix64).
package struct Chance: RandomNumberGenerator, Sendable {
  var state: UInt64

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
