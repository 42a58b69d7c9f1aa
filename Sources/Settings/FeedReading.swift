import Vocabulary

extension Section {
  /// One feed; nil only where its kind is unknown, whose keys are then nobody's guess.
  func feed(_ id: Feed.ID, _ frame: FeedFrame) -> Feed? {
    let name = require("name", .text)
    let kind = require("kind", .choice(of: Feed.Kind.allCases))
    let every = read("every", .span)
    let url = url(of: kind)
    // What only some kinds have is known to all, so that it is not taken for a slip.
    for key in ["text", "method", "form", "folder", "columns", "done"] { _ = value(key) }
    var feed = Feed(
      id: id, name: name ?? "", kind: kind ?? .list, url: url ?? "", every: every ?? .minutes(10))
    let (selector, shown) = selectors(of: feed.kind, frame.checks)
    readListing(into: &feed, selector, shown)
    readPaging(into: &feed, selector)
    readPage(into: &feed, frame.checks, shown)
    if kind == .file { feed.export = export(frame.checks) }
    readMeaning(into: &feed, frame.places)
    readManners(into: &feed)
    close()
    guard let kind else { return nil }
    checkKeys(of: kind)
    checkPages(of: feed)
    checkFolder(of: feed)
    checkReach(of: feed, frame)
    return feed
  }

  /// What comes in files or by mail stands nowhere on the web, or its board is named.
  private func url(of kind: Feed.Kind?) -> String? {
    switch kind {
    case .list, .board, .article, .rss, .json, nil: require("url", .webAddress)
    case .file, .mail: read("url", .webAddress)
    }
  }

  /// How the kind finds something: anywhere, and where it is shown.
  private func selectors(
    of kind: Feed.Kind, _ checks: Checks
  ) -> (any: Form<Selector>, shown: Form<Selector>) {
    guard kind == .json else { return (.selector(checks), .selector(checks)) }
    return (.path(checks), .shownPath(checks))
  }

  private func readListing(
    into feed: inout Feed, _ selector: Form<Selector>, _ shown: Form<Selector>
  ) {
    feed.charset = read("charset", .charset) ?? nil
    feed.items = read("items", selector)
    feed.title = read("title", shown)
    feed.link = read("link", shown)
    feed.date = read("date", shown)
    guard feed.kind == .json else {
      feed.body = read("body", selector)
      return
    }
    feed.body = read("text", shown)
    readRequest(into: &feed)
  }

  /// What a list that is JSON is asked for with.
  private func readRequest(into feed: inout Feed) {
    let method = read("method", .choice(of: Method.allCases))
    let (form, json) = (read("form", .form), read("body", .json))
    feed.requestBody = form ?? json ?? (method == .post ? .form([]) : nil)
    if isGiven("form"), isGiven("body") {
      findings.error(
        at: keyPlace("body"),
        Phrase(
          zh: "form（表单）和 body（JSON）只能写一个", en: "write form or body (JSON), not both"))
    }
    if method == .get, feed.requestBody != nil {
      findings.error(
        at: keyPlace("method"),
        Phrase(
          zh: "写了 form 或 body 就是 POST：请改 method，或把参数写进 url",
          en: "form and body are sent by POST: change method, or write the parameters into url"))
    }
  }

  private func readPaging(into feed: inout Feed, _ selector: Form<Selector>) {
    feed.next = read("next", selector)
    feed.paging = read("page", .pageNumber) ?? read("cursor", .cursor(selector))
    _ = value("cursor")
    feed.pages = read("pages", .number(1...100)) ?? 1
    feed.budget = read("budget", .number(1...1_000_000)) ?? 2000
  }

  private func readPage(
    into feed: inout Feed, _ checks: Checks, _ shown: Form<Selector>
  ) {
    feed.article =
      read("article", .article(.selector(checks))) ?? (feed.kind == .article ? .auto : nil)
    // Where a page stands behind each row, the answer stands there.
    let isOnPage = feed.kind == .json && feed.article != nil
    feed.answer = read("answer", .answer(isOnPage ? .selector(checks) : shown))
  }

  /// Where exports are dropped; without columns the headings that most boards write.
  private func export(_ checks: Checks) -> ExportFolder? {
    let path = require("folder", .path).map(FilePath.absolute)
    let columns = read("columns", .columns(checks))
    let afterwards = read("done", .choice(of: ExportFolder.Afterwards.allCases)) ?? .keep
    guard let path else { return nil }
    return ExportFolder(
      path: path, columns: columns ?? ExportFolder.usualColumns, afterwards: afterwards)
  }

  private func readMeaning(into feed: inout Feed, _ places: [Locality]) {
    feed.place = read("place", .text)
    // Whoever drops a file or sends a mail wants it looked at, however old it is.
    let isHandedIn = feed.kind == .file || feed.kind == .mail
    feed.firstRun =
      read("first_run", .choice(of: Feed.FirstRun.allCases)) ?? (isHandedIn ? .all : .recent)
    feed.off = read("off", .flag) ?? false
    feed.outlet = read("outlet", .text)
    feed.national = read("national", .flag) ?? false
    feed.oldest = read("oldest", .span) ?? .days(30)
    feed.mayBeEmpty = read("empty", .flag) ?? false
    feed.revisit = read("revisit", .revisit)
    guard let place = feed.place, !places.isEmpty, !places.contains(where: { $0.isCalled(place) })
    else { return }
    findings.warning(
      at: value("place")?.place ?? self.place,
      Phrase(
        zh: "“\(place)”不在本单位的 places 里（此信源的信息将算作外地）",
        en: "\"\(place)\" is none of the office's places, so its items count as another's")
        + NearestWord.hint(place, among: places.flatMap { [$0.name] + $0.aliases }))
  }

  private func readManners(into feed: inout Feed) {
    feed.pause = read("pause", .duration)
    feed.proxy = read("proxy", .proxy)
    feed.headers = read("headers", .headers) ?? [:]
    feed.acceptsExpiredCertificate = read("tls", .section)?.acceptsExpired() ?? false
    feed.permission = read("permission", .text)
  }

  private func acceptsExpired() -> Bool {
    let accepts = read("accept_expired", .flag) ?? false
    close()
    return accepts
  }
}

/// How a list is asked for (RFC 9110, 9.3).
private enum Method: String, CaseIterable {
  case get
  case post
}
