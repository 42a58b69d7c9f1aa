import Mustache
import Testing
import Vocabulary

@testable import Drafting

@Suite struct `A template` {
  static let texts = [
    Templates.opening, Templates.closing, Templates.sheet, Templates.cell, Templates.digest,
    Templates.line, Templates.share, Templates.batch, Templates.digestOpening,
  ]

  @Test(arguments: texts)
  func `names only what a paper stores`(_ text: String) {
    for name in names(in: text) {
      #expect(stored.contains(name), "\(name) would silently stay empty")
    }
  }

  @Test(arguments: texts)
  func `asks nothing of the outside and runs nothing`(_ text: String) {
    for word in [
      "<script", "<link", "<img", "src=", "url(", "@import", "http", " on", "{{{",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test(arguments: texts)
  func `writes no letters smaller than 14 pixels`(_ text: String) {
    for match in text.matches(of: /font-size:(\d+)px/) {
      #expect((Int(match.1) ?? 0) >= 14)
    }
  }

  @Test func `can name everything that a paper holds`() {
    for part in parts {
      for (label, value) in Mirror(reflecting: part).children
      where !isNil(value) && label != "noticeID" {
        #expect((part as? any MustacheParent)?.child(named: label ?? "") != nil, "\(label ?? "")")
      }
    }
  }

  /// What papers hold, by reflection.
  private var stored: Set<String> {
    Set(parts.flatMap { Mirror(reflecting: $0).children.compactMap(\.label) })
  }

  private var parts: [Any] {
    var cell = Cell("", "", aside: "")
    (cell.link, cell.blank) = (Link("https://x.example/"), 1)
    var sheet = Sheet(
      lang: "", subject: "", tint: "", leads: [], heading: Sheet.Heading(office: "", name: ""))
    sheet.box = Sheet.Box(heading: "", lines: [])
    sheet.form = Form([Row(cell)])
    let view = DigestView(Days.busy, of: Town.office { $0.trial = .everyone })
    let letter = BatchLetter(Batches.contactSheets, of: Town.office)
    let tables = view.sections.flatMap(\.tables)
    return [sheet, sheet.heading, Row(cell), cell]
      + [sheet.box as Any?, sheet.form].compactMap { $0 }
      + [Link("https://x.example/"), letter, view] + letter.mentions + view.figures
      + view.sections + view.sections.flatMap(\.mentions) + tables + tables
      + tables.flatMap(\.rows)
      + tables.flatMap(\.rows).compactMap(\.bar)
  }

  private func isNil(_ value: Any) -> Bool {
    let mirror = Mirror(reflecting: value)
    return mirror.displayStyle == .optional && mirror.children.isEmpty
  }

  private func names(in text: String) -> [String] {
    text.matches(of: /\{\{[#^\/]?([A-Za-z]+)\}\}/).map { String($0.1) }
  }
}
