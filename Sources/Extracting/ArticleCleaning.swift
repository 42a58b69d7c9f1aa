/// What stands among the text of an article and is none of it.
enum ArticleCleaning {
  /// Blocks of links, share bars and captions inside the chosen elements.
  static func dropped(in blocks: ArticleBlocks, within chosen: [Int]) -> Set<Node> {
    var dropped: Set<Node> = []
    // A short report may be all in the words under its pictures.
    let tellsEnough = chosen.reduce(0) { $0 + blocks.elements[$1].length } > 120
    for root in chosen {
      var index = root + 1
      while index < blocks.elements[root].end {
        let element = blocks.elements[index]
        let isDropped =
          !element.isInline
          && (isClutter(element) || (tellsEnough && Captions.isCaption(element, in: blocks)))
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
      if isDisclaimer(line), !kept.isEmpty { break }
      if isEnd(line), kept.count > 1 { break }
      if isNoise(line) || isOpening(line, after: kept.count) { continue }
      kept.append(line)
    }
    while kept.count > 1, let last = kept.last, isClosing(last) { kept.removeLast() }
    return kept.joined(separator: "\n")
  }

  private static func isEnd(_ line: Substring) -> Bool {
    guard line.utf8.count <= 60 else { return false }
    let bare = bare(line)
    return ends.contains { bare.utf8.starts(with: $0.utf8) }
  }

  private static func isDisclaimer(_ line: Substring) -> Bool {
    let bare = bare(line)
    return disclaimers.contains { bare.utf8.starts(with: $0.utf8) }
  }

  private static func bare(_ line: Substring) -> Substring {
    line.drop { "【[（(>》■●◆·•|*※".contains($0) || $0.isWhitespace }
  }

  private static func isNoise(_ line: Substring) -> Bool {
    guard line.utf8.count <= 160 else { return false }
    return noise.isIn(line) || line.unicodeScalars.allSatisfy { rules.contains($0.value) }
  }

  /// `2026-03-02 08:55 来源：青川网` and 分享 over the text: they were read for the time already.
  private static func isOpening(_ line: Substring, after kept: Int) -> Bool {
    guard kept < 2, line.utf8.count <= 120 else { return false }
    if tools.contains(String(line).trimmed) { return true }
    return kept == 0 && ByLine(String(line)).isHeading
  }

  /// （本文来源：青川日报）, 分享 and the numbers of further pages under the text.
  private static func isClosing(_ line: Substring) -> Bool {
    guard line.utf8.count <= 120 else { return false }
    let bare = line.drop { "【[（(".contains($0) || $0.isWhitespace }
    if credits.contains(where: { bare.utf8.starts(with: $0.utf8) }) { return line.utf8.count <= 80 }
    let word = String(line).trimmed
    return tools.contains(word) || word.hasPrefix("上一页") || word.hasSuffix("下一页")
  }

  private static let ends = [
    "相关阅读", "相关新闻", "相关链接", "相关报道", "延伸阅读", "推荐阅读", "更多阅读", "相关专题", "相关文章", "热门推荐",
    "猜你喜欢", "网友评论", "我要评论", "发表评论", "免责声明", "版权声明", "分享到", "上一篇", "下一篇", "相關新聞",
    "延伸閱讀", "相關報導", "熱門新聞", "推薦閱讀", "更多新聞", "相关附件下载", "打印本页", "关闭窗口",
  ]
  /// What lawyers put under texts, however long it runs.
  private static let disclaimers = [
    "免责声明", "免責聲明", "版权声明", "版權聲明", "郑重声明：", "本网声明", "声明：", "凡本网注明", "感谢您访问", "特别声明",
    "凡注明", "本文版权归", "以上内容仅代表", "本文仅代表作者", "本文仅供参考", "未经授权", "未經授權", "內容由", "转载请注明",
  ]
  private static let credits = [
    "本文来源", "来源：", "来源:", "來源：", "文章来源", "稿源", "责编", "編輯：", "编辑：", "内容由", "內容由",
  ]
  private static let tools: Set<String> = [
    "分享", "字号", "字体", "分享工具", "收藏", "打印", "评论", "转发", "赞", "点赞", "举报", "回到顶部", "返回顶部", "关闭", "列印",
    "轉寄", "討論",
    "推薦", "写进博客", "发起话题", "提问作者", "新闻首页", "放大", "缩小", "默认",
  ]
  private static let rules = Set("＊*=＝-—_·※~～#＃ 　".unicodeScalars.map(\.value))
  private static let noise = ByteWords([
    "责任编辑", "責任編輯", "点击数", "浏览次数", "阅读次数", "【打印】", "【关闭】", "打印本页", "关闭窗口", "字号：", "字体：",
    "【大 中 小】", "[大 中 小]", "我来说两句", "手机看新闻", "复制链接", "加入收藏", "分享到", "扫一扫", "返回首页",
    "進入論壇", "进入论坛", "我要评论", "微博推荐", "字級", "轉寄", "列印", "您所在的位置", "您现在的位置", "您的位置：",
    "当前位置：", "调整字体", "調整字體",
  ])
}
