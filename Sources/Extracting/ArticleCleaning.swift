/// What stands among the text of an article and is none of it.
enum ArticleCleaning {
  /// Blocks of links, share bars and captions inside the chosen elements.
  static func dropped(in blocks: ArticleBlocks, within chosen: [Int]) -> Set<Node> {
    var dropped: Set<Node> = []
    for root in chosen {
      var index = root + 1
      while index < blocks.elements[root].end {
        let element = blocks.elements[index]
        let isDropped = !element.isInline && isClutter(element)
        if isDropped { dropped.insert(element.node) }
        index = isDropped ? max(element.end, index + 1) : index + 1
      }
    }
    return dropped
  }

  private static func isClutter(_ element: ArticleBlocks.Element) -> Bool {
    guard element.length > 0 else { return false }
    let plain = element.length - element.linked
    if element.linkDensity > 0.5, element.links > 1 || plain < 4 { return plain < 200 }
    if element.links > 3, element.linkDensity > 0.33, plain < 120 { return true }
    if element.node.tag == Tag("h1") { return true }
    let weight = ArticleScore.weight(of: element.node)
    return weight < 0.5 && plain < 300 && element.marks < 6
  }

  /// The text without lines that only accompany it; what follows 相关阅读 is not the article's.
  static func tidied(_ text: String) -> String {
    var kept: [Substring] = []
    for line in text.split(separator: "\n") {
      if isEnd(line), kept.count > 1 { break }
      if !isNoise(line) { kept.append(line) }
    }
    return kept.joined(separator: "\n")
  }

  private static func isEnd(_ line: Substring) -> Bool {
    guard line.utf8.count <= 60 else { return false }
    let bare = line.drop { "【[（(>》■●◆·•|".contains($0) || $0.isWhitespace }
    return ends.contains { bare.utf8.starts(with: $0.utf8) }
  }

  private static func isNoise(_ line: Substring) -> Bool {
    guard line.utf8.count <= 160 else { return false }
    return noise.isIn(line)
  }

  private static let ends = [
    "相关阅读", "相关新闻", "相关链接", "相关报道", "延伸阅读", "推荐阅读", "更多阅读", "相关专题", "相关文章", "热门推荐",
    "猜你喜欢", "网友评论", "我要评论", "发表评论", "免责声明", "版权声明", "分享到", "上一篇", "下一篇", "相關新聞",
    "延伸閱讀", "相關報導", "熱門新聞", "推薦閱讀", "更多新聞", "相关附件下载", "打印本页", "关闭窗口",
  ]
  private static let noise = ByteWords([
    "责任编辑", "責任編輯", "点击数", "浏览次数", "阅读次数", "【打印】", "【关闭】", "打印本页", "关闭窗口", "字号：", "字体：",
    "【大 中 小】", "[大 中 小]", "我来说两句", "手机看新闻", "复制链接", "加入收藏", "分享到", "扫一扫", "返回首页",
    "進入論壇", "进入论坛", "我要评论", "微博推荐", "字級", "轉寄", "列印",
  ])
}
