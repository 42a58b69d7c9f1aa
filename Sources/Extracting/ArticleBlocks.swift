/// The elements of a page with how much they say, for finding the text of an article in them.
struct ArticleBlocks {
  /// One element and what is in it, its children included.
  struct Element {
    var node: Node
    /// The index of the element around it, -1 for the first.
    var parent: Int
    /// Characters that are no white space.
    var length = 0
    /// Those of them in links.
    var linked = 0
    /// Commas, full stops and their like.
    var marks = 0
    /// Characters that stand in the element itself and its inline children.
    var own = 0
    var ownLinked = 0
    var ownMarks = 0
    var score = 0.0
    /// The index after its last descendant.
    var end = 0
    var links = 0
    var images = 0
    var isInline: Bool

    /// How much of its text is links, 0 to 1.
    var linkDensity: Double { length == 0 ? 0 : Double(linked) / Double(length) }
  }

  private(set) var elements: [Element] = []

  /// The elements of a page in its order, without what nobody reads.
  init(_ document: Document, without left: Set<Node>) {
    var stack: [Int] = []
    var node = document.root
    var linkDepth = 0
    while true {
      let isLeft = node.isElement && isLeftOut(node) || left.contains(node)
      if !isLeft, node.isElement {
        let trait = Trait.of(node)
        let isLink = Tag.anchors.contains(node.tag)
        elements.append(
          Element(node: node, parent: stack.last ?? -1, isInline: trait == .inline))
        stack.append(elements.count - 1)
        if node.tag == Tag.image { elements[elements.count - 1].images = 1 }
        if isLink {
          linkDepth += 1
          elements[elements.count - 1].links = 1
        }
        if let child = node.firstChild {
          node = child
          continue
        }
        close(&stack, &linkDepth)
      } else if !isLeft, let last = stack.last {
        count(node, into: last, isLinked: linkDepth > 0)
      }
      while node != document.root, node.next == nil, let parent = node.parent {
        node = parent
        close(&stack, &linkDepth)
      }
      guard node != document.root, let next = node.next else { break }
      node = next
    }
    while !stack.isEmpty { close(&stack, &linkDepth) }
  }

  private func isLeftOut(_ node: Node) -> Bool {
    (Trait.of(node) == .dropped && node.tag != Tag("form")) || Hidden.isHidden(node)
      || AuthorMarks.isAuthor(node)
  }

  private mutating func close(_ stack: inout [Int], _ linkDepth: inout Int) {
    guard let last = stack.popLast() else { return }
    elements[last].end = elements.count
    if Tag.anchors.contains(elements[last].node.tag) { linkDepth -= 1 }
    guard let parent = stack.last else { return }
    let element = elements[last]
    elements[parent].length += element.length
    elements[parent].linked += element.linked
    elements[parent].marks += element.marks
    elements[parent].links += element.links
    elements[parent].images += element.images
    guard element.isInline else { return }
    elements[parent].own += element.own
    elements[parent].ownLinked += element.ownLinked
    elements[parent].ownMarks += element.ownMarks
  }

  private mutating func count(_ node: Node, into index: Int, isLinked: Bool) {
    var (length, marks) = (0, 0)
    node.withText { bytes in
      var place = 0
      while place < bytes.count {
        let byte = bytes[place]
        if byte & 0xC0 != 0x80, !ASCII.isSpace(byte) { length += 1 }
        marks += ArticleBlocks.isMark(bytes, at: place) ? 1 : 0
        place += 1
      }
    }
    elements[index].length += length
    elements[index].own += length
    elements[index].marks += isLinked ? 0 : marks
    elements[index].ownMarks += isLinked ? 0 : marks
    elements[index].linked += isLinked ? length : 0
    elements[index].ownLinked += isLinked ? length : 0
  }

  /// `，` `。` `、` `；` `！` `？` and the comma of ASCII.
  private static func isMark(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    if bytes[place] == 0x2C { return true }
    guard place + 2 < bytes.count else { return false }
    switch (bytes[place], bytes[place + 1], bytes[place + 2]) {
    case (0xE3, 0x80, 0x81), (0xE3, 0x80, 0x82): return true
    case (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9B), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): return true
    default: return false
    }
  }

  /// Adds to an element's score.
  mutating func add(_ score: Double, to index: Int) { elements[index].score += score }
}

extension Tag {
  static let image = Tag("img")
}
