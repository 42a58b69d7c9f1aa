import Vocabulary

/// What a feed's keys must be to one another (信源核对).
extension Section {
  /// Keys that a kind needs, and those that it passes over.
  func checkKeys(of kind: Feed.Kind) {
    let listing = ["items", "title", "link", "date", "body", "next", "pages"]
    switch kind {
    case .list, .board:
      // Title and link are the row's first link unless said.
      if !isGiven("items") { refuseMissing("items", kind) }
      // A board is nobody's report of anything.
      for key in ["outlet", "national"] where kind == .board && isGiven(key) {
        warnUnused(key, kind)
      }
    case .article, .rss:
      for key in listing where isGiven(key) { warnUnused(key, kind) }
    }
  }

  /// Pages and the way to the next of them.
  func checkPages(of feed: Feed) {
    guard feed.kind == .list || feed.kind == .board else { return }
    if feed.next != nil, !isGiven("pages") {
      findings.error(
        at: keyPlace("next"),
        Phrase(
          zh: "写了 next 就要写 pages（最多读几页，含第一页）",
          en: "next needs pages: how many to read at most, the first included"))
    }
    if feed.pages > 1, !isGiven("next") {
      findings.error(
        at: keyPlace("pages"),
        Phrase(
          zh: "pages 为 \(feed.pages)，却没有写 next（下一页的链接）",
          en: "pages is \(feed.pages), but next, the link to the next page, is missing"))
    }
  }

  /// Whether a message can be told in time: it may come right after a poll, its page may take two
  /// minutes, its mail three.
  func checkReach(of feed: Feed, _ frame: FeedFrame) {
    let pause = feed.pause ?? frame.pause
    let rest = pause * feed.pages + .minutes(2) + .minutes(3)
    let (sum, window) = (feed.every + rest, frame.windows.major)
    guard !feed.off, sum > window else { return }
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
