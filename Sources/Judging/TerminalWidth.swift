/// How much room text takes in a terminal (显示宽度).
package enum TerminalWidth {
  /// The columns a text takes: two for ideographs, kana, hangul, full-width forms and emoji, none
  /// for what is not seen (UAX #11).
  package static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// A text on lines of at most so many columns: the first indented by `indent`, the others by
  /// `hanging`. Broken at a blank or between wide characters, and anywhere where there is neither.
  package static func lines(
    _ text: String, columns: Int, indent: Int, hanging: Int
  ) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var width = indent
    for piece in pieces(of: text) {
      let room = Self.columns(piece)
      if width + room > columns, width > (lines.isEmpty ? indent : hanging) {
        lines.append(trimmed(line))
        line = String(repeating: " ", count: hanging)
        width = hanging
        if piece == " " { continue }
      }
      line += piece
      width += room
    }
    return lines + [trimmed(line)]
  }

  private static let closing: Set<Character> = [
    "，", "。", "、", "；", "：", "！", "？", "）", "》", "」", "』", "】", "〕", "”", "’", "…",
  ]

  /// Single wide characters and blanks, and runs of narrow ones, none longer than half a line.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var isRunning = false
    for character in text {
      let piece = isVisible(character) ? String(character) : " "
      // 避头: a mark that closes never begins a line.
      if closing.contains(character), let last = pieces.last, last != " " {
        pieces[pieces.count - 1] = last + piece
        continue
      }
      let isNarrow = piece != " " && columns(piece) == 1
      if isNarrow, isRunning, let last = pieces.last, last.count < 40 {
        pieces[pieces.count - 1] = last + piece
      } else {
        pieces.append(piece)
      }
      isRunning = isNarrow
    }
    return pieces
  }

  /// Control characters would move the terminal's cursor; rule files and pages may hold them.
  private static func isVisible(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
      default: true
      }
    }
  }

  private static func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
