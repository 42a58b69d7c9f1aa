extension Rule {
  /// What must be there, and must not (命中条件). Empty parts ask for nothing.
  package struct Condition: Sendable, Hashable {
    /// At least one of these.
    package var any: [String]
    /// Every one of these.
    package var all: [String]
    /// Not one of these (排除词); it acts on its own rule only.
    package var none: [String]
    /// All of these close together.
    package var near: Near?
    /// A number that must stand with a word.
    package var count: Count?
    /// At least one of these regular expressions (正则), in RE2's syntax.
    package var patterns: [String]
    /// Where this condition's words, and those of its groups, do not count.
    package var contexts: [Context]
    /// Conditions within this one, each under one of its parts.
    package var groups: [Group]

    /// A condition on words.
    package init(
      any: [String] = [], all: [String] = [], none: [String] = [], near: Near? = nil
    ) {
      self.any = any
      self.all = all
      self.none = none
      self.near = near
      self.patterns = []
      self.contexts = []
      self.groups = []
    }
  }

  /// Words that must stand close together (邻近).
  package struct Near: Sendable, Hashable {
    package var words: [String]
    /// The most Unicode scalars that may lie between the first word's end and the last's start,
    /// whatever their order.
    package var within: Int

    /// Words and how far they may stand apart.
    package init(words: [String], within: Int) {
      self.words = words
      self.within = within
    }
  }

  /// How many of something there must be (数量), by the number that stands with a word: 3人受伤,
  /// 五十多户, 上千人.
  package struct Count: Sendable, Hashable {
    package var of: [String]
    /// The least the number may be; a rough one counts as the least it may mean.
    package var atLeast: Int

    /// Words and the least number of them.
    package init(of words: [String], atLeast: Int) {
      self.of = words
      self.atLeast = atLeast
    }
  }

  /// Words in or right after which another word does not count (语境排除): 演练, 万一, 曾经.
  package struct Context: Sendable, Hashable {
    /// How many Unicode scalars behind one of the words another still stands right after it.
    package static let reach = 8

    package var words: [String]
    /// The most Unicode scalars between the end of such a word and the start of one that does not
    /// count; a clause's end lies never between them.
    package var within: Int

    /// Words and how far they reach.
    package init(words: [String], within: Int = reach) {
      self.words = words
      self.within = within
    }
  }

  /// A condition as one of the things that a part of another asks for (条件组).
  package struct Group: Sendable, Hashable {
    /// The part it stands under.
    package enum Part: String, Sendable, CaseIterable {
      case any
      case all
      case none
    }

    package var part: Part
    package var condition: Condition

    /// A condition under a part.
    package init(_ part: Part, _ condition: Condition) {
      self.part = part
      self.condition = condition
    }
  }
}
