internal import Vocabulary

/// A file that a board's owner exported, as items (导出文件): whatever its name says, its first bytes say
/// what it is.
///
/// Only the columns that are mapped are looked at: exports hold names and telephones.
enum ExportReading {
  /// More rows than a year of a province's letters; what comes after is not read.
  static let mostRows = 50_000

  /// The rows of a file.
  static func extract(_ page: Page, of feed: Feed, _ dates: DateReader) throws(Miss) -> Extract {
    guard let export = feed.export else { return Extract() }
    guard page.bytes.contains(where: { !ASCII.isSpace($0) }) else {
      throw Miss(
        .empty, url: page.url,
        reason: Phrase(zh: "文件是空的，请重新导出", en: "the file is empty: export it again"))
    }
    if page.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return try workbook(ExportRows(feed, export, page, "xlsx", dates))
    }
    guard !page.bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else {
      throw Misses.unreadable(
        page,
        Phrase(
          zh: "这是旧版 Excel（.xls）的二进制文件：请用 Excel 或 WPS 另存为 .xlsx 或 .csv",
          en: "a binary workbook of the old kind (.xls): save it as .xlsx or .csv"))
    }
    let (bytes, charset) = page.bytes.withUnsafeBufferPointer { bytes in
      let guess = CharsetGuess(bytes, header: nil, feed: feed.charset)
      return (Decoding.utf8(bytes, from: guess.charset), guess.description)
    }
    let start = bytes.first { !ASCII.isSpace($0) && ![0xEF, 0xBB, 0xBF].contains($0) }
    switch start {
    case UInt8(ascii: "<"):
      return try table(bytes, ExportRows(feed, export, page, "HTML, \(charset)", dates))
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return try lines(bytes, ExportRows(feed, export, page, "JSON, \(charset)", dates))
    default:
      return try delimited(bytes, ExportRows(feed, export, page, charset, dates))
    }
  }

  private static func workbook(_ empty: ExportRows) throws(Miss) -> Extract {
    var rows = empty
    let book: Workbook
    do throws(WorkbookFault) {
      book = try Workbook(rows.page.bytes)
      for sheet in book.sheets where !rows.hasHeadings {
        rows.begin(countsFrom1904: book.countsFrom1904)
        try book.read(sheet) { number, cells in rows.take(cells, number: number) }
      }
    } catch {
      throw error.miss(rows.page)
    }
    return try rows.whole()
  }

  private static func table(_ bytes: [UInt8], _ empty: ExportRows) throws(Miss) -> Extract {
    guard let document = Document(html: bytes) else {
      throw Misses.unreadable(
        empty.page, Phrase(zh: "文件内容无法解析", en: "the file cannot be parsed"))
    }
    var rows = empty
    HTMLTable.read(document) { number, cells in rows.take(cells, number: number) }
    return try rows.whole()
  }

  private static func delimited(_ bytes: [UInt8], _ empty: ExportRows) throws(Miss) -> Extract {
    var rows = empty
    var text = DelimitedText(bytes)
    while let cells = text.next(), rows.take(cells, number: text.count) {}
    for row in Set(text.torn).sorted() { rows.isBroken(row) }
    return try rows.whole()
  }

  /// JSON Lines, or one list of objects.
  private static func lines(_ bytes: [UInt8], _ empty: ExportRows) throws(Miss) -> Extract {
    var rows = empty
    if let whole = JSONValue.read(bytes), case .list(let elements) = whole {
      for (index, element) in elements.enumerated()
      where !rows.take(element, number: index + 1) { break }
      return try rows.whole()
    }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains(where: { !ASCII.isSpace($0) }) {
      if let value = JSONValue.read(Array(line)), case .object = value {
        guard rows.take(value, number: index + 1) else { break }
      } else {
        rows.isBroken(index + 1)
      }
    }
    return try rows.whole()
  }
}
