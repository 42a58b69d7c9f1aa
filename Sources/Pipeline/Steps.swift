package import Vocabulary

/// The verbs of the walk, as the pipeline is handed them: it knows no stage.
///
/// `fetch` and `deliver` are the edges; the rest is pure. One value is made for each generation of
/// the set-up, and what is under way finishes under the one it began with.
package struct Steps: Sendable {
  /// Feed → Page (采集).
  package var fetch: @Sendable (PageRequest) async throws(Miss) -> Fetched
  /// The files that were dropped for a feed, their bytes, and their end (导出文件).
  package var exports: Exports
  /// Page → items, and leads to fetch once (提取).
  package var extract: @Sendable (Page, Feed) throws(Miss) -> Extract
  /// The page behind a lead → its item (提取正文).
  package var complete: @Sendable (Page, Lead, Feed) throws(Miss) -> Item
  /// A lead whose page does not come → an item of its title alone (仅标题).
  package var entitle: @Sendable (Lead) -> Item
  /// Whether what was found counts as new (新旧判定).
  package var admit: @Sendable (PublicationTime, Feed, _ onFirstRun: Bool, Instant) -> Admission
  /// Item → Verdict (研判).
  package var judge: @Sendable (Item, Feed) -> Verdict
  /// Item → its text in small, nil where there is too little of it (文本草图).
  package var sketch: @Sendable (Item) -> Sketch?
  /// Verdict → Decision (流转); the spread is the item's own.
  package var raise: @Sendable (Verdict, Admission, [Precedent], Spread, Instant) -> Decision
  /// When the notices of an alert leave, which an officer may have to sign off or not; nil for at once
  /// (送出时间).
  package var leave: @Sendable (Grade, Deadline, _ mayBeHeld: Bool, Instant) -> LeavingTime?
  /// Who is reminded of an alert that speaks now, if nothing is heard of it (逐级催办).
  package var escalate: @Sendable (Alert, Instant) -> [Rung]
  /// Occasion → notices (拟稿).
  package var draft: @Sendable (Occasion) -> [Notice]
  /// The Message-ID of a notice for a recipient, the same each time it is asked for.
  package var messageID: @Sendable (Notice.ID, MailAddress) -> String
  /// Envelope → Receipt (发送). It asks whether it may before the first byte of the content leaves,
  /// and sends none where it may not.
  package var deliver: @Sendable (Envelope, Handover) async -> Receipt
  /// When whoever has acknowledged an alert is asked how it stands; `true` for the unit (催反馈).
  package var askAgain: @Sendable (Alert, Bool, Instant) -> Rung?
  /// A person's own words → what they do (来信处理).
  package var hear: @Sendable (String, Correspondence) -> Hearing
  /// What an officer mailed in → an item of a feed; nil where the mail says nothing (录入).
  package var enter: @Sendable (Letter, _ saying: String, Feed, Instant) -> Item?
  /// Gives each letter that has come, its text masked, one after the other; one that could not be
  /// taken is given again (收信). Nil where the office has no mailbox.
  package var collect: Collect?

  /// What is done with files that boards' owners exported (导出文件).
  package struct Exports: Sendable {
    /// What lies in a feed's folder.
    package var pile: @Sendable (Feed) throws(Miss) -> ExportPile
    /// A file's bytes.
    package var page: @Sendable (Export) throws(Miss) -> Page
    /// Deletes a file that is done.
    package var discard: @Sendable (Export) -> Void

    /// The verbs of exports.
    package init(
      pile: @escaping @Sendable (Feed) throws(Miss) -> ExportPile,
      page: @escaping @Sendable (Export) throws(Miss) -> Page,
      discard: @escaping @Sendable (Export) -> Void
    ) {
      self.pile = pile
      self.page = page
      self.discard = discard
    }

    /// Where no feed is read from files.
    package static let none = Exports(
      pile: { _ in ExportPile([], digest: "") },
      page: { export throws(Miss) in
        throw Miss(.folder, url: export.path, reason: Phrase(zh: "读不到", en: "not read"))
      },
      discard: { _ in })
  }

  /// Reads a mailbox and hands over what came.
  package typealias Collect =
    @Sendable (_ take: @Sendable (Letter) async throws -> Void) async throws(MailboxFault) -> Void

  /// The steps of one generation of the set-up.
  package init(
    fetch: @escaping @Sendable (PageRequest) async throws(Miss) -> Fetched,
    exports: Exports = .none,
    extract: @escaping @Sendable (Page, Feed) throws(Miss) -> Extract,
    complete: @escaping @Sendable (Page, Lead, Feed) throws(Miss) -> Item,
    entitle: @escaping @Sendable (Lead) -> Item,
    admit: @escaping @Sendable (PublicationTime, Feed, Bool, Instant) -> Admission,
    judge: @escaping @Sendable (Item, Feed) -> Verdict,
    sketch: @escaping @Sendable (Item) -> Sketch?,
    raise: @escaping @Sendable (Verdict, Admission, [Precedent], Spread, Instant) -> Decision,
    leave: @escaping @Sendable (Grade, Deadline, Bool, Instant) -> LeavingTime?,
    escalate: @escaping @Sendable (Alert, Instant) -> [Rung] = { _, _ in [] },
    draft: @escaping @Sendable (Occasion) -> [Notice],
    messageID: @escaping @Sendable (Notice.ID, MailAddress) -> String,
    deliver: @escaping @Sendable (Envelope, Handover) async -> Receipt,
    askAgain: @escaping @Sendable (Alert, Bool, Instant) -> Rung? = { _, _, _ in nil },
    hear: @escaping @Sendable (String, Correspondence) -> Hearing = { _, _ in .relay(.stranger) },
    enter: @escaping @Sendable (Letter, String, Feed, Instant) -> Item? = { _, _, _, _ in nil },
    collect: Collect? = nil
  ) {
    self.fetch = fetch
    self.exports = exports
    self.extract = extract
    self.complete = complete
    self.entitle = entitle
    self.admit = admit
    self.judge = judge
    self.sketch = sketch
    self.raise = raise
    self.leave = leave
    self.escalate = escalate
    self.draft = draft
    self.messageID = messageID
    self.deliver = deliver
    self.askAgain = askAgain
    self.hear = hear
    self.enter = enter
    self.collect = collect
  }
}
