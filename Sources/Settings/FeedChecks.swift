import Vocabulary

/// What a feed's keys must be to one another (信源核对).
extension Section {
  /// Keys that a kind needs, and those that it passes over.
  func checkKeys(of kind: Feed.Kind) {
    switch kind {
    case .list, .board:
      // Title and link are the row's first link unless said.
      if !isGiven("items") { refuseMissing("items", kind) }
    case .json:
      if !isGiven("items") { refuseMissing("items", kind) }
      if !isGiven("title"), !isGiven("text") { refuseMissing("title", kind) }
    case .article, .rss, .file, .mail: break
    }
    for key in unused(by: kind) where isGiven(key) { warnUnused(key, kind) }
  }

  private func unused(by kind: Feed.Kind) -> [String] {
    let listing = ["items", "title", "link", "date", "body", "next", "page", "cursor", "pages"]
    let web = ["answer", "pause", "proxy", "headers", "tls"]
    let json = ["text", "method", "form"]
    let file = ["folder", "columns", "done"]
    return switch kind {
    // A board is nobody's report of anything.
    case .board: ["outlet", "national"] + json + file
    case .list: json + file
    case .json: file
    case .article, .rss: listing + json + file
    case .file: listing + json + (isGiven("article") ? [] : web)
    case .mail: listing + json + file + web + ["charset", "article", "every", "first_run", "empty"]
    }
  }

  /// Pages and the way to the next of them.
  func checkPages(of feed: Feed) {
    guard feed.kind == .list || feed.kind == .board || feed.kind == .json else { return }
    let ways = ["next", "page", "cursor"].filter(isGiven)
    if let second = ways.dropFirst().first {
      findings.error(
        at: keyPlace(second),
        Phrase(
          zh: "翻页的办法只能写一种：\(ways.joined(separator: "、"))",
          en: "only one way to older pages: \(ways.joined(separator: ", "))"))
    }
    if let way = ways.first, way != "next", !isGiven("pages") {
      findings.error(
        at: keyPlace(way),
        Phrase(
          zh: "写了 \(way) 就要写 pages（最多读几页，含第一页）",
          en: "\(way) needs pages: how many to read at most, the first included"))
    }
    if feed.next != nil, !isGiven("pages") {
      findings.error(
        at: keyPlace("next"),
        Phrase(
          zh: "写了 next 就要写 pages（最多读几页，含第一页）",
          en: "next needs pages: how many to read at most, the first included"))
    }
    if feed.pages > 1, ways.isEmpty {
      findings.error(
        at: keyPlace("pages"),
        Phrase(
          zh: "pages 为 \(feed.pages)，却没有写 next（下一页的链接）",
          en: "pages is \(feed.pages), but next, the link to the next page, is missing"))
    }
  }

  /// The folder of a feed that is switched on.
  func checkFolder(of feed: Feed) {
    guard let path = feed.export?.path, !feed.off, !FilePath.isFolder(path) else { return }
    findings.warning(
      at: value("folder")?.place ?? place,
      Phrase(
        zh: "还没有“\(value("folder")?.bareText ?? path)”这个目录",
        en: "there is no folder \"\(value("folder")?.bareText ?? path)\" yet"))
  }

  /// Whether a message can be told in time: it may come right after a poll, its page may take two
  /// minutes, its mail three.
  func checkReach(of feed: Feed, _ frame: FeedFrame) {
    let pause = feed.pause ?? frame.pause
    let rest = pause * feed.pages + .minutes(2) + .minutes(3)
    let (sum, window) = (feed.every + rest, frame.windows.major)
    // A mail is read when it comes.
    guard !feed.off, feed.kind != .mail, sum > window else { return }
    let arithmetic =
      "\(TimeText.written(feed.every)) + \(feed.pages) × \(TimeText.written(pause)) + 2m + 3m"
      + " = \(TimeText.written(sum)) > \(TimeText.written(window))"
    findings.error(
      at: value("every")?.place ?? place,
      Phrase(
        zh: "赶不上重大舆情的通知时限（采集间隔 + 页数 × 停顿 + 等正文 + 发信）：",
        en: "cannot meet the window for major (every + pages × pause + article + mail): ")
        + Phrase(arithmetic) + remedy(window - rest))
  }

  private func remedy(_ most: Duration) -> Phrase {
    guard most >= .minutes(1) else {
      return Phrase(zh: "；请减少页数或停顿", en: "; read fewer pages or pause less")
    }
    let most = TimeText.written(most)
    return Phrase(zh: "；every 最多写 \(most)", en: "; every may be \(most) at most")
  }

  private func refuseMissing(_ key: String, _ kind: Feed.Kind) {
    findings.error(
      at: place,
      Phrase(
        zh: "缺少“\(key)”：\(kind.rawValue) 类信源要写",
        en: "\"\(key)\" is missing: kind \(kind.rawValue) needs it"))
  }

  private func warnUnused(_ key: String, _ kind: Feed.Kind) {
    findings.warning(
      at: keyPlace(key),
      Phrase(
        zh: "\(kind.rawValue) 类信源用不到“\(key)”",
        en: "kind \(kind.rawValue) makes no use of \"\(key)\""))
  }
}
