package import Vocabulary

extension Explanation {
  /// A place that an item names (提到的地名), and what follows from it.
  package struct Mention: Sendable, Hashable {
    /// What a name says of the item's place.
    package enum Sense: Sendable, Hashable {
      /// It is one of the office's places, by name.
      case ours(String)
      /// It is called like one of the office's, and what stands before it is another's (同名地).
      case sameName(String)
      /// It is the city or the province in which the office lies.
      case above
      /// It is another's.
      case another
    }

    package var sense: Sense
    /// The names as they are known: 湖南省岳阳市.
    package var words: String
    package var field: Field
    /// In Unicode scalars of the field as it came in.
    package var start: Int
    package var end: Int
  }
}

/// The places that one field names (地名识别).
///
/// Names that stand one behind the other are one: in 湖南省某县竹园镇 the town is not the office's,
/// whatever it is called. Of names that overlap the first counts, and of those that begin together
/// the longest.
struct MentionReading {
  /// A name at a place.
  private struct Spot {
    var name: Gazetteer.Name
    var run: Range<Int>
    var codes: Range<Int>
  }

  /// What the field names.
  struct Found {
    var mention: Explanation.Mention
    /// The office's place, where it is one.
    var locality: Int?
    /// Which divisions the last of its names may mean.
    var divisions: [Int]
  }

  private let field: FieldHits
  private let gazetteer: Gazetteer

  init(_ field: FieldHits, _ gazetteer: Gazetteer) {
    self.field = field
    self.gazetteer = gazetteer
  }

  /// From front to back.
  func found(_ names: [FieldHits.Word: Int]) -> [Found] {
    chains(spots(names)).compactMap(sense)
  }

  private func spots(_ names: [FieldHits.Word: Int]) -> [Spot] {
    var spots: [Spot] = []
    for word in field.words {
      guard let name = names[word] else { continue }
      for run in field.places(of: word) {
        spots.append(
          Spot(name: gazetteer.names[name], run: run, codes: field.text.codes(of: run)))
      }
    }
    spots.sort {
      ($0.codes.lowerBound, -$0.codes.upperBound) < ($1.codes.lowerBound, -$1.codes.upperBound)
    }
    var end = 0
    return spots.filter { spot in
      guard spot.codes.lowerBound >= end else { return false }
      end = spot.codes.upperBound
      return true
    }
  }

  private func chains(_ spots: [Spot]) -> [[Spot]] {
    var chains: [[Spot]] = []
    for spot in spots {
      if let last = chains.last?.last, isJoined(last, spot) {
        chains[chains.count - 1].append(spot)
      } else {
        chains.append([spot])
      }
    }
    return chains
  }

  private func isJoined(_ one: Spot, _ next: Spot) -> Bool {
    FalseFriends.joins(field.text.codes[one.codes.upperBound..<next.codes.lowerBound])
  }

  private func sense(_ given: [Spot]) -> Found? {
    let chain = meant(given)
    guard let first = chain.first, let last = chain.last else { return nil }
    let outsiders = chain.filter { $0.name.relation == .another }
    let own = chain.last { $0.name.locality != nil }
    var sense = Explanation.Mention.Sense.above
    if let own, let locality = own.name.locality {
      let name = gazetteer.localities[locality].name
      sense = isElsewhere(own, in: chain) ? .sameName(name) : .ours(name)
    } else if !outsiders.isEmpty {
      guard outsiders.contains(where: \.name.isPlace) else { return nil }
      sense = .another
    }
    if own == nil, FalseFriends.precedes(field.text.codes[..<first.codes.lowerBound].suffix(4)) {
      return nil
    }
    let isOurs = if case .ours = sense { true } else { false }
    let shown = isOurs ? own ?? last : last
    return Found(
      mention: Explanation.Mention(
        sense: sense,
        words: isOurs ? shown.name.text : chain.map(\.name.text).joined(),
        field: field.field, start: isOurs ? shown.run.lowerBound : first.run.lowerBound,
        end: shown.run.upperBound),
      locality: isOurs ? own?.name.locality : nil, divisions: last.name.divisions)
  }

  /// Whether one of the office's names stands behind that of somewhere else.
  private func isElsewhere(_ own: Spot, in chain: [Spot]) -> Bool {
    let before = chain.prefix { $0.codes.lowerBound < own.codes.lowerBound }
    guard before.contains(where: { $0.name.relation == .another }) else { return false }
    guard !gazetteer.knowsArea else { return true }
    // Without a word of where the office lies, only its own county's name says that it is here.
    let isCounty = { (spot: Spot) in
      spot.name.locality.map { Division.isCounty(gazetteer.localities[$0].name) } ?? false
    }
    return gazetteer.hasCounty && !chain.contains(where: isCounty)
  }

  /// The names of a chain that say where something is.
  private func meant(_ chain: [Spot]) -> [Spot] {
    var meant: [Spot] = []
    for (index, spot) in chain.enumerated() {
      let next = index + 1 < chain.count ? chain[index + 1] : nil
      let isBehind = meant.last.map { $0.codes.upperBound == spot.codes.lowerBound } ?? false
      let isBefore = next.map { $0.codes.lowerBound == spot.codes.upperBound } ?? false
      if spot.name.isVague, !isBehind, !(isBefore && spot.name.isShort) { continue }
      if spot.name.isShort, !isBefore,
        FalseFriends.follows(field.text.codes[spot.codes.upperBound..<field.text.count])
      {
        continue
      }
      meant.append(spot)
    }
    return meant
  }
}

extension Gazetteer.Name {
  /// The office's place that it names.
  fileprivate var locality: Int? {
    switch relation {
    case .own(let index): index
    case .above, .another: nil
    }
  }
}
