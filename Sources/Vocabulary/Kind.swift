/// What a citizen's message wants (诉求类型); each kind goes to its own office.
///
/// The district's rules for answering messages, articles 3 and 9.
package enum Kind: String, CaseIterable, Sendable, Codable {
  /// Something is wrong and should be put right (投诉).
  case complaint
  /// A question (咨询).
  case consultation
  /// A proposal (建议).
  case suggestion
  /// A matter before courts, police or prosecutors (涉法涉诉).
  case legal
  /// An allegation of misconduct (检举控告/党风廉政), which the supervising office alone may see.
  case conduct
  /// None of these.
  case other

  /// The kind as people read it.
  package var name: Phrase {
    switch self {
    case .complaint: Phrase(zh: "投诉", en: "complaint")
    case .consultation: Phrase(zh: "咨询", en: "consultation")
    case .suggestion: Phrase(zh: "建议", en: "suggestion")
    case .legal: Phrase(zh: "涉法涉诉", en: "legal matter")
    case .conduct: Phrase(zh: "检举控告", en: "conduct of officials")
    case .other: Phrase(zh: "其他", en: "other")
    }
  }
}
