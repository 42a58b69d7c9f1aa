import Foundation
import Settings
import TestSupport
import Testing
import Vocabulary

@Suite struct `The roster of a set-up` {
  private func reading(_ bytes: Data, extra: String = "") throws -> Settings.Outcome {
    let scratch = try Scratch()
    try scratch.copySound()
    try scratch.write(bytes, to: "roster.csv")
    try scratch.append("roster: ./roster.csv\n\(extra)", to: "huiyin.yaml")
    return try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
  }

  private func shifts(_ text: String) throws -> [Shift] {
    let outcome = try reading(Data(text.utf8))
    #expect(outcome.diagnostics.allSatisfy { $0.weight == .warning }, "\(outcome.diagnostics)")
    return try #require(outcome.setup?.office.roster).shifts
  }

  private let night = Shift(
    from: Sample.time(2026, 12, 1, 18), to: Sample.time(2026, 12, 2, 8, 30),
    officers: [Sample.address("zhang@letters.example")],
    leaders: [Sample.address("li@letters.example")])

  @Test(arguments: [
    "2026-12-01 18:00,2026-12-02 08:30", "2026/12/1 18:00,2026/12/2 8:30",
    "2026-12-01T18:00,2026-12-02T08:30:00", "2026.12.01 18:00:00,2026.12.02 08:30",
    "2026年12月1日 18:00,2026年12月2日8时30分", "２０２６/12/1　18：00,\" 2026/12/2 8:30 \"",
    "2026-12-1  18:00 ,2026 - 12 - 02 8点30分",
  ])
  func `takes times as spreadsheet programs write them`(times: String) throws {
    let text = "from,to,officers,leaders\n\(times),zhang@letters.example,li@letters.example\n"
    #expect(try shifts(text) == [night])
  }

  @Test(arguments: [
    "from,to,officers,leaders", "起,止,值班员,带班领导", "开始时间, 结束时间 ,值班人员,带班",
    "From,TO,Officers,Leaders", "起（日期 时刻）,止(日期 时刻),值班员（邮箱）,值班领导",
  ])
  func `takes headings in either language`(head: String) throws {
    let row = "2026-12-01 18:00,2026-12-02 08:30,zhang@letters.example,li@letters.example"
    #expect(try shifts("\(head)\n\(row)\n") == [night])
  }

  @Test(arguments: [
    "zhang@letters.example;wang@letters.example", "zhang@letters.example；wang@letters.example",
    "zhang@letters.example、wang@letters.example", "zhang@letters.example wang@letters.example",
    "\"zhang@letters.example, wang@letters.example\"",
    "\"zhang@letters.example\nwang@letters.example;\nZhang@letters.example\"",
  ])
  func `takes several addresses in a cell, each once`(cell: String) throws {
    let row = "2026-12-01 18:00,2026-12-02 08:30,\(cell)"
    let found = try shifts("from,to,officers\n\(row)\n")
    #expect(
      found.map { $0.officers.map(\.address) } == [
        ["zhang@letters.example", "wang@letters.example"]
      ])
  }

  @Test func `takes names before addresses`() throws {
    let row =
      "2026-12-01 18:00,2026-12-02 08:30,张 工 <zhang@letters.example>；王工 <wang@letters.example>"
    let found = try shifts("起,止,值班员\n\(row)\n")
    #expect(found.first?.officers.map(\.name) == ["张 工", "王工"])
  }

  @Test func `is read in UTF-8 with and without a mark, and in GB18030, whatever ends its lines`()
    throws
  {
    let rows = [
      "起,止,值班员,带班领导,备注", "# 元旦另排",
      "2026-12-01 18:00,2026-12-02 08:30,zhang@letters.example,li@letters.example,夜班", ",,,,",
    ]
    for lineEnd in ["\n", "\r\n", "\r"] {
      let text = rows.joined(separator: lineEnd)
      let gb18030 = try #require(Saved.gb18030(text))
      let utf8 = Data(text.utf8)
      for bytes in [utf8, Data([0xEF, 0xBB, 0xBF]) + utf8, gb18030] {
        #expect(try reading(bytes).setup?.office.roster == Roster([night]))
      }
    }
  }

  @Test func `takes the last minute of an hour, and midnight at a day's end, for its end`() throws {
    let found = try shifts(
      """
      from,to,officers
      2026-12-01 18:00,2026-12-01 23:59,zhang@letters.example
      2026-12-02 00:00,2026-12-02 24:00,wang@letters.example

      """)
    #expect(found.map(\.to) == [Sample.time(2026, 12, 2), Sample.time(2026, 12, 3)])
  }

  @Test func `is read in the office's own zone`() throws {
    let text = "from,to,officers\n2026-12-01 18:00,2026-12-02 08:30,zhang@letters.example\n"
    let scratch = try Scratch()
    try scratch.copySound()
    try scratch.write(text, to: "roster.csv")
    let setup = try String(contentsOfFile: scratch.path("huiyin.yaml"), encoding: .utf8)
    try scratch.write(
      setup.replacingOccurrences(of: "Asia/Shanghai", with: "Asia/Urumqi")
        + "roster: ./roster.csv\n", to: "huiyin.yaml")
    let outcome = try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
    #expect(outcome.setup?.office.roster?.shifts.first?.from == night.from + .hours(2))
  }

  @Test(arguments: [
    "12月1日 18:00", "2026-12-01", "18:00", "46357.75", "2026-12-01 25:00", "2026-02-30 18:00",
    "26-12-01 18:00", "12/1/2026 18:00", "2026-12-01 18:00 PM", "99999999999999999999-1-1 1:00",
  ])
  func `refuses a time that could be another`(time: String) throws {
    let text = "from,to,officers\n\(time),2026-12-02 08:30,zhang@letters.example\n"
    let outcome = try reading(Data(text.utf8))
    let errors = outcome.diagnostics.filter { $0.weight == .error }
    #expect(errors.map(\.place.line) == [2])
    #expect(errors.map(\.place.column) == [1])
  }
}

/// Texts as other programs save them.
private enum Saved {
  /// A text in the charset that Excel writes where the system speaks Chinese.
  static func gb18030(_ text: String) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
    process.arguments = ["-f", "UTF-8", "-t", "GB18030"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    guard (try? process.run()) != nil else { return nil }
    input.fileHandleForWriting.write(Data(text.utf8))
    try? input.fileHandleForWriting.close()
    return try? output.fileHandleForReading.readToEnd()
  }
}
