/// General notices that leave together, for one recipient (集中通知).
///
/// Its papers were drafted when their alerts were raised, and go as they stand: what a recipient
/// gets is what the ledger has kept for each.
package struct Batch: Sendable, Hashable {
  /// One notice of a batch.
  package struct Paper: Sendable, Hashable {
    package var notice: Notice.ID
    package var alert: Alert.ID
    package var listing: Notice.Listing
    package var dueAt: WallTime
    package var text: String
    package var html: String

    /// A notice as it was drafted.
    package init(
      notice: Notice.ID, alert: Alert.ID, listing: Notice.Listing, dueAt: WallTime, text: String,
      html: String
    ) {
      self.notice = notice
      self.alert = alert
      self.listing = listing
      self.dueAt = dueAt
      self.text = text
      self.html = html
    }
  }

  package var recipient: Recipient
  /// What all its papers are: contact sheets or bulletins.
  package var kind: Notice.Kind
  /// In the order in which they are due; never none.
  package var papers: [Paper]
  /// When it is made up.
  package var at: WallTime
  /// When it must have left.
  package var dueAt: WallTime

  /// A batch of papers.
  package init(
    to recipient: Recipient, of kind: Notice.Kind, _ papers: [Paper], at: WallTime,
    dueAt: WallTime
  ) {
    self.recipient = recipient
    self.kind = kind
    self.papers = papers
    self.at = at
    self.dueAt = dueAt
  }
}

extension Notice {
  /// What a batch lists a notice by (目录项).
  package struct Listing: Sendable, Hashable {
    package var title: String
    package var gist: String
    package var url: String
    package var foundAt: WallTime
    /// Whether trial sends it to the officers instead.
    package var inTrial: Bool

    /// What a reader needs to know which paper it is.
    package init(title: String, gist: String, url: String, foundAt: WallTime, inTrial: Bool) {
      self.title = title
      self.gist = gist
      self.url = url
      self.foundAt = foundAt
      self.inTrial = inTrial
    }
  }
}
