internal import Vocabulary

/// What the page of one item says, by selectors or found without them (正文页).
struct ArticlePage {
  var title: String
  var body: String
  var published: PublicationTime
  var answer: Answer?

  /// Reads a page; what the feed has no selector for is found as in `auto`.
  static func read(_ reading: Reading, as way: ArticleReading) throws(Miss) -> ArticlePage {
    switch way {
    case .auto: try read(reading, title: nil, body: nil, date: nil)
    case .selectors(let title, let body, let date):
      try read(reading, title: title, body: body, date: date)
    }
  }

  private static func read(
    _ reading: Reading, title: Selector?, body: Selector?, date: Selector?
  ) throws(Miss) -> ArticlePage {
    let answer = try AnswerPart.read(reading)
    let content = try content(reading, body, answer.nodes)
    let own = try reading.text(title).map(\.onOneLine)
    let found = own ?? (title == nil ? ArticleTitle.of(reading.document) : "")
    let published = try time(reading, date, content, title: found)
    return ArticlePage(
      title: Privacy.scrubbed(found), body: tidy(Privacy.scrubbed(content.text), title: found),
      published: published, answer: answer.answer)
  }

  private struct Content {
    var text: String
    var root: Node?
  }

  private static func content(
    _ reading: Reading, _ body: Selector?, _ left: Set<Node>
  ) throws(Miss) -> Content {
    if let body {
      let findings = try reading.find(body)
      guard !findings.isEmpty else {
        throw Misses.nothing(reading, body, Phrase(zh: "正文（article.body）", en: "article.body"))
      }
      return Content(
        text: reading.texts(of: findings, without: left), root: findings.first?.node)
    }
    guard let found = ArticleBody.find(in: reading.document, without: left) else {
      if !left.isEmpty { return Content(text: "", root: nil) }
      throw Misses.noText(reading)
    }
    return Content(text: found.text, root: found.root)
  }

  private static func time(
    _ reading: Reading, _ date: Selector?, _ content: Content, title: String
  ) throws(Miss) -> PublicationTime {
    if let date { return try reading.time(date) }
    return ArticleTime.find(
      in: reading.document, title: title, body: content.root, reading.dates)
  }

  /// The body without the title over it, which is told already.
  private static func tidy(_ body: String, title: String) -> String {
    guard !title.isEmpty, let end = body.utf8.firstIndex(of: 0x0A), body[..<end] == title else {
      return body
    }
    return String(body[body.utf8.index(after: end)...])
  }
}
