/// Words under a picture (图片说明): who reads the text does not see the picture.
enum Captions {
  /// Longer than what stands under pictures.
  private static let longest = 70

  /// Whether an element of a text has pictures and their words alone, or the words under the
  /// picture before it.
  static func isCaption(_ element: ArticleBlocks.Element, in blocks: ArticleBlocks) -> Bool {
    guard element.length > 0 else { return false }
    if element.node.tag == Tag("figcaption") || isNamed(element.node) {
      return element.length <= longest * 3
    }
    guard element.length <= longest, element.marks < 4 else { return false }
    guard Tag.captions.contains(element.node.tag), !hasSentence(element.node) else { return false }
    return element.images > 0 ? opensWithPicture(element.node) : followsPicture(element.node)
  }

  private static func isNamed(_ node: Node) -> Bool {
    for name in ["class", "id"] as [StaticString] {
      if let value = node.bytes(of: name), names.isIn(value) { return true }
    }
    return false
  }

  private static let names = ByteWords([
    "caption", "img_wrapper", "imgwrap", "img-wrap", "pictext", "pic_text", "pic-text", "pictxt",
    "imgtext", "imgtxt", "img_descr", "img-desc", "photo_ex", "photo_desc", "picnote", "imgnote",
  ])

  /// Whether what stands before a node, blanks left out, is a picture without words.
  private static func followsPicture(_ node: Node) -> Bool {
    var previous = node.previous
    while let here = previous {
      let text = here.isElement || here.isText ? words(in: here, atMost: 8) : 0
      if text > 3 { return false }
      if here.isElement, hasPicture(here) { return true }
      previous = here.previous
    }
    return false
  }

  private static func hasPicture(_ node: Node) -> Bool {
    var next: Node? = node
    while let here = next {
      if here.tag == Tag("img") { return true }
      next = here.following(within: node)
    }
    return false
  }

  private static func words(in node: Node, atMost limit: Int) -> Int {
    var count = 0
    var next: Node? = node
    while let here = next, count <= limit {
      here.withText { count += $0.count { !ASCII.isSpace($0) && $0 != 0xC2 && $0 != 0xA0 } }
      next = here.following(within: node)
    }
    return count
  }

  /// Whether a picture comes before any words: a sign at the end of a text is no picture of it.
  private static func opensWithPicture(_ node: Node) -> Bool {
    var count = 0
    var next: Node? = node
    while let here = next, count <= 3 {
      if here.tag == Tag("img") { return true }
      here.withText { count += $0.count { !ASCII.isSpace($0) && $0 != 0xC2 && $0 != 0xA0 } }
      next = here.following(within: node)
    }
    return false
  }

  private static func hasSentence(_ node: Node) -> Bool {
    let text = PlainText.of(node)
    return text.contains("。") || text.last.map { "！？：；，!?:;,”".contains($0) } ?? false
  }
}

extension Tag {
  /// Elements in which words stand under a picture.
  static let captions: TagSet = [
    "p", "div", "center", "td", "table", "tbody", "tr", "figcaption",
  ]
}
