import Vocabulary

extension Section {
  /// One feed; nil only where its kind is unknown or none of this version, whose keys are then
  /// nobody's guess.
  func feed(_ id: Feed.ID, _ frame: FeedFrame) -> Feed? {
    if let kind = value("kind"), let later = LaterKind(rawValue: kind.bareText ?? "") {
      return kind.refuse(later.sentence)
    }
    let name = require("name", .text)
    let kind = require("kind", .choice(of: Feed.Kind.allCases))
    let url = require("url", .webAddress)
    let every = read("every", .span)
    var feed = Feed(
      id: id, name: name ?? "", kind: kind ?? .list, url: url ?? "", every: every ?? .minutes(10))
    readListing(into: &feed, .selector(frame.checks))
    readPage(into: &feed, .selector(frame.checks))
    readMeaning(into: &feed, frame.places)
    readManners(into: &feed)
    close()
    guard let kind else { return nil }
    checkKeys(of: kind)
    checkPages(of: feed)
    checkReach(of: feed, frame)
    return feed
  }

  private func readListing(into feed: inout Feed, _ selector: Form<Selector>) {
    feed.charset = read("charset", .charset) ?? nil
    feed.items = read("items", selector)
    feed.title = read("title", selector)
    feed.link = read("link", selector)
    feed.date = read("date", selector)
    feed.body = read("body", selector)
    feed.next = read("next", selector)
    feed.pages = read("pages", .number(1...100)) ?? 1
  }

  private func readPage(into feed: inout Feed, _ selector: Form<Selector>) {
    feed.article = read("article", .article(selector)) ?? (feed.kind == .article ? .auto : nil)
    feed.answer = read("answer", .answer(selector))
  }

  private func readMeaning(into feed: inout Feed, _ places: [Locality]) {
    feed.place = read("place", .text)
    feed.firstRun = read("first_run", .choice(of: Feed.FirstRun.allCases)) ?? .recent
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

/// Kinds of feeds that the contract names and this version does not read (尚不支持的信源类型).
private enum LaterKind: String {
  case json
  case file
  case mail

  var sentence: Phrase {
    let known = Feed.Kind.allCases.map(\.rawValue)
    return Phrase(
      zh: "本版本还不能读“\(rawValue)”类信源；可写：\(known.joined(separator: "、"))",
      en: "kind \"\(rawValue)\" is not read in this version; "
        + "expected one of: \(known.joined(separator: ", "))")
  }
}
