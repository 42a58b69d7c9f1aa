import Vocabulary

/// Some of what no rule graded, for somebody to look at (未定级抽样).
///
/// Half are those that came closest to a rule; half are drawn by a hash of address and week, so that
/// what no rule thinks of comes up too, everybody sees the same in one week, and others in the next.
struct UngradedSample {
  /// One item, and the rules that it nearly met.
  struct Pick {
    var item: Item
    var nearly: [NearMiss]
    fileprivate var rank: UInt64
  }

  private let week: Int
  private let size: Int
  private var closest: [Pick] = []
  private var drawn: [Pick] = []

  /// A sample of a week, of so many items at most.
  init(week: Int, size: Int) {
    self.week = week
    self.size = size
  }

  /// Those that came closest first, then those that were drawn.
  var picks: [Pick] {
    var seen: Set<Item.ID> = []
    let near = closest.prefix((size + 1) / 2)
    return (near + drawn).filter { seen.insert($0.item.id).inserted }.prefix(size).map(\.self)
  }

  mutating func take(_ item: Item, nearly: [NearMiss], matches: Int) {
    let lot = lot(of: item)
    let pick = Pick(item: item, nearly: nearly, rank: lot)
    UngradedSample.keep(pick, in: &drawn, atMost: size)
    guard !nearly.isEmpty else { return }
    // More rules that were close come first; the lot decides among equals.
    let closeness = UInt64(min(nearly.count, 15)) << 60
    var near = pick
    near.rank = ~closeness & (lot | 0xF000_0000_0000_0000)
    UngradedSample.keep(near, in: &closest, atMost: size)
  }

  private static func keep(_ pick: Pick, in picks: inout [Pick], atMost size: Int) {
    guard picks.count < size || pick.rank < (picks.last?.rank ?? 0) else { return }
    let place = picks.firstIndex { $0.rank > pick.rank } ?? picks.count
    picks.insert(pick, at: place)
    if picks.count > size { picks.removeLast() }
  }

  /// FNV-1a, which is the same on every machine.
  private func lot(of item: Item) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(week) \(item.id.rawValue)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9 >> 4
  }
}
