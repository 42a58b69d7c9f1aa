internal import Crypto
internal import Foundation
package import Vocabulary

/// Reads a mail as a letter (读信): bytes in, values out, whatever the bytes are.
package enum LetterReader {
  /// How much of a mail is ever looked at.
  package static let mostBytes = 262_144

  /// The letter that a mail is, by its first bytes or all of them; nil where they are no mail.
  package static func letter(_ bytes: [UInt8]) -> Letter? {
    let bytes = Array(bytes.prefix(mostBytes))
    guard let mail = Mail(bytes) else { return nil }
    return withExtendedLifetime(mail) { letter(mail, bytes) }
  }

  private static func letter(_ mail: Mail, _ bytes: [UInt8]) -> Letter {
    let root = mail.root
    let ids = ["In-Reply-To", "References"].map { identifiers(root, $0) }
    let answers = ids[0] + ids[1].reversed()
    let envelope = MailEnvelope(
      from: root.header("From").map(HeaderText.address) ?? "",
      subject: root.text(of: "Subject").map { String($0.prefix(500)) } ?? "")
    var letter = Letter(
      id: id(of: root, bytes), from: envelope.from, answers: unique(answers),
      subject: envelope.subject, nature: .automatic)
    if let returned = BounceReading.of(mail, envelope) {
      letter.nature = returned.bounces.isEmpty ? .automatic : .bounce(returned.bounces)
      letter.answers = unique(returned.answers + answers)
    } else if !AutomaticMarks.areOn(mail, envelope) {
      let text = BodyText.of(mail)
      // What is entered is often forwarded: it counts, whoever wrote it.
      letter.nature = .reply(
        letter.entered == nil ? OwnWords.of(text) : OwnWords.handedOn(in: text))
    }
    return letter
  }

  private static func identifiers(_ part: MailPart, _ name: String) -> [String] {
    part.header(name).map(HeaderText.identifiers) ?? []
  }

  private static func unique(_ ids: [String]) -> [String] {
    var seen: Set<String> = []
    return Array(ids.filter { seen.insert($0).inserted }.prefix(100))
  }

  private static func id(of root: MailPart, _ bytes: [UInt8]) -> Letter.ID {
    let own = root.header("Message-ID").flatMap { HeaderText.identifiers(in: $0).first }
    let hash = SHA256.hash(data: own.map { Data($0.utf8) } ?? Data(bytes.prefix(8192)))
    let digits = hash.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return Letter.ID(rawValue: digits.joined())
  }
}

/// Who a mail is from and what it is about, as its nature is judged by.
struct MailEnvelope {
  var from: String
  var subject: String

  /// The part of the address before the `@`.
  var mailbox: Substring { from.prefix { $0 != "@" } }

  /// The subject without what an answer puts before it.
  var bareSubject: String {
    var rest = subject[...]
    while let mark = MailEnvelope.answerMarks.first(where: { rest.lowercased().hasPrefix($0) }) {
      rest = rest.dropFirst(mark.count).drop { ": ：".contains($0) }
    }
    return String(rest)
  }

  private static let answerMarks = [
    "re:", "re：", "fw:", "fwd:", "fw：", "回复:", "回复：", "答复:", "答复：", "转发:", "转发：", "回覆:", "回覆：",
  ]
}
