internal import Vocabulary

/// When an article's page says it was published (发布时间自动识别).
///
/// What the page says of itself and labelled dates come first, then full dates near the title. A
/// date without a year, or one that counts from now, is believed in a by-line alone: in running
/// text 3月2日 is when something happened, and beside other links 3小时前 is when those appeared.
/// Either would make an old page new, and a new page alerts.
struct ArticleTime {
  private let document: Document
  private let dates: DateReader
  private let lines: ArticleLines

  /// The time of an article with this title, whose text stands in this element.
  static func find(
    in document: Document, at url: String = "", title: String, body: Node?, _ dates: DateReader
  ) -> PublicationTime {
    let search = ArticleTime(document, title, body, dates)
    guard let stated = search.stated() else {
      return search.written() ?? search.addressed(url) ?? .absent
    }
    return search.refined(stated)
  }

  private init(_ document: Document, _ title: String, _ body: Node?, _ dates: DateReader) {
    self.document = document
    self.dates = dates
    lines = ArticleLines(of: document, title: title, body: body)
  }

  private func written() -> PublicationTime? {
    labelled(lines.head, generic: true) ?? labelled(lines.above)
      ?? dated(lines.head) ?? yearless(lines.head)
      ?? dated(lines.above) ?? labelled(lines.foot, from: .dated)
  }

  /// A time nobody can have published at yet is none; one of the next hours is a clock ahead, or
  /// a zone left out, and means now.
  private func sound(_ time: PublicationTime) -> PublicationTime? {
    guard let moment = time.moment, moment <= dates.now + .days(1) else { return nil }
    return moment <= dates.now ? time : .moment(dates.now)
  }

  /// The day in an address, /202603/t20260302_17.html, where the page itself says nothing.
  private func addressed(_ url: String) -> PublicationTime? {
    AddressDay.of(url).flatMap { sound(dates.read($0)) }
  }

  private func stated() -> PublicationTime? {
    let said = SelfDescription.values(document, of: ArticleTime.names)
    if let time = said.lazy.compactMap({ sound(dates.read($0)) }).first { return time }
    let others = [
      SelfDescription.publication(document), SelfDescription.linkedPublication(document),
    ]
    return others.lazy.compactMap(\.self).compactMap { sound(dates.read($0)) }.first
  }

  /// A page that names its day for search engines, and for its readers the minute.
  private func refined(_ stated: PublicationTime) -> PublicationTime {
    guard case .day(let from, let to) = stated else { return stated }
    guard case .moment(let moment)? = written(), moment >= from, moment < to else { return stated }
    return .moment(moment)
  }

  private static let names = [
    "pubdate", "publishdate", "article:published_time", "publish_time", "publishtime",
    "weibo: article:create_at", "datepublished", "dc.date", "date", "og:release_date",
    "apub:time", "releasedate", "firstpublishtime", "article:published", "pubtime", "_pubtime_",
    "publish-date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "og:article:published_time",
  ]

  private func labelled(
    _ lines: [String], generic: Bool = false, from place: DateReader.Place = .text
  ) -> PublicationTime? {
    for labels in ArticleTime.labels {
      for line in lines {
        guard let rest = labels.rest(of: line) else { continue }
        if let time = sound(dates.find(in: rest, place)) { return time }
      }
    }
    guard generic else { return nil }
    for line in lines {
      for rest in ByLine(line).labelled {
        if let time = sound(dates.find(in: rest, place)) { return time }
      }
    }
    return nil
  }

  /// The surest first: when a page was published says more than when it was last touched.
  private static let labels = [
    ByteWords([
      "发布时间", "发布日期", "发表时间", "发表日期", "发布于", "发表于", "发稿时间", "发帖时间", "来信时间", "留言时间",
      "提交时间", "写信时间", "發佈時間", "發布時間", "發佈日期", "發布日期", "發表於",
    ]),
    ByteWords(["发文日期", "成文日期", "更新时间", "更新日期", "更新時間"]),
  ]

  private func dated(_ lines: [String]) -> PublicationTime? {
    for line in lines where ByLine(line).isByLine {
      if let time = sound(dates.find(in: line, .dated)) { return time }
    }
    return nil
  }

  private func yearless(_ lines: [String]) -> PublicationTime? {
    for line in lines {
      guard let date = ByLine(line).date else { continue }
      if let time = sound(dates.find(in: date, .text)) { return time }
    }
    return nil
  }
}

extension ByteWords {
  /// What follows the first of the words in a line, as far as a date may stand from its label.
  fileprivate func rest(of line: String) -> String? {
    let bytes = Array(line.utf8)
    guard let end = bytes.withUnsafeBufferPointer({ end(in: $0) }) else { return nil }
    return String(decoding: bytes[end...].prefix(120), as: UTF8.self)
  }
}
