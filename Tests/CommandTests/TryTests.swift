import Foundation
import TestSupport
import Testing

@Suite struct `huiyin try` {
  @Test func `shows what a real round would take in, and stores nothing`() async throws {
    let town = try await Town(threads: 3)
    let outcome = try await town.run("try", "board", "--json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(town.home.names(in: "data").isEmpty)
    #expect(town.mails.isEmpty)
    let tried = try outcome.objects
    #expect(tried.allSatisfy { Set($0.keys) == ["url", "title", "body", "publishedAt", "answer"] })
    let asked = town.web.requests
    _ = try await town.run("run", "--once")
    #expect(Array(town.web.requests.dropFirst(asked.count)).sorted() == asked.sorted())
    let found = try await town.alerts()
    #expect(
      Set(tried.compactMap { $0["url"] as? String })
        == Set(found.compactMap { $0["url"] as? String }))
    #expect(
      Set(tried.compactMap { $0["title"] as? String })
        == Set(found.compactMap { $0["title"] as? String }))
    let shown = try await town.run("try", "board", "--articles", "1")
    #expect(shown.output.contains("幸福路3号燃气泄漏"))
    #expect(tooWide(shown.output) == [])
    #expect(!shown.output.contains("夜航的猫"))
  }

  @Test func `says which step failed, and exits 1`() async throws {
    let town = try await Town(threads: 2)
    let board = try town.home.read("Feeds/board.yaml")
    func feed(_ name: String, _ old: String, _ new: String) throws {
      try town.home.write(
        board.replacingOccurrences(of: old, with: new), to: "Feeds/\(name).yaml")
    }
    try feed("gone", town.web.host, "127.0.0.1:\(try freePort())")
    try feed("moved", "/list", "/nowhere")
    try feed("rebuilt", "items: //li", "items: //tr")
    for (name, step) in [("gone", "连接："), ("moved", "404"), ("rebuilt", "提取：")] {
      let outcome = try await town.run("try", name)
      #expect(outcome.code == 1, "\(name)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(step), "\(name): \(outcome.errors)")
    }
    try FileManager.default.removeItem(atPath: town.web.pages.path("t/1"))
    let halved = try await town.run("try", "board")
    #expect(halved.code == 1)
    #expect(halved.output.contains("幸福路1号燃气泄漏"), "its title stays")
    #expect(halved.errors.contains("/t/1\n  "))
    let unknown = try await town.run("try", "bord")
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("board gone moved rebuilt"))
  }

  @Test func `proposes a feed's file for an address, which check accepts and try reads`()
    async throws
  {
    let town = try await Town(threads: 5)
    let proposed = try await town.run("try", "http://\(town.web.host)/list")
    #expect(proposed.code == 0, "\(proposed.errors)")
    #expect(proposed.errors.contains("幸福路5号燃气泄漏"))
    #expect(proposed.output.contains("off: true"))
    try town.home.write(proposed.output, to: "Feeds/new.yaml")
    let check = try await town.run("check")
    #expect(check.code == 0, "\(check.output)")
    let tried = try await town.run("try", "new", "--json")
    #expect(try tried.objects.count == 5, "\(proposed.output)")
    let nothing = try await town.run("try", "http://\(town.web.host)/t/1")
    #expect(nothing.code == 1 && nothing.output.isEmpty)
  }
}
