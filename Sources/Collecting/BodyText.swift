internal import Foundation

/// The text of a mail as its writer sent it (正文): plain where there is plain text, else out of HTML.
enum BodyText {
  /// All of a mail's text that is no attachment.
  static func of(_ mail: Mail) -> String {
    let parts = mail.parts.filter { !$0.isAttached }
    let plain = parts.filter { $0.kind == "text/plain" || $0.kind == "" }.map(plainText)
    if let whole = joined(plain), !isStub(whole) { return whole }
    let pages = parts.filter { $0.kind == "text/html" }.map { HTMLText.of(decoded($0)) }
    return joined(pages) ?? joined(plain) ?? joined(parts.map(textWithoutBoundary)) ?? ""
  }

  /// The text of a plain part, its paragraphs whole.
  static func plainText(_ part: MailPart) -> String {
    let text = decoded(part)
    guard part.parameter("format")?.lowercased() == "flowed" else { return text }
    return FlowedText.unfolded(
      text, deletesSpaces: part.parameter("delsp")?.lowercased() == "yes")
  }

  static func decoded(_ part: MailPart) -> String {
    MailText.decoded(part.content, charset: part.parameter("charset"))
  }

  private static func textWithoutBoundary(_ part: MailPart) -> String {
    MailText.decoded(part.prologue, charset: nil)
  }

  private static func joined(_ texts: [String]) -> String? {
    let texts = texts.filter { $0.contains { !$0.isWhitespace } }
    return texts.isEmpty ? nil : texts.joined(separator: "\n")
  }

  /// A text that only says that the mail is in HTML.
  private static func isStub(_ text: String) -> Bool {
    text.count < 200 && ["HTML", "html", "超文本"].contains(where: text.contains)
      && ["不支持", "无法显示", "not support", "to view"].contains(where: text.contains)
  }
}
