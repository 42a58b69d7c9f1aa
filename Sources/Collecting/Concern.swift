internal import Foundation
internal import Vocabulary

/// Whether a mail can be about ours (是否相关), by its headers alone: what cannot is never fetched.
enum Concern {
  /// The headers that it takes to say so.
  static let headers = [
    "From", "Subject", "In-Reply-To", "References", "Return-Path", "Content-Type",
    "X-Failed-Recipients",
  ]

  /// Whether it answers something, names an alert's number, enters something, or looks like a bounce.
  static func isPossible(_ header: [UInt8]) -> Bool {
    guard let mail = Mail(header) else { return false }
    return withExtendedLifetime(mail) { isPossible(mail) }
  }

  private static func isPossible(_ mail: Mail) -> Bool {
    let root = mail.root
    let answers = ["In-Reply-To", "References"].compactMap { root.header($0) }
    if answers.contains(where: { !HeaderText.identifiers(in: $0).isEmpty }) { return true }
    let subject = root.text(of: "Subject") ?? ""
    if Letter.entered(in: subject) != nil { return true }
    if hasNumber(subject) || root.header("X-Failed-Recipients") != nil { return true }
    if mail.top?.kind == "multipart/report" { return true }
    let envelope = MailEnvelope(
      from: root.header("From").map(HeaderText.address) ?? "", subject: subject)
    return SaidInWords.isFromSystem(root, envelope)
  }

  /// `2026-0017`, with any of the strokes that people write.
  static func hasNumber(_ subject: String) -> Bool {
    let characters = Array(subject)
    let strokes: Set<Character> = ["-", "－", "—", "–", "‐", "−"]
    return characters.indices.contains { index in
      guard strokes.contains(characters[index]) else { return false }
      let before = characters[..<index].suffix(4)
      let after = characters[(index + 1)...].prefix(4)
      return (before + after).allSatisfy { $0.isASCII && $0.isNumber }
        && before.count == 4 && after.count == 4
    }
  }
}
