/// Plain text from a tree (纯文本): a line for each block, a space between cells, white space folded.
///
/// Scripts, hidden parts and whatever names the one who wrote are left out here, before any text
/// exists.
struct PlainText {
  private(set) var bytes: [UInt8] = []
  private var wantsSpace = false
  private var wantsLine = false
  private var sawSourceLine = false
  private var preformatted = 0
  private let marked: Node?
  /// How many bytes stood before the marked node.
  private(set) var markedAt: Int?

  /// No text yet; the place of a node can be marked as it is met.
  init(marking node: Node? = nil) { marked = node }

  /// The text of a node: of an attribute its value, of an element what a reader sees of it.
  static func of(_ node: Node, without left: Set<Node> = [], keepingAuthors: Bool = false) -> String
  {
    if let value = node.attributeValue { return folded(value) }
    var text = PlainText()
    text.add(node, without: left, keepingAuthors: keepingAuthors)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// A string with its white space folded as in a page, its lines kept.
  static func folded(_ string: String, keepingLines: Bool = false) -> String {
    var text = PlainText()
    var string = string
    string.withUTF8 { text.add($0, keepingLines: keepingLines) }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// Adds a node and what is in it. Without recursion: pages may nest as deep as they please.
  mutating func add(_ root: Node, without left: Set<Node> = [], keepingAuthors: Bool = false) {
    var node = root
    while true {
      let isLeft =
        left.contains(node)
        || (node != root && isLeftOut(node, keepingAuthors: keepingAuthors))
      if !isLeft { enter(node) }
      if !isLeft, let child = node.firstChild {
        node = child
        continue
      }
      if !isLeft { leave(node) }
      while node != root, node.next == nil, let parent = node.parent {
        node = parent
        leave(node)
      }
      guard node != root, let next = node.next else { return }
      node = next
    }
  }

  private func isLeftOut(_ node: Node, keepingAuthors: Bool) -> Bool {
    guard node.isElement else { return false }
    if Trait.of(node) == .dropped || Hidden.isHidden(node) { return true }
    return !keepingAuthors && AuthorMarks.isAuthor(node)
  }

  private mutating func enter(_ node: Node) {
    if node == marked { markedAt = bytes.count }
    if node.isText {
      node.withText { add($0, keepingLines: preformatted > 0) }
    } else if node.isElement {
      let trait = Trait.of(node)
      if trait == .preformatted { preformatted += 1 }
      mark(trait)
    } else {
      var entity = node.entity
      entity.withUTF8 { add($0, keepingLines: false) }
    }
  }

  private mutating func leave(_ node: Node) {
    guard node.isElement else { return }
    let trait = Trait.of(node)
    if trait == .preformatted { preformatted -= 1 }
    mark(trait)
  }

  private mutating func mark(_ trait: Trait) {
    switch trait {
    case .block, .preformatted, .lineBreak: wantsLine = true
    case .cell: wantsSpace = true
    case .inline, .dropped: return
    }
  }

  private mutating func add(_ input: UnsafeBufferPointer<UInt8>, keepingLines: Bool) {
    var index = 0
    while index < input.count {
      let (blank, length) = PlainText.blank(input, at: index)
      if blank == .none {
        separate(before: input[index])
        bytes.append(input[index])
      } else if blank == .line, keepingLines {
        wantsLine = true
      } else if blank != .nothing {
        wantsSpace = true
        if blank == .line, length == 1 { sawSourceLine = true }
      }
      index += length
    }
  }

  private mutating func separate(before next: UInt8) {
    guard wantsLine || wantsSpace else { return }
    // A line that ends in a page's source is a blank between words; Chinese has none to put there.
    let isSeamless =
      !wantsLine && sawSourceLine && endsInIdeograph && PlainText.opensIdeograph(next)
    if !bytes.isEmpty, !isSeamless { bytes.append(wantsLine ? 0x0A : 0x20) }
    (wantsLine, wantsSpace, sawSourceLine) = (false, false, false)
  }

  private var endsInIdeograph: Bool {
    bytes.count >= 3 && PlainText.opensIdeograph(bytes[bytes.count - 3])
  }

  /// Whether a byte of UTF-8 opens a character of CJK or a full-width sign.
  private static func opensIdeograph(_ byte: UInt8) -> Bool {
    (0xE3...0xE9).contains(byte) || byte == 0xEF
  }

  private enum Blank { case none, space, line, nothing }

  /// What white space begins at a byte: U+3000 and the no-break space count, and characters without
  /// width, which would part words unseen, or turn the writing round, count as nothing at all.
  private static func blank(_ input: UnsafeBufferPointer<UInt8>, at index: Int) -> (Blank, Int) {
    let byte = input[index]
    if byte < 0x80 {
      if byte == 0x0A || byte == 0x0D { return (.line, 1) }
      return (byte == 0x20 || byte == 0x09 || byte == 0x0C ? .space : .none, 1)
    }
    guard byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF else { return (.none, 1) }
    let second = index + 1 < input.count ? input[index + 1] : 0
    let third = index + 2 < input.count ? input[index + 2] : 0
    switch (byte, second, third) {
    case (0xC2, 0xA0, _): return (.space, 2)
    case (0xC2, 0xAD, _): return (.nothing, 2)
    case (0xE3, 0x80, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF): return (.space, 3)
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9): return (.line, 3)
    case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xAA...0xAE): return (.nothing, 3)
    case (0xE2, 0x81, 0xA0...0xAF), (0xEF, 0xBB, 0xBF): return (.nothing, 3)
    default: return (.none, 1)
    }
  }
}
