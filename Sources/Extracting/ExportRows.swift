internal import Vocabulary

/// The rows of an export on their way to items (导出数据行): first the headings are looked for, below
/// whatever title stands over them, then each row is read by them.
struct ExportRows {
  /// How far down the headings may stand.
  private static let highestTitle = 30

  let page: Page
  private let feed: Feed
  private let export: ExportFolder
  private let dates: DateReader
  private var rows: GivenRows
  private var places: [ExportFolder.Column: Int] = [:]
  private var headings: [String] = []
  private var looked = 0
  private var countsFrom1904 = false
  private var count = 0
  private var isCut = false
  /// Whether rows have keys of their own, and no headings over them.
  private var isKeyed = false

  /// No rows yet.
  init(
    _ feed: Feed, _ export: ExportFolder, _ page: Page, _ form: String, _ dates: DateReader
  ) {
    (self.feed, self.export, self.page, self.dates) = (feed, export, page, dates)
    rows = GivenRows(feed, on: page, charset: form)
  }

  /// Whether the headings were found.
  var hasHeadings: Bool { !places.isEmpty }

  /// Begins another sheet, whose headings are its own.
  mutating func begin(countsFrom1904: Bool) {
    self.countsFrom1904 = countsFrom1904
    looked = 0
  }

  /// Counts a row that could not be read.
  mutating func isBroken(_ number: Int) { rows.isBroken(number) }

  /// Takes a row of cells in; false where no more are wanted.
  mutating func take(_ cells: [String], number: Int) -> Bool {
    guard hasHeadings else {
      looked += 1
      if let found = ExportHeadings.places(in: cells, export.columns) {
        places = found
        headings = cells
      }
      return looked < Self.highestTitle || hasHeadings
    }
    // Sheets that were put together repeat their headings.
    guard cells != headings else { return true }
    let places = places
    return add(number) { column in
      places[column].flatMap { cells.indices.contains($0) ? cells[$0] : nil } ?? ""
    }
  }

  /// Takes a row with keys of its own in; false where no more are wanted.
  mutating func take(_ value: JSONValue, number: Int) -> Bool {
    isKeyed = true
    let paths = export.columns.mapValues { names in
      names.map { (try? JSONPath($0))?.find(in: value).flatMap(\.scalars) ?? [] }
    }
    return add(number) { column in
      paths[column]?.first { !$0.isEmpty }?.joined(separator: "\n") ?? ""
    }
  }

  private mutating func add(
    _ number: Int, _ cell: (ExportFolder.Column) -> String
  ) -> Bool {
    guard export.columns.keys.contains(where: { !cell($0).allSatisfy(\.isWhitespace) }) else {
      return true
    }
    guard count < ExportReading.mostRows else {
      isCut = true
      return false
    }
    count += 1
    rows.add(row(cell), number: number)
    return true
  }

  private func row(_ cell: (ExportFolder.Column) -> String) -> GivenRow {
    var row = GivenRow()
    row.title = Privacy.scrubbed(Markup.plain(cell(.title)).onOneLine)
    row.body = Privacy.scrubbed(Markup.plain(cell(.body)))
    row.published = time(cell(.date))
    row.link = link(cell(.link))
    let number = cell(.id).filter { !$0.isWhitespace }
    row.number = number.isEmpty ? nil : number
    row.answer = answer(cell)
    return row
  }

  private func link(_ written: String) -> WebAddress? {
    let link = PlainText.folded(written)
    guard !link.isEmpty else { return nil }
    return WebAddress(link) ?? WebAddress(feed.url).flatMap { WebAddress(link: link, from: $0) }
  }

  private func answer(_ cell: (ExportFolder.Column) -> String) -> Answer? {
    let body = Privacy.scrubbed(Markup.plain(cell(.answer)))
    guard !body.isEmpty else { return nil }
    let unit = Privacy.scrubbed(Markup.plain(cell(.unit)).onOneLine)
    return Answer(unit: unit.isEmpty ? nil : unit, body: body, published: time(cell(.answered)))
  }

  private func time(_ written: String) -> PublicationTime {
    let text = PlainText.folded(written)
    return SerialDate.read(text, dates, countsFrom1904: countsFrom1904) ?? dates.read(text)
  }

  /// What was read, or why it is nothing.
  func whole() throws(Miss) -> Extract {
    guard hasHeadings || isKeyed else { throw ExportHeadings.missing(page, export.columns) }
    var extract = rows.extract
    if isCut { extract.cut = tooLong }
    let isEmpty = extract.items.isEmpty && extract.leads.isEmpty
    guard isEmpty, !extract.brokenRows.isEmpty else { return extract }
    throw Miss(
      .nothingFound, url: page.url,
      reason: Phrase(
        zh: "\(extract.brokenRows.count) 行里没有一行有标题、内容或链接：请核对 columns",
        en: "none of \(extract.brokenRows.count) rows has a title, text or link: check columns"))
  }

  private var tooLong: Miss {
    Miss(
      .tooLarge, url: page.url,
      reason: Phrase(
        zh: "文件超过 \(ExportReading.mostRows) 行，其后的没有读：请分成几个文件",
        en: "more than \(ExportReading.mostRows) rows, of which the rest was not read: split it"))
  }
}

/// Dates as spreadsheets keep them (Excel 日期序列值): days since the end of 1899, or since 1904.
enum SerialDate {
  /// The date that a number of a spreadsheet stands for; nil where it is no such number.
  static func read(
    _ text: String, _ dates: DateReader, countsFrom1904: Bool
  ) -> PublicationTime? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard digits.count == 5, rest.isEmpty || rest.first == ".", let number = Double(text),
      (20_000..<80_000).contains(number)
    else { return nil }
    // Excel takes 1900 for a leap year; after February of that year the two errors make one day.
    let days = Int(number) - 25_569 + (countsFrom1904 ? 1_462 : 0)
    guard let epoch = CivilTime(year: 1970, month: 1, day: 1) else { return nil }
    let seconds = Int(((number - number.rounded(.down)) * 86_400).rounded())
    let date = epoch.adding(days: days + seconds / 86_400)
    guard seconds % 86_400 > 0 else { return dates.day(date) }
    let time = TimeOfDayReading(
      hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60, offset: nil)
    return dates.moment(date, time)
  }
}
