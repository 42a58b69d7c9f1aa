import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A hostile text` {
  private static let titles = [
    "燃气泄漏&#13;&#10;Bcc: evil@evil.example",
    "燃气泄漏&#8232;X-Evil: 1&#8233;Subject: 2&#133;To: 3",
    "燃气泄漏&lt;script&gt;alert(1)&lt;/script&gt;",
    "燃气泄漏&lt;img src=x onerror=alert(1)&gt;&quot;&gt;",
    "燃气泄漏{{mustache}}{{{title}}}{{#items}}{{/office}}",
    "燃气泄漏'); DROP TABLE item;--",
    "燃气泄漏 NEAR(\"a\" * OR -NOT title:^ \"",
    "=?utf-8?B?54eD5rCU?= 燃气泄漏 %s%n %00",
    "&lt;/title&gt;&lt;/head&gt;燃气泄漏&#0;&#27;[31m",
  ]

  @Test func `is text and nothing else, in mails and in the ledger`() async throws {
    let town = try await Town()
    let post = try await MailServer()
    try town.send(to: post)
    let threads = Self.titles.enumerated().map { number, title in
      BoardThread(
        number: number + 1, title: title,
        body: "<p>第\(number)处燃气泄漏，请速处置。</p><p>.</p><p>..</p><p>.com</p><p>QUIT</p>"
          + "<p>\(title)</p><p>末行\(number)号楼</p>")
    }
    try town.put(threads)
    let round = try await Program.run(["run", "--once", "--config", town.config])
    #expect(round.code == 0, "\(round.errors)")
    let letters = try await post.letters()
    #expect(letters.count == threads.count * 3)
    let fields = Set(letters.first?.names ?? [])
    for letter in letters {
      #expect(Set(letter.names) == fields && letter.names.count == fields.count)
      #expect(fields.isDisjoint(with: ["Bcc", "Cc", "X-Evil"]))
      #expect(letter.defects.isEmpty, "\(letter.defects)")
      #expect(letter.subject.unicodeScalars.allSatisfy { !$0.isLineBreakOrControl })
      #expect(!letter.html.contains("<script") && !letter.html.contains("<img src=x"))
      #expect(letter.html.components(separatedBy: "</title>").count <= 2)
    }
    func papers(_ number: Int) -> [Letter] {
      letters.filter { $0.text.contains("末行\(number)号楼") }
    }
    // Behind the lone dot all is there, and markup and templates stand as they were written.
    for number in Self.titles.indices { #expect(papers(number).count == 3, "\(number)") }
    #expect(papers(2).allSatisfy { $0.html.contains("&lt;script&gt;") })
    #expect(papers(4).allSatisfy { $0.text.contains("{{mustache}}{{{title}}}{{#items}}") })
    #expect(papers(5).allSatisfy { $0.subject.contains("'); DROP TABLE item;--") })
    #expect(try await town.alerts().count == threads.count)
    #expect(try await town.integrity() == "ok")
    #expect(!round.errors.contains("DROP TABLE"))
  }
}

extension Unicode.Scalar {
  /// Whether it would end a line or steer a terminal.
  fileprivate var isLineBreakOrControl: Bool {
    value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029
  }
}
