import Storage
import Vocabulary

/// The walk of one item from verdict to notice, inside one transaction (流转).
///
/// Whatever of it is in the ledger is there as a whole: an item never stands without its verdict,
/// a verdict without its decision, an alert without its notices. So the only state that a crash
/// can interrupt is a notice that is written and not receipted.
struct Casework: Sendable {
  /// What the walk of an item led to, for the log and for those who wait for news.
  struct Outcome: Sendable {
    var raised: Alert.ID?
    var updated: Alert.ID?
    var isSighting = false

    /// Whether notices were written.
    var speaks: Bool { raised != nil || updated != nil }
  }

  let generation: Generation
  let feed: Feed
  /// The moment at which it is written.
  let now: Instant

  private var steps: Steps { generation.steps }
  private var announcer: Announcer { Announcer(steps: steps) }

  /// Takes in an item that the ledger does not know.
  ///
  /// The same text at another address is a sighting of the item that is there; it is judged all
  /// the same, because a title or a feed of its own may give it another grade.
  func takeIn(_ item: Item, _ admission: Admission, in ledger: Writing) throws -> Outcome {
    if let first = try twin(of: item, in: ledger) {
      return try see(item, again: first, admission, in: ledger)
    }
    try ledger.insert(item, admission: admission)
    try watchAnswer(of: item, admission, in: ledger)
    return try judge(item, as: item.id, admission, seenAt: item.foundAt, in: ledger)
  }

  /// Takes in an item that another feed has shown before, under the rules of this one: it may be of
  /// our area by this feed, and not by the other.
  func takeIn(
    _ item: Item, shownBefore first: Item, _ admission: Admission, in ledger: Writing
  ) throws -> Outcome {
    var whole = item
    if whole.body.isEmpty { whole.body = first.body }
    whole.basis = first.basis
    return try see(whole, again: first.id, admission, in: ledger)
  }

  /// Adds a version of an item and judges it again: the full text of one that was judged on its
  /// title alone, whose windows still run from the moment its title was found, or the new text of a
  /// page that is watched for changes, whose windows run from the moment this text was found.
  func complete(
    _ item: Item, _ admission: Admission, in ledger: Writing
  ) throws -> Outcome {
    try ledger.complete(item)
    try watchAnswer(of: item, admission, in: ledger)
    return try judge(item, as: item.id, admission, seenAt: item.foundAt, in: ledger)
  }

  /// Writes down the public answer that stands with an item, if it is another than before, and sees to
  /// it that the page of a message without one is read again.
  private func watchAnswer(
    of item: Item, _ admission: Admission, in ledger: Writing
  ) throws {
    try note(item.answer, of: item.id, in: ledger)
    guard let revisit = feed.revisit, feed.article != nil, feed.kind != .article,
      item.basis == .full, admission == .new
    else { return }
    let pause = revisit.pause(after: 0, isAnswered: item.answer != nil)
    try ledger.revisit(
      item.id, of: feed.id, nextLookAt: now.steady + pause,
      endsAt: item.foundAt.steady + Revisit.whole)
  }

  /// Writes down what became of an item's public answer, if anything did.
  func note(_ answer: Answer?, of item: Item.ID, in ledger: Writing) throws {
    guard let change = AnswerChange(from: try ledger.answer(of: item), to: answer) else { return }
    try ledger.insert(change, to: answer, of: item, at: now)
  }

  private func twin(of item: Item, in ledger: Writing) throws -> Item.ID? {
    guard let fingerprint = item.fingerprint else { return nil }
    return try ledger.items(withFingerprint: fingerprint).first { $0 != item.id }
  }

  private func see(
    _ item: Item, again first: Item.ID, _ admission: Admission, in ledger: Writing
  ) throws -> Outcome {
    let sighting = Sighting(
      item: first, feed: item.feed, url: item.url, title: item.title, seenAt: item.foundAt)
    try ledger.insert(sighting, address: item.id, relation: .sameText, admission: admission)
    var outcome = Outcome()
    // What was filed as old stays old when somebody posts it once more.
    if admission == .new {
      outcome = try judge(
        item, as: first, admission, seenAt: item.foundAt, isSighting: true, in: ledger)
    }
    outcome.isSighting = true
    return outcome
  }

  private func judge(
    _ item: Item, as id: Item.ID, _ admission: Admission, seenAt: Instant,
    isSighting: Bool = false, in ledger: Writing
  ) throws -> Outcome {
    var verdict = steps.judge(item, feed)
    verdict.item = id
    let sketch = sketch(of: item, verdict, admission)
    let matter = try matter(of: item, as: id, sketch, isSighting: isSighting, in: ledger)
    let decision = steps.raise(verdict, admission, matter.precedents, matter.spread, seenAt)
    let number = try ledger.insert(verdict, at: now)
    try ledger.insert(decision, item: id, verdict: number, at: now)
    if let sketch, matter.isFirst(id, after: decision) {
      try ledger.insert(sketch, of: id, at: now)
    }
    var shown = item
    shown.id = id
    let spread = matter.spread(behind: decision, on: verdict)
    return try act(on: decision, shown, verdict, number, spread, in: ledger)
  }

  private func act(
    on decision: Decision, _ item: Item, _ verdict: Verdict, _ number: Int, _ spread: Spread?,
    in ledger: Writing
  ) throws -> Outcome {
    switch decision {
    case .file, .merge:
      return Outcome()
    case .raise(let grade, let audience, let deadline):
      let year = generation.setup.office.zone.civil(now.wall).year
      let alert = Alert(
        id: try ledger.nextAlertID(year: year), item: item.id, grade: grade, audience: audience,
        raisedAt: now, deadline: deadline)
      try ledger.insert(alert, verdict: number, unit: verdict.unit)
      if let spread { try ledger.insert(spread, alert: alert.id, edition: 1) }
      let papers = papers(alert, item, verdict, spread)
      try announcer.announce(.raised(papers), papers, at: now, in: ledger)
      return Outcome(raised: alert.id)
    case .update(let id, let grade, let audience, let deadline, let reason):
      guard let standing = try ledger.alert(id) else { return Outcome() }
      let edition = try ledger.update(
        id, grade: grade, audience: audience, deadline: deadline, reason: reason, verdict: number,
        of: item.id, at: now)
      if let spread { try ledger.insert(spread, alert: id, edition: edition) }
      let alert = Alert(
        id: id, item: item.id, grade: grade, audience: audience, raisedAt: standing.alert.raisedAt,
        deadline: deadline)
      var papers = papers(alert, item, verdict, spread ?? standing.spread)
      papers.acknowledged = standing.acknowledgements
      papers.isRegraded = reason == .completed && standing.isRegraded
      try announcer.announce(
        .updated(papers, from: standing.alert.grade, reason, edition: edition), papers, at: now,
        in: ledger)
      return Outcome(updated: id)
    }
  }

  private func papers(
    _ alert: Alert, _ item: Item, _ verdict: Verdict, _ spread: Spread?
  ) -> AlertCase {
    announcer.papers(alert, item, verdict, on: feed, spread: spread, at: now)
  }
}
