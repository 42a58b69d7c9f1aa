import Foundation
import Synchronization
import TestSupport

// Items 1 and 16 for the second channel: kill -9 at each step of a call, and a robot that is down,
// silent, broken or says no. Mail leaves all the same; each call arrives, at most once more than once.

/// What goes out at the head of a call, and what comes back of it.
private let (asked, answered) = ("POST /cgi-bin", "errcode")

extension Scenario {
  /// kill -9 at each step of a call.
  static let callKills: [Scenario] = [
    callKill("before its claim", on: .sync, of: .log, after: asked, isQuiet: true),
    callKill("claimed", on: .synced, of: .log, after: asked, isQuiet: true),
    callKill("request sent, nothing said", while: .hang),
    callKill("said, not answered", while: .mute),
    callKill("answered", on: .received, of: .network, after: answered),
    callKill("answered, receipt under way", on: .write, of: .log, after: answered, nth: 1...3),
    callKill("answered, before its receipt is synced", on: .sync, of: .log, after: answered),
    callKill("receipt", on: .synced, of: .log, after: answered),
    callKill("any write or sync", on: .changes, of: .all, nth: 1...300),
    Scenario(1, "kill: call by a command under way", runs: 50) { turn in
      let district = try await District(mixture)
      let inquest = Inquest(district)
      try district.ring(byCommandWaitingFor: "go")
      let program = try district.start()
      try await district.patiently { !(district.heard ?? []).isEmpty }
      try await program.end(by: SIGKILL)
      try inquest.see(the: program)
      try district.home.write("", to: "go")
      try await district.runToTheEnd()
      return try await inquest.close()
    },
  ]

  /// Three calls, and mails that need none.
  private static let mixture =
    Post.gas(1...3) + [Post(4, .water), Post(5, .thanks), Post(6, .gas, repeats: 1)]

  /// At a step of the shim's; `isQuiet` keeps the mail server silent until then, so that the step can
  /// only be the call's.
  private static func callKill(
    _ name: String, on points: Fault.Points, of files: Fault.Files, after text: String? = nil,
    nth: ClosedRange<Int> = 1...1, isQuiet: Bool = false
  ) -> Scenario {
    Scenario(1, "kill: call, " + name, runs: 50) { turn in
      var chance = turn.chance
      let mail = Reluctance(.hang, at: .greeting)
      if !isQuiet { mail.end() }
      let robot = try await RobotServer()
      let district = try await District(mixture, cues: mail.cues)
      try district.ring(robot)
      let inquest = Inquest(district)
      let fault = Fault(
        .kill, at: points, of: files, nth: .random(in: nth, using: &chance), after: text,
        afterNth: text == nil ? 1 : .random(in: 1...3, using: &chance))
      let dead = try await district.fatalRound(fault)
      mail.end()
      try inquest.see(the: dead)
      try await district.runToTheEnd()
      return try await inquest.close()
    }
  }

  /// While the robot holds a request.
  private static func callKill(_ name: String, while manner: RobotServer.Manner) -> Scenario {
    Scenario(1, "kill: call, " + name, runs: 50) { turn in
      let robot = try await RobotServer(manner)
      let district = try await District(mixture)
      try district.ring(robot)
      let inquest = Inquest(district)
      let program = try district.start()
      try await district.patiently { robot.held == 1 }
      try await program.end(by: SIGKILL)
      try inquest.see(the: program)
      try robot.become(.asDocumented)
      try await district.runToTheEnd()
      var findings = try await inquest.close()
      let heard = district.heard ?? []
      // The one that it held, if it was said; mails may be under way at the same moment.
      let more = heard.count - Set(heard).count
      if more != (manner == .mute ? 1 : 0) {
        findings.losses.append("\(more) were said once more of \(heard)")
      }
      return findings
    }
  }
}

extension Scenario {
  /// A robot that does not do what is asked of it, for a while or for good.
  static let brokenRobots: [Scenario] = [
    Scenario(16, "robot down", runs: 5, isSlow: true) { _ in
      let (port, robot) = (try freePort(), Robot())
      let district = try await District(mixture)
      try district.ring(at: RobotServer.wecom(on: port)) { robot.shown }
      return try await withoutRobot(district) {
        robot.stand(try await RobotServer(on: port))
      }
    },
    broken("hangs", .hang),
    broken("says it and hangs", .mute),
    broken("says it and hangs up", .drop),
    broken("hangs up in its answer", .cut),
    broken("answers 500", .breakDown),
    broken("answers 200 with errcode -1", .busy),
    broken("answers 200 with a page", .page),
    Scenario(16, "robot refuses for good, 200 with errcode 93000", runs: 5, isSlow: true) { _ in
      let robot = try await RobotServer()
      let district = try await District(mixture)
      try district.ring(at: robot.wecom.replacing(RobotServer.key, with: "0000-no-such-key")) {
        robot.shown
      }
      let inquest = Inquest(district)
      inquest.refused = ["channel:wecom"]
      return try await finish(district, inquest, try district.start())
    },
  ]

  private static func broken(_ name: String, _ manner: RobotServer.Manner) -> Scenario {
    Scenario(16, "robot " + name, runs: 5, isSlow: true) { _ in
      let robot = try await RobotServer(manner)
      let district = try await District(mixture)
      try district.ring(robot)
      // What nobody can tell is said once more and then given up: the robot recovers before that.
      let isInDoubt = [.cut, .page].contains(manner)
      return try await withoutRobot(district, isBrief: isInDoubt) {
        if isInDoubt { try await district.patiently { robot.requests.count >= 3 } }
        try robot.become(.asDocumented)
        if [.hang, .mute].contains(manner) { district.board.letMailWait(.seconds(16)) }
      }
    }
  }

  /// Mail leaves while the robot does not do what it should; then it does, and all calls are said.
  private static func withoutRobot(
    _ district: District, isBrief: Bool = false, recover: () async throws -> Void
  ) async throws -> Findings {
    let inquest = Inquest(district)
    let program = try district.start()
    if !isBrief {
      try await expectMail(district)
      try district.put([Post(20, .gas)])
      try await expectMail(district)
    }
    try await recover()
    // What is said then ends the trouble of the channel.
    try district.put([Post(21, .gas)])
    let findings = try await finish(district, inquest, program)
    guard findings.windowUse < 0.5 else { throw Broken("\(findings.windowUse) of a window") }
    return findings
  }

  private static func expectMail(_ district: District) async throws {
    try await district.patiently {
      guard let now = try? Snapshot(beside: district) else { return false }
      return now.knows(district.posts) && now.openLeads == 0
        && now.envelopes.allSatisfy { $0.state == "sent" }
    }
    guard try !Snapshot(beside: district).calls.contains(where: { $0.state == "sent" }) else {
      throw Broken("a call counts as said though the robot does not say so")
    }
  }
}

/// A robot that may come later.
private final class Robot: Sendable {
  private let server = Mutex<RobotServer?>(nil)

  func stand(_ server: RobotServer) { self.server.withLock { $0 = server } }
  var shown: [String] { server.withLock(\.self)?.shown ?? [] }
}

extension District {
  fileprivate func ring(_ robot: RobotServer) throws {
    try ring(at: robot.wecom) { robot.shown }
  }

  /// By a robot of 企业微信 at an address.
  fileprivate func ring(at address: String, heard: @escaping @Sendable () -> [String]) throws {
    try put(address, in: "wecom.url", mode: 0o600)
    try ring("webhooks: [{kind: wecom, url_file: ./wecom.url}]", heard: heard)
  }

  /// By a command that says the line at once and ends when a file is there.
  fileprivate func ring(byCommandWaitingFor file: String) throws {
    let (said, go) = (home.path("said"), home.path(file))
    let script = """
      #!/bin/sh
      read line
      echo "$line" >> '\(said)'
      while [ ! -e '\(go)' ]; do sleep 0.05; done

      """
    try put(script, in: "ring", mode: 0o700)
    try ring("command: [./ring]") { [home] in
      ((try? home.read("said")) ?? "").split(separator: "\n").map(String.init)
    }
  }

  private func put(_ text: String, in name: String, mode: Int) throws {
    try home.write(text, to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: home.path(name))
  }
}
