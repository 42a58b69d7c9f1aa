import Foundation
import TestSupport
import Testing

/// The register of alerts, read back by readers that are not ours: Python's `csv` and openpyxl.
@Suite struct `The register of alerts` {
  @Test func `has one row an alert in both formats, and none of its cells is a formula`()
    async throws
  {
    let town = try await Town(threads: 2)
    try town.nameThread(2, "=1+1,幸福路\"2号\"燃气泄漏")
    let round = try await town.run("run", "--once")
    #expect(round.code == 0, "\(round.errors)")
    let first = try #require(try await town.alerts().first?["id"] as? String)
    _ = try await town.run("ack", first, "--unit")
    let alerts = try await town.alerts()
    let text = try await town.register("csv")
    let book = try await town.register("xlsx")
    for register in [text, book] {
      #expect(register.map { $0["编号"] } == alerts.map { $0["id"] as? String })
      #expect(Set(register.map { $0["等级"] }) == ["重大舆情"])
      #expect(register.map { $0["承办单位"] } == ["区住建局", "区住建局"])
      #expect(register.map { $0["原文网址"] } == alerts.map { $0["url"] as? String })
      #expect(register.map { $0["时限结果"] } == ["时限内发出", "时限内发出"])
      #expect(register.map { $0["通知时限（分钟）"] } == ["30.0", "30.0"])
      for (name, key) in [("发现时间", "foundAt"), ("通知发出时间", "sentAt"), ("通知时限至", "dueAt")] {
        let times = alerts.map { ($0[key] as? String).map(asSpreadsheetsDo) }
        #expect(register.map { $0[name] } == times, "\(name)")
      }
      #expect(register.count { $0["承办单位签收时间"] == "" } == 1)
    }
    let title = "=1+1,幸福路\"2号\"燃气泄漏"
    #expect(text.map { $0["标题"] }.contains("'" + title))
    #expect(book.map { $0["标题"] }.contains(title))
  }

  @Test func `opens as a table that Excel reads: a byte order mark, lines that end with CR LF`()
    async throws
  {
    let town = try await Town()
    _ = try await town.run("run", "--once")
    let file = try Data(contentsOf: URL(filePath: try await town.write(register: "csv")))
    #expect(file.starts(with: [0xEF, 0xBB, 0xBF] + "\"编号\",\"等级\"".utf8))
    let text = String(decoding: file, as: UTF8.self)
    #expect(text.components(separatedBy: "\r\n").count == 3)
    #expect(text.hasSuffix("\r\n"))
    try town.speakEnglish()
    let one = try await town.run("alerts", try await town.onlyAlert(), "--format", "csv").output
    #expect(one.contains("\"id\",\"grade\""))
    #expect(one.contains("sent within the window"))
    let none = try await town.run("alerts", "--until", "2026-01-01", "--format", "csv")
    #expect(none.code == 0)
    #expect(none.output.components(separatedBy: "\r\n").count == 2)
  }

  @Test func `says of an allegation of misconduct its number, grade and times alone`() async throws
  {
    let town = try await Town()
    let office = try town.home.read("huiyin.yaml").replacingOccurrences(
      of: "units:", with: "supervision: 区纪委监委\nunits:\n  - {name: 区纪委监委, mail: [jw@unit.example]}")
    try town.home.write(office, to: "huiyin.yaml")
    let rules = try town.home.read("Rules/gas.yaml").replacingOccurrences(
      of: "topic: 安全生产", with: "topic: 党风廉政\n    kind: conduct")
    try town.home.write(rules, to: "Rules/gas.yaml")
    _ = try await town.run("run", "--once")
    let rows = try await town.register("csv")
    #expect(rows.count == 1)
    for name in ["承办单位", "问题类别", "信源", "原文网址"] { #expect(rows[0][name] == "", "\(name)") }
    #expect(rows[0]["编号"]?.isEmpty == false)
    #expect(rows[0]["发现时间"]?.isEmpty == false)
    let text = try await town.run("alerts", "--format", "csv").output
    for word in ["幸福路", "燃气", town.web.host] { #expect(!text.contains(word), "\(word)") }
  }

  @Test func `goes with neither --json nor an unknown format`() async throws {
    let town = try await Town()
    #expect(try await town.run("alerts", "--format", "csv", "--json").code == 2)
    #expect(try await town.run("alerts", "--format", "ods").code == 2)
  }
}

extension Town {
  /// Gives a thread of the board another title.
  fileprivate func nameThread(_ number: Int, _ title: String) throws {
    for path in ["list", "t/\(number)"] {
      let page = try web.pages.read(path).replacingOccurrences(
        of: "幸福路\(number)号燃气泄漏<", with: "\(title)<")
      try web.pages.write(page, to: path)
    }
  }

  /// Writes the register to a file, and tells its path.
  fileprivate func write(register format: String) async throws -> String {
    let file = home.path("register.\(format)")
    let written = try await Program.run(
      "/bin/sh",
      [
        "-c", "\"$0\" alerts --format \(format) --config \"$1\" >\"$2\"", Program.url.path, config,
        file,
      ])
    try #require(written.code == 0, "\(written.errors)")
    return file
  }

  /// The register as another program reads it: each row by its headings, every cell as a text.
  fileprivate func register(_ format: String) async throws -> [[String: String]] {
    let file = try await write(register: format)
    // Debian's own, which is the one that has its openpyxl.
    let read = try await Program.run("/usr/bin/python3", ["-c", reading, file])
    try #require(read.code == 0, "\(read.errors)")
    return try JSONDecoder().decode([[String: String]].self, from: Data(read.output.utf8))
  }
}

private let reading = """
  import csv, json, sys
  import openpyxl

  def rows_of_text(path):
      with open(path, encoding="utf-8-sig", newline="") as file:
          yield from csv.reader(file, strict=True)

  def rows_of_book(path):
      sheet = openpyxl.load_workbook(path).active
      assert sheet.title == "预警登记表", sheet.title
      for row in sheet.iter_rows():
          for cell in row:
              assert cell.data_type != "f", cell.value
          yield ["" if cell.value is None else
                 str(round(cell.value, 4)) if cell.is_date is False and cell.data_type == "n" else
                 cell.value.isoformat(" ", "seconds") if cell.is_date else str(cell.value)
                 for cell in row]

  path = sys.argv[1]
  head, *rows = list(rows_of_text(path) if path.endswith("csv") else rows_of_book(path))
  rows = [dict(zip(head, row)) for row in rows]
  for row in rows:
      row["通知时限（分钟）"] = str(float(row["通知时限（分钟）"]))
  print(json.dumps(rows))
  """

/// A moment of RFC 3339 as a spreadsheet writes it.
private func asSpreadsheetsDo(_ moment: String) -> String {
  String(moment.prefix(19)).replacingOccurrences(of: "T", with: " ")
}
