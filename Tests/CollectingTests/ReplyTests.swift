import Collecting
import Foundation
import Testing
import Vocabulary

@Suite struct `A mail that came back` {
  @Test(arguments: SavedLetter.all)
  func `is read as its writer meant it`(_ saved: SavedLetter) throws {
    let letter = try #require(LetterReader.letter(saved.bytes()))
    if ProcessInfo.processInfo.environment["UPDATE"] == "1" { try saved.update(letter.written) }
    #expect(try letter.written == saved.expected())
    #expect(saved.name.hasPrefix(letter.written.prefix { $0 != "\n" }))
  }

  @Test func `is shown by many kinds`() {
    for kind in ["reply", "automatic", "bounce"] {
      #expect(SavedLetter.all.count { $0.name.hasPrefix(kind) } >= 10)
    }
  }

  @Test(arguments: SavedLetter.all)
  func `may end anywhere, or be garbled`(_ saved: SavedLetter) throws {
    let bytes = try saved.bytes()
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
      let letter = LetterReader.letter(Array(bytes[..<length]))
      #expect((letter?.subject.contains("\n") ?? false) == false)
    }
    var generator = Dice(seed: UInt64(bytes.count))
    for _ in 0..<60 {
      var garbled = bytes
      for _ in 0..<20 {
        garbled[Int.random(in: 0..<garbled.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      let letter = LetterReader.letter(garbled)
      #expect((letter?.answers.allSatisfy { $0.hasPrefix("<") && $0.hasSuffix(">") }) ?? true)
    }
  }

  @Test func `has the id of its Message-ID, wherever it is found again`() throws {
    let one = try #require(LetterReader.letter(mail("", "收到")))
    let same = try #require(LetterReader.letter(mail("X-Moved: yes\n", "别的")))
    let other = try #require(LetterReader.letter(Array("Subject: x\n\n收到".utf8)))
    #expect(one.id == same.id && one.id != other.id)
    #expect(one.id.rawValue.count == 32)
    #expect(one.id.rawValue.allSatisfy { "0123456789abcdef".contains($0) })
  }

  @Test func `names what it answers, nearest first`() throws {
    let header =
      "References: <a@x.example> <b@x.example>\n <c@x.example>\nIn-Reply-To: <c@x.example>\n"
    let letter = try #require(LetterReader.letter(mail(header, "收到")))
    #expect(letter.answers == ["<c@x.example>", "<b@x.example>", "<a@x.example>"])
  }

  @Test func `is no more than a line of subject`() throws {
    let letter = try #require(
      LetterReader.letter(Array("Subject: a\n b\u{7}\n =?utf-8?B?DQpjDQo=?=\n\nx".utf8)))
    #expect(letter.subject.hasPrefix("a b"))
    #expect(!letter.subject.contains { $0.isNewline })
  }
}

@Suite struct `A mail that enters something` {
  private func words(_ subject: String, _ text: String) throws -> String {
    let letter = try #require(
      LetterReader.letter(
        Array("From: officer@letters.example\nSubject: \(subject)\n\n\(text)".utf8)))
    guard case .reply(let words) = letter.nature else { return "\(letter.nature)" }
    return words
  }

  private static let forwarded = """
    请录入。
    --
    值班员

    ---------- Forwarded message ---------
    发件人: "王小明" <wang@superior.example>
    发送时间: 2026年3月2日
    收件人: <li@letters.example>
    主题: 转办单

    竹园镇停水三天。
    时间：昨天起
    发自我的iPhone
    """

  @Test func `has what it forwards, and not who wrote it to whom`() throws {
    #expect(
      try words("录入：停水", Self.forwarded) == "请录入。\n\n竹园镇停水三天。\n时间：昨天起")
    #expect(
      try words("录入", "看下面\n\n在 2026年3月2日，王小明 <w@x.example> 写道：\n> 竹园镇停水。\n> 请办理。")
        == "看下面\n\n竹园镇停水。\n请办理。")
  }

  @Test func `is no reply, which has its writer's own words alone`() throws {
    #expect(try words("回复：停水", Self.forwarded) == "请录入。")
  }
}

/// Numbers that are the same in each run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
