internal import Vocabulary

/// What a page that gave nothing is: a wall, an empty page, or one whose shape has changed.
enum Misses {
  /// A feed that breaks off after so many whole entries.
  static func cut(_ reading: Reading, rows: Int) -> Miss {
    Miss(
      .cutOff, url: reading.page.url,
      reason: Phrase(
        zh: "返回的订阅不完整，第 \(rows) 条之后中断；完整的 \(rows) 条已采集，其余等下次",
        en: "the feed breaks off after entry \(rows): what was whole was read, the rest is left "
          + "for the next reading"))
  }

  /// The miss for a selector that found nothing.
  static func nothing(_ reading: Reading, _ selector: Selector, _ what: Phrase) -> Miss {
    if let miss = blocked(reading) { return miss }
    let written = (selector.notation == .css ? "css:" : "") + selector.expression
    return Miss(
      .nothingFound, url: reading.page.url,
      reason: Phrase(
        zh: "\(what.zh)选择器“\(written)”在页面上没有找到任何内容：网页可能已改版，请核对；确属可能为空的，写 empty: true",
        en:
          "the selector for \(what.en), “\(written)”, finds nothing on the page: the page may have "
          + "been rebuilt; if it may be empty, write empty: true"))
  }

  /// The miss for rows without title and link.
  static func rowsWithout(_ reading: Reading, count: Int) -> Miss {
    Miss(
      .nothingFound, url: reading.page.url,
      reason: Phrase(
        zh: "找到 \(count) 行，但每一行都没有标题和链接：请核对 title 和 link 选择器",
        en:
          "\(count) rows were found, and none has a title or a link: check the selectors title and link"
      ))
  }

  /// The miss for a page with no text of an article.
  static func noText(_ reading: Reading) -> Miss {
    blocked(reading)
      ?? Miss(
        .nothingFound, url: reading.page.url,
        reason: Phrase(
          zh: "页面上没有找到正文：可以在 article 里写 body 选择器",
          en: "no text was found on the page: name its place in article, body"))
  }

  /// The miss for a page without a single word.
  static func empty(_ page: Page) -> Miss {
    Miss(
      .empty, url: page.url,
      reason: Phrase(zh: "网站返回了空白页面", en: "the site answered with an empty page"))
  }

  /// The miss for bytes that are not what the feed says they are.
  static func unreadable(_ page: Page, _ reason: Phrase) -> Miss {
    Miss(.unreadable, url: page.url, reason: reason)
  }

  /// The miss for a page that keeps programs out, or that is empty; nil for any other.
  static func blocked(_ reading: Reading) -> Miss? { blocked(reading.document, reading.page) }

  /// The same of a page that was to be none.
  static func blocked(_ document: Document, _ page: Page) -> Miss? {
    let text = PlainText.of(document.root, keepingAuthors: true)
    if text.utf8.count < 2400, isWall(text, page) { return wall(page) }
    return text.isEmpty ? empty(page) : nil
  }

  private static func wall(_ page: Page) -> Miss {
    Miss(
      .wall, url: page.url,
      reason: Phrase(
        zh: "网站返回的是验证或拦截页面，不是内容：请与网站方联系，取得采集许可或接口",
        en: "the site answered with a check or a block instead of the page: ask its owner for "
          + "permission or an interface"))
  }

  private static func isWall(_ text: String, _ page: Page) -> Bool {
    if signs.isIn(text) { return true }
    guard text.utf8.count < 60 else { return false }
    return scripts.isIn(Array(page.bytes.prefix(16_384)))
  }

  private static let signs = ByteWords([
    "安全验证", "人机验证", "滑动验证", "请输入验证码", "完成验证", "访问被拦截", "请求被拦截", "已被拦截", "访问被拒绝",
    "访问过于频繁", "访问频繁", "操作过于频繁", "请开启javascript", "请启用javascript", "开启 javascript",
    "网站防火墙", "web应用防火墙", "云防护", "创宇盾", "安全狗", "正在验证", "浏览器安全检查", "just a moment",
    "checking your browser", "access denied",
    "enable javascript",
    "attention required", "request blocked",
  ])
  private static let scripts = ByteWords([
    "__jsl_clearance", "document.cookie", "acw_sc__v2", "location.reload", "location.href",
    "cf-challenge", "cf_chl", "window.location", "eval(",
  ])
}
