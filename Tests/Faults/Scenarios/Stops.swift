import Foundation
import TestSupport

// Items 10 and 11: a stop in the middle, a set-up that is broken, and a machine that has too little of
// everything.

extension Scenario {
  /// Stops and reloads.
  static let stops: [Scenario] = [
    Scenario(10, "SIGTERM in the middle of a round", runs: 50) { turn in
      var chance = turn.chance
      let district = try await District(Post.gas(1...6) + Post.mixture(from: 10))
      let inquest = Inquest(district)
      let asked = Int.random(in: 1...10, using: &chance)
      let came = Int.random(in: 0...12, using: &chance)
      let program = try district.start()
      try await eventually {
        district.web.requests.count >= asked && district.sink.seen.arrivals.count >= came
      }
      try await program.end(by: SIGTERM)
      guard program.code == 0, !program.wasKilled else {
        throw Broken("ended with \(program.code): \(program.errors.suffix(600))")
      }
      try inquest.see(the: program)
      guard try Snapshot(of: district).open.isEmpty else { throw Broken("a claim is left") }
      try await district.runToTheEnd()
      return try await inquest.close()
    },
    Scenario(10, "SIGHUP with a broken set-up", runs: 10) { _ in
      let district = try await District([Post(1, .gas)])
      let inquest = Inquest(district)
      let program = try district.start()
      try await district.settled()
      try district.change("grade: major", to: "grad: major", in: "Rules/rules.yaml")
      program.signal(SIGHUP)
      try await eventually { program.errors.contains("set-up refused") }
      try district.put(Post.mixture(from: 2))
      try await district.settled()
      try district.change("grad: major", to: "grade: major", in: "Rules/rules.yaml")
      program.signal(SIGHUP)
      try await eventually { program.errors.contains("set-up reloaded") }
      try district.put([Post(9, .gas)])
      return try await finish(district, inquest, program)
    },
  ]

  /// Too few files, too little processor. A kernel without memory sends SIGKILL, as in item 1.
  static let scarcity: [Scenario] = [
    Scenario(11, "64 files at most", runs: 5) { _ in
      let district = try await District(Post.gas(1...20) + Post.mixture(from: 30))
      let inquest = Inquest(district)
      let program = try Program(
        [
          "-c", "ulimit -n 64; exec \"$@\"", "sh", Program.url.path, "run", "--config",
          district.config,
        ], path: "/bin/sh")
      return try await finish(district, inquest, program)
    },
    Scenario(11, "neighbours that take all processors", runs: 5) { _ in
      let district = try await District(Post.mixture())
      let inquest = Inquest(district)
      let neighbours = try (1...2 * ProcessInfo.processInfo.activeProcessorCount).map { _ in
        try Program(["-c", "while :; do :; done"], path: "/bin/sh")
      }
      defer { for neighbour in neighbours { neighbour.signal(SIGKILL) } }
      return try await finish(district, inquest, try district.start())
    },
  ]
}
