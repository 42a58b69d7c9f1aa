import Foundation
import TestSupport
import Testing

@Suite struct `huiyin backup and restore` {
  @Test func `copy the ledger beside a daemon, and put it back without one`() async throws {
    let town = try await Town()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    let copy = town.home.path("copy.sqlite")
    let backup = try await town.run("backup", copy)
    #expect(backup.code == 0, "\(backup.errors)")
    #expect(backup.errors == "已备份到 \(copy)\n")
    let again = try await town.run("backup", copy)
    #expect(again.code == 3)
    #expect(again.errors.contains("目标文件已存在，未覆盖"))
    let refused = try await town.run("restore", copy)
    #expect(refused.code == 3)
    #expect(refused.errors.contains("huiyin run"))
    try await daemon.end(by: SIGTERM)
    let id = try await town.onlyAlert()
    _ = try await town.run("ack", id)
    let restored = try await town.run("restore", copy)
    #expect(restored.code == 0, "\(restored.errors)")
    #expect(restored.errors.contains("data/ledger.sqlite.before-restore-"))
    #expect(town.home.names(in: "data").contains { $0.contains(".before-restore-") })
    #expect(try await town.alerts().first?["state"] as? String == "open")
    let nothing = try await town.run("restore", town.home.path("no.sqlite"))
    #expect(nothing.code == 3)
    #expect(try await town.onlyAlert() == id)
  }
}

/// A day whose digests have long ended.
private let past = "2026-03-02"

@Suite struct `huiyin digest` {
  @Test func `prints each digest and sends each once`() async throws {
    let town = try await Town()
    _ = try await town.run("run", "--once")
    let id = try await town.onlyAlert()
    let before = town.mails(to: "leaders@letters.example").count
    for language in ["zh", "en"] {
      if language == "en" { try town.speakEnglish() }
      for rhythm in ["--daily", "--weekly", "--monthly"] {
        let digest = try await town.run("digest", rhythm)
        #expect(digest.code == 0)
        #expect(tooWide(digest.output) == [])
      }
    }
    // Of a day that is named: the latest becomes another one at eight in the morning.
    let (unsaid, daily) = (
      try await town.run("digest", "--date", past),
      try await town.run("digest", "--daily", "--date", past)
    )
    #expect(unsaid.output == daily.output)
    #expect(unsaid.code == 0)
    let line = try await town.run("digest", "--date", "2031-01-02", "--json").object
    #expect(line["from"] as? String == "2031-01-01T08:00:00+08:00")
    #expect(line["to"] as? String == "2031-01-02T08:00:00+08:00")
    #expect(line["alerts"] as? [String] == [])
    #expect((line["text"] as? String)?.contains(id) == true, "it still awaits somebody's action")
    let sent = try await town.run("digest", "--weekly", "--send", "--date", past)
    #expect(sent.code == 0)
    #expect(sent.output.isEmpty)
    #expect(sent.errors == "sent\n")
    #expect(town.mails(to: "leaders@letters.example").count == before + 1)
    let again = try await town.run("digest", "--weekly", "--send", "--date", past)
    #expect(again.code == 0)
    #expect(again.errors == "this one was sent before and is not sent again\n")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "leaders@letters.example").count == before + 1)
  }

  @Test func `sends no half of a digest, and none that the calendar does not have`() async throws {
    let town = try await Town()
    let office = try town.home.read("huiyin.yaml")
    try town.home.write(office + "\ndigests: {weekly: \"Mon 08:30\"}\n", to: "huiyin.yaml")
    _ = try await town.run("run", "--once")
    let early = try await town.run("digest", "--date", "2031-01-06", "--weekly", "--send")
    #expect(early.code == 1)
    #expect(early.errors.contains("本期到 2031-01-06 08:30 才结束"))
    let astray = try await town.run("digest", "--date", "2026-03-04", "--weekly", "--send")
    #expect(astray.code == 1)
    #expect(astray.errors.contains("按设置那一天不发周报，此前一期在 2026-03-02 发出"))
    #expect(try await town.run("digest", "--date", "2026-03-04", "--weekly").code == 0)
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "leaders@letters.example").allSatisfy { !$0.contains("/digest/") })
  }

  @Test(arguments: ["2026-3-2", "2026-03-xx-02", "2026-02-30", "+026-03-02", "03/02/2026", ""])
  func `says how a day is written`(day: String) async throws {
    let room = try DutyRoom()
    for command in [["digest", "--date"], ["alerts", "--since"], ["alerts", "--until"]] {
      let outcome = try await Program.run(command + [day, "--config", room.config])
      #expect(outcome.code == 2, "\(outcome)")
      #expect(outcome.errors.contains("请写成 2026-03-02 这样"), "\(outcome.errors)")
    }
  }
}

@Suite struct `huiyin digest --send` {
  @Test func `leaves the sending to a daemon that is there`() async throws {
    let town = try await Town(language: "en")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      town.mails(to: "leaders@letters.example").count == 1
    }
    let sent = try await town.run("digest", "--weekly", "--send")
    #expect(sent.code == 0)
    #expect(sent.errors == "in the outbox; the running daemon sends it\n")
    try await daemon.end(by: SIGTERM)
  }

  @Test func `says what it could not send, and leaves it for the daemon`() async throws {
    let town = try await Town(language: "en")
    _ = try await town.run("run", "--once")
    let office = try town.home.read("huiyin.yaml").replacingOccurrences(
      of: "maildir: ./outbox", with: "server: 'smtp://127.0.0.1:\(try freePort())'")
    try town.home.write(office, to: "huiyin.yaml")
    let sent = try await town.run("digest", "--weekly", "--send", "--date", past)
    #expect(sent.code == 1)
    #expect(sent.errors.contains("not sent: 1"))
    let again = try await town.run("digest", "--weekly", "--send", "--date", past)
    #expect(again.errors == "this one was sent before and is not sent again\n")
  }
}

@Suite struct `huiyin mail-test` {
  @Test func `puts one real mail into a Maildir`() async throws {
    let room = try DutyRoom()
    let outcome = try await room.run("mail-test", "zjj@unit.example")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.lines.count == 1)
    #expect(room.home.names(in: "outbox/new").count == 1)
    #expect(!room.hasData)
  }

  @Test func `prints what a server that refuses answers, and exits 1`() async throws {
    let room = try DutyRoom(maildir: false)
    let script = """
      import socket
      server = socket.create_server(("127.0.0.1", 0))
      print(server.getsockname()[1], flush=True)
      while True:
        line, _ = server.accept()
        line.sendall(b"220 post.example\\r\\n")
        for said in line.makefile("rb"):
          refused = said.upper().startswith(b"RCPT")
          line.sendall(b"550 5.1.1 nobody of that name here\\r\\n" if refused else b"250 ok\\r\\n")
      """
    let server = try Program(["python3", "-c", script], path: "/usr/bin/env")
    try await eventually { server.output.hasSuffix("\n") }
    let port = server.output.prefix { $0.isNumber }
    let office = try room.home.read("huiyin.yaml").replacingOccurrences(
      of: "<duty@letters.example>}",
      with: "<duty@letters.example>, server: 'smtp://127.0.0.1:\(port)'}")
    try room.home.write(office, to: "huiyin.yaml")
    let outcome = try await room.run("mail-test", "nobody@unit.example")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("550"))
    #expect(outcome.output.contains("5.1.1 nobody of that name here"))
    let line = try await room.run("mail-test", "--json", "nobody@unit.example").object
    #expect(line["outcome"] as? String == "failed")
    #expect(line["code"] as? Int == 550)
    server.signal(SIGKILL)
  }
}
