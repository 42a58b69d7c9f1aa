import Testing
import Vocabulary

@testable import Extracting

@Suite struct `The time of an article` {
  private static let text = """
    <p>3月1日上午，竹园镇青溪村供水主管破裂，2026年2月27日已经抢修过一次，昨天 23:50再次停水。</p>\
    <p>镇里说，两小时前抢修人员已经到场，居民可以到村委会取水。</p>
    """

  private func time(_ above: String, _ below: String = "", head: String = "") throws -> String {
    let html = """
      <html><head><title>青溪村停水抢修情况</title>\(head)</head><body><div id="top">\(above)</div>
      <div class="content">\(Self.text)</div>\(below)</body></html>
      """
    let item = try extractor.item(
      on: page(html), for: lead(), of: feed(.board) { $0.article = .auto })
    #expect(item.body.contains("供水主管破裂"))
    return shown(item.published)
  }

  @Test(arguments: [
    // Running text and other links are not asked.
    ("<h1>青溪村停水抢修情况</h1>", "absent"),
    ("<ul><li>竹园镇路灯修好了 3小时前</li></ul><h1>青溪村停水抢修情况</h1>", "absent"),
    ("<ul><li>关于做好今年冬季全区城乡供水保障工作的通知 2026-03-02</li></ul><h1>青溪村停水抢修情况</h1>", "absent"),
    ("今天是2026年3月2日 星期一<h1>青溪村停水抢修情况</h1>", "absent"),
    ("<h1>青溪村停水抢修情况</h1><p>停水时间：2026年3月5日</p>", "absent"),
    ("<h1>青溪村停水抢修情况</h1><p>3月2日 竹园镇</p>", "absent"),
    // Labels beat what stands nearer to the text.
    ("<h1>青溪村停水抢修情况</h1><p>发布时间：2025-11-20 08:00</p><p>2026-03-01</p>", "2025-11-20T08:00:00"),
    ("<h1>青溪村停水抢修情况</h1><p>更新时间：2026-03-01</p><p>发布日期：2025-11-20</p>", "day 2025-11-20"),
    ("<h1>青溪村停水抢修情况</h1><p>来源：青川网 时间：2025-11-20</p>", "day 2025-11-20"),
    ("<h1>青溪村停水抢修情况</h1><p>楼主 发表于 昨天 23:10</p>", "2026-03-01T23:10:00"),
    // Full dates near the title.
    ("<h1>青溪村停水抢修情况</h1><p>2025年11月20日08:55来源：青川新闻网作者：值班员</p>", "2025-11-20T08:55:00"),
    ("<p>2025-11-20</p><h1>青溪村停水抢修情况</h1>", "day 2025-11-20"),
    ("<p>2025-11-18</p><h1>青溪村停水抢修情况</h1><p>青川网 (2025-11-20 08:55)</p>", "2025-11-20T08:55:00"),
    // Without a year only in a by-line.
    ("<h1>青溪村停水抢修情况</h1><span>03-01</span>", "day 2026-03-01"),
    ("<h1>青溪村停水抢修情况</h1><p>青川网 3月1日 08:55</p>", "2026-03-01T08:55:00"),
    ("<h1>青溪村停水抢修情况</h1><p>3小时前 来源：青川网</p>", "2026-03-02T15:00:00"),
    ("<h1>青溪村停水抢修情况</h1><p>浏览：128 03-01 08:55</p>", "2026-03-01T08:55:00"),
    ("<h1>青溪村停水抢修情况</h1><p>2025-11-20</p><p>青川网 03-01 08:55</p>", "day 2025-11-20"),
    // Never later than now.
    ("<h1>青溪村停水抢修情况</h1><p>发布时间：2026-12-31</p>", "absent"),
    ("<h1>青溪村停水抢修情况</h1><p>发布时间：2026-12-31</p><p>2025-11-20</p>", "day 2025-11-20"),
    ("<h1>青溪村停水抢修情况</h1><p>发布时间：2026-03-03 01:00</p>", "2026-03-02T18:00:00"),
  ])
  func `is where articles say it, and nowhere else`(_ above: String, _ expected: String) throws {
    #expect(try time(above) == expected)
  }

  @Test func `is what the page says of itself, if that can be`() throws {
    let title = "<h1>青溪村停水抢修情况</h1><p>发布时间：2026-03-02 09:00</p>"
    let said = "<meta name=\"PubDate\" content=\"2025-11-20 08:55\">"
    let wrong = "<meta name=\"PubDate\" content=\"2027-11-20\">"
    #expect(try time(title, head: said) == "2025-11-20T08:55:00")
    #expect(try time(title, head: wrong) == "2026-03-02T09:00:00")
    #expect(
      try time(title, head: wrong + "<meta name=\"date\" content=\"2025-11-19\">")
        == "day 2025-11-19")
    let marked = "<time itemprop=\"datePublished\" datetime=\"2025-11-20T08:55:00+08:00\">刚刚</time>"
    #expect(try time(title, marked) == "2025-11-20T08:55:00")
  }

  @Test func `is no comment's, and a message's may stand under it`() throws {
    let title = "<h1>青溪村停水抢修情况</h1>"
    #expect(try time(title, "<p>发表于 3小时前</p><p>同问，我家也停水。</p>") == "absent")
    #expect(try time(title, "<p>留言时间：2026-02-28 10:00</p>") == "2026-02-28T10:00:00")
    #expect(
      try time(title + "<p>2026-02-28</p>", "<p>发表于 2026-03-02 11:00</p>") == "day 2026-02-28")
  }
}

@Suite struct `The title of an article` {
  @Test(arguments: [
    ("青溪村停水抢修情况_新闻中心_青川网", "青溪村停水抢修情况"),
    ("民生频道-青溪村停水抢修情况", "青溪村停水抢修情况"),
    ("青溪村停水抢修情况-民生频道-青川网", "青溪村停水抢修情况"),
    ("青川网 - 青溪村停水抢修情况", "青溪村停水抢修情况"),
    ("新闻_青溪村停水抢修情况_青川网", "青溪村停水抢修情况"),
    ("青溪村停水抢修情况-停水,供水,水管,抢修-青川新闻网-新闻中心", "青溪村停水抢修情况"),
    ("青溪村3-5组停水抢修情况", "青溪村3-5组停水抢修情况"),
    ("区政府通报青溪村停水", "区政府通报青溪村停水"),
    ("停水1900户-2900户的小区名单", "停水1900户-2900户的小区名单"),
  ])
  func `is told without channel and outlet`(_ whole: String, _ title: String) {
    #expect(ArticleTitle.withoutOutlet(whole) == title)
  }
}
