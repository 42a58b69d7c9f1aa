import Foundation
import Vocabulary

/// What is said at the terminal: results to standard output, everything else to standard error.
enum Terminal {
  /// Says something that is no result.
  static func complain(_ text: String) {
    guard !text.isEmpty else { return }
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// How many columns a text takes: Chinese characters take two (East Asian Width).
  static func columns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }

  /// A text padded with blanks, or cut with an ellipsis, to so many columns.
  static func fit(_ text: String, _ columns: Int) -> String {
    let plain = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
    var result = String.UnicodeScalarView()
    var taken = 0
    let isCut = self.columns(of: text) > columns
    for scalar in plain {
      let width = width(of: scalar)
      guard taken + width <= columns - (isCut ? 1 : 0) else { break }
      result.append(scalar)
      taken += width
    }
    if isCut {
      result.append("…")
      taken += 1
    }
    return String(result) + String(repeating: " ", count: max(0, columns - taken))
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x20000...0x3FFFD:
      2
    case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    default: 1
    }
  }
}

/// The language of help and of what is said before a set-up is read: that of the set-up named on
/// the command line, else Chinese.
let spoken: Language = Config.peekLanguage(CommandLine.arguments)

/// A sentence in the language spoken.
func say(zh: String, en: String) -> String {
  Phrase(zh: zh, en: en)[spoken]
}
