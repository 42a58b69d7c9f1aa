import Foundation
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Calling

@Suite struct `A group robot` {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func receipt(
    _ channel: Channel, _ limits: CallLimits = CallLimits(), language: Language = .zh
  ) async throws -> Receipt {
    let caller = Caller(limits)
    let receipt = await caller.call(try .sample(to: channel), by: channel, in: language)
    await caller.close()
    return receipt
  }

  @Test(arguments: [Channel.Robot.wecom, .govwecom])
  func `of WeCom shows the line, and errcode 0 is the receipt`(robot: Channel.Robot) async throws {
    let server = try await RobotServer()
    let receipt = try await receipt(try folder.robot(robot, server.wecom))
    #expect(receipt.outcome == .sent && receipt.reply == "errcode 0 ok" && receipt.code == 0)
    #expect(server.shown == [Envelope.line])
    #expect(server.requests.count == 1)
  }

  @Test func `of DingTalk takes what is signed, and nothing else`() async throws {
    let server = try await RobotServer()
    let signed = try folder.robot(.dingtalk, server.dingtalk, secret: RobotServer.secret)
    #expect(try await receipt(signed).outcome == .sent)
    let unsigned = try await receipt(try folder.robot(.dingtalk, server.dingtalk))
    #expect(unsigned.outcome == .failed && unsigned.code == 310_000)
    #expect(unsigned.reply.contains("sign not match") && unsigned.reply.contains("secret_file"))
    let wrong = try await receipt(
      try folder.robot(.dingtalk, server.dingtalk, secret: "SECanother0123456789"))
    #expect(wrong.outcome == .failed && wrong.code == 310_000)
    #expect(server.shown == [Envelope.line])
  }

  @Test func `that does not know its address has failed for good`() async throws {
    let server = try await RobotServer()
    let wrong = server.wecom.replacing(RobotServer.key, with: "0000aaaa-1111")
    let one = try await receipt(try folder.robot(.wecom, wrong))
    #expect(one.outcome == .failed && one.code == 93000 && !one.mayHaveBeenSent)
    #expect(one.reply.contains("url_file"))
    let token = server.dingtalk.replacing(RobotServer.token, with: "0000")
    let other = try await receipt(
      try folder.robot(.dingtalk, token, secret: RobotServer.secret), language: .en)
    #expect(other.outcome == .failed && other.code == 300_001)
    #expect(other.reply.contains("token is not exist"))
    #expect(server.shown.isEmpty)
  }

  @Test func `is told no more in a minute than it takes`() async throws {
    let server = try await RobotServer()
    let channel = try folder.robot(.wecom, server.wecom)
    let caller = Caller()
    var outcomes: [Receipt.Outcome] = []
    for _ in 1...22 {
      outcomes.append(
        await caller.call(try .sample(to: channel), by: channel, in: .zh).outcome)
    }
    await caller.close()
    #expect(outcomes == Array(repeating: .sent, count: 20) + [.deferred, .deferred])
    #expect(server.requests.count == 20)
  }

  @Test(arguments: [Channel.Robot.wecom, .dingtalk])
  func `that says too many is asked again later`(robot: Channel.Robot) async throws {
    let server = try await RobotServer()
    let channel =
      robot == .wecom
      ? try folder.robot(.wecom, server.wecom)
      : try folder.robot(.dingtalk, server.dingtalk, secret: RobotServer.secret)
    let caller = Caller(CallLimits(perMinute: 100))
    for _ in 1...20 { _ = await caller.call(try .sample(to: channel), by: channel, in: .zh) }
    let receipt = await caller.call(try .sample(to: channel), by: channel, in: .zh)
    await caller.close()
    #expect(receipt.outcome == .deferred && !receipt.mayHaveBeenSent)
    #expect(receipt.code == (robot == .wecom ? 45009 : 130_101))
  }

  @Test(arguments: [
    (RobotServer.Manner.breakDown, Receipt.Outcome.deferred, false),
    (.unknown, .failed, false), (.redirect, .failed, false), (.cut, .deferred, true),
    (.drop, .deferred, true), (.busy, .deferred, false), (.babble, .deferred, true),
    (.page, .deferred, true),
  ])
  func `is believed no further than its answer goes`(
    manner: RobotServer.Manner, outcome: Receipt.Outcome, isDoubtful: Bool
  ) async throws {
    let server = try await RobotServer(manner)
    let receipt = try await receipt(try folder.robot(.wecom, server.wecom))
    #expect(receipt.outcome == outcome, "\(receipt.reply)")
    #expect(receipt.mayHaveBeenSent == isDoubtful, "\(receipt.reply)")
    // A redirect is not followed: the address is a secret.
    #expect(server.requests.count == 1)
  }

  @Test(
    arguments: [
      (.wecom, 45009, .deferred, "稍后再发"), (.wecom, 93000, .failed, "重新复制"),
      (.govwecom, 93004, .failed, "已停用"), (.wecom, -1, .deferred, "errcode -1"),
      (.wecom, 300001, .deferred, "errcode"), (.dingtalk, 130_101, .deferred, "稍后再发"),
      (.dingtalk, 410_100, .deferred, "稍后再发"), (.dingtalk, 90030, .deferred, "稍后再发"),
      (.dingtalk, 310_000, .failed, "安全设置"), (.dingtalk, 300_001, .failed, "重新复制"),
      (.dingtalk, 400_013, .failed, "errcode"), (.dingtalk, 430_102, .failed, "errcode"),
    ] as [(Channel.Robot, Int, Receipt.Outcome, String)])
  func `is heard by its code, and what is not known is tried again`(
    robot: Channel.Robot, code: Int, outcome: Receipt.Outcome, word: String
  ) {
    let answer = Array("{\"errcode\":\(code),\"errmsg\":\"words\"}".utf8)
    let ending = RobotForm.ending(status: 200, answer: answer, of: robot, without: [])
    #expect(ending.outcome == outcome && ending.code == code && !ending.mayHaveBeenSent)
    #expect(ending.reply.zh.contains(word), "\(ending.reply.zh)")
  }

  @Test(
    arguments: [
      (429, .deferred, false), (500, .deferred, false), (502, .deferred, true),
      (503, .deferred, false), (504, .deferred, true), (403, .failed, false),
    ] as [(Int, Receipt.Outcome, Bool)])
  func `behind a gateway may have heard what the gateway was not answered`(
    status: Int, outcome: Receipt.Outcome, isDoubtful: Bool
  ) {
    let ending = RobotForm.ending(status: status, answer: [], of: .wecom, without: [])
    #expect(ending.outcome == outcome && ending.mayHaveBeenSent == isDoubtful)
  }

  @Test func `that hangs may have it, and what waits behind is put off at once`() async throws {
    let server = try await RobotServer(.hang)
    let channel = try folder.robot(.wecom, server.wecom)
    let caller = Caller(CallLimits(request: .seconds(3)))
    let envelope = try Envelope.sample(to: channel)
    let receipts = await withTaskGroup { group in
      for _ in 1...5 { group.addTask { await caller.call(envelope, by: channel, in: .en) } }
      return await group.reduce(into: [Receipt]()) { $0.append($1) }
    }
    await caller.close()
    #expect(receipts.allSatisfy { $0.outcome == .deferred })
    #expect(server.requests.count == receipts.count(where: \.mayHaveBeenSent))
    #expect(server.requests.count < 5)
  }

  @Test func `that hangs keeps neither another channel nor a stop waiting`() async throws {
    let (silent, sound) = (try await RobotServer(.hang), try await RobotServer())
    let one = try folder.robot(.wecom, silent.wecom)
    let other = try folder.robot(.dingtalk, sound.dingtalk, secret: RobotServer.secret)
    let caller = Caller(CallLimits(request: .seconds(600), closing: .milliseconds(100)))
    let envelope = try Envelope.sample(to: one)
    async let held = caller.call(envelope, by: one, in: .zh)
    try await eventually { silent.held == 1 }
    #expect(await caller.call(try .sample(to: other), by: other, in: .zh).outcome == .sent)
    await caller.close()
    let receipt = await held
    #expect(receipt.outcome == .deferred && receipt.mayHaveBeenSent)
  }

  @Test func `is asked nothing before the call may begin, and nothing where it may not`()
    async throws
  {
    let server = try await RobotServer()
    let channel = try folder.robot(.wecom, server.wecom)
    let caller = Caller()
    let asked = Mutex<[Int]>([])
    let envelope = try Envelope.sample(to: channel)
    let withheld = await caller.call(
      envelope, by: channel, in: .zh,
      mayBegin: { _ in
        asked.withLock { $0.append(server.requests.count) }
        return false
      })
    #expect(withheld.outcome == .deferred && !withheld.mayHaveBeenSent)
    #expect(server.requests.isEmpty)
    #expect(asked.withLock(\.self) == [0])
    await caller.close()
  }

  @Test func `that nobody listens for is not asked whether it may begin`() async throws {
    let port = try freePort()
    let channel = try folder.robot(.wecom, "http://127.0.0.1:\(port)/send?key=\(RobotServer.key)")
    let caller = Caller()
    let asked = Mutex(0)
    let receipt = await caller.call(
      try .sample(to: channel), by: channel, in: .zh,
      mayBegin: { _ in
        asked.withLock { $0 += 1 }
        return true
      })
    await caller.close()
    #expect(receipt.outcome == .deferred && !receipt.mayHaveBeenSent)
    #expect(asked.withLock(\.self) == 0)
  }

  @Test(arguments: [
    "http://robot.example/send?key=a", "ftp://127.0.0.1/a", "file:///etc/passwd", "nothing",
    "http://127.0.0.1@robot.example/send", "https://user:word@robot.example/send", "two words", "",
  ])
  func `is reached by https alone, but for loopback`(url: String) async throws {
    let receipt = try await receipt(try folder.robot(.wecom, url))
    #expect(receipt.outcome == .deferred && !receipt.mayHaveBeenSent)
    #expect(receipt.reply.contains("https://") || receipt.reply.contains("密钥文件"))
  }

  @Test func `is told nothing by TLS where its certificate is not trusted`() async throws {
    let made = try await Program.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.path("key.pem"), "-out",
        folder.path("certificate.pem"),
      ])
    #expect(made.code == 0, "\(made.errors)")
    let both = try folder.read("key.pem") + folder.read("certificate.pem")
    try folder.write(both, to: "both.pem")
    let server = try await RobotServer(tls: folder.path("both.pem"))
    let channel = try folder.robot(
      .wecom, server.wecom.replacing("http://", with: "https://"))
    let refused = try await receipt(channel)
    #expect(refused.outcome == .deferred && !refused.mayHaveBeenSent)
    #expect(server.requests.isEmpty)
    let trusting = CallLimits(caFile: folder.path("certificate.pem"))
    #expect(try await receipt(channel, trusting).outcome == .sent)
    #expect(server.shown == [Envelope.line])
  }

  @Test(arguments: RobotServer.Manner.allCases)
  func `is never quoted with its secret`(manner: RobotServer.Manner) async throws {
    guard manner != .hang, manner != .mute else { return }
    let server = try await RobotServer(manner)
    let secrets = [RobotServer.key, RobotServer.token, RobotServer.secret, "sign="]
    for channel in [
      try folder.robot(.wecom, server.wecom),
      try folder.robot(.dingtalk, server.dingtalk, secret: RobotServer.secret),
    ] {
      let reply = try await receipt(channel).reply
      #expect(secrets.allSatisfy { !reply.contains($0) }, "\(reply)")
    }
  }

  @Test func `may repeat its address in its answer, and the receipt does not`() {
    let url = "https://robot.example/cgi-bin/webhook/send?key=\(RobotServer.key)"
    let answer =
      "{\"errcode\":93000,\"errmsg\":\"no such \(url)\\nkey \(RobotServer.key) \u{202E}\"}"
    let ending = RobotForm.ending(
      status: 200, answer: Array(answer.utf8), of: .wecom, without: RobotSecrets.parts(of: url))
    #expect(ending.reply.zh.contains("no such *** key ***"))
    #expect(!ending.reply.zh.contains("5f3b9a1c"))
  }
}
