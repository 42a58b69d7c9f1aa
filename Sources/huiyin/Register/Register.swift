import Storage
import Vocabulary

/// The register of alerts (预警登记表) that superiors ask for: one row an alert, with its times, its
/// window and what came of it.
struct Register {
  /// What stands in a cell.
  enum Cell: Equatable {
    /// On one line, without anything that steers a screen.
    case text(String)
    /// By the office's clock.
    case moment(CivilTime)
    /// To a tenth.
    case minutes(Double)
    /// 1 for the whole window.
    case share(Double)
    case count(Int)
    case none
  }

  /// A column of the register.
  struct Column {
    var name: String
    /// In characters; an ideograph takes two.
    var width: Double
  }

  /// What a workbook calls its sheet.
  let name: String
  let columns: [Column]
  /// The alerts in the order given, a cell for each column.
  let rows: [[Cell]]

  /// The register of these alerts and of how each used its window.
  init(_ alerts: [(row: AlertRow, use: WindowUse)], setup: Setup) {
    let language = setup.office.language
    name = Phrase(zh: "预警登记表", en: "Alerts")[language]
    columns = RegisterRow.columns.map { Column(name: $0.name[language], width: $0.width) }
    rows = alerts.map { alert in
      let line = RegisterRow(row: alert.row, use: alert.use, setup: setup)
      return RegisterRow.columns.map { $0.cell(line) }
    }
  }
}
