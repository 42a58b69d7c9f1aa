package import Vocabulary

extension Explanation {
  /// Whose place an item is about, and why (属地判定).
  package struct Locating: Sendable, Hashable {
    package var ground: Ground
    package var origin: Origin
    /// What it names, title first; those that are the office's where any is.
    package var mentions: [Mention]
    /// The place that decided, by name.
    package var place: String?
    /// Who is the unit of that place; nil where it has none.
    package var unit: UnitName?
    /// The rule that says that it is a matter of the city or the province; nil where no rule does.
    package var aboveRule: Rule.ID?
  }
}

extension Explanation.Locating {
  /// How many mentions are kept for people.
  private static let bound = 5

  init(_ hits: [FieldHits], _ lexicon: Lexicon, from origin: Origin) {
    let gazetteer = lexicon.gazetteer
    let found = hits.flatMap { MentionReading($0, gazetteer).found(lexicon.names) }
    self.origin = origin
    let own = found.filter { $0.locality != nil }
    ground = Self.ground(found, own, origin, gazetteer)
    let telling = own.isEmpty ? found : own
    mentions = telling.prefix(Self.bound).map(\.mention)
    place = nil
    guard ground == .ours else {
      place = found.first { Self.tells($0, ground) }?.mention.words
      if case .another(let name) = origin { place = name }
      return
    }
    var candidates = own.compactMap(\.locality)
    if case .ours(let name?) = origin, let locality = gazetteer.locality(named: name) {
      candidates.append(locality)
    }
    guard let locality = Self.nearest(candidates, gazetteer) else { return }
    place = gazetteer.localities[locality].name
    unit = gazetteer.unit(of: locality)
  }

  /// Whether a mention is why an item is not ours.
  private static func tells(_ found: MentionReading.Found, _ ground: Ground) -> Bool {
    switch (found.mention.sense, ground) {
    case (.another, .another), (.sameName, .another), (.above, .above): true
    case (.ours, _), (.sameName, _), (.above, _), (.another, _): false
    }
  }

  /// The first place that is named, or what lies in it and is named too; one that has a unit first.
  private static func nearest(_ localities: [Int], _ gazetteer: Gazetteer) -> Int? {
    let able = localities.filter { gazetteer.unit(of: $0) != nil }
    guard var best = able.first ?? localities.first else { return nil }
    for other in able.isEmpty ? localities : able where gazetteer.lies(locality: other, in: best) {
      best = other
    }
    return best
  }

  private static func ground(
    _ found: [MentionReading.Found], _ own: [MentionReading.Found], _ origin: Origin,
    _ gazetteer: Gazetteer
  ) -> Ground {
    switch origin {
    case .ours: return .ours
    case .another: return own.isEmpty ? .another : .ours
    case .open: break
    }
    guard own.isEmpty else { return .ours }
    let others = found.filter { tells($0, .another) }
    let above = found.filter { tells($0, .above) }
    // A city of our own province is another's, and the province named beside it says no more.
    let alone = above.filter { up in
      !others.contains { other in
        other.divisions.contains { one in
          up.divisions.contains { gazetteer.lies(one, in: $0) }
        }
      }
    }
    if !alone.isEmpty { return .above }
    return others.isEmpty ? .unknown : .another
  }
}
