import Foundation

/// What happens to a text on its way from one page to another, its order kept.
enum Edit: String, CaseIterable, CustomStringConvertible {
  case sourceLine = "a source line more"
  case framed = "a greeting before it and a request after it"
  case endCut = "the last third cut"
  case middleCut = "a third cut from its middle"
  case halfCut = "the second half cut"
  case oneWord = "a letter in a hundred changed"
  case twoWords = "two letters in a hundred changed"
  case continued = "half as much again written after it"

  var description: String { rawValue }

  /// The text as it stands on the other page.
  func made(of text: String, _ other: String, _ dice: inout Letters.Dice) -> String {
    switch self {
    case .sourceLine: "来源：青川晚报 2026年3月2日 10:00\n" + text
    case .framed:
      "各位网友，下面的情况再发一次，请大家帮忙转发：\n" + text + "\n到今天还是没有人管，请记者朋友来采访，谢谢。"
    case .endCut: text.without(1 / 3.0, from: 2 / 3.0)
    case .middleCut: text.without(1 / 3.0, from: Double.random(in: 0.1...0.5, using: &dice))
    case .halfCut: text.without(1 / 2.0, from: 1 / 2.0)
    case .oneWord: text.changed(1, &dice)
    case .twoWords: text.changed(2, &dice)
    case .continued: text + "\n" + other.prefix(text.count / 2)
    }
  }
}

extension String {
  /// The sentences of a text, each with its stop.
  private var sentences: [Substring] {
    var sentences: [Substring] = []
    var begin = startIndex
    for index in indices where "。！？\n".contains(self[index]) {
      sentences.append(self[begin..<self.index(after: index)])
      begin = self.index(after: index)
    }
    return begin < endIndex ? sentences + [self[begin...]] : sentences
  }

  fileprivate func without(_ share: Double, from start: Double) -> String {
    let sentences = sentences
    let count = Double(sentences.count)
    let cut = Int((start * count).rounded())..<Int(((start + share) * count).rounded())
    return sentences.enumerated().filter { !cut.contains($0.offset) }.map(\.element).joined()
  }

  fileprivate func changed(_ percent: Int, _ dice: inout Letters.Dice) -> String {
    var letters = Array(self)
    for _ in 0..<max(1, letters.count * percent / 100) {
      let place = Int.random(in: letters.indices, using: &dice)
      letters[place] = "的了是在有人我".randomElement(using: &dice) ?? "的"
    }
    return String(letters)
  }
}
