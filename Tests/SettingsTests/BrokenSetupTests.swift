import Foundation
import Settings
import Testing
import Vocabulary

@Suite struct `A broken set-up` {
  @Test(arguments: BrokenSetup.all)
  func `says what is wrong, where, and what was meant`(_ broken: BrokenSetup) throws {
    let (reading, text) = try broken.reading()
    if ProcessInfo.processInfo.environment["UPDATE"] == "1" { try broken.update(text) }
    #expect(try text == broken.expected())
    let isWrong = reading.diagnostics.contains { $0.weight == .error }
    #expect((reading.setup == nil) == isWrong)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == reading.diagnostics.count + 1, "one line each")
    #expect(!text.contains("geheim") && !text.contains("secret@"))
    for sentence in reading.diagnostics.map(\.sentence) {
      #expect(sentence.zh.unicodeScalars.contains { $0.value > 0x2E80 }, "\(sentence.zh)")
      #expect(!sentence.en.isEmpty && sentence.zh != sentence.en)
    }
  }

  @Test func `is shown by many cases`() {
    #expect(BrokenSetup.all.count > 40)
  }
}
