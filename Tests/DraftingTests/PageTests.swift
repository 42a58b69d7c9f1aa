import Drafting
import Foundation
import Testing
import Vocabulary

/// Leaders read a digest on a telephone and file it on paper: a browser says what both look like.
@Suite(.enabled(if: Browser.isHere, "chromium is not installed"))
struct `A digest's page` {
  private static let all: [(String, Digest)] = [
    ("quiet", Days.quiet), ("busy", Days.busy), ("ordinary week", Days.ordinaryWeek),
    ("week", Days.week), ("month", Days.month), ("outage", Days.outage),
    ("full month", Days.fullMonth),
  ]

  @Test(.timeLimit(.minutes(10)), arguments: Language.allCases)
  func `is no wider than a telephone`(_ language: Language) throws {
    let pages = try Self.all.map { try html(of: $0.1, language) }
    let frames = pages.map { page in
      let quoted = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
      return "<iframe srcdoc=\"\(quoted)\" style=\"width:390px;height:800px;border:0\"></iframe>"
    }
    let measure = """
      <script>onload = () => document.body.append('beyond:' + [...document.querySelectorAll('iframe')]
      .map(f => f.contentDocument.documentElement).map(d => d.scrollWidth - d.clientWidth).join(',') + ';')</script>
      """
    let dom = try Browser.dom(
      of: "<!DOCTYPE html><meta charset=utf-8><body>\(frames.joined())\(measure)</body>",
      within: 60)
    let beyond = try #require(dom.firstMatch(of: /beyond:([0-9,]+);/)).1
    #expect(beyond.split(separator: ",").map { Int($0) } == pages.map { _ in 0 })
  }

  @Test(.timeLimit(.minutes(10)))
  func `is one sheet of paper, however much there is`() throws {
    let sheets = try Self.all.map { name, digest in
      "\(name): \(try Browser.sheets(of: try html(of: digest, .zh)))"
    }
    #expect(
      sheets == [
        "quiet: 1", "busy: 1", "ordinary week: 1", "week: 1", "month: 1", "outage: 1",
        "full month: 1",
      ])
  }

  @Test(.timeLimit(.minutes(10)))
  func `of a change of shifts is one sheet too`() throws {
    let desk = try Desk(office: HandOvers.office)
    let sheets = try [HandOvers.busy, HandOvers.flood].map { list in
      try Browser.sheets(of: try #require(desk.notices(for: .handOver(list)).first).html)
    }
    #expect(sheets == [1, 1])
  }

  private func html(of digest: Digest, _ language: Language) throws -> String {
    let office = Town.office { $0.language = language }
    return try #require(try Desk(office: office).notices(for: .digest(digest)).first).html
  }
}

extension Browser {
  /// How many sheets of paper a page is printed on.
  static func sheets(of html: String) throws -> Int {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "huiyin-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (page, paper) = (folder.appending(path: "page.html"), folder.appending(path: "page.pdf"))
    try html.write(to: page, atomically: true, encoding: .utf8)
    let chromium = Process()
    chromium.executableURL = URL(filePath: path)
    chromium.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(folder.path)/profile",
      "--no-pdf-header-footer", "--print-to-pdf=\(paper.path)", page.absoluteString,
    ]
    (chromium.standardOutput, chromium.standardError) = (
      FileHandle.nullDevice, FileHandle.nullDevice
    )
    try chromium.run()
    chromium.waitUntilExit()
    let text = String(decoding: try Data(contentsOf: paper), as: UTF8.self)
    return try #require(text.matches(of: /\/Count (\d+)/).compactMap { Int($0.1) }.max())
  }
}
