import Vocabulary

/// Where in one field words do not count, because of what they stand in or right after (语境排除).
///
/// A context word reaches some way behind itself and never beyond its clause: in 万一着火怎么办 the
/// fire does not count, in 消防演练刚结束，厂房着火 it does.
struct Shade {
  /// One context word at a place.
  struct Cast {
    var word: String
    var run: Range<Int>
    /// The last place at which a word may start that does not count.
    var end: Int
  }

  /// From front to back.
  private(set) var casts: [Cast] = []
  /// For each cast, which of those up to it reaches furthest.
  private var furthest: [Int] = []

  /// No shade.
  init() {}

  /// The shade of some casts.
  init(_ casts: [Cast]) {
    self.casts = casts.sorted { ($0.run.lowerBound, $0.end) < ($1.run.lowerBound, $1.end) }
    for index in self.casts.indices {
      let before = furthest.last ?? index
      furthest.append(self.casts[index].end > self.casts[before].end ? index : before)
    }
  }

  /// The context word because of which a word at a place does not count.
  func cast(on run: Range<Int>) -> Cast? {
    let before = firstIndex(from: run.lowerBound)
    if before > 0, casts[furthest[before - 1]].end >= run.lowerBound {
      return casts[furthest[before - 1]]
    }
    // Words that begin at the same place: the longer one holds the shorter.
    return casts[before...].prefix { $0.run.lowerBound == run.lowerBound }
      .first { $0.run.upperBound >= run.upperBound }
  }

  /// The first cast that does not begin before a place.
  private func firstIndex(from place: Int) -> Int {
    var (low, high) = (0, casts.count)
    while low < high {
      let middle = (low + high) / 2
      if casts[middle].run.lowerBound < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension FieldHits {
  /// How far a context word reaches from a place: so many scalars, and never beyond the clause.
  func reach(of run: Range<Int>, within: Int) -> Int {
    var (low, high) = (0, clauseEnds.count)
    while low < high {
      let middle = (low + high) / 2
      if clauseEnds[middle] < run.upperBound { low = middle + 1 } else { high = middle }
    }
    let end = run.upperBound + within
    return low < clauseEnds.count ? min(end, clauseEnds[low]) : end
  }
}

extension FoldedText {
  /// Whether a mark ends a clause: 。，, ! ? ; … and whatever ends a line. Not the enumeration comma:
  /// 预防火灾、爆炸 prevents both.
  private static func endsClause(_ code: UInt32) -> Bool {
    switch code {
    case 0x0A, 0x0D, 0x21, 0x2C, 0x3B, 0x3F, 0x85, 0x2026, 0x2028, 0x2029, 0x3002, 0xFF0C: true
    default: false
    }
  }

  /// Where they stand, in Unicode scalars of the original.
  var clauseEnds: [Int] {
    var ends: [Int] = []
    for (code, origin) in zip(codes, origins) where code < 0x3003 || code == 0xFF0C {
      if FoldedText.endsClause(code) { ends.append(Int(origin)) }
    }
    return ends
  }

  /// The codes that came from a run of the original that begins and ends at words.
  func codes(of run: Range<Int>) -> Range<Int> {
    index(from: run.lowerBound)..<index(from: run.upperBound)
  }

  private func index(from origin: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if Int(origins[middle]) < origin { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
