import Vocabulary

/// Sentences that may repeat what a file says (回显): one line each, and no password in them, for
/// they go into mails to the admins.
enum Shown {
  static func phrase(_ sentence: Phrase) -> Phrase {
    Phrase(zh: safe(sentence.zh), en: safe(sentence.en))
  }

  /// A value, cut where nobody would read on.
  static func value(_ text: String) -> String {
    text.unicodeScalars.count <= 60 ? text : String(text.unicodeScalars.prefix(60)) + "…"
  }

  private static func safe(_ text: String) -> String {
    withoutPasswords(text).unicodeScalars.map { scalar in
      let isBreak = scalar == "\u{2028}" || scalar == "\u{2029}"
      let isHidden = isBreak || scalar.properties.generalCategory == .control
      return isHidden ? scalar.escaped(asASCII: true) : String(scalar)
    }.joined()
  }

  /// `user:password@` in an address becomes `…@`.
  private static func withoutPasswords(_ text: String) -> String {
    var parts = text.split(separator: "://", omittingEmptySubsequences: false).map(String.init)
    for index in parts.indices.dropFirst() {
      // A password may hold a slash, so the address counts to its end.
      let authority = parts[index].prefix { !" 」\"".contains($0) }
      guard let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") else { continue }
      parts[index].replaceSubrange(..<at, with: "…")
    }
    return parts.joined(separator: "://")
  }
}
