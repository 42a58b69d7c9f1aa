import Foundation

/// A little town: an office's set-up, a web server with a board, and the real program.
package final class Town: Sendable {
  /// The server of its pages.
  package let web: WebServer
  /// The folder of its set-up, its ledger and its mails.
  package let home: Folder

  /// A town whose board has threads 1 to `threads`, all about a leak of gas.
  package init(threads: Int = 1, every: String = "2s", language: String = "zh") async throws {
    web = try await WebServer()
    home = try Folder()
    try FileManager.default.createDirectory(
      atPath: home.path("data"), withIntermediateDirectories: true)
    try home.write(Town.office(language), to: "huiyin.yaml")
    try home.write(Town.rules, to: "Rules/gas.yaml")
    try home.write(Town.feed(web.host, every: every), to: "Feeds/board.yaml")
    try put(threads: threads)
  }

  /// The path of the set-up.
  package var config: String { home.path("huiyin.yaml") }

  /// Puts threads on the board, each a major one with a text of its own.
  package func put(threads: Int) throws {
    let rows = (1...threads).reversed().map {
      "<li><a href='/t/\($0)'>幸福路\($0)号燃气泄漏</a> <span>刚刚</span></li>"
    }
    for number in 1...threads {
      try web.pages.write(Town.thread(number), to: "t/\(number)")
    }
    try web.pages.write(
      "<html><meta charset=utf-8><body><ul>\(rows.joined(separator: "\n"))</ul></body></html>",
      to: "list")
  }

  /// The mails in the office's Maildir.
  package var mails: [String] {
    home.names(in: "outbox/new").compactMap { try? home.read("outbox/new/\($0)") }
  }

  /// How many mails are addressed to somebody.
  package func mails(to address: String) -> [String] {
    mails.filter {
      $0.contains("To: ") && $0.contains("<\(address)>") || $0.contains("To: \(address)")
    }
  }

  private static func thread(_ number: Int) -> String {
    """
    <html><meta charset=utf-8><body><h1>幸福路\(number)号燃气泄漏</h1>
    <div class=author>网友：夜航的猫\(number) 用户ID：77120\(number) IP属地：四川</div>
    <div class=content><p>幸福路\(number)号楼道里煤气味很重，\(number)单元有燃气泄漏，已经有老人头晕，
    打了燃气公司电话还没有人来，楼下就是小学，第\(number)次反映，请尽快派人处置。</p>
    <p>联系人电话 1380013\(8000 + number % 1000)，邮箱 cat\(number)@mail.example。</p></div></body></html>
    """
  }

  private static func feed(_ host: String, every: String) -> String {
    """
    name: 青川区领导留言板
    kind: board
    url: http://\(host)/list
    every: \(every)
    items: //li
    title: ./a
    link: ./a/@href
    date: ./span
    article: {title: //h1, body: "css:.content"}
    place: 青川区
    """
  }

  private static let rules = """
    rules:
      - id: gas-leak
        name: 燃气泄漏
        topic: 安全生产
        unit: 燃气
        grade: major
        any: [燃气泄漏]
    """

  private static func office(_ language: String) -> String {
    """
    office: 青川区信访局
    language: \(language)
    data: ./data
    feeds: Feeds
    rules: Rules
    mail: {from: 舆情值班室 <duty@letters.example>, maildir: ./outbox}
    units:
      - {name: 区住建局, roles: [燃气], mail: [zjj@unit.example], deputy: [zjj2@unit.example]}
    officers: [officer@letters.example]
    leaders: [leaders@letters.example]
    admins: [admin@letters.example]
    fetch: {pause: 0s, allow_private: [127.0.0.0/8]}
    """
  }
}
