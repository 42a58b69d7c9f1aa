import Foundation
import Vocabulary

/// What is said at the terminal: results to standard output, everything else to standard error.
enum Terminal {
  /// How wide a terminal is taken to be, in columns; an ideograph takes two.
  static let width = 80

  /// Shows a line of the result.
  static func show(_ line: String) {
    show(Array("\(line)\n".utf8))
  }

  /// Gives out a result that is a file.
  static func show(_ bytes: [UInt8]) {
    guard !write(bytes, to: STDOUT_FILENO) else { return }
    // A reader that went away (`huiyin alerts | head`) has what it wanted.
    guard errno != EPIPE else { exit(0) }
    complain(
      say(
        zh: "标准输出写不进去：\(String(cString: strerror(errno)))",
        en: "standard output cannot be written: \(String(cString: strerror(errno)))"))
    exit(3)
  }

  /// Shows lines of the result.
  static func show(_ lines: [String]) {
    for line in lines { show(line) }
  }

  /// Says something that is no result.
  static func complain(_ text: String) {
    guard !text.isEmpty else { return }
    _ = write(Array("\(text)\n".utf8), to: STDERR_FILENO)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

extension Terminal {
  /// A text on as many lines as it needs, the first indented by `indent`, the others by `hanging`.
  static func folded(_ text: String, indent: Int = 0, hanging: Int) -> [String] {
    text.folded(width, indent: indent, hanging: hanging)
  }

  /// A text padded with blanks, or cut with an ellipsis, to so many columns.
  static func fit(_ text: String, _ columns: Int) -> String {
    plain(text).inColumns(columns)
  }

  /// Texts side by side, each in so many columns, and a last one in what is left of the line.
  static func row(
    indent: Int = 0, _ cells: [(text: String, columns: Int)], _ last: String
  )
    -> String
  {
    var line = String(repeating: " ", count: indent)
    for cell in cells { line += fit(cell.text, cell.columns) + " " }
    return (line + fit(last, width - line.columns)).trimmed
  }

  /// A text on one line: what would move the cursor becomes a blank.
  static func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isVisible($0) ? $0 : " " }))
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: true
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
