internal import Glibc

/// Markup made harmless for libxml2, in one pass over the bytes.
///
/// libxml2 compares each attribute of a tag with all before it, so that one tag with 50,000 of them
/// costs it seconds; and open elements without end cost it, and us, the depth of them for each
/// closing tag. Scripts and styles are emptied because nobody reads them here.
struct MarkupGuard {
  /// More attributes than any page needs; those after are dropped.
  static let mostAttributes = 256
  /// More open elements than any page needs; the tags of deeper ones are dropped, their text is not.
  static let deepest = 400

  private let input: UnsafeBufferPointer<UInt8>
  private var output: [UInt8] = []
  private var index = 0
  /// Up to here everything was copied.
  private var copied = 0
  private var depth = 0

  /// HTML that libxml2 reads in linear time.
  static func html(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { input in
      var scan = MarkupGuard(input: input)
      scan.run()
      return scan.output
    }
  }

  private init(input: UnsafeBufferPointer<UInt8>) {
    self.input = input
    output.reserveCapacity(input.count + input.count / 16)
  }

  private mutating func run() {
    while true {
      index = next(0x3C, from: index)
      guard index < input.count else { break }
      tag()
    }
    copy(upTo: input.count)
  }

  private func at(_ offset: Int) -> UInt8 {
    index + offset < input.count ? input[index + offset] : 0
  }

  /// Where a byte stands next, or the end of the bytes.
  private func next(_ byte: UInt8, from start: Int) -> Int {
    guard start < input.count, let first = input.baseAddress else { return input.count }
    let found = memchr(first + start, Int32(byte), input.count - start)
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(first) } ?? input.count
  }

  private mutating func copy(upTo end: Int) {
    guard end > copied else { return }
    output.append(contentsOf: input[copied..<end])
    copied = end
  }

  private mutating func replace(upTo end: Int, by text: StaticString) {
    copy(upTo: index)
    text.withUTF8Buffer { output.append(contentsOf: $0) }
    index = end
    copied = end
  }

  private mutating func tag() {
    let next = at(1)
    if next == 0x21 {
      declaration()
    } else if next == 0x2F, ASCII.isLetter(at(2)) {
      depth = max(0, depth - (nests(nameEnd(from: index + 2), start: index + 2) ? 1 : 0))
      index += 2
    } else if ASCII.isLetter(next) {
      startTag()
    } else if next != 0x3F, next != 0x2F {
      replace(upTo: index + 1, by: "&lt;")
    } else {
      index += 1
    }
  }

  private mutating func declaration() {
    if at(2) == 0x2D, at(3) == 0x2D {
      index = end(of: [0x2D, 0x2D, 0x3E], from: index + 4)
    } else {
      index += 2
    }
  }

  /// The place after a mark, or the end of the bytes.
  private func end(of mark: [UInt8], from start: Int) -> Int {
    var place = start
    while place + mark.count <= input.count {
      if input[place] == mark[0], (1..<mark.count).allSatisfy({ input[place + $0] == mark[$0] }) {
        return place + mark.count
      }
      place += 1
    }
    return input.count
  }

  private func nameEnd(from start: Int) -> Int {
    var end = start
    while end < input.count, !ASCII.isSpace(input[end]), input[end] != 0x3E,
      input[end] != 0x2F
    { end += 1 }
    return end
  }

  private mutating func startTag() {
    let (start, nameEnd) = (index + 1, nameEnd(from: index + 1))
    let (end, cut) = attributes(from: nameEnd)
    if MarkupGuard.unknownVoid.contains(Tag(bytes: input[start..<nameEnd])) {
      return replace(upTo: min(end + 1, input.count), by: "")
    }
    let closesItself = end >= 2 && input[min(end, input.count) - 1] == 0x2F
    if nests(nameEnd, start: start), !closesItself {
      depth += 1
      if depth > MarkupGuard.deepest { return replace(upTo: min(end + 1, input.count), by: " ") }
    }
    if let cut {
      copy(upTo: cut)
      copied = end
    }
    index = min(end + 1, input.count)
    skipRawText(of: input[start..<nameEnd])
  }

  /// Where the tag's `>` is, and where to cut it if it has too many attributes.
  ///
  /// A quote counts only after `=`, as in libxml2: otherwise a tag could hide in what only we
  /// take for a quotation.
  private func attributes(from start: Int) -> (end: Int, cut: Int?) {
    var (place, count) = (start, 0)
    var cut: Int?
    var (isBetween, mayQuote) = (false, false)
    while place < input.count, input[place] != 0x3E {
      let byte = input[place]
      if ASCII.isSpace(byte) || byte == 0x2F {
        isBetween = true
      } else if mayQuote, byte == 0x22 || byte == 0x27 {
        place = closing(byte, after: place)
        (isBetween, mayQuote) = (true, false)
      } else if byte == 0x3D {
        (isBetween, mayQuote) = (false, true)
      } else {
        if isBetween, !mayQuote {
          count += 1
          if count > MarkupGuard.mostAttributes, cut == nil { cut = place }
        }
        (isBetween, mayQuote) = (false, false)
      }
      place += 1
    }
    return (place, cut)
  }

  private func closing(_ quote: UInt8, after place: Int) -> Int {
    var end = place + 1
    while end < input.count, input[end] != quote { end += 1 }
    return min(end, input.count - 1)
  }

  private mutating func skipRawText(of name: Slice<UnsafeBufferPointer<UInt8>>) {
    guard MarkupGuard.rawText.contains(Tag(bytes: name)) else { return }
    // What a page says of itself for machines is read; of other scripts nothing is.
    let isRead = MarkupGuard.linked.isIn(
      UnsafeBufferPointer(rebasing: input[name.endIndex..<index]))
    copy(upTo: index)
    while true {
      index = next(0x3C, from: index)
      guard index < input.count else { break }
      if at(1) == 0x2F, index + 2 + name.count <= input.count,
        Tag(bytes: input[(index + 2)..<(index + 2 + name.count)]) == Tag(bytes: name)
      {
        break
      }
      index += 1
    }
    if !isRead { copied = index }
  }

  private static let linked = ByteWords(["application/ld+json"])

  /// Whether open elements of this name pile up: not the void ones, nor those that close each other.
  private func nests(_ nameEnd: Int, start: Int) -> Bool {
    !MarkupGuard.flat.contains(Tag(bytes: input[start..<nameEnd]))
  }

  /// Empty by the standard, and open for ever to libxml2 2.9.
  private static let unknownVoid: TagSet = ["wbr", "source", "track"]
  private static let rawText: TagSet = ["script", "style"]
  private static let flat: TagSet = [
    "a", "p", "br", "li", "td", "tr", "th", "img", "dt", "dd", "hr", "input", "meta", "link",
    "option", "html", "head", "body", "tbody", "thead", "area", "base", "col", "embed", "param",
    "script", "style",
  ]
}
