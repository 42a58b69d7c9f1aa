import Foundation
import TestSupport
import Testing

/// One row of the table of replies: what somebody writes, and what must come of it.
struct ReplyRow: Sendable {
  /// A letter that somebody writes.
  struct Written: Sendable {
    /// The bare address that it is from.
    var from: String
    var words: String
    /// How it is written: a function of `Servers/replies.py`, or `huge`, which no Postfix takes.
    var program = "plain"
    var prefix = "回复："
    var charset = "utf-8"
    /// To whom the mail went that it answers; nil for the writer's own.
    var answers: String?
    /// The kind of the mail that it answers; nil for the first.
    var kind: String?
    /// Whether it has the alert's number alone.
    var isBare = false
    var isBounce = false
    var fields: [String] = []
  }

  /// What is written, for the table.
  var what: String
  var matter = Matter.gas
  /// What is sent when all have their mails, and when what came of that has left.
  var letters: [Written]
  var later: [Written] = []

  /// As `alerts ID --json` has it.
  var state: String
  var grade = "major"
  var unit: String?
  /// Whether its unit still has to answer what an officer has.
  var awaitsUnit = false
  /// What is kept of each letter, in order; of a bounce the text is a part of it.
  var heard: [ReplyOffice.Heard]
  /// The openings of the subjects of what the officers get beside the first mail, sorted.
  var officers: [String] = []
  /// Whom a reminder went to ahead of its time; nil for nobody.
  var reminded: String?
  /// Whether the mail server refused the unit's sheet at once.
  var isRefused = false

  /// What `Servers/replies.py` is to send for an alert.
  static func sent(
    _ written: [Written], of alert: ShownAlert, from start: Int
  ) throws -> [SentLetter] {
    try written.enumerated().map { index, letter in
      let recipient = letter.answers ?? letter.from
      let ours = alert.notices.first {
        $0.recipient == recipient && (letter.kind == nil || $0.kind == letter.kind)
      }
      return SentLetter(
        id: "\(alert.id)-\(start + index)", from: letter.from, program: letter.program,
        prefix: letter.prefix, words: letter.words, charset: letter.charset, number: alert.id,
        answers: try #require(ours, "\(alert.title): no mail to \(recipient)").messageId,
        isBare: letter.isBare, isBounce: letter.isBounce, fields: letter.fields)
    }
  }
}

extension SentLetter {
  /// The letter with a picture of fifty megabytes behind its words, as a mail server keeps it.
  var huge: String {
    let picture = String(
      repeating: String(repeating: "QUJD", count: 19) + "\r\n", count: 50_000_000 / 78)
    return "From: \(from)\r\nTo: duty@letters.example\r\nSubject: Re: \(number)\r\n"
      + "Message-ID: <\(id)@reply.example>\r\nIn-Reply-To: \(answers)\r\nMIME-Version: 1.0\r\n"
      + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
      + "Content-Type: text/plain; charset=utf-8\r\n\r\n\(words)\r\n--b\r\n"
      + "Content-Type: image/jpeg; name=p.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n\(picture)"
  }
}

extension ReplyOffice.Heard: CustomStringConvertible {
  /// A letter of the unit that acknowledges.
  static func ack(_ text: String, by part: String = "unit") -> Self {
    Self(part: part, word: "acknowledged", text: text)
  }

  /// A letter that does this.
  static func did(_ word: String, _ text: String?, by part: String? = "unit") -> Self {
    Self(part: part, word: word, text: text)
  }

  /// A letter that does nothing by itself.
  static func doubt(_ doubt: String, _ text: String, by part: String? = nil) -> Self {
    Self(part: part, word: "relayed", doubt: doubt, text: text)
  }

  /// Whether it is what was expected: a mail server's words are its own.
  func isLike(_ other: Self) -> Bool {
    guard word == "bounced", other.word == "bounced" else { return self == other }
    return part == other.part && (other.text.map { text?.contains($0) == true } ?? true)
  }

  /// As the table prints it.
  var description: String {
    let parts = ["unit": "承办单位", "officer": "值班员", "leader": "领导"]
    let words = [
      "acknowledged": "签收", "returned": "退回", "assigned": "改派", "regraded": "调级",
      "phoned": "已电话通知", "released": "签发", "closed": "办结", "falseAlarm": "误报",
      "relayed": "不作签收，转值班员核实", "bounced": "退信", "automatic": "自动回复，不作签收",
    ]
    let why = [
      "stranger": "未曾写给此邮箱", "formerUnit": "改派前的承办单位", "numberAlone": "只有编号", "leader": "领导来信",
      "question": "询问",
      "refused": "已办结，未执行", "officersWord": "转告值班员：单位用了值班员口令",
    ]
    let who = word == "bounced" ? "邮件服务器" : parts[part ?? ""] ?? "未登记的邮箱"
    return "\(who)：\(words[word] ?? word)\(doubt.map { "（\(why[$0] ?? $0)）" } ?? "")"
  }
}
