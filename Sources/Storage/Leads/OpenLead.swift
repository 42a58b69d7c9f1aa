package import Vocabulary

/// A lead (待采链接) whose page has not come yet.
package struct OpenLead: Sendable, Hashable {
  package var lead: Lead
  /// How many fetches of it have missed.
  package var attempts: Int
  package var nextTryAt: SteadyTime
  /// When it was judged on its title because its page did not come in time; nil until then.
  package var titleJudgedAt: WallTime?

  /// A lead and what was tried so far.
  package init(
    lead: Lead, attempts: Int, nextTryAt: SteadyTime, titleJudgedAt: WallTime? = nil
  ) {
    self.lead = lead
    self.attempts = attempts
    self.nextTryAt = nextTryAt
    self.titleJudgedAt = titleJudgedAt
  }
}
