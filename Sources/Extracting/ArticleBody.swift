/// Finds the text of an article without being told where it is (正文自动识别).
///
/// Every paragraph speaks for the elements around it, by its length and its punctuation; links
/// speak against. The element that is spoken for most is the article, cleaned of what is not.
struct ArticleBody {
  /// The plain text.
  var text: String
  /// The element it stands in.
  var root: Node

  /// The article of a page, nil where there is not a sentence on it.
  static func find(in document: Document, without left: Set<Node>) -> ArticleBody? {
    var blocks = ArticleBlocks(document, without: left)
    guard let best = ArticleScore.best(of: &blocks) else { return nil }
    let text = ArticleScore.withSiblings(of: best, in: blocks)
    let chosen = ArticleScore.leads(before: text, in: blocks) + text
    let dropped = left.union(ArticleCleaning.dropped(in: blocks, within: chosen))
    let texts = chosen.map { PlainText.of(blocks.elements[$0].node, without: dropped) }
    let tidy = ArticleCleaning.tidied(texts.filter { !$0.isEmpty }.joined(separator: "\n"))
    guard !tidy.isEmpty else { return nil }
    return ArticleBody(text: tidy, root: blocks.elements[best].node)
  }
}

/// Which element is the article.
enum ArticleScore {
  /// The index of the best element, nil where nothing reads like a text.
  static func best(of blocks: inout ArticleBlocks) -> Int? {
    // Letters of short lines only count where there is no longer line.
    best(of: &blocks, fromLength: 15) ?? best(of: &blocks, fromLength: 5) ?? longest(in: blocks)
  }

  private static func best(of blocks: inout ArticleBlocks, fromLength shortest: Int) -> Int? {
    for index in blocks.elements.indices {
      let element = blocks.elements[index]
      guard !element.isInline, let score = score(ofOwn: element, shortest) else { continue }
      spread(score, from: index, &blocks)
    }
    var best: (index: Int, score: Double)?
    for (index, element) in blocks.elements.enumerated() where element.score > 0 {
      let score = element.score * (1 - element.linkDensity) * weight(of: element.node)
      if score > best?.score ?? 0 { best = (index, score) }
    }
    return best?.index
  }

  /// What a paragraph's own text is worth; nil where it is too short or mostly links.
  private static func score(ofOwn element: ArticleBlocks.Element, _ shortest: Int) -> Double? {
    let plain = element.own - element.ownLinked
    guard plain >= shortest, element.ownLinked * 2 < element.own else { return nil }
    return 1 + Double(element.ownMarks) + min(3, Double(plain) / 40)
  }

  private static func spread(_ score: Double, from index: Int, _ blocks: inout ArticleBlocks) {
    let isParagraph = Tag.paragraphs.contains(blocks.elements[index].node.tag)
    // A block that holds its lines itself, parted by br, is its own container.
    if !isParagraph { blocks.add(score, to: index) }
    var (share, steps) = (isParagraph ? 1.0 : 0.7, 0)
    var parent = blocks.elements[index].parent
    while parent >= 0, steps < 4 {
      if !blocks.elements[parent].isInline {
        blocks.add(score * share, to: parent)
        share *= 0.5
        steps += 1
      }
      parent = blocks.elements[parent].parent
    }
  }

  /// Short notices have no long paragraph: the known containers first, then the fullest block.
  private static func longest(in blocks: ArticleBlocks) -> Int? {
    var best: (index: Int, length: Int)?
    for (index, element) in blocks.elements.enumerated() where !element.isInline {
      let plain = element.own - element.ownLinked
      let isKnown = weight(of: element.node) > 1.2
      let length = isKnown ? (element.length - element.linked) * 4 : plain
      if length > best?.length ?? 3 { best = (index, length) }
    }
    return best?.index
  }

  /// What an element's name, class and id say of it.
  static func weight(of node: Node) -> Double {
    var weight = node.tag == Tag("article") ? 1.3 : 1
    for name in ["class", "id"] as [StaticString] {
      guard let value = node.bytes(of: name) else { continue }
      if containers.isIn(value) { weight *= 1.4 }
      if asides.isIn(value) { weight *= 0.4 }
    }
    return weight
  }

  /// The best element, and those beside it that carry on its text.
  static func withSiblings(of best: Int, in blocks: ArticleBlocks) -> [Int] {
    let elements = blocks.elements
    let parent = elements[best].parent
    guard parent >= 0 else { return [best] }
    let threshold = max(8, elements[best].score * 0.2)
    var chosen: [Int] = []
    var index = parent + 1
    while index < elements[parent].end {
      let element = elements[index]
      let isParagraph =
        Tag.paragraphs.contains(element.node.tag) && element.length > 60
        && element.linkDensity < 0.2 && element.marks > 0
      let isLike = element.score * (1 - element.linkDensity) * weight(of: element.node) >= threshold
      if index == best || isParagraph || isLike { chosen.append(index) }
      index = max(element.end, index + 1)
    }
    return chosen
  }

  /// The summary that some pages set over a text, in a box of its own (导读).
  static func leads(before text: [Int], in blocks: ArticleBlocks) -> [Int] {
    guard let first = text.first, blocks.elements[first].parent >= 0 else { return [] }
    var found: [Int] = []
    var around = first
    for _ in 0..<2 where found.isEmpty && blocks.elements[around].parent >= 0 {
      let parent = blocks.elements[around].parent
      var index = parent + 1
      while index < around {
        let element = blocks.elements[index]
        if isLead(element) { found.append(index) }
        index = max(element.end, index + 1)
      }
      around = parent
    }
    return found.filter { !text.contains($0) }
  }

  private static func isLead(_ element: ArticleBlocks.Element) -> Bool {
    guard !element.isInline, (20...400).contains(element.length), element.linkDensity < 0.2 else {
      return false
    }
    for name in ["class", "id"] as [StaticString] {
      if let value = element.node.bytes(of: name), leads.isIn(value) { return true }
    }
    let opening = PlainText.of(element.node).prefix(8)
    return leadWords.contains { opening.hasPrefix($0) }
  }

  private static let leads = ByteWords([
    "daodu", "zhaiyao", "summary", "abstract", "digest", "daoyu", "leadtext", "art_lead",
  ])
  private static let leadWords = [
    "摘要：", "摘要:", "导读：", "导语：", "核心提示", "内容提要", "【摘要】", "【导读】", "提要：",
  ]

  /// Containers that many Chinese sites have in common.
  private static let containers = ByteWords([
    "zoom", "trs_editor", "ucap-content", "article", "content", "artibody", "maincon", "text",
    "endtext", "zhengwen", "detail", "newstext", "main_content", "contentbody", "pages_content",
    "vsbcontent", "wp_articlecontent", "js_content", "story", "entry", "t_f", "nr",
  ])
  private static let asides = ByteWords([
    "comment", "sidebar", "footer", "header", "related", "relate", "recommend", "nav", "menu",
    "share",
    "hot", "rank", "copyright", "advert", "login", "search", "tuijian", "pinglun", "xgxw", "links",
    "breadcrumb", "crumb", "reply", "toplist", "tags",
  ])
}

extension Tag {
  /// Elements that are one paragraph among others.
  static let paragraphs: TagSet = ["p", "pre", "blockquote", "li", "h2", "h3", "h4", "dd"]
}
