/// Rows of a text whose cells are parted by commas, tabs or semicolons (CSV, TSV; RFC 4180).
struct DelimitedText {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var place: Int
  /// How many rows have been read, blank lines among them.
  private(set) var count = 0
  /// Rows with a quotation mark that nothing closes, by number.
  private(set) var torn: [Int] = []
  /// After so many of them marks are letters like any other: each costs a look at all that is left.
  private static let mostTorn = 20

  /// A text in UTF-8.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    separator = Self.separator(of: bytes[place...])
  }

  /// What parts most cells in the first lines that have any.
  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    let head = bytes.prefix(8192)
    let marks: [UInt8] = [0x09, 0x2C, 0x3B, 0x7C]
    let lines = head.split { $0 == 0x0A || $0 == 0x0D }.prefix(40)
    let most = marks.map { mark in
      lines.map { line in line.count { $0 == mark } }.max() ?? 0
    }
    guard let best = most.max(), best > 0 else { return 0x2C }
    // A tab in a text is rarer than a comma: of two that could be, the rarer sign was meant.
    return zip(marks, most).first { $0.1 * 2 > best }?.0 ?? 0x2C
  }

  /// The cells of the next row; nil at the end.
  mutating func next() -> [String]? {
    guard place < bytes.count else { return nil }
    count += 1
    var cells: [String] = []
    while true {
      cells.append(cell())
      guard place < bytes.count else { return cells }
      let byte = bytes[place]
      place += 1
      if byte == separator { continue }
      if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
      return cells
    }
  }

  /// A cell, up to what ends it.
  private mutating func cell() -> String {
    guard place < bytes.count, bytes[place] == 0x22, torn.count < Self.mostTorn else {
      return plain()
    }
    let start = place
    var text: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      guard byte == 0x22 else {
        text.append(byte)
        continue
      }
      guard place < bytes.count, bytes[place] == 0x22 else {
        return String(decoding: text, as: UTF8.self) + plain()
      }
      text.append(0x22)
      place += 1
    }
    // A mark that nothing closes was a letter of the text: only its own line is lost with it.
    torn.append(count)
    place = start
    return plain()
  }

  private mutating func plain() -> String {
    let start = place
    while place < bytes.count, bytes[place] != separator, bytes[place] != 0x0A,
      bytes[place] != 0x0D
    {
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }
}
