internal import Vocabulary

/// One page being read for one feed: its tree, its address and its moment.
struct Reading {
  let page: Page
  let feed: Feed
  let document: Document
  let shelf: SelectorShelf
  let charset: CharsetGuess
  /// What links on the page are relative to.
  let origin: WebAddress
  let dates: DateReader

  /// What a selector finds on the page, or from a row of it.
  func find(_ selector: Selector, in row: Node? = nil) throws(Miss) -> [Finding] {
    do {
      return try shelf.find(
        selector, from: row ?? document.top, in: document, isRelative: row != nil)
    } catch {
      throw Miss(
        .unreadable, url: page.url,
        reason: Phrase(
          zh: "选择器“\(selector.expression)”无法使用：\(error.phrase.zh)",
          en: "selector “\(selector.expression)” cannot be used: \(error.phrase.en)"))
    }
  }

  /// The first text a selector finds that is not blank.
  func text(
    _ selector: Selector?, in row: Node? = nil, without left: Set<Node> = []
  ) throws(Miss) -> String? {
    guard let selector else { return nil }
    for finding in try find(selector, in: row) {
      let text = text(of: finding, without: left)
      if !text.isEmpty { return text }
    }
    return nil
  }

  /// The text of what a selector found, not yet scrubbed.
  func text(of finding: Finding, without left: Set<Node> = []) -> String {
    switch finding {
    case .node(let node): PlainText.of(node, without: left)
    case .text(let text): PlainText.folded(text, keepingLines: true)
    }
  }

  /// The text of all that a selector found; what lies inside another finding is not told twice.
  func texts(of findings: [Finding], without left: Set<Node> = []) -> String {
    var last: Node?
    var texts: [String] = []
    for finding in findings {
      if let node = finding.node {
        if let last, last.contains(node) { continue }
        last = node
      }
      let text = text(of: finding, without: left)
      if !text.isEmpty { texts.append(text) }
    }
    return texts.joined(separator: "\n")
  }

  /// When a selector says it was published; the first finding that can be read counts.
  func time(
    _ selector: Selector, in row: Node? = nil
  ) throws(Miss) -> PublicationTime {
    var seen = PublicationTime.absent
    for finding in try find(selector, in: row) {
      let time = time(of: finding)
      if time.moment != nil { return time }
      if time == .unreadable { seen = time }
    }
    return seen
  }

  private func time(of finding: Finding) -> PublicationTime {
    guard let node = finding.node, let exact = node.attribute("datetime") else {
      return dates.read(text(of: finding))
    }
    let time = dates.read(exact)
    return time.moment == nil ? dates.read(text(of: finding)) : time
  }

  /// The http(s) address a link leads to, nil where it leads to no page.
  func address(of link: String) -> WebAddress? {
    guard !link.isEmpty, !link.hasPrefix("#") || link.hasPrefix("#/") || link.hasPrefix("#!") else {
      return nil
    }
    return WebAddress(link: link, from: origin, charset: charset.charset)
  }

  /// The address of older pages, nil where there is none but the page itself.
  func next() throws(Miss) -> String? {
    guard let selector = feed.next else { return nil }
    let own = WebAddress(page.url)?.canonical
    for finding in try find(selector) {
      guard let link = link(of: finding), let address = address(of: link) else { continue }
      if address.canonical != own { return address.text }
    }
    return nil
  }

  /// The link in a finding: an attribute or string as it is, an element's `href` or its first link's.
  func link(of finding: Finding) -> String? {
    guard let node = finding.node else { return text(of: finding) }
    if let value = node.attributeValue { return value }
    guard node.isElement else { return PlainText.of(node) }
    if let href = node.attribute("href") { return href }
    return Anchors.first(in: node)?.attribute("href")
  }
}

/// Links in a part of a page.
enum Anchors {
  /// The first link with words in it that is no person's page.
  static func first(in row: Node) -> Node? {
    var next: Node? = row
    var wordless: Node?
    while let node = next {
      let isAuthor = node != row && AuthorMarks.isAuthor(node)
      if !isAuthor, Tag.anchors.contains(node.tag), leadsOn(node) {
        if !PlainText.of(node).isEmpty || node.attribute("title") != nil { return node }
        wordless = wordless ?? node
      }
      next = node.following(within: row, skippingChildren: isAuthor)
    }
    return wordless
  }

  private static func leadsOn(_ node: Node) -> Bool {
    guard let link = node.attribute("href"), !link.isEmpty, link != "#" else { return false }
    return !link.lowercased().hasPrefix("javascript:") && !AuthorMarks.isPersonal(link)
  }
}

extension String {
  /// The text on one line, as titles are.
  var onOneLine: String {
    split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
