import Foundation
import Testing

@testable import Mailing

@Suite struct `A part of a mail` {
  @Test func `is in the base64 that everybody else writes`() {
    let bytes = (0..<400).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 7) }
    for count in 0...bytes.count {
      let part = Array(bytes.prefix(count))
      let theirs = Data(part).base64EncodedString(
        options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
      #expect(String(decoding: Base64Lines.encoding(part), as: UTF8.self) == theirs, "\(count)")
    }
  }
}

@Suite struct `A text on one line` {
  @Test(arguments: [
    ("竹园镇停水三天", "竹园镇停水三天"),
    ("  \u{3000}停水\u{3000}三天 \t", "停水\u{3000}三天"),
    ("停水\r\n三天\u{2028}\u{2029}了", "停水 三天 了"),
    ("停\u{202E}水\u{FEFF}", "停水"),
    ("\u{A0} \u{0}", ""),
    ("\u{200B}停水é", "\u{200B}停水é"),
  ])
  func `has no end of a line in it, and no blank at its ends`(text: String, cleaned: String) {
    #expect(HeaderField.cleaned(text) == cleaned)
  }

  @Test func `ends after four hundred characters`() {
    #expect(HeaderField.cleaned(String(repeating: "水", count: 500)).count == 400)
  }
}
