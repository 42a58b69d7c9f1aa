/// Text in the columns of a terminal (显示宽度), where a Chinese character takes two.
extension String {
  /// How many columns it takes: two for ideographs, kana, hangul, full-width forms and emoji, none
  /// for what is not seen (Unicode Standard Annex #11).
  package var columns: Int {
    reduce(0) { $0 + $1.columns }
  }

  /// Filled up with blanks to so many columns, or cut to them with `…`.
  package func inColumns(_ width: Int) -> String {
    let text = fitting(width)
    return text + String(repeating: " ", count: max(0, width - text.columns))
  }

  /// Filled up with blanks on the left.
  package func rightAligned(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns)) + self
  }

  /// At most so many columns, the last of them `…` where something was cut off.
  package func fitting(_ width: Int) -> String {
    guard columns > width else { return self }
    var room = width - 1
    let kept = prefix { character in
      room -= character.columns
      return room >= 0
    }
    return kept + "…"
  }

  /// In lines of at most so many columns: the first indented by `indent`, the others by `hanging`.
  /// Broken at a blank or between wide characters, and anywhere where there is neither.
  package func folded(_ width: Int, indent: Int = 0, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var taken = indent
    for piece in pieces {
      let room = piece.columns
      if taken + room > width, taken > (lines.isEmpty ? indent : hanging) {
        lines.append(line.trimmed)
        line = String(repeating: " ", count: hanging)
        taken = hanging
        if piece == " " { continue }
      }
      line += piece
      taken += room
    }
    return lines + [line.trimmed]
  }

  /// Without the blanks at its end.
  package var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Single wide characters and blanks, and runs of narrow ones, none longer than half a line.
  private var pieces: [String] {
    var pieces: [String] = []
    var isRunning = false
    for character in self {
      let piece = character.isVisible ? String(character) : " "
      // 避头: a mark that closes never begins a line.
      if character.closes, let last = pieces.last, last != " " {
        pieces[pieces.count - 1] = last + piece
        continue
      }
      let isNarrow = piece != " " && piece.columns <= 1
      if isNarrow, isRunning, let last = pieces.last, last.count < 40 {
        pieces[pieces.count - 1] = last + piece
      } else {
        pieces.append(piece)
      }
      isRunning = isNarrow
    }
    return pieces
  }
}

extension Character {
  /// Scalars that are joined take the room of the widest of them.
  fileprivate var columns: Int {
    unicodeScalars.reduce(0) { max($0, $1.columns) }
  }

  /// Control characters would move the terminal's cursor; rule files and pages may hold them.
  fileprivate var isVisible: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
      default: true
      }
    }
  }

  fileprivate var closes: Bool {
    switch self {
    case "，", "。", "、", "；", "：", "！", "？", "）", "》", "」", "』", "】", "〕", "”", "’", "…": true
    default: false
    }
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
