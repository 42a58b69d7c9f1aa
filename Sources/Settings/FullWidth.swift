import Vocabulary

/// Signs that a Chinese keyboard writes where YAML wants its own (全角符号).
enum FullWidth {
  /// What is wrong with an unquoted text that swallowed such a sign; nil where nothing is.
  ///
  /// In quotes every sign is meant, so quotes are the way out that each sentence names.
  static func slip(in text: String) -> Phrase? {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return nil
    }
    if "“”‘’＂＇".unicodeScalars.contains(first) {
      return Phrase(
        zh: "引号是全角的：请改用半角引号 \"…\"", en: "full-width quotes: write \"…\" instead")
    }
    if isBlank(first) || isBlank(last) {
      return Phrase(
        zh: "“\(text)”前后有全角空格：请改用半角空格",
        en: "a full-width space at an end of \"\(text)\": write an ordinary one")
    }
    return nil
  }

  /// What is wrong with an unquoted word of a list that is several words; nil where nothing is.
  static func comma(in text: String) -> Phrase? {
    guard let sign = text.first(where: { "，、；".contains($0) }) else { return nil }
    return Phrase(
      zh: "“\(text)”里有全角“\(sign)”，成了一个词：词与词之间请用半角逗号 , 隔开，确为一个词则加引号",
      en: "\"\(text)\" is one word because of the full-width \"\(sign)\": "
        + "part words with \",\", or put quotes around it if it is one")
  }

  /// What is wrong with a key that swallowed a full-width colon or space; nil where nothing is.
  static func slip(inKey key: String) -> Phrase? {
    if key.contains("：") {
      return Phrase(
        zh: "“\(key)”里的冒号是全角的：请改成半角冒号加空格“: ”",
        en: "a full-width colon in \"\(key)\": write \": \" instead")
    }
    if key.unicodeScalars.contains(where: isBlank) {
      return Phrase(
        zh: "“\(key)”里有全角空格：请改用半角空格",
        en: "a full-width space in \"\(key)\": write an ordinary one")
    }
    return nil
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{3000}" || scalar == "\u{A0}"
  }
}
