import Vocabulary

/// The nearest right word (最接近的写法), for keys as well as for Chinese names.
enum NearestWord {
  /// The choice that somebody most likely meant, or nil where none is near.
  static func to(_ word: String, among choices: [String]) -> String? {
    let scored = choices.map { (choice: $0, distance: distance(word, $0)) }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    let longer = max(word.unicodeScalars.count, best.choice.unicodeScalars.count)
    // Of two letters one is half: 供电 is no slip for 供水.
    return best.distance <= max(1, longer / 3) && longer > 2 ? best.choice : nil
  }

  /// `，是否为“title”？`, or the choices where none is near and they are few.
  static func hint(_ word: String, among choices: [String]) -> Phrase {
    if let near = to(word, among: choices) {
      return Phrase(zh: "，是否为“\(near)”？", en: "; did you mean \"\(near)\"?")
    }
    guard !choices.isEmpty, choices.count <= 30 else { return .nothing }
    return Phrase(
      zh: "；可写：\(choices.joined(separator: "、"))",
      en: "; expected one of: \(choices.joined(separator: ", "))")
  }

  /// Insertions, deletions, replacements and swaps of neighbours, letters' case aside.
  static func distance(_ left: String, _ right: String) -> Int {
    let one = Array(left.lowercased().unicodeScalars)
    let other = Array(right.lowercased().unicodeScalars)
    var before: [Int] = []
    var above = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        var best = min(row[j] + 1, above[j + 1] + 1, above[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          best = min(best, before[j - 1] + 1)
        }
        row.append(best)
      }
      (before, above) = (above, row)
    }
    return above[other.count]
  }
}
