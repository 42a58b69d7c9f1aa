/// Words that stand close together (邻近).
///
/// Read from front to back: at each place of a word, the latest places of the others before it are
/// the closest ones, so one pass over all places finds what there is.
struct Nearness {
  /// A place of one of the words.
  private struct Spot {
    var term: Int
    var run: Range<Int>
  }

  private var spots: [Spot] = []
  private var terms: Int
  private var within: Int

  /// The places of each word in one field, and the most Unicode scalars that may lie between the
  /// end of the first and the start of the last.
  init(places: [[Range<Int>]], within: Int) {
    self.terms = places.count
    self.within = within
    guard !places.contains(where: \.isEmpty) else { return }
    for (term, runs) in places.enumerated() {
      spots += runs.map { Spot(term: term, run: $0) }
    }
    spots.sort { ($0.run.lowerBound, $0.term) < ($1.run.lowerBound, $1.term) }
  }

  /// Groups of places, one of each word in the order given, that stand close enough; no place is
  /// in two groups.
  func groups(atMost bound: Int) -> [[Range<Int>]] {
    var groups: [[Range<Int>]] = []
    var latest = [Range<Int>?](repeating: nil, count: terms)
    for spot in spots where groups.count < bound {
      latest[spot.term] = spot.run
      let group = latest.compactMap { $0 }
      guard group.count == terms,
        let first = group.min(by: { $0.lowerBound < $1.lowerBound }),
        spot.run.lowerBound - first.upperBound <= within
      else { continue }
      groups.append(group)
      latest = Array(repeating: nil, count: terms)
    }
    return groups
  }
}
