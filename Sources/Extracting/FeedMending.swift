internal import CLibXML2

/// XML made well-formed before libxml2 sees it, in one pass over the bytes.
///
/// At the first thing that is not well-formed libxml2 begins to lose text: an element that is not
/// closed swallows the rows after it, a stray `&` the rest of its text, an attribute without quotes
/// its whole tag. So tags are balanced here, attributes quoted and entities written out. Whatever a
/// document type declares goes with it: there is no entity left that could grow or fetch anything.
struct FeedMending {
  /// libxml2 gives XML up below 256.
  private static let deepest = 200

  private let input: UnsafeBufferPointer<UInt8>
  private var output: [UInt8] = []
  private var index = 0
  /// Up to here everything was copied.
  private var copied = 0
  /// The names of the elements that are not closed yet, where they stand.
  private var open: [Range<Int>] = []
  /// How many are open below those: too deep to be worth an element, they leave their text alone.
  private var deeper = 0
  /// The first bytes of marks that do not come any more: they are not looked for again.
  private var missing: Set<UInt8> = []
  private var hasRoot = false

  /// XML that a strict parser reads to its end.
  static func mended(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { input in
      var scan = FeedMending(input: input)
      scan.run()
      return scan.output
    }
  }

  private init(input: UnsafeBufferPointer<UInt8>) {
    self.input = input
    output.reserveCapacity(input.count + input.count / 16)
  }

  private mutating func run() {
    while index < input.count {
      if input[index] == 0x3C {
        markup()
      } else if input[index] == 0x26 {
        ampersand()
      } else {
        index += 1
      }
    }
    copy(upTo: input.count)
    for name in open.reversed() { close(name) }
  }

  private func at(_ offset: Int) -> UInt8 {
    index + offset < input.count ? input[index + offset] : 0
  }

  private mutating func copy(upTo end: Int) {
    guard end > copied else { return }
    output.append(contentsOf: input[copied..<end])
    copied = end
  }

  private mutating func replace(upTo end: Int, by text: StaticString) {
    copy(upTo: index)
    text.withUTF8Buffer { output.append(contentsOf: $0) }
    (index, copied) = (end, end)
  }

  private mutating func close(_ name: Range<Int>) {
    output += [0x3C, 0x2F]
    output.append(contentsOf: input[name])
    output.append(0x3E)
  }

  private mutating func markup() {
    switch at(1) {
    case 0x3F: replace(upTo: end(of: "?>", from: index + 2) ?? index + 2, by: "")
    case 0x21: declaration()
    case 0x2F: endTag()
    case let byte where FeedMending.opensName(byte): startTag()
    default: replace(upTo: index + 1, by: "&lt;")
    }
  }

  private mutating func declaration() {
    if starts(with: "<!--") {
      replace(upTo: end(of: "-->", from: index + 4) ?? index + 4, by: "")
    } else if starts(with: "<![CDATA[") {
      guard let end = end(of: "]]>", from: index + 9) else {
        return replace(upTo: index + 9, by: "")
      }
      index = end
    } else {
      replace(upTo: declarationEnd(), by: "")
    }
  }

  /// The place after a document type, with the declarations in its brackets.
  private mutating func declarationEnd() -> Int {
    var place = missing.contains(0x3E) ? input.count : index + 2
    var depth = 0
    while place < input.count {
      let byte = input[place]
      if byte == 0x5B { depth += 1 }
      if byte == 0x5D { depth -= 1 }
      if byte == 0x3E, depth <= 0 { return place + 1 }
      place += 1
    }
    missing.insert(0x3E)
    return min(index + 2, input.count)
  }

  private func starts(with word: StaticString) -> Bool {
    guard index + word.utf8CodeUnitCount <= input.count else { return false }
    return word.withUTF8Buffer { $0.elementsEqual(input[index..<index + $0.count]) }
  }

  /// The place after a mark; nil where it does not come any more.
  private mutating func end(of mark: StaticString, from start: Int) -> Int? {
    mark.withUTF8Buffer { mark in
      var place = missing.contains(mark[0]) ? input.count : start
      while place + mark.count <= input.count {
        if input[place] == mark[0], input[place..<place + mark.count].elementsEqual(mark) {
          return place + mark.count
        }
        place += 1
      }
      missing.insert(mark[0])
      return nil
    }
  }

  private static func opensName(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || byte == 0x5F || byte >= 0x80
  }

  private func nameEnd(from start: Int) -> Int {
    var end = start
    while end < input.count, !FeedMending.endsName(input[end]) { end += 1 }
    return end
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    ASCII.isSpace(byte) || [0x3E, 0x2F, 0x3C, 0x3D, 0x22, 0x27, 0x26].contains(byte)
  }
}

extension FeedMending {
  /// Closes what is open inside, and drops an end without a beginning.
  fileprivate mutating func endTag() {
    let start = index + 2
    let name = start..<nameEnd(from: start)
    guard !name.isEmpty else { return replace(upTo: index + 1, by: "&lt;") }
    var end = name.upperBound
    while end < input.count, input[end] != 0x3E, input[end] != 0x3C { end += 1 }
    if end < input.count, input[end] == 0x3E { end += 1 }
    copy(upTo: index)
    if deeper > 0 {
      deeper -= 1
    } else if let place = open.lastIndex(where: { isSame($0, name) }) {
      for name in open[place...].reversed() { close(name) }
      open.removeSubrange(place...)
    }
    (index, copied) = (end, end)
  }

  /// A title or a date holds no other part of a row: its own end is missing.
  private mutating func closeLeaf(before name: Range<Int>) {
    guard deeper == 0, let last = open.last, FeedMending.leaves.isWhole(input[last]),
      FeedMending.parts.isWhole(input[name])
    else { return }
    copy(upTo: index)
    close(last)
    open.removeLast()
  }

  private static let leafNames = [
    "title", "link", "guid", "id", "pubdate", "issued", "modified", "created", "updated",
    "published", "category", "comments", "dc:date", "dc:creator",
  ]
  private static let leaves = Names(leafNames)
  private static let parts = Names(
    leafNames + ["content", "summary", "description", "content:encoded", "author"])

  private static let rows = Names(["item", "entry"])

  private func isRow(_ name: Range<Int>) -> Bool {
    FeedMending.rows.isWhole(input[name])
  }

  private func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    guard one.count == other.count else { return false }
    for offset in 0..<one.count
    where ASCII.lowered(input[one.lowerBound + offset])
      != ASCII.lowered(input[other.lowerBound + offset])
    { return false }
    return true
  }

  fileprivate mutating func startTag() {
    let name = (index + 1)..<nameEnd(from: index + 1)
    guard let tag = attributes(from: name.upperBound) else {
      return replace(upTo: index + 1, by: "&lt;")
    }
    if !hasRoot {
      // What stands before the first element would keep libxml2 from reading any.
      output.removeAll(keepingCapacity: true)
      (copied, hasRoot) = (index, true)
    }
    closeLeaf(before: name)
    if isRow(name), let place = open.lastIndex(where: { isRow($0) }), deeper == 0 {
      // No row has another in it: the one before was not closed.
      copy(upTo: index)
      for name in open[place...].reversed() { close(name) }
      open.removeSubrange(place...)
    }
    guard open.count < FeedMending.deepest else {
      deeper += tag.isClosed ? 0 : 1
      return replace(upTo: tag.end, by: " ")
    }
    if !tag.isClosed { open.append(name) }
    guard !tag.isWellFormed else { return index = tag.end }
    copy(upTo: index)
    output.append(0x3C)
    output.append(contentsOf: input[name])
    write(tag.attributes)
    output += tag.isClosed ? [0x2F, 0x3E] : [0x3E]
    (index, copied) = (tag.end, tag.end)
  }

  /// What stands between an element's name and the end of its tag.
  private struct Attributes {
    var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    var isWellFormed = true
    var isClosed = false
    /// The place after the tag.
    var end = 0
  }

  /// Nil where no tag comes to its end.
  private func attributes(from start: Int) -> Attributes? {
    var tag = Attributes()
    var place = start
    while place < input.count {
      let byte = input[place]
      if byte == 0x3E {
        tag.isClosed = place > start && input[place - 1] == 0x2F
        tag.end = place + 1
        return tag
      }
      if byte == 0x3C {
        // The tag was cut off where another begins; right behind its name, it is none.
        guard place > start else { return nil }
        (tag.isWellFormed, tag.end) = (false, place)
        return tag
      }
      if ASCII.isSpace(byte) || byte == 0x2F {
        place += 1
      } else {
        place = attribute(at: place, &tag)
      }
    }
    return nil
  }

  private func attribute(at start: Int, _ tag: inout Attributes) -> Int {
    let name = start..<nameEnd(from: start)
    var place = skipSpace(name.upperBound)
    guard !name.isEmpty, FeedMending.opensName(input[start]), place < input.count,
      input[place] == 0x3D
    else {
      tag.isWellFormed = false
      return max(start + 1, name.upperBound)
    }
    place = skipSpace(place + 1)
    guard place < input.count else { return place }
    let value: Range<Int>
    let end: Int
    if let quoted = quoted(at: place) {
      (value, end) = (quoted, quoted.upperBound + 1)
      if !isPlain(quoted) { tag.isWellFormed = false }
    } else {
      tag.isWellFormed = false
      var stop = place
      while stop < input.count, !ASCII.isSpace(input[stop]), input[stop] != 0x3E { stop += 1 }
      // A slash before the bracket closes the element and ends no address.
      let isSlash = stop > place && stop < input.count && input[stop - 1] == 0x2F
      (value, end) = (place..<(isSlash ? stop - 1 : stop), isSlash ? stop - 1 : stop)
    }
    if tag.attributes.count < MarkupGuard.mostAttributes,
      !tag.attributes.contains(where: { isSame($0.name, name) })
    {
      tag.attributes.append((name, value))
    } else {
      tag.isWellFormed = false
    }
    return max(end, start + 1)
  }

  private func skipSpace(_ start: Int) -> Int {
    var place = start
    while place < input.count, ASCII.isSpace(input[place]) { place += 1 }
    return place
  }

  /// A value in quotes; nil where it has none, or where its end is missing and it runs over tags.
  private func quoted(at place: Int) -> Range<Int>? {
    let quote = input[place]
    guard quote == 0x22 || quote == 0x27 else { return nil }
    var (end, sawEnd) = (place + 1, false)
    while end < input.count, input[end] != quote {
      if input[end] == 0x3E { sawEnd = true }
      if input[end] == 0x3C, sawEnd { return nil }
      end += 1
    }
    return end < input.count ? (place + 1)..<end : nil
  }

  private func isPlain(_ value: Range<Int>) -> Bool {
    !input[value].contains { $0 == 0x3C || $0 == 0x26 }
  }

  private mutating func write(_ attributes: [(name: Range<Int>, value: Range<Int>)]) {
    for (name, value) in attributes {
      output.append(0x20)
      output.append(contentsOf: input[name])
      output += [0x3D, 0x22]
      var place = value.lowerBound
      while place < value.upperBound {
        switch input[place] {
        case 0x3C: output += Array("&lt;".utf8)
        case 0x22: output += Array("&#34;".utf8)
        case 0x26:
          let (text, end) = reference(at: place)
          output += text
          place = end
          continue
        default: output.append(input[place])
        }
        place += 1
      }
      output.append(0x22)
    }
  }
}

extension FeedMending {
  fileprivate mutating func ampersand() {
    let (text, end) = reference(at: index)
    copy(upTo: index)
    output += text
    (index, copied) = (end, end)
  }

  /// What a reference stands for, as a number, which libxml2 always reads; of what is none the `&`.
  ///
  /// libxml2 drops even `&amp;` from all text after the first thing that is not well-formed, and an
  /// HTML entity is such a thing.
  private func reference(at start: Int) -> (text: [UInt8], end: Int) {
    var place = start + 1
    let isNumber = place < input.count && input[place] == 0x23
    if isNumber { place += 1 }
    let first = place
    while place < input.count, place - first < 32, ASCII.isWord(input[place]) { place += 1 }
    let name = input[first..<place]
    let isEnded = place < input.count && input[place] == 0x3B
    guard isEnded, let scalar = isNumber ? number(name) : entity(name) else {
      return (Array("&#38;".utf8), start + 1)
    }
    return (Array("&#\(scalar);".utf8), place + 1)
  }

  private func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    let text = String(decoding: digits, as: UTF8.self)
    let isHex = text.lowercased().hasPrefix("x")
    let value = isHex ? UInt32(text.dropFirst(), radix: 16) : UInt32(text)
    guard let value else { return nil }
    // Of the C1 controls pages mean windows-1252's signs, as browsers know.
    let isText = value >= 0x20 && value < 0xFFFE || [9, 10, 13].contains(value) || value > 0xFFFF
    guard isText, Unicode.Scalar(value) != nil else { return 0xFFFD }
    return value
  }

  private func entity(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    if name.elementsEqual("apos".utf8) { return 39 }
    let found = huiyin_html_entity(Array(name) + [0])
    return found == 0 ? nil : found
  }
}

/// Some names of elements, known in any case.
private struct Names {
  private let byLength: [Int: [[UInt8]]]

  init(_ names: [String]) {
    byLength = Dictionary(grouping: names.map { Array($0.utf8) }, by: \.count)
  }

  /// Whether some bytes are one of the names.
  func isWhole(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    byLength[bytes.count]?.contains { $0.elementsEqual(bytes.lazy.map(ASCII.lowered)) } ?? false
  }
}
