import TestSupport

// Item 2: the power fails at some write or sync, and of what was not synced yet some is lost, torn or
// out of order. What was said to be done must be there, the file whole, and the rest goes on.

extension Scenario {
  /// Power cuts, wherever the program stands.
  static let powerCuts: [Scenario] = [
    Scenario(2, "power cut: first run, ledger being made", runs: 60) { turn in
      try await cut(turn, prepared: false, at: .changes, of: .all, nth: 1...300)
    },
    Scenario(2, "power cut: new posts", runs: 100) { turn in
      try await cut(turn, prepared: true, at: .changes, of: .all, nth: 1...250)
    },
    Scenario(2, "power cut: log folded into the ledger", runs: 60) { turn in
      try await cut(turn, prepared: true, at: .changes, of: .ledger, nth: 1...40)
    },
  ]

  private static func cut(
    _ turn: Turn, prepared: Bool, at points: Fault.Points, of files: Fault.Files,
    nth: ClosedRange<Int>
  ) async throws -> Findings {
    var chance = turn.chance
    let district = try await District([Post(90, .gas)])
    let inquest = Inquest(district)
    if prepared { try await district.runToTheEnd() }
    if files == .ledger { try district.lengthenLogAtRest() }
    try district.put(Post.mixture())
    var fault = Fault(
      .cut, at: points, of: files, nth: .random(in: nth, using: &chance), seed: chance.next())
    // Once more while it comes round again, now and then.
    let cuts = Int.random(in: 1...2, using: &chance)
    for number in 1...cuts {
      let dead = try await district.fatalRound(fault)
      try inquest.see(the: dead)
      fault.nth = .random(in: 1...40, using: &chance)
      fault.seed = chance.next()
      if number < cuts { try district.put([Post(80 + number, .gas)]) }
    }
    try await district.runToTheEnd()
    return try await inquest.close()
  }
}
