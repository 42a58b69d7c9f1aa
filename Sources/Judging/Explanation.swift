package import Vocabulary

/// All that was considered for one item (研判说明): a verdict with its reasons.
package struct Explanation: Sendable, Hashable {
  /// A rule that matched (命中规则).
  package struct Match: Sendable, Hashable {
    package var rule: Rule
    /// The rule's grade, or that of the gravest raise that applied.
    package var grade: Grade
    /// The raise that gave the grade; nil where it is the rule's own.
    package var raise: Rule.Raise?
    /// Its words at their places, title first.
    package var evidence: [Evidence]
    /// Those of its words that do not count where they stand.
    package var discounted: [Evidence]
    /// How strongly it speaks for topic, unit and kind.
    package var standing: Standing
  }

  /// A rule that its own exclusions or contexts stopped (被排除).
  package struct Stop: Sendable, Hashable {
    package var rule: Rule
    /// The exclusions and context words at their places; none where the item is not of the office's
    /// own area and the rule wants that it is.
    package var exclusions: [Evidence]
    /// What would have matched.
    package var evidence: [Evidence]
  }

  /// A rule that wanted one thing more (险些命中).
  package struct Shortfall: Sendable, Hashable {
    package var rule: Rule
    /// The words any of which was missing, or those that stood too far apart.
    package var missing: [String]
    /// What was there.
    package var evidence: [Evidence]
  }

  package var verdict: Verdict
  /// The strongest first: it leads.
  package var matches: [Match]
  package var stops: [Stop]
  package var shortfalls: [Shortfall]
  /// Whose place it is about, and why.
  package var locating: Locating
  /// The rule that gives the topic.
  package var topicRule: Rule.ID?
  /// The rule that gives the unit; nil where the office's default unit has it, or nobody.
  package var unitRule: Rule.ID?
  /// The rule that gives the kind.
  package var kindRule: Rule.ID?
  /// The rule by which it may be an allegation of misconduct; nil where none says so.
  package var doubtRule: Rule.ID?
}
