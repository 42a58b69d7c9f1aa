internal import Foundation
internal import Vocabulary

/// Reads what a mail server says of a mail that it could not deliver (读退信; RFC 3464, and without).
struct BounceReading {
  /// Who was not reached; nobody where the server only says that it still tries, or that it did.
  var bounces: [Letter.Bounce]
  /// The Message-ID of the mail that came back.
  var answers: [String]

  /// What a mail says as a bounce; nil where it is none.
  static func of(_ mail: Mail, _ envelope: MailEnvelope) -> BounceReading? {
    let parts = mail.parts
    let answers = returned(parts)
    let reports = parts.filter { $0.kind.hasSuffix("/delivery-status") }
    let isReport = mail.top?.parameter("report-type")?.lowercased() == "delivery-status"
    if !reports.isEmpty {
      let status = DeliveryStatus(reports.map { BodyText.decoded($0) })
      if status.isReadable {
        return BounceReading(bounces: status.bounces, answers: answers)
      }
    }
    let said = SaidInWords(mail, parts, envelope)
    guard isReport || !reports.isEmpty || said.isBounce else { return nil }
    return BounceReading(bounces: said.bounces, answers: answers + said.identifiers)
  }

  /// The ids in the headers that came back with it, as a mail or as text.
  private static func returned(_ parts: [MailPart]) -> [String] {
    parts.flatMap { part -> [String] in
      if let inner = part.inner {
        return inner.header("Message-ID").map(HeaderText.identifiers) ?? []
      }
      guard part.kind.hasSuffix("/rfc822-headers") || part.kind == "message/rfc822" else {
        return []
      }
      return ids(inText: BodyText.decoded(part))
    }
  }

  /// The Message-IDs that a text has on lines of their own name.
  static func ids(inText text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.flatMap { index -> [String] in
      let line = lines[index].drop { " >\t|".contains($0) }
      guard line.lowercased().hasPrefix("message-id") else { return [] }
      // Folded after its name, where the id is long.
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      let own = HeaderText.identifiers(in: Array(line.utf8))
      return own.isEmpty ? HeaderText.identifiers(in: Array(next.utf8)) : own
    }
  }

  /// One line for the ledger.
  static func line(_ text: String) -> String {
    String(MailText.onOneLine(text).prefix(300))
  }
}
