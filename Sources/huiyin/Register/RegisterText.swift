import Foundation
import Vocabulary

/// The register as comma-separated values: RFC 4180, in UTF-8 with the byte order mark without which
/// Excel reads Chinese as GBK.
struct RegisterText {
  let register: Register

  /// The whole file.
  var bytes: [UInt8] {
    let lines = [register.columns.map(\.name)] + register.rows.map { $0.map(words) }
    let text = lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    return Array("\u{FEFF}\(text)".utf8)
  }

  private func words(_ cell: Register.Cell) -> String {
    switch cell {
    case .text(let text): harmless(text)
    case .moment(let time): "\(time.dayInDigits) \(time.timeInDigits)"
    case .minutes(let minutes): "\(minutes)"
    case .share(let share): String(format: "%.1f%%", share * 100)
    case .count(let count): "\(count)"
    case .none: ""
    }
  }

  /// A text that no spreadsheet takes for a formula: Excel, WPS and LibreOffice compute what begins
  /// with one of these signs, half or full width, even in quotes. Titles come from anybody.
  private func harmless(_ text: String) -> String {
    // Scalars: a sign with a mark on it is another character and the same sign.
    guard let first = text.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first)
    else { return text }
    return "'" + text
  }

  private func quoted(_ text: String) -> String {
    "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
