/// The lines of a page around an article's text, in which its date may stand.
struct ArticleLines {
  /// From the title down to where the text runs on, the nearest to the title first.
  private(set) var head: [String] = []
  /// Above the title, the nearest first.
  private(set) var above: [String] = []
  /// From where the text runs on.
  private(set) var foot: [String] = []

  private static let mostBefore = 40
  /// Without a title on the page, so many lines before the text may be its head.
  private static let mostUntitled = 8

  /// The lines of a page, with a title as it was found and the element of the text.
  init(of document: Document, title: String, body: Node?) {
    var text = PlainText(marking: body)
    text.add(document.root, keepingAuthors: true)
    let start = text.markedAt ?? 0
    let before = text.bytes[..<start].split(separator: 0x0A).suffix(ArticleLines.mostBefore)
    let after = text.bytes[start...].split(separator: 0x0A)
    let heading = Array(title.utf8)
    let opening = after.prefix(6).prefix {
      !ArticleLines.runsOn($0) || ArticleLines.isTitle($0, heading)
    }
    let known = Array(before) + opening
    let place = known.lastIndex { ArticleLines.isTitle($0, heading) }
    let first = place.map { $0 + 1 } ?? max(0, before.count - ArticleLines.mostUntitled)
    head = known[first...].compactMap { ArticleLines.line($0) }
    above = known[..<first].reversed().compactMap { ArticleLines.line($0) }
    let rest = after.dropFirst(opening.count)
    foot = (rest.prefix(40) + rest.dropFirst(40).suffix(40)).compactMap { ArticleLines.line($0) }
  }

  /// A line that may hold a date: short, with a digit or one of the words for days in it.
  private static func line(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count < 600, bytes.contains(where: { ASCII.isDigit($0) || $0 >= 0xE3 }) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a line is the title, a few signs more or less.
  private static func isTitle(_ line: ArraySlice<UInt8>, _ title: [UInt8]) -> Bool {
    guard title.count >= 9, line.count >= title.count, line.count <= title.count + 72 else {
      return false
    }
    return line.starts(with: title) || line.suffix(title.count).elementsEqual(title)
  }

  /// Sentences are running text, and so is whatever is long.
  private static func runsOn(_ line: ArraySlice<UInt8>) -> Bool {
    line.count > 300 || sentences.isIn(Array(line))
  }

  private static let sentences = ByteWords(["。", "！", "？", "；"])
}

/// A short line that says when and where something was published (署名行), in its parts:
/// `2026-03-02 08:55 来源：青川网 【字号 大 中 小】`.
struct ByLine {
  private let parts: [Substring]
  private let line: String

  /// A line as it stands on the page.
  init(_ line: String) {
    self.line = line
    parts = line.split { ByLine.joints.contains($0) }
  }

  private static let joints = Set(" \t　|｜[]()（）【】〔〕「」<>《》·,，/")
  private static let longestPart = 18

  /// Whether it says nothing but such things: no part of it is as long as a sentence or a title.
  ///
  /// A page that shows today's date in its head does not mean itself.
  var isByLine: Bool {
    guard line.utf8.count < 360, !ByLine.clocks.isIn(line) else { return false }
    if line.utf8.count < 200, ByLine.marks.isIn(line) { return true }
    return parts.allSatisfy {
      $0.count <= ByLine.longestPart || ByLine.isDate($0) || $0.utf8.allSatisfy { $0 < 0x80 }
    }
  }

  /// Whether it is a by-line over a text: a date with its year, or where the text comes from.
  var isHeading: Bool {
    guard isByLine else { return false }
    return namesDay || ["来源：", "来源:", "來源：", "作者："].contains { line.hasPrefix($0) }
  }

  /// Whether it has words that no title has: 来源：, 点击, 字号.
  var hasMarks: Bool { ByLine.marks.isIn(line) }

  /// Whether a day with its year stands in it, 2026-03-02 or 2026年3月2日.
  private var namesDay: Bool {
    let numbers = line.split { !"0123456789０１２３４５６７８９".contains($0) }
    guard let year = numbers.firstIndex(where: { $0.count == 4 }) else { return false }
    let rest = numbers[(year + 1)...].prefix(2)
    guard rest.count == 2, rest.allSatisfy({ $0.count <= 2 }), let month = rest.first else {
      return false
    }
    let sign = line[numbers[year].endIndex..<month.startIndex]
    return ["-", "/", ".", "年", "－"].contains(sign)
  }

  /// What stands after 时间： and its like, where these are the whole label: 停水时间 is another.
  var labelled: [String] {
    guard isByLine else { return [] }
    return parts.indices.compactMap { index in
      let part = parts[index]
      let isLabel = ByLine.labels.contains { part.hasPrefix($0) }
      guard isLabel, part.contains(where: { "：:".contains($0) }) else { return nil }
      return String(line[part.startIndex...])
    }
  }

  private static let labels = ["时间", "日期", "来源", "時間", "來源"]

  /// The part of it that is a date without a year, and what follows; nil where it is no by-line.
  ///
  /// A bare 3月2日 may as well head a chapter: a time of day, the word for a past day, or words of
  /// an outlet must stand beside it.
  var date: String? {
    guard isByLine, let start = parts.firstIndex(where: { ByLine.isDate($0) }) else { return nil }
    let rest = String(line[parts[start].startIndex...])
    let isAlone = parts.count == 1
    let isPlain = parts[start].contains { "月日号".contains($0) } && !rest.contains(":")
    let isKnown = isAlone ? !isPlain : (rest.contains(":") || ByLine.words.isIn(line))
    return isKnown ? rest : nil
  }

  private static func isDate(_ part: Substring) -> Bool {
    part.allSatisfy { signs.contains($0) }
      && part.contains { $0.isASCII && $0.isNumber || "今昨前刚".contains($0) }
  }

  private static let signs = Set(
    "0123456789-/.:：年月日号时分秒点今昨前大天刚小時钟半上下午晚早凌晨中星期周一二三四五六七八九十两几个+TZ"
  )
  private static let markWords = [
    "来源：", "来源:", "來源：", "來源:", "稿源", "出处：", "作者：", "作者:", "编辑：", "编辑:", "浏览", "点击", "评论", "字号",
    "字体", "字級",
  ]
  private static let marks = ByteWords(markWords)
  private static let words = ByteWords(
    markWords + [
      "来源", "來源", "作者", "记者", "责编", "阅读", "发布", "发表", "更新", "网", "網", "报", "報", "社", "台", "频道",
      "政府", "局", "委",
    ])
  private static let clocks = ByteWords([
    "今天是", "今日是", "当前时间", "现在时间", "欢迎您", "copyright", "版权所有",
  ])
}
