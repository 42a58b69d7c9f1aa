import Collecting
import Foundation
import Testing
import Vocabulary

/// A mail of the folder `Letters`, as it came, with the letter that is to be read in it beside.
struct SavedLetter: CustomTestStringConvertible, Sendable {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Letters")

  static let all: [SavedLetter] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".eml") }.sorted().map {
      SavedLetter(name: String($0.dropLast(4)))
    }
  }()

  let name: String

  var testDescription: String { name }

  /// The bytes of the mail.
  func bytes() throws -> [UInt8] {
    try Array(Data(contentsOf: SavedLetter.folder.appendingPathComponent(name + ".eml")))
  }

  private var golden: URL { SavedLetter.folder.appendingPathComponent(name + ".letter") }

  /// The letter that is to be read in it, written out.
  func expected() throws -> String { try String(contentsOf: golden, encoding: .utf8) }

  /// Makes what was read what is expected.
  func update(_ found: String) throws {
    try found.write(to: golden, atomically: true, encoding: .utf8)
  }
}

extension Letter {
  /// All that is in a letter, for people to read.
  var written: String {
    let head =
      "From: \(from)\nSubject: \(subject)\n" + answers.map { "Answers: \($0)\n" }.joined()
    switch nature {
    case .reply(let words): return "reply\n\(head)\n\(words)\n"
    case .automatic: return "automatic\n\(head)"
    case .bounce(let bounces):
      let lines = bounces.map {
        "\($0.recipient ?? "nobody named") \($0.isFinal ? "final" : "passing"): \($0.reply)\n"
      }
      return "bounce\n\(head)\n\(lines.joined())"
    }
  }
}

/// Mails that a test writes itself.
func mail(_ header: String = "", _ body: String) -> [UInt8] {
  Array(
    ("From: water@unit.example\nSubject: 回复：2026-0017\nMessage-ID: <one@unit.example>\n"
      + header + "\n" + body).utf8)
}

/// What a person said in a mail; nil where it is no reply.
func words(_ bytes: [UInt8]) -> String? {
  guard case .reply(let words) = LetterReader.letter(bytes)?.nature else { return nil }
  return words
}
