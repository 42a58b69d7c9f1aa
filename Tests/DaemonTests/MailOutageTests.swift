import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct `A mail server` {
  private static let addresses = [
    "zjj@unit.example", "officer@letters.example", "leaders@letters.example",
  ]

  @Test func `that is not there yet gets everything once it is`() async throws {
    let town = try await Town(threads: 3)
    let port = try freePort()
    try town.send(to: port)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      daemon.errors.matches(of: /notice deferred/).count >= 9
    }
    let shown = try await town.alerts()
    #expect(shown.flatMap(\.notices).allSatisfy { $0.state == "deferred" || $0.state == "sending" })
    let post = try await MailServer(port: port)
    try await eventually { post.count == 9 }
    try await eventually { try await allSent(town) }
    try await daemon.end(by: SIGTERM)
    try await expectEachOnce(town, post, threads: 3)
  }

  @Test func `that says to come again later is asked again, and takes each once`() async throws {
    let town = try await Town(threads: 2)
    let post = try await MailServer(.refuse)
    try town.send(to: post)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { post.refusedCount >= 6 }
    try post.become(.take)
    try await eventually { post.count == 6 }
    try await eventually { try await allSent(town) }
    let attempts = try await town.alerts().flatMap(\.notices).map(\.attempts)
    try await daemon.end(by: SIGTERM)
    #expect(attempts.allSatisfy { $0 == 2 || $0 == 3 }, "\(attempts)")
    try await expectEachOnce(town, post, threads: 2)
  }

  @Test func `that hangs keeps no page from being fetched, and no stop waiting`() async throws {
    let town = try await Town(threads: 1, every: "1s")
    let post = try await MailServer(.hang)
    try town.send(to: post)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { post.heldCount > 0 }
    let visits = town.visits(of: "/list")
    for threads in 2...4 {
      try town.put(threads: threads)
      try await eventually { try await town.alerts().count == threads }
    }
    try await eventually { town.visits(of: "/list") >= visits + 3 }
    #expect(post.count == 0)
    // A delivery hangs, and yet a stop is a stop.
    #expect(post.heldCount > 0)
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
    #expect(!(try await allSent(town)))
    // The server had read some to their end: they may be on their way.
    #expect(try await town.alerts().flatMap(\.notices).contains(where: \.mayHaveBeenSentTwice))

    try post.become(.take)
    let next = try Program(["run", "--config", town.config])
    try await eventually { post.count >= 12 }
    try await eventually { try await allSent(town) }
    try await next.end(by: SIGTERM)
    try await expectEachOnce(town, post, threads: 4)
  }

  @Test func `gets every notice though the daemon is killed while it sends`() async throws {
    let threads = 30
    let town = try await Town(threads: threads, every: "1s")
    let post = try await MailServer(.dawdle)
    try town.send(to: post)
    while post.count < threads * 3 * 2 / 3 {
      let daemon = try Program(["run", "--config", town.config])
      let enough = post.count + Int.random(in: 1...15)
      try await eventually { post.count >= enough }
      try await daemon.end(by: SIGKILL)
      // Only what had a connection, of which there are four, may have arrived without our knowing.
      let sending = try await town.alerts().flatMap(\.notices).count { $0.state == "sending" }
      #expect(sending <= 4)
    }
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      guard post.count >= threads * 3 else { return false }
      let alerts = try await town.alerts()
      return alerts.count == threads
        && alerts.flatMap(\.notices).allSatisfy { $0.state == "sent" }
    }
    try await daemon.end(by: SIGTERM)

    let letters = try await post.letters()
    let notices = try await town.alerts().flatMap(\.notices)
    for address in Self.addresses {
      let theirs = Set(letters.filter { $0.to == address }.map(\.messageID))
      #expect(theirs.count == threads, "\(address)")
    }
    #expect(Set(letters.map(\.messageID)) == Set(notices.map(\.messageId)))
    // What came twice came under the same Message-ID, and the ledger says that it may have.
    let doubted = Set(notices.filter(\.mayHaveBeenSentTwice).map(\.messageId))
    let times = Dictionary(grouping: letters, by: \.messageID).mapValues(\.count)
    for (messageID, count) in times where count > 1 {
      #expect(doubted.contains(messageID), "\(messageID) came \(count) times")
    }
    #expect(!doubted.isEmpty, "no kill came while a letter was under way")
    #expect(try await town.integrity() == "ok")
  }

  @Test(arguments: [Sink.Act.cut, .say("535 5.7.8 no such login")])
  func `that takes nothing has another stand in, and the admins and status say so`(
    _ act: Sink.Act
  ) async throws {
    let isDown = Mutex(true)
    let (first, second) = (
      try Sink(cues: { cue in
        cue.moment == .sender && isDown.withLock(\.self) ? act : nil
      }), try Sink()
    )
    defer { [first, second].forEach { $0.stop() } }
    let town = try await Town(threads: 2)
    try town.change(
      "maildir: ./outbox",
      to: "server: \"smtp://localhost:\(first.port)\", "
        + "fallback: \"smtp://127.0.0.1:\(second.port)\"")
    let daemon = try Program(["run", "--config", town.config])
    // Six of the alerts, and one to the admins.
    try await eventually { second.taken.count == 7 }
    #expect(first.taken.isEmpty)
    let word = try #require(second.taken.first { $0.recipient == "admin@letters.example" })
    try town.home.write(Data(word.letter), to: "word.eml")
    let letter = try await Letter.read([town.home.path("word.eml")]).first
    #expect(letter?.subject == "【运行告警】主邮件服务器 localhost 不接收邮件，已改用备用服务器")
    #expect(letter?.text.contains("经备用服务器 127.0.0.1 照常发出") == true)
    let status = try await Program.run(["status", "--config", town.config]).output
    #expect(status.contains("主邮件服务器不接收邮件，通知经备用服务器发出"), "\(status)")
    let id = try #require(try await town.alerts().first?.id)
    let shown = try await Program.run(["alerts", id, "--config", town.config]).output
    #expect(
      shown.filter { !$0.isWhitespace }.contains("已发出（备用服务器127.0.0.1：250"), "\(shown)")
    try await daemon.end(by: SIGTERM)

    // Another start asks the first again at once, and what stands stays until it is known.
    isDown.withLock { $0 = false }
    try town.put(threads: 3)
    let next = try Program(["run", "--config", town.config])
    try await eventually { first.taken.count == 3 }
    try await next.end(by: SIGTERM)
    #expect(second.taken.count == 7)
  }

  private func allSent(_ town: Town) async throws -> Bool {
    try await town.alerts().flatMap(\.notices).allSatisfy { $0.state == "sent" }
  }

  /// Each address has each alert's notice once.
  private func expectEachOnce(_ town: Town, _ post: MailServer, threads: Int) async throws {
    let letters = try await post.letters()
    for address in Self.addresses {
      let theirs = letters.filter { $0.to == address }
      #expect(theirs.count == threads, "\(address)")
      #expect(Set(theirs.map(\.messageID)).count == threads, "\(address)")
    }
    #expect(try await town.alerts().count == threads)
  }
}

@Suite(.serialized) struct `A stop` {
  @Test func `in the middle of a first run keeps what was written, and the rest comes next`()
    async throws
  {
    let threads = 8
    let town = try await Town(threads: threads)
    // A page every few seconds, so that there is a middle, on a machine that is busy too.
    try town.change("pause: 0s", to: "pause: 4s")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count >= 2 }
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
    let first = try await town.alerts()
    #expect(!first.isEmpty)
    #expect(first.count < threads, "it was too quick to be stopped in the middle")
    try town.change("pause: 4s", to: "pause: 0s")

    let next = try Program(["run", "--config", town.config])
    try await eventually {
      town.mails(to: "zjj@unit.example").count >= threads
    }
    try await next.end(by: SIGTERM)
    let all = try await town.alerts()
    #expect(all.count == threads)
    #expect(Set(all.map(\.url)).count == threads)
    #expect(Set(first.map(\.id)).isSubset(of: all.map(\.id)))
    #expect(town.mails(to: "zjj@unit.example").count == threads)
    #expect(town.mails(to: "admin@letters.example").isEmpty)
  }

  @Test func `again and again while a feed is read makes no blind feed of it`() async throws {
    let town = try await Town()
    let silent = try await OddServer(isSilent: true)
    try town.change(
      "http://\(town.web.host)/list", to: "http://\(silent.host)/", in: "Feeds/board.yaml")
    for _ in 1...4 {
      let before = silent.count(of: "*")
      let daemon = try Program(["run", "--config", town.config])
      try await eventually { silent.count(of: "*") > before }
      try await daemon.end(by: SIGTERM)
      #expect(daemon.code == 0)
    }
    #expect(town.mails.isEmpty)
  }
}

@Suite(.serialized) struct `huiyin run --once` {
  @Test func `sends what it finds while another host keeps it waiting`() async throws {
    let town = try await Town()
    let silent = try await OddServer(isSilent: true)
    try town.home.write(
      "name: 无声\nkind: list\nurl: http://\(silent.host)/\nevery: 1m\nitems: //li\n"
        + "title: ./a\nlink: ./a/@href\narticle: auto\n",
      to: "Feeds/silent.yaml")
    let program = try Program(["run", "--once", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    // It is still waiting for the silent host: nobody but the test ends it.
    #expect(program.isRunning)
    try await program.end(by: SIGKILL)
  }
}

@Suite(.serialized) struct `A host that takes connections and says nothing` {
  @Test func `delays no mail about what other hosts have`() async throws {
    let town = try await Town(every: "1s")
    let silent = try await OddServer(isSilent: true)
    for number in 1...20 {
      try town.home.write(
        "name: 无声\(number)\nkind: list\nurl: http://\(silent.host)/\(number)\nevery: 1s\n"
          + "items: //li\ntitle: ./a\nlink: ./a/@href\narticle: auto\n",
        to: "Feeds/silent-\(number).yaml")
    }
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { silent.count(of: "*") > 1 }
    for threads in 1...4 {
      try town.put(threads: threads)
      try await eventually {
        town.mails(to: "zjj@unit.example").count == threads
      }
    }
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
  }
}
