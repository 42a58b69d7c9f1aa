internal import Vocabulary

/// The rows of a listing for which a feed names no selector.
enum Rows {
  /// The elements of one kind and one parent that together hold the longest link texts.
  static func guessed(_ reading: Reading) throws(Miss) -> [Node] {
    var weights: [Group: Int] = [:]
    var members: [Group: [Node]] = [:]
    var next: Node? = reading.document.root
    while let node = next {
      if Tag.anchors.contains(node.tag), let row = row(of: node), let parent = row.parent {
        let length = TitleText.of(node).count
        let group = Group(parent: parent, tag: row.tag)
        if length >= 6 { weights[group, default: 0] += length }
        if length >= 6, members[group]?.last != row { members[group, default: []].append(row) }
      }
      next = node.following(within: reading.document.root)
    }
    let best = weights.filter { (members[$0.key]?.count ?? 0) >= 3 }.max { $0.value < $1.value }
    if let best, let rows = members[best.key] { return rows }
    guard !reading.feed.mayBeEmpty else { return [] }
    throw Misses.blocked(reading)
      ?? Miss(
        .nothingFound, url: reading.page.url,
        reason: Phrase(
          zh: "没有认出列表：请用 items 写明每一行的选择器",
          en: "no list was recognised: name its rows with the selector items"))
  }

  private struct Group: Hashable {
    var parent: Node
    var tag: Tag
  }

  private static let kinds: TagSet = ["li", "tr", "dd", "dt", "div"]

  private static func row(of anchor: Node) -> Node? {
    var node = anchor.parent
    for _ in 0..<5 {
      guard let here = node else { return nil }
      if kinds.contains(here.tag) { return here }
      node = here.parent
    }
    return nil
  }
}
