internal import Foundation
internal import GRDB
internal import Vocabulary

/// Columns read with care: STRICT tables keep their types, a damaged file keeps nothing, and then
/// the fault is `.damaged` and not a trap.
extension Row {
  /// Asked for first, since GRDB traps on a column that is not there and prints the whole row, with
  /// a citizen's text in it.
  private func value(of name: String) -> DatabaseValue? {
    hasColumn(name) ? self[name] : nil
  }

  func textIfAny(_ column: String) -> String? {
    value(of: column).flatMap(String.fromDatabaseValue)
  }

  func numberIfAny(_ column: String) -> Int64? {
    value(of: column).flatMap(Int64.fromDatabaseValue)
  }

  func text(_ column: String) throws(LedgerFault) -> String {
    guard let text = textIfAny(column) else { throw .damaged }
    return text
  }

  func number(_ column: String) throws(LedgerFault) -> Int {
    guard let number = numberIfAny(column) else { throw .damaged }
    return Int(number)
  }

  func flag(_ column: String) throws(LedgerFault) -> Bool {
    try number(column) != 0
  }

  func timeIfAny(_ column: String) -> WallTime? {
    numberIfAny(column).map(WallTime.init(milliseconds:))
  }

  func time(_ column: String) throws(LedgerFault) -> WallTime {
    guard let time = timeIfAny(column) else { throw .damaged }
    return time
  }

  /// A moment on the ledger's own line.
  func steady(_ column: String) throws(LedgerFault) -> SteadyTime {
    SteadyTime(milliseconds: Int64(try number(column)))
  }

  /// An instant in its three columns, `found_at`, `found_boot` and `found_since_boot` for `found`.
  func instant(_ stem: String) throws(LedgerFault) -> Instant {
    Instant(
      wall: try time("\(stem)_at"), boot: try text("\(stem)_boot"),
      sinceBoot: Int64(try number("\(stem)_since_boot")))
  }

  /// A noun by its raw value; one that this program does not know is damage.
  func word<Word: RawRepresentable>(_ column: String) throws(LedgerFault) -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: try text(column)) else { throw .damaged }
    return word
  }

  func wordIfAny<Word: RawRepresentable>(_ column: String) throws(LedgerFault) -> Word?
  where Word.RawValue == String {
    guard let text = textIfAny(column) else { return nil }
    guard let word = Word(rawValue: text) else { throw .damaged }
    return word
  }

  /// Several words in one column, as JSON.
  func list(_ column: String) throws(LedgerFault) -> [String] {
    let bytes = Data(try text(column).utf8)
    guard let list = try? JSONDecoder().decode([String].self, from: bytes) else { throw .damaged }
    return list
  }
}

extension Instant {
  /// The three columns of an instant, in order.
  var columns: Reading.Values { [wall.milliseconds, boot, sinceBoot] }
}

extension [String] {
  /// Several words for one column, as JSON.
  var column: String {
    guard let bytes = try? JSONEncoder().encode(self) else { return "[]" }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Bytes for one column.
  var column: Data { Data(self) }
}

extension Row {
  /// The bytes of a column; none where it has none.
  func bytes(_ column: String) -> [UInt8] {
    value(of: column).flatMap(Data.fromDatabaseValue).map { [UInt8]($0) } ?? []
  }
}
