import Foundation
import TestSupport

// Items 3 and 4: a disk that is full, and one that fails.

extension Scenario {
  /// A disk without room: no new page is taken in, nothing is lost, the log says so, and with room
  /// again it goes on unaided.
  static let fullDisks: [Scenario] = [
    Scenario(
      3, "disk full: a small disk, filled", runs: 5, shortRuns: 0, isSlow: true,
      obstacle: geteuid() == 0 ? nil : "needs root, to mount a small disk", run: smallDisk),
    Scenario(3, "disk full: the log alone", runs: 12, isSlow: true) { turn in
      try await full(.log, turn)
    },
    Scenario(3, "disk full: log folded into the ledger", runs: 12) { turn in
      var chance = turn.chance
      let district = try await District([Post(90, .gas)])
      let inquest = Inquest(district)
      try await district.runToTheEnd()
      try district.lengthenLogAtRest()
      try district.put(Post.mixture())
      let refused = try await district.round(
        Fault(
          .fail(ENOSPC, times: 0), at: [.write, .truncate], of: .ledger,
          nth: .random(in: 1...5, using: &chance)))
      // The log keeps what the ledger had no room for.
      guard refused.code == 0, district.board.strikes > 0 else {
        throw Broken("ended with \(refused.code), \(district.board.strikes) failures")
      }
      try inquest.see(the: refused)
      try await district.runToTheEnd()
      return try await inquest.close()
    },
    Scenario(3, "disk full: while the ledger is made", runs: 12) { turn in
      var chance = turn.chance
      let district = try await District(Post.mixture())
      let inquest = Inquest(district)
      let refused = try await district.round(
        Fault(
          .fail(ENOSPC, times: 0), at: .write, of: .making,
          nth: .random(in: 1...30, using: &chance)))
      try expectRefusal(refused)
      try await district.runToTheEnd()
      return try await inquest.close()
    },
    Scenario(3, "disk full: no folder for temporary files", runs: 5) { _ in
      let district = try await District(Post.mixture())
      let inquest = Inquest(district)
      let program = try district.start(
        ["run", "--once"],
        Fault(.fail(ENOSPC, times: 0), at: [.open, .write], of: .temporary),
        environment: ["TMPDIR": "/nowhere", "SQLITE_TMPDIR": "/nowhere"])
      try await program.waitForEnd()
      guard program.code == 0 else { throw Broken("ended with \(program.code)") }
      return try await inquest.close()
    },
  ]

  private static func smallDisk(_ turn: Turn) async throws -> Findings {
    let district = try await District([Post(1, .gas)])
    let disk = try await SmallDisk(at: district.data, megabytes: 8)
    do {
      let inquest = Inquest(district)
      let program = try district.start()
      try await district.settled()
      try disk.fill()
      try district.put(Post.mixture(from: 2))
      try await eventually { program.errors.contains("diskFull") }
      disk.makeRoom()
      let findings = try await finish(district, inquest, program)
      await disk.unmount()
      return findings
    } catch {
      await disk.unmount()
      throw error
    }
  }

  private static func full(_ files: Fault.Files, _ turn: Turn) async throws -> Findings {
    var chance = turn.chance
    let district = try await District([Post(1, .gas)])
    let inquest = Inquest(district)
    let program = try district.start()
    try await district.settled()
    district.board.order(
      Fault(
        .fail(ENOSPC, times: 0), at: [.write, .truncate], of: files,
        nth: .random(in: 1...40, using: &chance)))
    try district.put(Post.mixture(from: 2))
    try await eventually { program.errors.contains("diskFull") }
    district.board.callOff()
    return try await finish(district, inquest, program)
  }

  /// Waits until all is told, what was put off for minutes among it, stops the program and closes.
  /// Addresses that are refused are troubles that stand.
  static func finish(
    _ district: District, _ inquest: Inquest, _ program: Program, byLine: Bool = false
  ) async throws -> Findings {
    try await district.settled(within: .seconds(600))
    // What was late is over when it is next looked at, and the admins are told.
    try await district.patiently {
      Set(try Snapshot(beside: district).troubles)
        == Set(
          inquest.refused.map {
            $0.contains("@")
              ? "mailFailing/" + $0 : $0.replacing("channel:", with: "channelFailing/")
          })
    }
    try await district.settled()
    // Before its loops run it has no ear for signals yet.
    let asked = district.web.requests.count
    try await district.patiently { district.web.requests.count > asked }
    try await program.end(by: SIGTERM)
    guard program.code == 0, !program.wasKilled else {
      throw Broken("it did not end well: \(program.code) \(program.errors.suffix(300))")
    }
    return try await inquest.close(byLine: byLine)
  }

  /// Refused in one plain line, with the exit code that says so.
  static func expectRefusal(_ program: Program) throws {
    let lines = program.errors.split(separator: "\n")
    guard program.code == 3, !program.wasKilled, lines.count == 1 else {
      throw Broken("ended with \(program.code) and said: \(program.errors.suffix(600))")
    }
  }
}

extension Scenario {
  /// A disk that fails now and then. A sync that failed has made nothing durable, and of what it was
  /// for some is gone.
  static let failingDisks: [Scenario] = [
    failing("sync of the log", .sync, .log, nth: 1...12),
    failing("write to the log", .write, .log, nth: 1...120),
    failing("read of the log", .read, .log, nth: 1...40),
    failing("read of the ledger", .read, .ledger, nth: 1...60),
    Scenario(4, "EIO: log folded into the ledger", runs: 25) { turn in
      var chance = turn.chance
      return try await once(
        Fault(
          .fail(EIO, times: .random(in: 1...3, using: &chance)), at: [.write, .sync], of: .ledger,
          nth: .random(in: 1...20, using: &chance), seed: chance.next()), folding: true)
    },
    Scenario(4, "EIO: while the ledger is made", runs: 25) { turn in
      var chance = turn.chance
      return try await once(
        Fault(
          .fail(EIO, times: 1), at: [.write, .sync, .read], of: [.making, .folder],
          nth: .random(in: 1...30, using: &chance), seed: chance.next()))
    },
  ]

  /// A round in which the disk fails, and rounds in which it does not.
  private static func once(_ fault: Fault, folding: Bool = false) async throws -> Findings {
    let district = try await District([Post(90, .gas)])
    let inquest = Inquest(district)
    if folding {
      try await district.runToTheEnd()
      try district.lengthenLogAtRest()
    }
    try district.put(Post.mixture())
    let first = try await district.round(fault)
    guard !first.wasKilled, [0, 3].contains(first.code) else {
      throw Broken("ended with \(first.code): \(first.errors.suffix(600))")
    }
    try inquest.see(the: first)
    try await district.runToTheEnd()
    return try await inquest.close()
  }

  private static func failing(
    _ name: String, _ points: Fault.Points, _ files: Fault.Files, nth: ClosedRange<Int>
  ) -> Scenario {
    Scenario(4, "EIO: " + name, runs: 25, isSlow: true) { turn in
      var chance = turn.chance
      let district = try await District(Post.mixture())
      let inquest = Inquest(district)
      let fault = Fault(
        .fail(EIO, times: .random(in: 1...3, using: &chance)), at: points, of: files,
        nth: .random(in: nth, using: &chance), seed: chance.next())
      // A page that could not be written down is asked for again within a minute.
      let program = try await district.watched(fault, inquest)
      return try await finish(district, inquest, program)
    }
  }
}

extension District {
  /// Runs the daemon, and starts it again where it ends by itself, as a service manager would, until
  /// everything is told.
  func watched(_ fault: Fault, _ inquest: Inquest) async throws -> Program {
    var program = try start(["run"], fault)
    try await patiently {
      if !program.isRunning {
        guard !program.wasKilled, program.code == 3 else {
          throw Broken("ended with \(program.code): \(program.errors.prefix(6000))")
        }
        try inquest.see(the: program)
        program = try start()
      }
      guard let now = try? Snapshot(beside: self) else { return false }
      return now.knows(posts) && now.isSettled
    }
    return program
  }
}
