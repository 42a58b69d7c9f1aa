internal import Vocabulary

/// Draws the sketch of a text (文本草图).
enum Sketching {
  /// How many letters make a run: fewer, and any two letters to an office have runs in common; more,
  /// and one changed word takes too many away.
  private static let length = 12

  /// The sketch of a body; nil where it is too short to be compared.
  static func of(_ body: String) -> Sketch? {
    let folded = Fingerprinting.folded(body)
    guard folded.count >= Sketch.fewest + length - 1 else { return nil }
    return Sketch(runs: runs(of: folded), numbers: numbers(in: folded))
  }

  private static func runs(of folded: [UInt32]) -> [UInt32] {
    onceAscending(
      (0...folded.count - length).map { start in
        hash(folded[start..<start + length])
      })
  }

  private static func numbers(in folded: [UInt32]) -> [UInt32] {
    onceAscending(folded.split { !(0x30...0x39).contains($0) }.map(hash))
  }

  private static func onceAscending(_ hashes: [UInt32]) -> [UInt32] {
    var last: UInt32?
    return hashes.sorted().filter { hash in
      defer { last = hash }
      return hash != last
    }
  }

  /// A number that stays the same from one start to the next and from one machine to another: the
  /// ledger keeps it.
  private static func hash(_ letters: ArraySlice<UInt32>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for letter in letters {
      hash = (hash ^ UInt64(letter)) &* 0x0000_0100_0000_01B3
    }
    // Letters of one alphabet differ in their low bits alone; this carries them to the high ones.
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return UInt32(truncatingIfNeeded: (hash ^ hash >> 31) >> 32)
  }
}
