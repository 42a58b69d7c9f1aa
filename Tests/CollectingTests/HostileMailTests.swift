import Collecting
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite struct `A hostile mail` {
  @Test func `of thousands of parts within parts is read to its end`() {
    let nested = (0..<4000).map {
      "Content-Type: multipart/mixed; boundary=\"b\($0)\"\n\n--b\($0)\n"
    }.joined()
    _ = LetterReader.letter(mail(nested, "收到"))
    let inner = String(repeating: "Content-Type: message/rfc822\n\n", count: 4000)
    _ = LetterReader.letter(mail(inner, "收到"))
    let comments = String(repeating: "(", count: 100_000)
    #expect(LetterReader.letter(Array("From: \(comments)a@b.example\n\nx".utf8)) != nil)
  }

  @Test func `of tags without end costs no time`() {
    let page = { (text: String) in words(mail("Content-Type: text/html\n", text)) }
    #expect(page(String(repeating: "<", count: 200_000)) == "")
    let attributes = (0..<40_000).map { " a\($0)=1" }.joined()
    #expect(page("<p>收到</p><p\(attributes)>好</p>")?.hasPrefix("收到") == true)
    #expect(page(String(repeating: "<div>", count: 40_000) + "深") != nil)
    #expect(page(String(repeating: "<blockquote>", count: 900) + "x") == "")
  }

  @Test func `of one long line, or of nothing but line ends, is cut`() {
    #expect(words(mail("", String(repeating: "长", count: 80_000)))?.count == 20_000)
    #expect(words(mail("", String(repeating: "\n", count: 200_000))) == "")
    #expect(words(mail("", String(repeating: ">", count: 200_000))) == "")
  }

  @Test func `brings no control characters and no writing from right to left`() {
    #expect(words(mail("", "退\u{202E}回\u{7}\u{1B}[31m\u{200B}！\r\n")) == "退回[31m！")
  }

  @Test func `cannot make its own words out of a forged quotation mark`() {
    #expect(words(mail("", "> 退回\n")) == "")
    #expect(words(mail("", "＞ 退回\n收到")) == "收到")
  }
}

@Suite struct `The declarations of GMime` {
  @Test func `are those of GMime itself`() async throws {
    let folder = try Folder()
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    try folder.write(
      "#include <gmime/gmime.h>\n#include \"\(root.path)/Sources/CGMime/shim.h\"\n", to: "both.c")
    let command =
      "clang -std=c11 -Werror -fsyntax-only $(pkg-config --cflags gmime-3.0) '\(folder.path("both.c"))'"
    let outcome = try await Program.run("/bin/sh", ["-c", command])
    #expect(outcome.code == 0, "\(outcome.errors)")
  }
}

@Suite struct `Our own papers` {
  /// What stands below the last line of a quoted paper is taken for the writer's own.
  @Test func `end with the line that says who drew them up`() throws {
    let samples = SavedLetter.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("DraftingTests/Samples")
    let names = try FileManager.default.contentsOfDirectory(atPath: samples.path)
      .filter { $0.hasSuffix(".txt") }
    var papers = 0
    for name in names {
      let text = try String(contentsOf: samples.appendingPathComponent(name), encoding: .utf8)
      let lines = text.split(separator: "\n")
      let foot = lines.lastIndex { $0.contains("由系统自动生成") || $0.contains("Drawn up by program") }
      guard let foot else { continue }
      papers += 1
      #expect(foot == lines.count - 1, "\(name)")
    }
    #expect(papers > 5)
  }
}
