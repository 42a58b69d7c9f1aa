/// Text in the columns of a terminal (终端列宽), where a Chinese character takes two.
extension String {
  /// How many columns it takes (Unicode Standard Annex #11: wide and full-width take two).
  var columns: Int {
    reduce(0) { $0 + $1.columns }
  }

  /// Filled up with spaces to so many columns, or cut to them with `…`.
  func inColumns(_ width: Int) -> String {
    guard columns > width else { return self + String(repeating: " ", count: width - columns) }
    return fitting(width).inColumns(width)
  }

  /// Filled up on the left.
  func rightAligned(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns)) + self
  }

  /// At most so many columns, the last of them `…` where something was cut off.
  func fitting(_ width: Int) -> String {
    guard columns > width else { return self }
    var room = width - 1
    let kept = prefix { character in
      room -= character.columns
      return room >= 0
    }
    return kept + "…"
  }
}

extension Character {
  /// One column or two; a sequence of joined scalars is as wide as its first.
  fileprivate var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension String {
  /// In lines of at most so many columns; words in Latin letters stay whole where they fit.
  func folded(_ width: Int) -> [String] {
    var (lines, line) = ([String](), "")
    for piece in pieces {
      if !line.isEmpty, line.columns + piece.columns > width {
        lines.append(line.trimmingTrailingSpace)
        line = ""
      }
      line += line.isEmpty && piece == " " ? "" : piece
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  /// Runs of Latin letters and figures, and every other character by itself.
  private var pieces: [String] {
    var result: [String] = []
    var isRun = false
    for character in self {
      let joins = character.isASCII && character != " "
      if joins, isRun, let last = result.popLast() {
        result.append(last + String(character))
      } else {
        result.append(String(character))
      }
      isRun = joins
    }
    return result
  }

  private var trimmingTrailingSpace: String {
    last == " " ? String(dropLast()) : self
  }
}
