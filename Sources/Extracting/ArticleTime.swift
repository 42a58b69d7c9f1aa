internal import Vocabulary

/// When an article's page says it was published (发布时间自动识别).
enum ArticleTime {
  /// The page's own statement, else a labelled date, else the date nearest before the text.
  static func find(in document: Document, body: Node?, _ dates: DateReader) -> PublicationTime {
    if let said = SelfDescription.value(document, of: names) {
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

  /// The lines before the text, the nearest first, and those from it on.
  private struct Lines {
    var before: [String]
    var after: [String]
  }

  private static func lines(of document: Document, upTo body: Node?) -> Lines {
    var text = PlainText(marking: body)
    text.add(document.root, keepingAuthors: true)
    let start = text.markedAt ?? 0
    let before = text.bytes[..<start].split(separator: 0x0A).suffix(40).reversed()
    let after = text.bytes[start...].split(separator: 0x0A)
    return Lines(
      before: before.compactMap { line($0) },
      after: (after.prefix(40) + after.dropFirst(40).suffix(40)).compactMap { line($0) })
  }

  /// A line that may hold a date: short, with a digit or one of the words for days in it.
  private static func line(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count < 600, bytes.contains(where: { ASCII.isDigit($0) || $0 >= 0xE3 }) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let labels = ByteWords([
    "发布时间", "发布日期", "发表时间", "发布于", "发表于", "发文日期", "成文日期", "更新时间", "日期：", "时间：", "来信时间",
    "留言时间", "提交时间", "写信时间", "發佈時間", "發布時間", "更新時間",
  ])

  private static func labelled(_ lines: Lines, _ dates: DateReader) -> PublicationTime? {
    for line in lines.before + lines.after {
      let bytes = Array(line.utf8)
      guard let end = bytes.withUnsafeBufferPointer({ labels.end(in: $0) }) else { continue }
      let time = dates.find(in: String(decoding: bytes[end...].prefix(120), as: UTF8.self))
      if time.moment != nil { return time }
    }
    return nil
  }

  private static func nearest(_ lines: Lines, _ dates: DateReader) -> PublicationTime? {
    for line in lines.before + lines.after.prefix(6) {
      guard line.utf8.count < 360, !clocks.isIn(line) else { continue }
      let time = dates.find(in: line)
      if time.moment != nil { return time }
    }
    return nil
  }

  /// A page that shows today's date in its head does not mean itself.
  private static let clocks = ByteWords([
    "今天是", "今日是", "当前时间", "现在时间", "欢迎您", "copyright", "版权所有",
  ])
}
