import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Extracting

/// Workbooks as another program writes them: openpyxl, and Python's own zip.
@Suite struct `A workbook` {
  private static let script = """
    import datetime, io, sys, zipfile, openpyxl
    kind, path = sys.argv[1:3]
    book = openpyxl.Workbook()
    sheet = book.active
    if kind == "1904": book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    if kind == "second": sheet.append(["说明"]); sheet = book.create_sheet("数据")
    sheet.append(["青川区工单导出表"]); sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["工单编号", "来电人", "联系电话", "标题", "诉求内容", "登记时间"])
    sheet.append(["A1", "张三丰", 13800138000, "竹园镇停水", "停水三天", datetime.datetime(2026, 3, 1, 8, 30)])
    sheet.append(["A2", "李四光", None, "路灯不亮", '幸福路, 从"3号"起', datetime.date(2026, 3, 2)])
    sheet.append([None, "王五", None, None, None, "2026-03-02"])
    book.save(path)
    if kind == "bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/workbook.xml", "<workbook><sheets/></workbook>")
            with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                for _ in range(200): sheet.write(b" " * (1 << 20))
    if kind == "entities":
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("xl/workbook.xml", "<workbook><sheets/></workbook>")
            file.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
                '<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>')
    """

  private func workbook(_ kind: String) async throws -> [UInt8] {
    let folder = try Folder()
    let path = folder.path("export.xlsx")
    let made = try await Program.run(
      "/usr/bin/python3", ["-c", Self.script, kind, path], input: nil)
    try #require(made.code == 0, "\(made.errors)")
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  private func export() -> Feed {
    feed(.file) { feed in
      feed.export = ExportFolder(
        path: "/in",
        columns: [
          .title: ["标题"], .body: ["诉求内容"], .date: ["登记时间"], .id: ["工单编号"],
        ])
    }
  }

  private func read(_ bytes: [UInt8]) throws -> Extract {
    try extractor.extract(page(bytes, url: "file:///in/x.xlsx"), of: export())
  }

  @Test(arguments: ["1900", "1904", "second"])
  func `is read under its merged title, with its dates, and by mapped columns alone`(
    _ kind: String
  ) async throws {
    let extract = try read(try await workbook(kind))
    #expect(
      extract.items.map { "\($0.title)|\($0.body)|\(shown($0.published))" } == [
        "竹园镇停水|停水三天|2026-03-01T08:30:00", "路灯不亮|幸福路, 从\"3号\"起|day 2026-03-02",
      ])
    #expect(extract.brokenRows == [6], "by the number that Excel shows")
    for name in ["张三", "李四", "王五", "1380013"] { #expect(!"\(extract)".contains(name)) }
  }

  @Test func `that unfolds without end is not read`() async throws {
    let bomb = try await workbook("bomb")
    #expect(bomb.count < 400_000)
    let miss = try #require(#expect(throws: Miss.self) { try read(bomb) })
    #expect(miss.cause == .tooLarge)
  }

  @Test func `with a DTD is not read`() async throws {
    let hostile = try await workbook("entities")
    let miss = try #require(#expect(throws: Miss.self) { try read(hostile) })
    #expect(miss.cause == .unreadable)
  }

  @Test func `that is cut short or is none says so`() async throws {
    let whole = try await workbook("1900")
    for part in [
      Array(whole.prefix(whole.count / 2)),
      [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 7, count: 900),
    ] {
      let miss = try #require(#expect(throws: Miss.self) { try read(part) })
      #expect(miss.cause == .unreadable && miss.reason.zh.contains("XLSX"))
    }
  }
}
