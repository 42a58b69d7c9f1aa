import Foundation
import TestSupport
import Testing

/// A call as `alerts --json` shows it.
private struct ShownCalls: Decodable {
  struct Call: Decodable {
    var channel: String
    var text: String?
    var state: String
    var attempts: Int
    var reply: String?
    var sentAt: String?
    var mayHaveBeenSentTwice: Bool
  }

  var id: String
  var notices: [ShownAlert.Notice]
  var calls: [Call]
}

extension Town {
  /// Has major notices said by a robot too.
  fileprivate func ring(_ robot: RobotServer) throws {
    try hide(robot.wecom, in: "wecom.url")
    try add("webhooks: [{kind: wecom, url_file: ./wecom.url}]")
  }

  fileprivate func hide(_ secret: String, in name: String) throws {
    try home.write(secret + "\n", to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: home.path(name))
  }

  fileprivate func calls() async throws -> [ShownCalls.Call] {
    let listed = try await Program.run(["alerts", "--json", "--config", config])
    // Before the daemon has made its ledger there is none.
    guard listed.code == 0 else { return [] }
    return try JSONDecoder().decode([ShownCalls].self, from: Data(listed.output.utf8))
      .flatMap(\.calls)
  }
}

@Suite(.serialized) struct `A second channel` {
  private static let secret = RobotServer.key

  @Test func `says a major alert by number, grade and unit, with receipts of its own`() async throws
  {
    let robot = try await RobotServer()
    let town = try await Town()
    try town.ring(robot)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { !robot.shown.isEmpty && town.mails(to: "zjj@unit.example").count == 1 }
    try await eventually { try await town.calls().map(\.state) == ["sent"] }
    let id = try #require(try await town.alerts().first?.id)
    #expect(robot.shown == ["【回音】重大 \(id) 区住建局：请查收邮件并回复。"])
    let whole = robot.requests.joined()
    for word in ["幸福路", "燃气", "煤气", "127.0.0.1:\(town.web.host)", "t/1", "unit.example", "青川区"] {
      #expect(!whole.contains(word), "\(word)")
    }
    let sheet = try await town.run("alerts", id)
    #expect(sheet.output.contains("第二通道") && sheet.output.contains("errcode 0 ok"))
    #expect(sheet.output.contains("第 1 次发送至 第二通道 wecom：已发出"))
    let status = try await town.run("status")
    #expect(status.code == 0, "\(status.output)")
    let check = try await town.run("check")
    try await daemon.end(by: SIGTERM)
    // Nobody reads the secret anywhere.
    let ledger = try Data(contentsOf: URL(fileURLWithPath: town.home.path("data/ledger.sqlite")))
    #expect(ledger.range(of: Data(Self.secret.utf8)) == nil)
    let said = daemon.errors + daemon.output + sheet.output + status.output + check.output
    #expect(!(said + town.mails.joined()).contains(Self.secret))
  }

  @Test func `that hangs holds up no mail, and no stop`() async throws {
    let robot = try await RobotServer(.hang)
    let town = try await Town(threads: 20, every: "1s")
    try town.ring(robot)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { robot.held >= 1 }
    try await eventually { town.mails(to: "zjj@unit.example").count == 20 }
    try town.put(threads: 21)
    try await eventually { town.mails(to: "zjj@unit.example").count == 21 }
    #expect(robot.shown.isEmpty)
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
    let calls = try await town.calls()
    #expect(calls.count == 21 && calls.allSatisfy { $0.state != "sent" })
    #expect(calls.contains { $0.mayHaveBeenSentTwice })
  }

  @Test func `is told once more after a kill between claim and receipt, and that shows`()
    async throws
  {
    let robot = try await RobotServer(.hang)
    let town = try await Town()
    try town.ring(robot)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { robot.held == 1 }
    try await daemon.end(by: SIGKILL)
    #expect(try await town.calls().map(\.state) == ["sending"])
    try robot.become(.asDocumented)
    let next = try Program(["run", "--config", town.config])
    try await eventually { try await town.calls().map(\.state) == ["sent"] }
    try await next.end(by: SIGTERM)
    let call = try #require(try await town.calls().first)
    #expect(call.attempts == 2 && call.mayHaveBeenSentTwice)
    #expect(robot.requests.count == 2 && robot.shown.count == 1)
    let id = try #require(try await town.alerts().first?.id)
    #expect(try await town.run("alerts", id).output.contains("可能重复"))
    #expect(try await town.integrity() == "ok")
  }

  @Test func `loses nothing and repeats nothing unseen, however often it is killed`() async throws {
    let robot = try await RobotServer()
    let threads = 12
    let town = try await Town(threads: threads, every: "1s")
    try town.ring(robot)
    for kills in 1...4 {
      let daemon = try Program(["run", "--config", town.config])
      let enough = min(robot.shown.count + Int.random(in: 1...3), threads)
      try await eventually { robot.shown.count >= enough || kills > 1 && !daemon.isRunning }
      try await daemon.end(by: SIGKILL)
    }
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      let calls = try await town.calls()
      return calls.count == threads && calls.allSatisfy { $0.state == "sent" }
    }
    try await daemon.end(by: SIGTERM)
    let calls = try await town.calls()
    let times = Dictionary(grouping: robot.shown, by: \.self).mapValues(\.count)
    #expect(Set(times.keys) == Set(calls.compactMap(\.text)))
    for call in calls {
      #expect(times[call.text ?? ""] == 1 || call.mayHaveBeenSentTwice, "\(call)")
    }
  }

  @Test
  func `that refuses for good is told to the admins, named by status, and proved by mail-test`()
    async throws
  {
    let robot = try await RobotServer()
    let town = try await Town()
    try town.ring(robot)
    try town.hide(robot.wecom.replacing(Self.secret, with: "0000-wrong-key"), in: "wecom.url")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { try await town.calls().map(\.state) == ["failed"] }
    try await eventually { town.mails(to: "admin@letters.example").count == 1 }
    #expect(try await town.calls().first?.reply?.contains("93000") == true)
    let status = try await town.run("status")
    #expect(status.code == 1 && status.output.contains("第二通道 wecom 发不出去"))
    let refused = try await town.run("mail-test", "--channel", "wecom")
    #expect(refused.code == 1 && refused.output.contains("93000"))
    try town.hide(robot.wecom, in: "wecom.url")
    try await daemon.end(by: SIGTERM)
    let proved = try await town.run("mail-test", "--channel", "wecom")
    #expect(proved.code == 0 && proved.output.contains("errcode 0 ok"), "\(proved)")
    #expect(robot.shown == ["【回音】通道测试，无需处理。"])
    let mended = try await town.run("status")
    #expect(!mended.output.contains("发不出去"))
    let unknown = try await town.run("mail-test", "--channel", "wecon")
    #expect(unknown.code == 2 && unknown.errors.contains("wecom"))
    let nothing = try await town.run("mail-test")
    #expect(nothing.code == 2)
    let said = town.mails.joined() + daemon.errors + status.output + refused.output
    #expect(!said.contains("wrong-key"))
  }

  @Test func `may be a command, which says by its exit that it is to be asked again`() async throws
  {
    let town = try await Town()
    let log = town.home.path("rung")
    try town.home.write(
      "#!/bin/sh\nread line\necho \"$HUIYIN_NUMBER $1 $line\" >> \(log)\n[ $(wc -l < \(log)) -ge 2 ] || exit 75\necho 已受理\n",
      to: "ring")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o700], ofItemAtPath: town.home.path("ring"))
    try town.add("command: [./ring, \"{grade}\"]")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { try await town.calls().map(\.state) == ["sent"] }
    try await daemon.end(by: SIGTERM)
    let id = try #require(try await town.alerts().first?.id)
    let line = "\(id) major 【回音】重大 \(id) 区住建局：请查收邮件并回复。\n"
    #expect(try town.home.read("rung") == line + line)
    let call = try #require(try await town.calls().first)
    #expect(call.attempts == 2 && call.reply == "命令返回 0：已受理" && !call.mayHaveBeenSentTwice)
  }

  @Test func `hears of a major mail that could not be sent`() async throws {
    let (robot, town) = (try await RobotServer(), try await Town())
    let post = try await MailServer(.reject)
    try town.send(to: post)
    try town.ring(robot)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { Set(robot.shown).count == 3 }
    try await daemon.end(by: SIGTERM)
    let id = try #require(try await town.alerts().first?.id)
    #expect(
      Set(robot.shown) == [
        "【回音】重大 \(id) 区住建局：请查收邮件并回复。", "【回音】重大 \(id)：发往 区住建局 的邮件未能发出。",
        // Whose mail is refused is reminded at once, by way of the deputy.
        "【回音】重大 \(id) 区住建局：尚未签收，请查收邮件并回复。",
      ])
    #expect(!robot.requests.joined().contains("@"))
  }

  @Test func `says nothing in trial`() async throws {
    let (robot, town) = (try await RobotServer(), try await Town())
    try town.ring(robot)
    try town.add("trial: true")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { !town.mails(to: "officer@letters.example").isEmpty }
    try await daemon.end(by: SIGTERM)
    #expect(robot.requests.isEmpty)
    #expect(try await town.calls().isEmpty)
  }
}
