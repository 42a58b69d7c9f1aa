import Drafting
import Testing
import Vocabulary

@Suite struct `A hostile text` {
  static let titles = [
    "停水\r\nBcc: someone@evil.example", "停水\u{2028}X-Evil: 1", "停水\u{2029}\u{85}\u{0B}\u{0C}后面",
    "停水\u{0}\u{1B}[2J\u{7}", "\u{202E}moc.live\u{202C}停水\u{2066}\u{200F}",
    "<script>canary()</script>停水", "\"><img src=x onerror=canary()>停水", "{{subject}}{{#rows}}停水",
    "停水\"\u{301} onmouseover=canary() x=\"\u{301}", "", "   ", String(repeating: "停水", count: 4000),
    "停" + String(repeating: "\u{489}", count: 20_000), "停水\u{FEFF}\u{E0041}\u{FFFE}",
  ]

  @Test(arguments: titles)
  func `never breaks or steers a subject`(_ title: String) throws {
    let notices = try papers(of: title)
    for subject in notices.map(\.subject) {
      #expect(!subject.unicodeScalars.contains(where: isSteering), "\(subject.debugDescription)")
      #expect(subject.unicodeScalars.count < 200)
      #expect(subject.hasPrefix("【"))
    }
  }

  @Test(arguments: titles)
  func `is shown in bodies and steers nothing there`(_ title: String) throws {
    for notice in try papers(of: title) {
      for text in [notice.text, notice.html] {
        #expect(!text.unicodeScalars.contains { $0 != "\n" && isSteering($0) })
        #expect(text.unicodeScalars.count < 40_000)
      }
      #expect(!notice.html.contains("<script"))
      #expect(!notice.html.contains("<img"))
      #expect(
        !notice.html.unicodeScalars.contains { $0.value == 0x301 } || !quotesBareMark(notice.html))
    }
  }

  @Test func `in braces is no template`() throws {
    let notice = try papers(of: "{{subject}}{{{body}}}{{#rows}}")[0]
    #expect(notice.html.contains("{{subject}}{{{body}}}{{#rows}}"))
  }

  @Test(arguments: [
    "javascript:canary()", "data:text/html,<script>canary()</script>", "JaVaScRiPt://x/%0Acanary()",
    "https://gov.example@evil.example/", "https://gov.example\\@evil.example/", "http://",
    "https://gov.example/ x", "ftp://gov.example/", "//evil.example/",
    "https://gov.example/\u{202E}x",
    "https://gov.example/\nx",
  ])
  func `in an address is shown and not linked`(_ url: String) throws {
    var item = Town.item
    item.url = url
    for notice in try Desk(office: Town.office).notices(for: .raised(Town.alertCase(item: item))) {
      #expect(!notice.html.contains("href="))
    }
    var digest = Days.quiet
    digest.lines = [Days.line(1, .general, .open, "停水", sent: true)]
    digest.lines[0].url = url
    let notices = try Desk(office: Town.office).notices(for: .digest(digest))
    #expect(notices.allSatisfy { !$0.html.contains("href=") })
  }

  @Test func `in an address that may be opened cannot leave its attribute`() throws {
    var item = Town.item
    item.url = "https://board.example/?a=\"\u{301}onmouseover=canary()&b='<x>"
    let notice = try Desk(office: Town.office).notices(for: .raised(Town.alertCase(item: item)))[0]
    #expect(
      notice.html.contains(
        "href=\"https://board.example/?a=&quot;\u{301}onmouseover=canary()&amp;b=&#39;&lt;x&gt;\""))
  }

  @Test func `in names, reasons and replies is harmless too`() throws {
    let evil = "x\r\n\u{202E}<b>\"'"
    let troubles: [Trouble] = [
      .feedBlind(
        Feed.ID(rawValue: evil), name: evil, since: nil, misses: 3,
        Miss(.wall, url: evil, reason: Phrase(zh: evil, en: evil)), at: Town.morning),
      .mailFailing(
        MailAddress(address: evil), reply: evil, notice: Notice.ID(rawValue: evil), at: Town.morning
      ),
      .setupChanged(
        [
          SetupChange(
            .rule(Rule.ID(rawValue: evil), name: evil), .added, [Phrase(zh: evil, en: evil)]),
          SetupChange(.unit(UnitName(rawValue: evil)), .removed),
          SetupChange(.setting(evil), .changed),
        ], ruleBook: RuleBook.Version(rawValue: evil), at: Town.morning),
      .setupRefused(
        [Diagnostic(.error, at: Place(file: evil, line: 1, column: 1), Phrase(zh: evil, en: evil))],
        at: Town.morning),
    ]
    for trouble in troubles {
      for notice in try Desk(office: Town.office).notices(for: .trouble(trouble)) {
        #expect(!notice.subject.unicodeScalars.contains(where: isSteering))
        #expect(!notice.html.contains("<b>"))
        #expect(!notice.text.unicodeScalars.contains { $0 != "\n" && isSteering($0) })
      }
    }
  }

  @Test func `with evidence that lies outside it is survived`() throws {
    let alertCase = Town.alertCase { changed in
      changed.verdict.evidence = [(-1, 2), (5, 3), (0, 99_999), (Int.max - 1, Int.max)].map {
        Evidence(
          rule: Rule.ID(rawValue: "r"), ruleName: "停水", keyword: "停\n水", field: .body, start: $0.0,
          end: $0.1, grade: .major)
      }
    }
    #expect(try Desk(office: Town.office).notices(for: .raised(alertCase)).count == 3)
  }

  private func papers(of title: String) throws -> [Notice] {
    var item = Town.item
    item.title = title
    item.body = title + "\n" + title
    let alertCase = Town.alertCase { changed in
      changed.item = item
      changed.feedName = title.isEmpty ? "板" : title
    }
    var digest = Days.quiet
    digest.lines = [Days.line(1, .general, .open, title, sent: true)]
    let desk = try Desk(office: Town.office)
    var waiting = Batches.alertCase(17, title)
    waiting.item.body = title
    let papers = desk.notices(for: .raised(waiting)).compactMap(Batch.Paper.init(notice:))
    let batch = Batch(
      to: Recipient(Town.address("water"), as: .unit), of: .contactSheet, papers, at: Town.morning,
      dueAt: Town.morning)
    return [Occasion.raised(alertCase), .digest(digest), .batch(batch)].flatMap(desk.notices)
  }

  private func isSteering(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D: false
    case 0x0...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
    default: scalar.properties.generalCategory == .format
    }
  }

  /// Whether a quotation mark under an accent stands there unescaped.
  private func quotesBareMark(_ html: String) -> Bool {
    html.contains { $0.unicodeScalars.count > 1 && $0.unicodeScalars.first == "\"" }
  }
}
