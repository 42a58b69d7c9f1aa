import Vocabulary

/// The roster as its file has it (值班表文件), with the place of each line.
struct RosterFile {
  let roster: Roster
  let file: String
  /// Where each shift stands, in the order of the roster.
  fileprivate let lines: [(shift: Shift, place: Place)]
}

extension Section {
  /// The roster that `roster:` names; nil, with findings, where the file cannot be read.
  func rosterFile(in zone: OfficeZone) -> RosterFile? {
    guard let path = read("roster", .path) else { return nil }
    return RosterReading(path: path, zone: zone, findings: findings).file()
  }
}

/// Reads a roster, every line of it, whatever is wrong with another (值班表读取).
private struct RosterReading {
  let path: String
  let zone: OfficeZone
  let findings: Findings

  func file() -> RosterFile? {
    guard let text = text() else { return nil }
    let table = CSVTable(text)
    for fault in table.faults { findings.error(at: place(fault.at), fault.sentence) }
    guard let head = table.rows.first else {
      findings.error(
        at: place(CSVTable.Mark(line: 1, column: 1)),
        Phrase(
          zh: "值班表是空的：第一行写列名 from,to,officers,leaders（起,止,值班员,带班领导）",
          en: "the roster is empty: its first line names the columns, from,to,officers,leaders"))
      return nil
    }
    guard let columns = columns(head) else { return nil }
    let lines = table.rows.dropFirst().compactMap { line($0, columns) }
      .sorted { ($0.shift.from, $0.shift.to) < ($1.shift.from, $1.shift.to) }
    warnOfOverlaps(lines)
    return RosterFile(roster: Roster(lines.map(\.shift)), file: path, lines: lines)
  }

  private func text() -> String? {
    do {
      let bytes = try Manuscript.bytes(of: path)
      if let text = SpreadsheetText.text(bytes) { return text }
      findings.error(
        at: Place(file: path, line: 1, column: 1),
        Phrase(
          zh: "值班表既不是 UTF-8 也不是 GB18030：请在表格软件里另存为“CSV UTF-8（逗号分隔）”",
          en: "neither UTF-8 nor GB18030: save it as \"CSV UTF-8 (comma delimited)\""))
    } catch {
      findings.error(at: Place(file: path, line: 1, column: 1), error.sentence)
    }
    return nil
  }

  private func place(_ mark: CSVTable.Mark) -> Place {
    Place(file: path, line: mark.line, column: mark.column)
  }
}

extension RosterReading {
  /// Which column each cell of a line belongs to; nil, with findings, where one that is needed is
  /// not there.
  private func columns(_ head: [CSVTable.Cell]) -> [RosterColumn?]? {
    var columns: [RosterColumn?] = []
    for cell in head {
      let word = cell.trimmed.text
      let column = RosterColumn(heading: word)
      if column == nil, !word.isEmpty { refuseHeading(word, at: cell.trimmed.at) }
      if let column, columns.contains(column) {
        findings.error(
          at: place(cell.trimmed.at),
          Phrase(zh: "“\(word)”这一列重复", en: "the column \"\(word)\" is there twice"))
      }
      columns.append(column)
    }
    let missing = RosterColumn.allCases.filter { $0.isNeeded && !columns.contains($0) }
    for column in missing {
      let name = column.name
      findings.error(
        at: place(head.first?.start ?? CSVTable.Mark(line: 1, column: 1)),
        Phrase(zh: "值班表缺少“\(name.zh)”一列", en: "the roster lacks the column \"\(name.en)\""))
    }
    return missing.isEmpty ? columns : nil
  }

  private func refuseHeading(_ word: String, at mark: CSVTable.Mark) {
    let known = RosterColumn.allCases.flatMap(\.words)
    let near = NearestWord.to(word, among: known)
    let choices = RosterColumn.allCases.map(\.name)
    let hint =
      near.map { Phrase(zh: "，是否为“\($0)”？", en: "; did you mean \"\($0)\"?") }
      ?? Phrase(
        zh: "；可写：\(choices.map(\.zh).joined(separator: "、"))",
        en: "; expected one of: \(choices.map(\.en).joined(separator: ", "))")
    findings.error(
      at: place(mark),
      Phrase(zh: "值班表没有“\(word)”这一列", en: "a roster has no column \"\(word)\"") + hint)
  }

  /// One shift and its place; nil, with findings, where anything of it is wrong.
  private func line(
    _ cells: [CSVTable.Cell], _ columns: [RosterColumn?]
  ) -> (shift: Shift, place: Place)? {
    for cell in cells.dropFirst(columns.count) where !cell.trimmed.text.isEmpty {
      findings.error(
        at: place(cell.trimmed.at),
        Phrase(
          zh: "这一格在表头之外：几个邮箱写在同一格里，用分号隔开",
          en: "a cell beyond the headings: several addresses stand in one cell, parted by \";\""))
    }
    let from = time(.from, cells, columns, RosterTime.civil)
    let to = time(.to, cells, columns, RosterTime.end)
    let officers = addresses(.officers, cells, columns)
    let leaders = addresses(.leaders, cells, columns)
    guard let from, let to, let officers, let leaders else { return nil }
    let shift = Shift(
      from: zone.wallTime(from), to: zone.wallTime(to), officers: officers, leaders: leaders)
    let start = place(cells[0].start)
    guard shift.from < shift.to else {
      let end = cell(.to, cells, columns)?.trimmed.at
      findings.error(
        at: end.map(place) ?? start,
        Phrase(
          zh: "止（\(zone.minute(shift.to))）应在起（\(zone.minute(shift.from))）之后：跨夜的班，止写第二天的日期",
          en: "the end (\(zone.minute(shift.to))) must lie after the beginning "
            + "(\(zone.minute(shift.from))): a night shift ends on the day after"))
      return nil
    }
    return (shift, start)
  }

  private func cell(
    _ column: RosterColumn, _ cells: [CSVTable.Cell], _ columns: [RosterColumn?]
  ) -> CSVTable.Cell? {
    columns.firstIndex(of: column).flatMap { cells.indices.contains($0) ? cells[$0] : nil }
  }

  private func time(
    _ column: RosterColumn, _ cells: [CSVTable.Cell], _ columns: [RosterColumn?],
    _ read: (String) -> CivilTime?
  ) -> CivilTime? {
    guard let cell = cell(column, cells, columns)?.trimmed, !cell.text.isEmpty else {
      return lacking(column, cells, columns)
    }
    guard let civil = read(cell.text) else {
      let name = column.name
      findings.error(
        at: place(cell.at),
        Phrase(
          zh:
            "“\(name.zh)”应写日期和时刻，如 2026-11-22 17:30 或 2026/11/22 17:30，现为“\(Shown.value(cell.text))”",
          en: "\(name.en): expected a day and a time such as 2026-11-22 17:30 or 2026/11/22 17:30, "
            + "found \"\(Shown.value(cell.text))\""))
      return nil
    }
    return civil
  }

  private func lacking<Result>(
    _ column: RosterColumn, _ cells: [CSVTable.Cell], _ columns: [RosterColumn?]
  ) -> Result? {
    let at = cell(column, cells, columns)?.start ?? cells[0].start
    let name = column.name
    findings.error(
      at: place(at), Phrase(zh: "这一行没有写“\(name.zh)”", en: "this line has no \"\(name.en)\""))
    return nil
  }

  /// The addresses of a cell, each once; nil, with findings, where one is none or all are missing.
  private func addresses(
    _ column: RosterColumn, _ cells: [CSVTable.Cell], _ columns: [RosterColumn?]
  ) -> [MailAddress]? {
    guard let cell = cell(column, cells, columns), !cell.trimmed.text.isEmpty else {
      return column.isNeeded ? lacking(column, cells, columns) : []
    }
    var addresses: [MailAddress] = []
    var isWhole = true
    for piece in cell.addresses {
      if let address = MailAddress(piece.text) {
        addresses.append(address)
        continue
      }
      isWhole = false
      findings.error(
        at: place(piece.at),
        Phrase(
          zh: "“\(Shown.value(piece.text))”不是邮箱地址，应如 zhang@letters.example；几个邮箱用分号隔开",
          en: "\"\(Shown.value(piece.text))\" is no mail address such as zhang@letters.example; "
            + "several are parted by \";\""))
    }
    return isWhole ? addresses.uniqued : nil
  }
}

extension RosterReading {
  /// Two lines that overlap: both count, and whoever wrote them should know.
  private func warnOfOverlaps(_ lines: [(shift: Shift, place: Place)]) {
    var latest: (shift: Shift, place: Place)?
    for line in lines {
      if let before = latest, line.shift.from < before.shift.to {
        let to = zone.minute(min(line.shift.to, before.shift.to))
        let (from, other) = (zone.minute(line.shift.from), before.place.line)
        findings.warning(
          at: line.place,
          Phrase(
            zh: "与第 \(other) 行重叠（\(from) 至 \(to)）：这段时间两行的人都会收到，谁的话都算数",
            en:
              "overlaps line \(other) (\(from) to \(to)): those of both hear then, and the word of "
              + "either counts"))
      }
      if latest.map({ $0.shift.to < line.shift.to }) ?? true { latest = line }
    }
  }
}

extension RosterFile {
  /// Warns of what the days ahead leave open, each at the line before it.
  func warnOfGaps(_ office: Office, at now: WallTime, _ findings: Findings) {
    // What a line means that is wrong is not known yet, and nothing follows from that.
    let isWhole = !findings.all.contains { $0.place.file == file && $0.weight == .error }
    guard isWhole, let outlook = RosterOutlook(of: office, at: now) else { return }
    for (gap, sentence) in outlook.sentences(in: office.zone) {
      let before = lines.last { line in gap.map { line.shift.to <= $0.from } ?? true }
      findings.warning(
        at: before?.place ?? Place(file: file, line: 1, column: 1), sentence)
    }
  }
}

extension CSVTable.Cell {
  /// A run of characters with its place.
  fileprivate typealias Piece = (text: String, at: CSVTable.Mark)

  /// The text without the blanks around it, such as a spreadsheet program leaves.
  fileprivate var trimmed: Piece {
    let isBlank = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || "\u{200B}\u{FEFF}".unicodeScalars.contains(scalar)
    }
    let start = scalars.firstIndex { !isBlank($0) } ?? scalars.count
    let end = scalars.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return piece(start..<end)
  }

  /// What stands between separators: `;`, `；`, `、`, `，`, a line's end; and between blanks, but for
  /// those before an address in angle brackets.
  fileprivate var addresses: [Piece] {
    pieces(in: scalars.indices) { ";；、,，\n\r".unicodeScalars.contains($0) }.flatMap { range in
      let whole = piece(range)
      guard MailAddress(whole.text) == nil, !whole.text.contains("<") else { return [whole] }
      return pieces(in: range) { $0.properties.isWhitespace }.map(piece)
    }
  }

  private func pieces(
    in range: Range<Int>, _ isSeparator: (Unicode.Scalar) -> Bool
  ) -> [Range<Int>] {
    scalars[range].indices.split { isSeparator(scalars[$0]) }
      .compactMap { part -> Range<Int>? in
        let inside = part.filter { !scalars[$0].properties.isWhitespace }
        guard let first = inside.first, let last = inside.last else { return nil }
        return first..<(last + 1)
      }
  }

  private func piece(_ range: Range<Int>) -> Piece {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return (String(text), mark(at: range.lowerBound))
  }
}
