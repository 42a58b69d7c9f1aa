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
    let answer = try AnswerPart.read(reading, isAuto: body == nil)
    var content = try content(reading, body, answer)
    if body == nil, let form = answer.form { content.text = words(of: form, content.text) }
    let own = try reading.text(title).map(\.onOneLine)
    let found = own ?? (title == nil ? heading(reading, answer.form, content) : "")
    let published = try time(reading, date, content, title: found, answer.form)
    return ArticlePage(
      title: Privacy.scrubbed(found), body: tidy(Privacy.scrubbed(content.text), title: found),
      published: published, answer: answer.answer)
  }

  private static func heading(
    _ reading: Reading, _ form: LetterForm?, _ content: Content
  ) -> String {
    form?.title?.onOneLine ?? ArticleTitle.of(reading.document, body: content.root)
  }

  /// What the citizen wrote: a form says which of its boxes that is; else all that is no answer.
  private static func words(of form: LetterForm, _ text: String) -> String {
    if let letter = form.letter { return letter }
    let answered = Set(form.replies.flatMap { $0.text.split(separator: "\n") })
    let rest = text.split(separator: "\n").filter {
      !answered.contains($0) && !LetterForm.isHead($0)
    }
    return rest.isEmpty ? form.sentences : rest.joined(separator: "\n")
  }

  private struct Content {
    var text: String
    var root: Node?
  }

  private static func content(
    _ reading: Reading, _ body: Selector?, _ answer: AnswerPart
  ) throws(Miss) -> Content {
    var left = answer.nodes
    if let form = answer.form, form.letter == nil, !form.replies.isEmpty {
      left.formUnion(form.boxes(in: reading.document))
    }
    if let body {
      let findings = try reading.find(body)
      guard !findings.isEmpty else {
        throw Misses.nothing(reading, body, Phrase(zh: "正文（article.body）", en: "article.body"))
      }
      return Content(
        text: reading.texts(of: findings, without: left), root: findings.first?.node)
    }
    guard let found = ArticleBody.find(in: reading.document, without: left) else {
      if !left.isEmpty || answer.form != nil { return Content(text: "", root: nil) }
      throw Misses.noText(reading)
    }
    return Content(text: found.text, root: found.root)
  }

  private static func time(
    _ reading: Reading, _ date: Selector?, _ content: Content, title: String, _ form: LetterForm?
  ) throws(Miss) -> PublicationTime {
    if let date { return try reading.time(date) }
    // A form has two times: the later one is the answer's and would make an old letter new.
    if let sent = form?.sentAt.map({ reading.dates.read($0) }), sent.moment != nil { return sent }
    return ArticleTime.find(
      in: reading.document, at: reading.page.url, title: title, body: content.root, reading.dates)
  }

  /// The body without the title over it, which is told already.
  private static func tidy(_ body: String, title: String) -> String {
    guard !title.isEmpty, let end = body.utf8.firstIndex(of: 0x0A), body[..<end] == title else {
      return body
    }
    return String(body[body.utf8.index(after: end)...])
  }
}
