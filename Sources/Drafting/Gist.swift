import Vocabulary

/// The sentences of a text that a reader needs (摘要): those around the gravest evidence.
struct Gist {
  /// At most so many characters.
  let limit: Int

  /// The gist of an item, empty where it has no body.
  func text(of item: Item, evidence: [Evidence]) -> String {
    if item.body.utf8.count <= limit * 16 {
      let whole = item.body.runTogether
      guard whole.count > limit else { return whole }
    }
    let hit = evidence.filter { $0.field == .body }.max(by: Gist.isLessTelling)
    let window = Window(of: item.body, around: hit?.start ?? 0)
    let sentences = Gist.sentences(of: window.text)
    let index = sentences.lastIndex { $0.start <= window.offset } ?? 0
    return excerpt(sentences.map(\.text), around: index, window) ?? cut(window)
  }

  /// As much of a body as can matter, so that a book costs no more than a letter.
  private struct Window {
    let text: String
    /// Where the hit begins in it, in scalars.
    let offset: Int
    let isFromStart: Bool
    let isToEnd: Bool

    init(of body: String, around start: Int) {
      let scalars = body.unicodeScalars
      let hit = min(max(0, start), scalars.count)
      let from = max(0, hit - 1000)
      let begin = scalars.index(scalars.startIndex, offsetBy: from)
      let end = scalars.index(begin, offsetBy: 2000, limitedBy: scalars.endIndex)
      text = String(scalars[begin..<(end ?? scalars.endIndex)])
      offset = hit - from
      isFromStart = from == 0
      isToEnd = end == nil || end == scalars.endIndex
    }
  }

  /// Whole sentences from the body's begin, or from the sentence before the hit; nil where the
  /// hit's own sentence is too long.
  private func excerpt(_ sentences: [String], around index: Int, _ window: Window) -> String? {
    guard sentences.indices.contains(index) else { return nil }
    let reachesHit = sentences[...index].map(\.count).reduce(0, +) <= limit
    let starts = reachesHit && window.isFromStart ? [0] : [max(0, index - 1), index]
    for start in starts {
      let kept = whole(sentences[start...])
      guard start + kept.count > index else { continue }
      let isAll = start + kept.count == sentences.count && window.isToEnd
      let isFirst = start == 0 && window.isFromStart
      return (isFirst ? "" : "……") + kept.joined() + (isAll ? "" : "……")
    }
    return nil
  }

  private func whole(_ sentences: ArraySlice<String>) -> [String] {
    var room = limit
    return Array(
      sentences.prefix { sentence in
        room -= sentence.count
        return room >= 0
      })
  }

  private func cut(_ window: Window) -> String {
    let scalars = window.text.unicodeScalars
    let from = max(0, window.offset - limit / 2)
    let start = scalars.index(scalars.startIndex, offsetBy: from)
    let lead = from > 0 || !window.isFromStart ? "……" : ""
    return lead + String(scalars[start...].prefix(limit * 4)).runTogether.clipped(to: limit)
  }

  private static func isLessTelling(_ left: Evidence, _ right: Evidence) -> Bool {
    left.grade != right.grade ? left.grade < right.grade : left.start > right.start
  }

  /// The sentences with the scalar offset at which each begins.
  private static func sentences(of body: String) -> [(start: Int, text: String)] {
    var result: [(start: Int, text: String)] = []
    var (start, current) = (0, "")
    var offset = 0
    for scalar in body.unicodeScalars {
      current.unicodeScalars.append(scalar)
      offset += 1
      guard "。！？!?；;\n".unicodeScalars.contains(scalar) else { continue }
      result.append((start, current.onOneLine))
      (start, current) = (offset, "")
    }
    result.append((start, current.onOneLine))
    return result.filter { !$0.text.isEmpty }
  }
}
