/// The title of an article's page (标题自动识别).
enum ArticleTitle {
  /// The heading that the page's own title repeats; else what the page says of itself; else, where
  /// that is only whose page it is, the line over the text.
  static func of(_ document: Document, body: Node?) -> String {
    let named = SelfDescription.pageTitle(document)
    let folded = Fingerprinting.folded(named)
    let headings = SelfDescription.headings(document).filter { !isGeneral($0) }
    if let match = headings.first(where: { isPart(Fingerprinting.folded($0), of: folded) }) {
      return match
    }
    let own = itself(document, named)
    guard own.isEmpty || isGeneral(own) else { return own }
    return labelled(document) ?? headings.first ?? line(over: body, in: document) ?? own
  }

  private static func itself(_ document: Document, _ named: String) -> String {
    for shared in SelfDescription.values(document, of: ["articletitle", "og:title", "title"]) {
      let title = withoutOutlet(shared)
      if !isGeneral(title) { return title }
    }
    return withoutOutlet(named)
  }

  /// Whether a title names an outlet or a sort of page and no text: 青川区人民政府, 信件详情.
  static func isGeneral(_ title: String) -> Bool {
    let bare = title.filter { $0.isLetter || $0.isNumber }
    return bare.count < 4 || sorts.contains(bare) || isOutletName(bare)
  }

  private static func isOutletName(_ name: String) -> Bool {
    name.count <= 20 && ownNames.contains { name.hasSuffix($0) }
      && !name.contains { "，。：！？、《“".contains($0) }
  }

  /// 信件标题：小区停水三天, as letterboxes write it.
  private static func labelled(_ document: Document) -> String? {
    let lines = PlainText.of(document.root).split(separator: "\n").prefix(200)
    for line in lines where line.utf8.count < 400 {
      for label in labels where line.hasPrefix(label) {
        let rest = line.dropFirst(label.count).drop { "：: 　".contains($0) }
        let isLabel = line.dropFirst(label.count).first.map { "：: 　".contains($0) } ?? false
        if isLabel, rest.count >= 2 { return String(rest.prefix(120)).trimmed }
      }
    }
    return nil
  }

  /// The line over the by-line, or over the text where there is none.
  private static func line(over body: Node?, in document: Document) -> String? {
    guard let body else { return nil }
    var text = PlainText(marking: body)
    text.add(document.root, keepingAuthors: true)
    let start = text.markedAt ?? 0
    let before = text.bytes[..<start].split(separator: 0x0A).suffix(12)
    let opening = text.bytes[start...].split(separator: 0x0A).prefix(6)
    let lines = (before + opening).map { String(decoding: $0, as: UTF8.self) }
    let byLine = lines.firstIndex { ByLine($0).isHeading }
    let end = byLine ?? (before.isEmpty ? min(2, lines.count) : before.count)
    return lines[..<end].last(where: isTitleLine)
  }

  private static func isTitleLine(_ line: String) -> Bool {
    guard (6...60).contains(line.count), !isGeneral(line) else { return false }
    let isWay = line.contains { ">|»｜".contains($0) } || line.hasPrefix("当前") || line.hasPrefix("您")
    let isMenu = line.split { $0.isWhitespace }.count > 4
    return !isWay && !isMenu && !ByLine(line).isHeading && !ByLine(line).hasMarks
  }

  private static let labels = [
    "信件标题", "来信标题", "留言标题", "诉求标题", "问题标题", "信件主题", "来信主题", "留言主题", "咨询主题", "主题", "标题", "题目",
  ]
  private static let sorts: Set<String> = [
    "信件详情", "来信详情", "留言详情", "信件内容", "来信内容", "留言内容", "信访件详情", "诉求详情", "详细信息", "详细内容", "文章内容",
    "内容详情", "正文内容", "新闻内容", "新闻详情", "文章详情", "内容页", "详情页", "查看信件", "信件查看", "信件公开", "领导信箱",
    "区长信箱", "县长信箱", "市长信箱", "镇长信箱", "书记信箱", "局长信箱", "网上信访", "在线咨询", "咨询详情", "互动交流", "政民互动",
    "办件详情", "来信选登", "通知公告详情", "无标题文档", "无标题页", "首页", "详情", "相关新闻", "热门新闻", "登录", "网友评论",
    "信息内容", "信息公开", "新闻动态", "工作动态", "通知公告", "政务动态", "要闻动态", "部门动态", "基层动态", "政务公开", "领导留言板",
    "untitled", "untitleddocument", "newpage1", "document",
  ]
  private static let ownNames = [
    "人民政府", "政府网", "政府网站", "门户网站", "政务网", "人民政府网", "委员会", "管理局", "信访局", "新闻网", "新聞網", "资讯网",
    "資訊網", "信息网", "日报社", "电视台", "衛視", "卫视", "官方网站", "论坛", "論壇", "社区", "公众网", "在线", "之窗", "热线",
  ]

  private static func isPart(_ heading: [UInt32], of title: [UInt32]) -> Bool {
    heading.count >= 4 && title.count >= heading.count
      && title.contains(run: heading)
      && heading.count * 4 >= title.count
  }

  /// 停水通知_新闻中心_青川网 is a title, a channel and a site; 民生频道-停水通知 the other way round.
  static func withoutOutlet(_ title: String) -> String {
    guard title.utf8.count < 2000 else { return title }
    for mark in ["_", "|", "｜", "—", "–", " - ", "-", "--", "«", "::"] {
      let parts = title.components(separatedBy: mark).map(\.trimmed)
      guard parts.count > 1, let first = parts.first else { continue }
      // A hyphen may stand in a title: only what reads like a site goes.
      guard mark != "-" else { return withoutOutlets(parts) ?? title }
      let isChannel = isOutlet(first) || first.count < 4
      if isChannel, let own = parts.dropFirst().first(where: { $0.count >= 6 && !isOutlet($0) }) {
        return own
      }
      if first.count >= 4 { return first }
    }
    return title
  }

  private static func withoutOutlets(_ parts: [String]) -> String? {
    var rest = parts[...]
    while rest.count > 1, let last = rest.last, isOutlet(last) || isKeywords(last) {
      rest = rest.dropLast()
    }
    if rest.count > 1, let first = rest.first, first.count <= 8, isOutlet(first) {
      rest = rest.dropFirst()
    }
    return rest.count < parts.count ? rest.joined(separator: "-") : nil
  }

  private static func isOutlet(_ name: String) -> Bool {
    name.count <= 16 && outlets.contains { name.hasSuffix($0) }
  }

  /// Words for search engines, which some pages put behind their titles: 停水,供水,水管,抢修.
  private static func isKeywords(_ part: String) -> Bool {
    part.split { ",，".contains($0) }.count > 3
  }

  private static let outlets = [
    "网", "網", "网站", "網站", "报", "報", "频道", "頻道", "政府", "平台", "新闻", "新聞", "信息", "中心", "委", "委员会", "局",
    "论坛", "論壇", "厅", "社区", "视频", "視頻", "卫视", "衛視", "电视台", "广播", "在线", "線上", "热线", "门户", "首页", "首頁",
  ]
}

extension [UInt32] {
  /// Whether some scalars stand in these, one after another.
  fileprivate func contains(run: [UInt32]) -> Bool {
    guard run.count <= count, let first = run.first else { return false }
    for start in 0...(count - run.count) where self[start] == first {
      if self[start..<(start + run.count)].elementsEqual(run) { return true }
    }
    return false
  }
}

/// What a page says of itself in its head and headings.
enum SelfDescription {
  /// The content of `title`.
  static func pageTitle(_ document: Document) -> String {
    first(Tag("title"), in: document).map { node in
      var text = ""
      var child = node.firstChild
      while let here = child {
        here.withText { text += String(decoding: $0, as: UTF8.self) }
        child = here.next
      }
      return PlainText.folded(text).onOneLine
    } ?? ""
  }

  /// The texts of h1 to h3, the largest first.
  static func headings(_ document: Document) -> [String] {
    var found: [(rank: Int, text: String)] = []
    var next: Node? = document.root
    while let node = next {
      if let rank = ranks[node.tag] {
        let text = PlainText.of(node).onOneLine
        if !text.isEmpty, found.count < 60 { found.append((rank, text)) }
      }
      next = node.following(within: document.root)
    }
    return (1...3).flatMap { rank in found.filter { $0.rank == rank }.map(\.text) }
  }

  /// The first of some `meta` names or properties that has a value.
  static func value(_ document: Document, of names: [String]) -> String? {
    values(document, of: names).first
  }

  /// The values of some `meta` names or properties, in the order of the names.
  static func values(_ document: Document, of names: [String]) -> [String] {
    var values: [String: String] = [:]
    var next: Node? = document.root
    var left = mostHeadNodes
    while let node = next, left > 0 {
      left -= 1
      if node.tag == Tag("meta"), let content = node.attribute("content"), !content.isEmpty {
        let name =
          node.attribute("name") ?? node.attribute("property") ?? node.attribute("itemprop")
        if let name = name?.lowercased(), values[name] == nil { values[name] = content }
      }
      next = node.following(within: document.root)
    }
    return names.compactMap { values[$0] }.map { PlainText.folded($0).onOneLine }
      .filter { !$0.isEmpty }
  }

  /// What the page marks as its time of publication, or its only `time` element.
  static func publication(_ document: Document) -> String? {
    var times: [Node] = []
    var next: Node? = document.root
    while let node = next {
      if node.attribute("itemprop") == published {
        return node.attribute("datetime") ?? node.attribute("content") ?? PlainText.of(node)
      }
      if node.tag == Tag("time") {
        if node.has("pubdate") { return node.attribute("datetime") ?? PlainText.of(node) }
        times.append(node)
      }
      next = node.following(within: document.root)
    }
    // Several are those of other texts; a single one is the page's own.
    return times.count == 1 ? times[0].attribute("datetime") : nil
  }

  /// The `datePublished` of schema.org that a page carries as JSON-LD.
  static func linkedPublication(_ document: Document) -> String? {
    var next: Node? = document.root
    while let node = next {
      if node.tag == Tag("script"), node.attribute("type")?.lowercased() == "application/ld+json",
        let found = value(of: published, in: Markup.raw(node))
      {
        return found
      }
      next = node.following(within: document.root)
    }
    return nil
  }

  private static func value(of key: String, in json: String) -> String? {
    let bytes = Array(json.utf8)[...]
    guard let start = ASCII.find("\"\(key.lowercased())\"", in: bytes) else { return nil }
    let rest = bytes[(start + key.utf8.count + 2)...].prefix(80)
      .drop { ASCII.isSpace($0) || $0 == 0x3A }
    guard rest.first == 0x22 else { return nil }
    return String(decoding: rest.dropFirst().prefix { $0 != 0x22 }, as: UTF8.self)
  }

  private static let published = "datePublished"

  /// A head that libxml2 has moved into the body is still near the beginning.
  private static let mostHeadNodes = 1200

  private static func first(_ tag: Tag, in document: Document) -> Node? {
    var next: Node? = document.root
    while let node = next {
      if node.tag == tag { return node }
      next = node.following(within: document.root)
    }
    return nil
  }

  private static let ranks: [Tag: Int] = [Tag("h1"): 1, Tag("h2"): 2, Tag("h3"): 3]
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }

  /// The parts between a text's occurrences.
  func components(separatedBy mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }
}
