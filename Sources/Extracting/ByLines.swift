/// Lines and brackets that name the one who wrote (署名): 网友：…, 作者：…, IP属地：…, （记者 …）.
struct ByLines {
  private let text: [UInt32]
  private var output: [UInt32] = []
  private var index = 0

  /// The text without them. Lines of which nothing is left go.
  static func removed(from text: [UInt32]) -> [UInt32] {
    var kept: [UInt32] = []
    kept.reserveCapacity(text.count)
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let rest = trimmed(line.contains(where: beginnings.contains) ? scanned(line) : Array(line))
      guard !isAuthorLine(rest), !(rest.isEmpty && !line.isEmpty) else { continue }
      if !kept.isEmpty { kept.append(0x0A) }
      kept += rest
    }
    return kept
  }

  private static func scanned(_ line: ArraySlice<UInt32>) -> [UInt32] {
    var scan = ByLines(text: Array(line))
    scan.run()
    return scan.output
  }

  private init(text: [UInt32]) { self.text = text }

  private mutating func run() {
    output.reserveCapacity(text.count)
    while true {
      let start = index
      while index < text.count, !ByLines.beginnings.contains(text[index]) { index += 1 }
      output += text[start..<index]
      guard index < text.count else { return }
      if let end = byLineEnd() {
        index = furtherNamesEnd(end)
        closeGap()
      } else if let (name, end) = quotedName() {
        output += text[index..<name]
        index = end
      } else {
        output.append(text[index])
        index += 1
      }
    }
  }

  /// With what a by-line may begin: nearly no character does.
  private static let beginnings = WordSet.Beginnings(
    of: [addresses, ids, labels, press, quoted], openings.union(nameQuotes))

  /// Where what begins here and names a person ends; nil where nothing of the kind begins.
  private func byLineEnd() -> Int? {
    if ByLines.openings.contains(text[index]), let end = bracketEnd() { return end }
    if let length = ByLines.addresses.length(in: text, at: index) {
      return addressEnd(index + length)
    }
    if let length = ByLines.ids.length(in: text, at: index) { return idEnd(index + length) }
    if let length = ByLines.labels.length(in: text, at: index), startsField {
      if let end = fieldEnd(index + length) { return end }
    }
    return ByLines.press.length(in: text, at: index).flatMap { pressEnd(index + $0) }
  }

  /// （记者 王小五 、赵六）: the names that follow the first.
  private func furtherNamesEnd(_ start: Int) -> Int {
    var end = start
    while true {
      var place = skipSpace(end)
      guard place < text.count, ByLines.links.contains(text[place]) else { return end }
      place = skipSpace(place + 1)
      let first = place
      while place < text.count, place - first < 5, Scalars.isHan(text[place]) { place += 1 }
      let isEnded =
        place >= text.count || Scalars.isSpace(text[place]) || ByLines.links.contains(text[place])
        || ByLines.closings.contains(text[place]) || ByLines.fieldStops.contains(text[place])
      guard (2...4).contains(place - first), isEnded else { return end }
      end = place
    }
  }

  /// （王五摄） and 【文/青川网 王五】: a bracket that says nothing but whose work it is.
  private func bracketEnd() -> Int? {
    let limit = min(text.count, index + 24)
    guard let close = text[(index + 1)..<limit].firstIndex(where: { ByLines.ends.contains($0) })
    else { return nil }
    let inner = text[(index + 1)..<close]
    let isPhoto =
      (3...5).contains(inner.count) && inner.last == 0x6444
      && inner.allSatisfy { Scalars.isHan($0) }
    let isText = inner.count > 3 && ByLines.works.length(in: text, at: index + 1) != nil
    return isPhoto || isText ? close + 1 : nil
  }

  /// A label counts at the start of a line and after what is no word.
  private var startsField: Bool {
    guard index > 0 else { return true }
    return !Scalars.isHan(text[index - 1]) && !Scalars.isLatin(text[index - 1])
  }

  private func skipSpace(_ start: Int) -> Int {
    var place = start
    while place < text.count, Scalars.isSpace(text[place]) { place += 1 }
    return place
  }

  private func skipColon(_ start: Int, or other: UInt32 = 0xFF1A) -> Int? {
    let place = skipSpace(start)
    guard place < text.count else { return nil }
    guard text[place] == 0x3A || text[place] == 0xFF1A || text[place] == other else { return nil }
    return skipSpace(place + 1)
  }

  /// A name is short and ends the line or is parted by a space: what runs on is what somebody says.
  private func fieldEnd(_ start: Int) -> Int? {
    guard let start = skipColon(start) else { return nil }
    var end = start
    while end < text.count, !ByLines.fieldStops.contains(text[end]) {
      if Scalars.isSpace(text[end]), !isSplitName(start, end) { break }
      end += 1
      if end - start > 16 { return nil }
    }
    if end < text.count, ByLines.speech.contains(text[end]) { return nil }
    return end
  }

  /// 张 三, written with a space so that it is as wide as 王小二.
  private func isSplitName(_ start: Int, _ space: Int) -> Bool {
    guard space == start + 1, space + 1 < text.count, Scalars.isHan(text[space + 1]) else {
      return false
    }
    return space + 2 >= text.count || Scalars.isSpace(text[space + 2])
  }

  private func addressEnd(_ start: Int) -> Int? {
    var end = skipColon(start) ?? skipSpace(start)
    let first = end
    while end < text.count, end - first < 12,
      Scalars.isHan(text[end]) || Scalars.isLatin(text[end])
        || text[end] == 0x2E || text[end] == 0x2A
    {
      end += 1
      if ByLines.provinces.endsText(text, before: end), end - first <= 4 { break }
    }
    return end > first ? end : nil
  }

  private func idEnd(_ start: Int) -> Int? {
    guard startsField else { return nil }
    // uid=1234 stands in addresses that people paste.
    let first = skipColon(start, or: 0x3D) ?? skipSpace(start)
    var end = first
    while end < text.count, end - first < 40,
      Scalars.isLatin(text[end]) || text[end] == 0x5F || text[end] == 0x2D
    {
      end += 1
    }
    return end - first >= 3 ? end : nil
  }

  /// 记者 张三 李四 报道 and （记者 张三）; but 记者从区水务局获悉 is news.
  private func pressEnd(_ start: Int) -> Int? {
    let first = skipSpace(start)
    guard first < text.count, Scalars.isHan(text[first]), !ByLines.verbs.contains(text[first])
    else {
      return nil
    }
    var (end, name) = (first, 0)
    while end < text.count, end - first <= 14 {
      if ByLines.pressEnds.length(in: text, at: end) != nil, end > first + 1 { return end }
      let scalar = text[end]
      if Scalars.isSpace(scalar) || scalar == 0x3001 {
        name = 0
      } else if Scalars.isHan(scalar) {
        name += 1
        if name > 4 { return nil }
      } else {
        break
      }
      end += 1
    }
    let isClosed = end >= text.count || ByLines.closings.contains(text[end])
    let isParted = first > start || index > 0 && ByLines.openings.contains(text[index - 1])
    return isClosed && isParted && end > first + 1 ? end : nil
  }

  /// “青溪渔夫”网友: the name goes here as well.
  private func nameBeforeWord() -> (start: Int, end: Int)? {
    guard ByLines.nameQuotes.contains(text[index]), let close = ByLines.quotes[text[index]] else {
      return nil
    }
    let limit = min(text.count, index + 18)
    guard let end = text[(index + 1)..<limit].firstIndex(of: close), end + 1 < text.count,
      ByLines.netizens.length(in: text, at: end + 1) != nil
    else { return nil }
    return (index, end + 1)
  }

  /// 网友“青溪渔夫”: the name goes, the word stays.
  private func quotedName() -> (start: Int, end: Int)? {
    if let found = nameBeforeWord() { return found }
    guard let length = ByLines.quoted.length(in: text, at: index) else { return nil }
    let start = index + length
    guard start < text.count, let close = ByLines.quotes[text[start]] else { return nil }
    let limit = min(text.count, start + 22)
    guard start + 1 < limit, let end = text[(start + 1)..<limit].firstIndex(of: close) else {
      return nil
    }
    return (start, end + 1)
  }

  /// Where a name went, brackets around nothing and a second space go too.
  private mutating func closeGap() {
    if let last = output.last, ByLines.openings.contains(last), index < text.count,
      ByLines.closings.contains(text[index])
    {
      output.removeLast()
      index += 1
    }
    guard output.last.map({ Scalars.isSpace($0) }) ?? true else { return }
    index = skipSpace(index)
  }

  /// A line that is nothing but where or who: 来自四川, 四川省广元市网友.
  private static func isAuthorLine(_ line: [UInt32]) -> Bool {
    guard (2...24).contains(line.count) else { return false }
    if netizens.endsText(line, before: line.count), !line.contains(where: { speech.contains($0) }) {
      return true
    }
    guard let length = froms.length(in: line, at: 0) else { return false }
    let rest = line[length...].filter { !Scalars.isSpace($0) && $0 != 0x3A && $0 != 0xFF1A }
    return provinces.length(in: rest, at: 0, whole: 3)
  }

  private static func trimmed(_ line: [UInt32]) -> [UInt32] {
    let start = line.firstIndex { !Scalars.isSpace($0) } ?? line.endIndex
    let end = line.lastIndex { !Scalars.isSpace($0) && $0 != 0x7C } ?? line.endIndex - 1
    return start > end ? [] : Array(line[start...end])
  }
}

extension WordSet {
  /// Whether a text begins with a word and is hardly longer.
  func length(in text: [UInt32], at index: Int, whole spare: Int) -> Bool {
    guard index < text.count, let length = length(in: text, at: index) else { return false }
    return text.count - index - length <= spare
  }
}
