import Foundation
import Mailing
import Testing
import Vocabulary

@Suite struct `A composer` {
  private let composer = Composer(from: .duty, zone: .shanghai, program: "Huiyin/0.1")

  private func text(_ envelope: Envelope) -> String {
    String(decoding: composer.mail(for: envelope), as: UTF8.self)
  }

  /// The header as it stands, before the first empty line.
  private func header(_ envelope: Envelope) -> String {
    let mail = text(envelope)
    return String(mail[..<(mail.firstRange(of: "\r\n\r\n")?.lowerBound ?? mail.endIndex)])
  }

  @Test func `writes a mail that another parser reads as it was meant`() async throws {
    var envelope = Envelope.sample()
    envelope.inReplyTo = "<2026-0017.0@letters.example>"
    let mail = try await ReadMail.read(composer.mail(for: envelope))
    #expect(mail.from == [["舆情值班室", "duty@letters.example"]])
    #expect(mail.to == [["区水务局", "shuiwu@unit.example"]])
    #expect(mail.subject == envelope.subject)
    #expect(mail.date == "2026-03-02T09:03:00+08:00")
    #expect(mail.messageID == envelope.messageID)
    #expect(mail.inReplyTo == envelope.inReplyTo && mail.references == envelope.inReplyTo)
    #expect(mail.autoSubmitted == "auto-generated")
    #expect(mail.kinds == ["multipart/alternative", "text/plain", "text/html"])
    #expect(mail.charsets == ["utf-8", "utf-8"])
    #expect(mail.contents == [envelope.text.replacing("\n", with: "\r\n"), envelope.html])
    #expect(mail.defects.isEmpty)
  }

  @Test func `writes the same bytes at every attempt`() {
    #expect(composer.mail(for: .sample()) == composer.mail(for: .sample()))
  }

  private static let subjects = [
    "", " ", "plain", "=?UTF-8?B?YQ==?=", "家", String(repeating: "停水", count: 90),
    "👨‍👩‍👧‍👦" + String(repeating: "👩🏽‍🚒", count: 30), String(repeating: "e\u{301}", count: 150),
    "a" + String(repeating: "\u{301}", count: 200), String(repeating: "word ", count: 60) + "end",
  ]

  @Test func `brings any subject over`() async throws {
    let mails = Self.subjects.map { composer.mail(for: .sample(subject: $0)) }
    let wanted = Self.subjects.map { $0.trimmingCharacters(in: .whitespaces) }
    let read = try await ReadMail.read(mails)
    #expect(read.map(\.subject) == wanted)
  }

  @Test(arguments: subjects)
  func `encodes in words of at most 75 columns, each of whole characters`(subject: String) throws {
    for line in header(.sample(subject: subject)).components(separatedBy: "\r\n") {
      #expect(line.utf8.count <= 76)
      for word in line.split(separator: " ") where word.hasPrefix("=?") {
        #expect(word.utf8.count <= 75)
        let inside = word.dropFirst("=?UTF-8?B?".count).dropLast(2)
        let bytes = try #require(Data(base64Encoded: String(inside)))
        #expect(String(data: bytes, encoding: .utf8) != nil, "a character is split")
      }
    }
  }

  private static let attacks = [
    "\r\nBcc: all@unit.example", "\nBcc: all@unit.example", "\rBcc: all@unit.example",
    "\u{0}Bcc: all@unit.example", "\u{85}Bcc: all@unit.example", "\u{2028}Bcc: all@unit.example",
    "\u{2029}Bcc: all@unit.example", "\u{B}Bcc: all@unit.example", "\r\n\r\n<script>",
    "\r\n.\r\nMAIL FROM:<a@b.example>", "停水\r\nBcc: all@unit.example", "\u{202E}drowssap",
    "a\u{FEFF}b\u{200F}", String(repeating: "长", count: 5000), String(repeating: "x", count: 5000),
    "\"\\\r\n <all@unit.example>,", "=?UTF-8?Q?=0D=0ABcc:_all?=", ",;:<>@()[]\\",
  ]

  /// A mail with the attack in every field that takes a text.
  private func mail(with attack: String) -> [UInt8] {
    let recipient = MailAddress(name: attack, address: "shuiwu@unit.example")
    var envelope = Envelope.sample(
      to: recipient, id: "<a\(attack)@b.example>", subject: attack, text: attack, html: attack)
    envelope.inReplyTo = "<\(attack)@b.example>"
    let from = MailAddress(name: attack, address: "duty@letters.example")
    return Composer(from: from, zone: .shanghai, program: attack).mail(for: envelope)
  }

  @Test func `lets no text break out of its field`() async throws {
    let known: Set = [
      "Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
      "X-Auto-Response-Suppress", "X-Mailer", "MIME-Version", "Content-Type",
    ]
    let mails = try await ReadMail.read(Self.attacks.map(mail))
    #expect(mails.count == Self.attacks.count)
    for (mail, attack) in zip(mails, Self.attacks) {
      let named = Comment(rawValue: attack.debugDescription)
      #expect(Set(mail.names).isSubset(of: known), named)
      #expect(Set(mail.names).count == mail.names.count, named)
      #expect(mail.to.map { $0[1] } == ["shuiwu@unit.example"], named)
      #expect(mail.from.map { $0[1] } == ["duty@letters.example"], named)
      #expect(mail.kinds == ["multipart/alternative", "text/plain", "text/html"], named)
      #expect(mail.subject.split(whereSeparator: { $0.isNewline }).count <= 1, named)
    }
  }

  @Test(arguments: attacks)
  func `writes ASCII in lines that no server breaks`(attack: String) {
    let bytes = mail(with: attack)
    #expect(bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0D || $0 == 0x0A })
    #expect(bytes.split(separator: 0x0A).allSatisfy { $0.count <= 998 })
    #expect(isWholeInCRLF(bytes))
  }

  @Test func `begins no line with a dot`() {
    let dots = String(repeating: ".\n..\n.\r\n", count: 50)
    let mail = text(.sample(subject: ". 开头", text: dots, html: dots))
    #expect(!mail.contains("\n."))
  }

  @Test(
    arguments: [
      ("Asia/Shanghai", "Mon, 02 Mar 2026 09:03:00 +0800"),
      ("UTC", "Mon, 02 Mar 2026 01:03:00 +0000"),
      ("America/St_Johns", "Sun, 01 Mar 2026 21:33:00 -0330"),
    ])
  func `dates a mail in the office's zone`(zone: String, date: String) throws {
    let composer = Composer(
      from: .duty, zone: try #require(OfficeZone(zone)), program: "Huiyin/0.1")
    let mail = String(decoding: composer.mail(for: .sample()), as: UTF8.self)
    #expect(mail.contains("Date: \(date)\r\n"))
  }

  /// Whether every CR is followed by LF and every LF preceded by CR.
  private func isWholeInCRLF(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "")
    return !text.utf8.contains(0x0D) && !text.utf8.contains(0x0A)
  }
}
