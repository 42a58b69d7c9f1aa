/// How a message without a public answer is read again (回访): `revisit: 1h..7d`.
///
/// The first look comes soon, each later one after twice the pause of the one before, up to the
/// longest. Once there is an answer it is looked at in the longest pause alone, because answers are
/// changed and withdrawn.
package struct Revisit: Sendable, Hashable {
  /// The pause before the first look.
  package var first: Duration
  /// The longest pause between two looks.
  package var longest: Duration

  /// How long a message is looked at, from when it was found: 60 days and 30 more, which is the
  /// longest that the regulations give for an answer.
  package static let whole = Duration.days(90)

  /// A schedule that begins with one pause and rises to another.
  package init(first: Duration, longest: Duration) {
    self.first = first
    self.longest = max(first, longest)
  }

  /// The pause after so many looks.
  package func pause(after looks: Int, isAnswered: Bool) -> Duration {
    isAnswered ? longest : min(longest, first * (1 << min(looks, 24)))
  }
}

/// What became of the public answer of a message between two looks (答复变动).
package enum AnswerChange: String, Sendable, Codable, CaseIterable {
  /// There is one (出现), be it at the first look.
  case appeared
  /// It has another text, or another unit signs it (改动).
  case changed
  /// It is gone (撤下).
  case disappeared

  /// What happened from one look to the next; nil where nothing did.
  package init?(from old: Answer?, to new: Answer?) {
    switch (old, new) {
    case (nil, nil): return nil
    case (nil, .some): self = .appeared
    case (.some, nil): self = .disappeared
    case (.some(let old), .some(let new)):
      guard old.body != new.body || old.unit != new.unit else { return nil }
      self = .changed
    }
  }

  /// As people read it.
  package var name: Phrase {
    switch self {
    case .appeared: Phrase(zh: "公开答复", en: "answered in public")
    case .changed: Phrase(zh: "公开答复有改动", en: "the public answer has changed")
    case .disappeared: Phrase(zh: "公开答复已撤下", en: "the public answer is gone")
    }
  }
}
