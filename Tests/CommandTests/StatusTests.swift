import Foundation
import TestSupport
import Testing

@Suite struct `huiyin status` {
  @Test(arguments: ["zh", "en"])
  func `says plainly that no daemon has run yet, and exits 1`(language: String) async throws {
    let room = try DutyRoom(language: language)
    let outcome = try await room.run("status")
    #expect(outcome.code == 1)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains(language == "zh" ? "还没有运行过" : "has never run"))
    #expect(outcome.output.contains(language == "zh" ? "尚未采到" : "never read"))
    #expect(tooWide(outcome.output) == [])
    let line = try await room.run("status", "--json").object
    #expect(line["healthy"] as? Bool == false)
    #expect((line["problems"] as? [String])?.count == 1)
    #expect(line["waiting"] as? Int == 0)
    let feeds = try #require(line["feeds"] as? [[String: Any]])
    #expect(feeds.map { $0["id"] as? String } == ["board", "paper"])
    #expect(feeds.allSatisfy { $0["state"] as? String == "new" })
    #expect(feeds.allSatisfy { $0["lastSuccessAt"] is NSNull && $0["reason"] is NSNull })
    #expect(!room.hasData)
  }

  @Test func `is content while a daemon watches, and says that it is in trial`() async throws {
    let town = try await Town()
    let office = try town.home.read("huiyin.yaml")
    try town.home.write(office + "\ntrial: true\n", to: "huiyin.yaml")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      !town.mails(to: "officer@letters.example").isEmpty
    }
    let outcome = try await Program.run(["status", "--config", town.config])
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("试运行中"))
    #expect(outcome.output.contains("一切正常"))
    #expect(outcome.output.contains("幸福路1号燃气泄漏"))
    #expect(tooWide(outcome.output) == [])
    let line = try await Program.run(["status", "--json", "--config", town.config]).object
    #expect(line["healthy"] as? Bool == true)
    #expect(line["trial"] as? Bool == true)
    #expect(line["problems"] as? [String] == [])
    let feed = try #require((line["feeds"] as? [[String: Any]])?.first)
    #expect(feed["state"] as? String == "ok")
    #expect((feed["lastSuccessAt"] as? String)?.hasSuffix("+08:00") == true)
    try await daemon.end(by: SIGTERM)
  }

  @Test func `says that nothing is watched where every feed is switched off`() async throws {
    let room = try DutyRoom()
    for feed in ["Feeds/board.yaml", "Feeds/paper.yaml"] {
      try room.home.write(try room.home.read(feed) + "\noff: true\n", to: feed)
    }
    let outcome = try await room.run("status")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("没有启用的信源"))
  }

  @Test func `sees at once that a daemon was killed`() async throws {
    let town = try await Town()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      !town.mails(to: "officer@letters.example").isEmpty
    }
    #expect(try await town.run("status").output.contains("一切正常"))
    try await daemon.end(by: SIGKILL)
    let outcome = try await town.run("status")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("值守程序没有运行"))
  }

  @Test func `shows a feed's own manners, and of header lines the names alone`() async throws {
    let room = try DutyRoom()
    let board = try room.home.read("Feeds/board.yaml")
    try room.home.write(
      board + """

        pause: 5s
        proxy: http://10.20.0.5:3128
        headers: {Cookie: session=4711}
        tls: {accept_expired: true}
        permission: 站长邮件同意
        """, to: "Feeds/board.yaml")
    let sheet = try await room.run("status")
    for word in ["5s", "http://10.20.0.5:3128", "Cookie", "容许证书过期", "站长邮件同意"] {
      #expect(sheet.output.contains(word), "\(word)")
    }
    let line = try await room.run("status", "--json")
    let feeds = try line.object["feeds"] as? [[String: Any]]
    let feed = try #require(feeds?.first)
    #expect(feed["pause"] as? Double == 5)
    #expect(feed["proxy"] as? String == "http://10.20.0.5:3128")
    #expect(feed["headers"] as? [String] == ["Cookie"])
    #expect(feed["acceptsExpiredCertificate"] as? Bool == true)
    #expect(feed["permission"] as? String == "站长邮件同意")
    #expect(!(sheet.output + line.output).contains("4711"))
  }

  @Test func `names a blind feed, a late alert and the notices that wait`() async throws {
    let town = try await Town()
    let office = try town.home.read("huiyin.yaml").replacingOccurrences(
      of: "maildir: ./outbox", with: "server: 'smtp://127.0.0.1:\(try freePort())'")
    try town.home.write(office, to: "huiyin.yaml")
    let board = try town.home.read("Feeds/board.yaml")
    let gone = board.replacingOccurrences(of: town.web.host, with: "127.0.0.1:\(try freePort())")
    try town.home.write(gone, to: "Feeds/gone.yaml")
    for _ in 0..<3 { _ = try await Program.run(["run", "--once", "--config", town.config]) }
    try await letAnHourPass(town.home.path("data/ledger.sqlite"))
    let outcome = try await Program.run(["status", "--config", town.config])
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("信源 gone 采集不到：连接"))
    #expect(outcome.output.contains("已过通知时限仍未发出"))
    #expect(outcome.output.contains("已逾时"))
    #expect(tooWide(outcome.output) == [])
    let line = try await Program.run(["status", "--json", "--config", town.config]).object
    #expect(line["healthy"] as? Bool == false)
    #expect((line["waiting"] as? Int ?? 0) > 2)
    let feeds = try #require(line["feeds"] as? [[String: Any]])
    #expect(feeds.map { $0["state"] as? String } == ["ok", "blind"])
    #expect((feeds[1]["reason"] as? String)?.isEmpty == false)
  }

  /// Moves every deadline of a ledger an hour back, past the triggers that keep it.
  private func letAnHourPass(_ ledger: String) async throws {
    let script = """
      import sqlite3, sys
      ledger = sqlite3.connect(sys.argv[1])
      kept = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'deadline'"
      for (name,) in ledger.execute(kept).fetchall(): ledger.execute(f"DROP TRIGGER {name}")
      ledger.execute("UPDATE deadline SET due_at = due_at - 3600000, "
        "started_since_boot = started_since_boot - 3600000")
      ledger.commit()
      """
    let outcome = try await Program.run("/usr/bin/env", ["python3", "-c", script, ledger])
    #expect(outcome.code == 0, "\(outcome.errors)")
  }
}
