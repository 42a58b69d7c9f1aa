/// The language in which Huiyin speaks to people (语言); JSON, keys and commands stay English.
package enum Language: String, CaseIterable, Sendable, Codable {
  /// Simplified Chinese, the default.
  case zh
  /// English.
  case en
}

/// One sentence for a person, in both languages.
package struct Phrase: Hashable, Sendable {
  /// The sentence in simplified Chinese.
  package var zh: String
  /// The sentence in English.
  package var en: String

  /// A sentence in Chinese and in English.
  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The sentence in the language asked for.
  package subscript(_ language: Language) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }
}
