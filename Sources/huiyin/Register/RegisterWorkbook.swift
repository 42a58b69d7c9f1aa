import CXLSXWriter
import Foundation
import Vocabulary

/// The register as a workbook (工作簿): a heading that stays in sight and can be filtered by, times
/// and numbers that can be reckoned with, and texts that are texts, so that none is a formula.
struct RegisterWorkbook {
  let register: Register

  /// The whole file. `Ending` where there is no room for it: libxlsxwriter writes to files alone, and
  /// this one has no name, so that nothing of it stays behind whatever happens.
  func bytes() throws(Ending) -> [UInt8] {
    guard let file = tmpfile() else { throw noRoom(String(cString: strerror(errno))) }
    defer { fclose(file) }
    let path = "/dev/fd/\(fileno(file))"
    guard let workbook = workbook_new(path) else { throw noRoom(path) }
    write(to: workbook)
    let fault = workbook_close(workbook)
    guard fault == LXW_NO_ERROR else { throw noRoom(String(cString: lxw_strerror(fault))) }
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw noRoom(error.localizedDescription)
    }
  }

  private func noRoom(_ why: String) -> Ending {
    .couldNotRun(
      say(
        zh: "写不成 xlsx 文件：\(why)；请检查临时文件夹的剩余空间，或改用 --format csv",
        en: "no xlsx file could be written: \(why); see whether there is room for temporary files, "
          + "or use --format csv"))
  }

  private func write(to workbook: UnsafeMutablePointer<lxw_workbook>) {
    let sheet = workbook_add_worksheet(workbook, register.name)
    let formats = Formats(workbook)
    for (number, column) in register.columns.enumerated() {
      let number = lxw_col_t(number)
      worksheet_set_column(sheet, number, number, column.width, nil)
      worksheet_write_string(sheet, 0, number, column.name, formats.heading)
    }
    for (line, cells) in register.rows.enumerated() {
      for (number, cell) in cells.enumerated() {
        write(cell, to: sheet, lxw_row_t(line + 1), lxw_col_t(number), formats)
      }
    }
    let (lastRow, lastColumn) = (
      lxw_row_t(register.rows.count), lxw_col_t(register.columns.count - 1)
    )
    worksheet_autofilter(sheet, 0, 0, lastRow, lastColumn)
    worksheet_freeze_panes(sheet, 1, 1)
    worksheet_repeat_rows(sheet, 0, 0)
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, Self.a4)
    worksheet_fit_to_pages(sheet, 1, 0)
  }

  private static let a4: UInt8 = 9

  private func write(
    _ cell: Register.Cell, to sheet: UnsafeMutablePointer<lxw_worksheet>?, _ row: lxw_row_t,
    _ column: lxw_col_t, _ formats: Formats
  ) {
    switch cell {
    case .text(let text):
      worksheet_write_string(sheet, row, column, text.inOneCell, formats.text)
    case .moment(let time):
      var time = lxw_datetime(time)
      worksheet_write_datetime(sheet, row, column, &time, formats.moment)
    case .minutes(let minutes): worksheet_write_number(sheet, row, column, minutes, formats.minutes)
    case .share(let share): worksheet_write_number(sheet, row, column, share, formats.share)
    case .count(let count): worksheet_write_number(sheet, row, column, Double(count), nil)
    case .none: break
    }
  }
}

/// How the cells look; the workbook owns them.
private struct Formats {
  let heading: UnsafeMutablePointer<lxw_format>?
  /// Stays a text when somebody edits the cell, too.
  let text: UnsafeMutablePointer<lxw_format>?
  let moment: UnsafeMutablePointer<lxw_format>?
  let minutes: UnsafeMutablePointer<lxw_format>?
  let share: UnsafeMutablePointer<lxw_format>?

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
    func numbers(_ pattern: String) -> UnsafeMutablePointer<lxw_format>? {
      let format = workbook_add_format(workbook)
      format_set_num_format(format, pattern)
      return format
    }
    heading = workbook_add_format(workbook)
    format_set_bold(heading)
    format_set_bottom(heading, UInt8(LXW_BORDER_THIN.rawValue))
    text = numbers("@")
    moment = numbers("yyyy-mm-dd hh:mm:ss")
    minutes = numbers("0.0")
    share = numbers("0.0%")
  }
}

extension String {
  /// At most what a cell holds, 32,767 units of UTF-16 (ECMA-376's limit in Excel).
  fileprivate var inOneCell: String {
    guard utf16.count > 32_767 else { return self }
    var kept = ""
    var units = 0
    for character in self {
      units += character.utf16.count
      guard units < 32_767 else { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

extension lxw_datetime {
  fileprivate init(_ time: CivilTime) {
    self.init(
      year: Int32(time.year), month: Int32(time.month), day: Int32(time.day),
      hour: Int32(time.hour), min: Int32(time.minute), sec: Double(time.second))
  }
}
