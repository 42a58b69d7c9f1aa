/// XML that breaks off before its first element is closed: a connection or a disk gave way.
enum MarkupCut: Equatable {
  /// Between two rows, or before the first.
  case afterRow
  /// Within an `item` or `entry`.
  case inRow

  /// Where bytes break off; nil where the first element, which has this name, is closed.
  static func of(_ bytes: [UInt8], root: String) -> MarkupCut? {
    let root = Array(root.lowercased().utf8)
    var cut: MarkupCut?
    for place in bytes.indices.reversed() where bytes[place] == 0x3C {
      let closes = place + 1 < bytes.count && bytes[place + 1] == 0x2F
      let name = name(bytes, at: place + (closes ? 2 : 1))
      if closes, name == root { return nil }
      if cut == nil, rows.contains(name) { cut = closes ? .afterRow : .inRow }
    }
    return cut ?? .afterRow
  }

  private static func name(_ bytes: [UInt8], at start: Int) -> [UInt8] {
    var name: [UInt8] = []
    for byte in bytes[min(start, bytes.count)...].prefix(24) {
      if byte == 0x3A {
        name = []
      } else if ASCII.isWord(byte) {
        name.append(ASCII.lowered(byte))
      } else {
        break
      }
    }
    return name
  }

  private static let rows = [Array("item".utf8), Array("entry".utf8)]
}
