/// A text in small (文本草图), by which texts that are nearly the same are found and compared.
///
/// A text is taken as the set of its runs: every twelve letters that follow each other, as a number.
/// A sketch keeps the smallest of these numbers, which is a fair sample of them, and so two sketches
/// tell what share of the shorter text stands in the longer one. A source line more or a paragraph
/// less leaves that share whole; each word that is changed, as in a form that somebody else fills in, takes a dozen
/// runs away. Where the lines are drawn, and why, is in `docs/decisions/0010`.
package struct Sketch: Sendable, Hashable {
  /// The most runs that are kept.
  package static let size = 128
  /// A text of fewer different runs is too short to be compared: a form that was filled in twice
  /// would be one letter.
  package static let fewest = 88
  /// How many bands a sketch has.
  package static let bandCount: UInt32 = 12

  /// The smallest runs, ascending.
  package let runs: [UInt32]
  /// How many different runs the whole text has.
  package let runCount: Int
  /// The smallest of the numbers that are written in the text, ascending.
  package let numbers: [UInt32]

  /// The sketch of a text with these runs and these written numbers, each once and ascending; nil
  /// where the text is too short.
  package init?(runs: [UInt32], numbers: [UInt32]) {
    self.init(
      kept: Array(runs.prefix(Sketch.size)), runCount: runs.count,
      numbers: Array(numbers.prefix(Sketch.size)))
  }

  /// A sketch as it stands in the ledger; nil where it is none.
  package init?(kept: [UInt32], runCount: Int, numbers: [UInt32]) {
    guard runCount >= Sketch.fewest, kept.count == min(runCount, Sketch.size) else { return nil }
    runs = kept
    self.runCount = runCount
    self.numbers = numbers
  }

  /// The smallest run of each band: two texts that are nearly the same have some of them in common,
  /// and two others hardly ever. A run says itself which band it is of.
  package var bands: [UInt32] {
    var seen: Set<UInt32> = []
    return runs.filter { seen.insert($0 % Sketch.bandCount).inserted }
  }
}

extension Sketch {
  /// What share of the shorter text stands in the longer one, where that makes them one matter;
  /// nil where it does not.
  ///
  /// The shorter the text, the more of it must be there; and of two texts on one feed nearly all, for
  /// a feed prints forms: a notice for each street, a letter that five hundred people sign. Where
  /// both give numbers and most of them differ, they are two notices whatever the share: of another
  /// day, another house.
  package func likeness(to other: Sketch, onOneFeed: Bool) -> Double? {
    guard numbersAgree(with: other) else { return nil }
    let asked = onOneFeed ? 0.9 : 0.6 + 15 / Double(min(runCount, other.runCount))
    let share = share(with: other)
    return share >= asked ? share : nil
  }

  private func share(with other: Sketch) -> Double {
    let (common, either) = overlap(with: other)
    guard common > 0 else { return 0 }
    let alike = Double(common) / Double(either)
    let inBoth = alike / (1 + alike) * Double(runCount + other.runCount)
    return min(1, inBoth / Double(min(runCount, other.runCount)))
  }

  /// Of the runs that both sketches would have kept: how many are in both texts, how many in either.
  private func overlap(with other: Sketch) -> (common: Int, either: Int) {
    let reach = min(reach, other.reach)
    let mine = runs.prefix { $0 <= reach }
    let theirs = other.runs.prefix { $0 <= reach }
    let common = Sketch.inBoth(mine, theirs)
    return (common, mine.count + theirs.count - common)
  }

  /// Up to where every run of the text is in the sketch.
  private var reach: UInt32 {
    runCount > Sketch.size ? runs.last ?? 0 : .max
  }

  private func numbersAgree(with other: Sketch) -> Bool {
    let fewer = min(numbers.count, other.numbers.count)
    guard fewer >= 2 else { return true }
    return 2 * Sketch.inBoth(numbers[...], other.numbers[...]) >= fewer
  }

  private static func inBoth(_ left: ArraySlice<UInt32>, _ right: ArraySlice<UInt32>) -> Int {
    Set(left).intersection(right).count
  }
}
