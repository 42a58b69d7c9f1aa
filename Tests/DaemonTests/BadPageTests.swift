import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A feed that brings nothing` {
  /// A listing by XPath, as an office writes it.
  private static func feed(_ name: String, _ url: String, kind: String = "list") -> String {
    let rss = "name: \(name)\nkind: \(kind)\nurl: \(url)\nevery: 1s\nplace: 青川区\n"
    return kind == "rss"
      ? rss : rss + "items: //li\ntitle: ./a\nlink: ./a/@href\narticle: auto\n"
  }

  @Test func `is told to the admins once, to the leaders never, and hides no other feed`()
    async throws
  {
    let town = try await Town(every: "1s")
    let odd = try await OddServer()
    try town.web.pages.write("<html><body><p>本站改版</p></body></html>", to: "changed")
    try town.web.pages.write("{\"error\": \"系统繁忙\"}", to: "broken.xml")
    let feeds = [
      ("无人应答", "http://127.0.0.1:\(try freePort())/list", "list"),
      ("没完没了", "http://\(odd.host)/endless", "list"),
      ("传到一半", "http://\(odd.host)/cut", "list"),
      ("空白页面", "http://\(odd.host)/empty", "list"),
      ("页面改版", "http://\(town.web.host)/changed", "list"),
      ("不是订阅", "http://\(town.web.host)/broken.xml", "rss"),
      ("没有此页", "http://\(town.web.host)/nowhere", "list"),
    ]
    for (number, (name, url, kind)) in feeds.enumerated() {
      try town.home.write(Self.feed(name, url, kind: kind), to: "Feeds/bad-\(number).yaml")
    }
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    try await eventually {
      town.mails(to: "admin@letters.example").count >= feeds.count
    }
    // Some more rounds of what fails quickly, in which nothing is said again.
    let seen = town.visits(of: "/changed")
    try await eventually { town.visits(of: "/changed") >= seen + 4 }
    try town.put(threads: 2)
    try await eventually { town.mails(to: "zjj@unit.example").count == 2 }
    let status = try await Program.run(["status", "--config", town.config])
    try await daemon.end(by: SIGTERM)

    let letters = try await town.letters()
    for (number, (name, _, _)) in feeds.enumerated() {
      #expect(letters.count { $0.all.contains(name) } == 1, "\(name)")
      #expect(
        letters.contains { $0.to == "admin@letters.example" && $0.all.contains(name) }, "\(name)")
      #expect(status.output.contains("bad-\(number)"), "\(name)")
    }
    #expect(status.code == 1, "something is wrong, and status says so")
    #expect(letters.count { $0.to == "leaders@letters.example" } == 2)
  }

  @Test func `is told as seen again once it brings something`() async throws {
    let town = try await Town(every: "1s")
    try town.web.pages.write("<html><body><p>本站改版</p></body></html>", to: "list")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually {
      town.mails(to: "admin@letters.example").count == 1
    }
    try town.put(threads: 1)
    try await eventually {
      town.mails(to: "admin@letters.example").count == 2
    }
    try await eventually { town.mails(to: "zjj@unit.example").count == 1 }
    try await daemon.end(by: SIGTERM)
  }

  @Test func `gets no file of this machine into anything by an entity of XML`() async throws {
    let town = try await Town()
    let secret = "燃气泄漏机密\(UUID().uuidString)"
    try town.home.write(secret, to: "secret.txt")
    let entity = "<!ENTITY leak SYSTEM \"file://\(town.home.path("secret.txt"))\">"
    func rss(_ number: Int) -> String {
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE rss [\(entity)
        <!ENTITY % more SYSTEM "file://\(town.home.path("secret.txt"))"> %more;]>
      <rss version="2.0"><channel><title>&leak;</title><item>
      <title>青溪村燃气泄漏\(number)&leak;</title>
      <link>http://\(town.web.host)/t/1?\(number)&amp;leak</link>
      <description>青溪村有燃气泄漏，很危险，请派人来看。&leak;</description>
      </item></channel></rss>
      """
    }
    try town.web.pages.write(rss(1), to: "leak.xml")
    try town.web.pages.write(rss(2), to: "leak")
    let article = "items: //item\ntitle: ./title\nlink: ./link\narticle: auto\n"
    try town.home.write(
      Self.feed("订阅", "http://\(town.web.host)/leak.xml", kind: "rss"), to: "Feeds/rss.yaml")
    try town.home.write(
      Self.feed("网页", "http://\(town.web.host)/leak", kind: "rss"), to: "Feeds/page.yaml")
    try town.home.write(
      "name: 列表\nkind: list\nurl: http://\(town.web.host)/leak\nevery: 1s\n" + article,
      to: "Feeds/list.yaml")
    for _ in 0..<3 {
      _ = try await Program.run(["run", "--once", "--log", "trace", "--config", town.config])
    }
    let round = try await Program.run(
      ["run", "--once", "--log", "trace", "--config", town.config])
    let tried = try await Program.run(["try", "rss", "--config", town.config])
    #expect(town.visits(of: "/leak.xml") >= 4)
    var places = ["log": Data(round.errors.utf8), "try": Data((tried.output + tried.errors).utf8)]
    for name in town.home.names(in: "data") {
      places[name] = try Data(contentsOf: URL(fileURLWithPath: town.home.path("data/\(name)")))
    }
    for (index, letter) in try await town.letters().enumerated() {
      places["mail \(index)"] = Data(letter.all.utf8)
    }
    for (place, bytes) in places {
      #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(place)")
    }
    // The search can find: the threads of the board are in both.
    #expect(places.contains { $0.key.hasPrefix("mail") && $0.value.range(of: gist) != nil })
    #expect(places.contains { $0.key.hasPrefix("ledger") && $0.value.range(of: gist) != nil })
  }

  private var gist: Data { Data("煤气味很重".utf8) }

  @Test(arguments: [("GB18030", "utf-8"), ("UTF-8", "gb2312"), ("BIG5", "utf-8")])
  func `but is read where only its charset lies`(written: String, said: String) async throws {
    let town = try await Town()
    let title = written == "BIG5" ? "幸福路燃氣洩漏" : "幸福路7号燃气泄漏，飘香镕园"
    let date = Town.time("yyyy-MM-dd HH:mm", after: -600)
    try town.change("[燃气泄漏]", to: "[燃气泄漏, 燃氣洩漏]", in: "Rules/gas.yaml")
    let pages = [
      "list": "<ul><li><a href='/t/9'>\(title)</a> <span>\(date)</span></li></ul>",
      "t/9": "<h1>\(title)</h1><div class=content><p>\(title)，速派人。\(title)。</p></div>",
    ]
    for (path, body) in pages {
      let page = "<html><head><meta charset=\(said)></head><body>\(body)</body></html>"
      try town.home.write(page, to: "page")
      let converted = try await Program.run(
        "/usr/bin/env",
        [
          "iconv", "-f", "UTF-8", "-t", written, "-o", town.web.pages.path(path),
          town.home.path("page"),
        ])
      try #require(converted.code == 0, "\(converted.errors)")
    }
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(try await town.alerts().map(\.title) == [title])
    let letters = try await town.letters()
    #expect(letters.count == 3)
    #expect(letters.allSatisfy { $0.text.contains("\(title)，速") })
  }
}
