internal import Vocabulary

/// When an article's page says it was published (发布时间自动识别).
enum ArticleTime {
  /// The page's own statement, else a labelled date, else the date nearest before the text.
  static func find(in document: Document, body: Node?, _ dates: DateReader) -> PublicationTime {
    if let said = Metadata.value(document, of: names) {
      let time = dates.read(said)
      if time.moment != nil { return time }
    }
    let lines = lines(of: document, upTo: body)
    return labelled(lines, dates) ?? nearest(lines, dates) ?? .absent
  }

  private static let names = [
    "pubdate", "publishdate", "article:published_time", "publish_time", "publishtime",
    "weibo: article:create_at", "datepublished", "dc.date", "date", "og:release_date",
    "apub:time", "releasedate", "firstpublishtime",
  ]

  private struct Lines {
    /// From the top of the page to the text.
    var before: [Substring]
    /// The text's own, and what follows it.
    var after: [Substring]
  }

  private static func lines(of document: Document, upTo body: Node?) -> Lines {
    let whole = PlainText.of(document.root, keepingAuthors: true)
    guard let body else {
      return Lines(before: whole.split(separator: "\n").prefix(200).map { $0 }, after: [])
    }
    let later = PlainText.of(document.root, without: [body], keepingAuthors: true)
    let own = PlainText.of(body, keepingAuthors: true).split(separator: "\n").prefix(6).map { $0 }
    let first = own.first.map(String.init) ?? ""
    let all = whole.split(separator: "\n")
    let start = all.firstIndex { !first.isEmpty && $0 == first } ?? all.count
    let before = all[..<start].suffix(40).map { $0 }
    return Lines(before: before, after: own + later.split(separator: "\n").suffix(40))
  }

  private static let labels = [
    "发布时间", "发布日期", "发表时间", "发布于", "发表于", "发文日期", "成文日期", "更新时间", "日期：", "时间：", "来信时间",
    "留言时间", "提交时间", "写信时间", "發佈時間", "發布時間", "更新時間",
  ]

  private static func labelled(_ lines: Lines, _ dates: DateReader) -> PublicationTime? {
    for line in lines.before.reversed() + lines.after where line.utf8.count < 600 {
      for label in labels {
        guard let place = line.range(of: label) else { continue }
        let time = dates.find(in: String(line[place.upperBound...].prefix(40)))
        if time.moment != nil { return time }
      }
    }
    return nil
  }

  private static func nearest(_ lines: Lines, _ dates: DateReader) -> PublicationTime? {
    for line in lines.before.reversed() + lines.after.prefix(6) {
      guard line.utf8.count < 360, !clocks.contains(where: { line.contains($0) }) else { continue }
      let time = dates.find(in: String(line))
      if time.moment != nil { return time }
    }
    return nil
  }

  /// A page that shows today's date in its head does not mean itself.
  private static let clocks = ["今天是", "今日是", "当前时间", "现在时间", "欢迎您", "Copyright", "版权所有"]
}

extension Substring {
  /// Where a text first occurs.
  func range(of text: String) -> Range<Substring.Index>? {
    firstRange(of: text)
  }
}
