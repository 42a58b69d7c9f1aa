import Storage
import Vocabulary

/// What an item belongs to (同一事项): the alerts that stand for it, for its text or for nearly its
/// text, and the outlets that carry it.
struct Matter: Sendable {
  /// How long an alert is looked for by nearly its text. What is posted again after that is news; the
  /// same text, word for word, is known for ever.
  static let memory = Duration.days(30)

  let precedents: [Precedent]
  /// The outlet that carries this item, alone.
  let spread: Spread

  /// The outlets that made the grade of a decision on this matter; nil where the rules alone did.
  func spread(behind decision: Decision, on verdict: Verdict) -> Spread? {
    switch decision {
    case .raise(let grade, _, _): grade > verdict.grade ? spread : nil
    case .update(let alert, _, _, _, .spread):
      precedents.first { $0.alert == alert }.map { spread.union($0.spread) } ?? spread
    case .update, .merge, .file: nil
    }
  }

  /// Whether an alert stands, or stands from now on, for this very item, so that later texts are to
  /// be compared with it.
  func isFirst(_ item: Item.ID, after decision: Decision) -> Bool {
    if case .raise = decision { return true }
    return precedents.contains { $0.item == item }
  }
}

extension Casework {
  /// The sketch of an item somebody may have to hear of; the others need none.
  func sketch(of item: Item, _ verdict: Verdict, _ admission: Admission) -> Sketch? {
    guard verdict.ground.mayBeOurs, verdict.grade > .none, admission == .new else { return nil }
    return generation.steps.sketch(item)
  }

  /// Looks up what an item belongs to, and keeps what it was found to resemble.
  ///
  /// A sighting is a text of its own: under another title it may concern somebody else, and must not
  /// take the alert away from the unit that has it.
  func matter(
    of item: Item, as id: Item.ID, _ sketch: Sketch?, isSighting: Bool, in ledger: Writing
  ) throws -> Matter {
    if let sketch {
      let known = try ledger.items(
        like: sketch, on: item.feed, since: now.steady - Matter.memory)
      for (other, share) in known where other != id {
        try ledger.insert(resemblance: id, to: other, share: share, at: now)
      }
    }
    var precedents = try ledger.precedents(of: id, fingerprint: item.fingerprint)
    for index in precedents.indices {
      if isSighting, precedents[index].relation == .sameItem {
        precedents[index].relation = .sameText
      }
      precedents[index].spread = try spread(of: precedents[index].alert, in: ledger)
    }
    return Matter(precedents: precedents, spread: Spread([feed.publisher].compactMap(\.self)))
  }

  private func spread(of alert: Alert.ID, in ledger: Writing) throws -> Spread {
    let feeds = try ledger.carriers(of: alert).compactMap { generation.feeds[$0] }
    return Spread(feeds.compactMap(\.publisher))
  }
}
