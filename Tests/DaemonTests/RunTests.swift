import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `The daemon` {
  @Test func `has a mail in the unit's hands soon after a citizen posts, and ends on SIGTERM`()
    async throws
  {
    let town = try await Town()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    try town.put(threads: 2)
    try await eventually { town.mails(to: "zjj@unit.example").count == 2 }
    for address in ["officer@letters.example", "leaders@letters.example"] {
      try await eventually { town.mails(to: address).count == 2 }
    }
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
  }

  @Test func `loses nothing and tells nothing twice when it is killed again and again`()
    async throws
  {
    let threads = 12
    let town = try await Town(threads: threads, every: "1s")
    for round in 0..<8 {
      let daemon = try Program(["run", "--config", town.config])
      // Each time a little later, so that it dies at another step of the round.
      try? await eventually(within: .milliseconds(120 + 90 * round)) { false }
      try await daemon.end(by: SIGKILL)
    }
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      town.mails(to: "zjj@unit.example").count >= threads
    }
    try await daemon.end(by: SIGTERM)
    for address in ["zjj@unit.example", "officer@letters.example", "leaders@letters.example"] {
      let mails = town.mails(to: address)
      #expect(mails.count == threads, "\(address)")
      #expect(Set(mails.compactMap(messageID)).count == threads, "\(address)")
    }
    let listed = try await Program.run(["alerts", "--json", "--config", town.config])
    let alerts = try #require(
      try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [[String: Any]])
    #expect(alerts.count == threads)
    #expect(Set(alerts.compactMap { $0["url"] as? String }).count == threads)
  }

  @Test func `keeps the set-up in force when a new one is broken, and tells the admins`()
    async throws
  {
    let town = try await Town()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    let rules = try town.home.read("Rules/gas.yaml")
    try town.home.write(rules + "    grad: major\n", to: "Rules/gas.yaml")
    daemon.signal(SIGHUP)
    try await eventually { !town.mails(to: "admin@letters.example").isEmpty }
    try town.put(threads: 2)
    try await eventually { town.mails(to: "zjj@unit.example").count == 2 }
    try town.home.write(
      rules.replacingOccurrences(of: "燃气泄漏]", with: "断电]"), to: "Rules/gas.yaml")
    daemon.signal(SIGHUP)
    try await eventually { daemon.errors.contains("set-up reloaded") }
    try town.put(threads: 3)
    try await eventually { town.web.requests.contains("/t/3 200") }
    try await daemon.end(by: SIGTERM)
    #expect(town.mails(to: "zjj@unit.example").count == 2)
  }

  @Test func `tells the admins what a new set-up has otherwise, and nothing where nothing is`()
    async throws
  {
    let town = try await Town()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    func reloads() -> Int { daemon.errors.components(separatedBy: "set-up reloaded").count - 1 }
    let rules = try town.home.read("Rules/gas.yaml")
    // A comment, and the same words in another order of keys, are no change.
    try town.home.write("# 同一条规则\n" + rules, to: "Rules/gas.yaml")
    daemon.signal(SIGHUP)
    try await eventually { reloads() == 1 }
    try town.home.write(
      rules.replacingOccurrences(of: "[燃气泄漏]", with: "[燃气泄漏, 煤气味很重]")
        + "\n  - {id: lamps, name: 路灯不亮, grade: general, any: [路灯不亮]}\n", to: "Rules/gas.yaml")
    let feed = try town.home.read("Feeds/board.yaml")
    try town.home.write(
      feed + "\nheaders: {Cookie: session=5f3b-secret}\n", to: "Feeds/board.yaml")
    try town.add("telephone: 0800-0000")
    daemon.signal(SIGHUP)
    try await eventually { !town.mails(to: "admin@letters.example").isEmpty }
    try await daemon.end(by: SIGTERM)
    let letters = try await town.letters().filter { $0.to == "admin@letters.example" }
    let text = try #require(letters.first).text
    #expect(letters.count == 1 && reloads() == 2)
    for line in [
      "改动 4 处", "改动 规则 gas-leak 燃气泄漏", "any 增加 1 个：煤气味很重", "新增 规则 lamps 路灯不亮",
      "改动 信源 board", "headers", "改动 设置 telephone",
    ] { #expect(text.contains(line), "\(line)") }
    #expect(!text.contains("5f3b-secret"))
    #expect(town.mails(to: "officer@letters.example").count == 1, "the alert alone")
  }

  @Test func `refuses to begin on a broken set-up, and beside another daemon`() async throws {
    let town = try await Town()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { !town.mails.isEmpty }
    let second = try await Program.run(["run", "--config", town.config])
    #expect(second.code == 3)
    try await daemon.end(by: SIGTERM)
    try town.home.write("office: 青川区信访局\n", to: "huiyin.yaml")
    let broken = try await Program.run(["run", "--config", town.config])
    #expect(broken.code == 1)
    #expect(broken.output.contains("huiyin.yaml:1:1: error: "))
  }

  @Test func `tells the service manager when it is ready, alive and stopping`() async throws {
    let town = try await Town()
    let socket = try NotifySocket()
    let daemon = try Program(
      ["run", "--config", town.config], environment: ["NOTIFY_SOCKET": socket.path])
    try await eventually { socket.heard.contains("READY=1") }
    try await eventually { socket.heard.contains("WATCHDOG=1") }
    daemon.signal(SIGHUP)
    try await eventually {
      socket.heard.contains { $0.hasPrefix("RELOADING=1") }
    }
    try await daemon.end(by: SIGTERM)
    #expect(socket.heard.contains("STOPPING=1"))
  }

  @Test func `may open as many files as the machine lets it, whatever its shell gave it`()
    async throws
  {
    let town = try await Town()
    let script = "ulimit -S -n 64; echo $$ > \"$0\"; exec \"$@\""
    let pid = town.home.path("pid")
    let daemon = try Program(
      ["-c", script, pid, Program.url.path, "run", "--config", town.config], path: "/bin/sh")
    try await eventually { !town.mails.isEmpty }
    let number = try town.home.read("pid").filter(\.isNumber)
    let limits = try String(contentsOfFile: "/proc/\(number)/limits", encoding: .utf8)
    let files = limits.split(separator: "\n").first { $0.hasPrefix("Max open files") }
    let given = files?.split(separator: " ").dropFirst(3).prefix(2).map(String.init) ?? []
    #expect(given.count == 2 && given[0] == given[1], "soft and hard: \(given)")
    #expect(given.first != "64")
    try await daemon.end(by: SIGTERM)
  }

  @Test func `counts no blind spot between two rounds within the major window`() async throws {
    let town = try await Town()
    _ = try await Program.run(["run", "--once", "--config", town.config])
    try await town.letPass(minutes: 20)
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(try await town.blindSpots() == 0)
    try await town.letPass(minutes: 40)
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(try await town.blindSpots() == 1)
  }

  @Test func `does one round and what is due with --once`() async throws {
    let town = try await Town(threads: 3)
    let outcome = try await Program.run(["run", "--once", "--config", town.config])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(town.mails(to: "zjj@unit.example").count == 3)
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(town.mails(to: "zjj@unit.example").count == 3)
  }

  private func messageID(_ mail: String) -> String? {
    mail.split(whereSeparator: \.isNewline).first { $0.hasPrefix("Message-ID:") }.map(String.init)
  }
}
