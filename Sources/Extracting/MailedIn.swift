package import Vocabulary

/// What an officer mails in (录入): a telephone call, a post of another platform, what superiors hand
/// down.
///
/// The mail has lines that begin with a label, 站点 链接 标题 时间 正文, in any order; what has none is text.
struct MailedIn {
  /// A line's label.
  enum Label: CaseIterable {
    case place, link, title, time, text

    /// As officers write it.
    var words: [String] {
      switch self {
      case .place: ["站点", "网站", "平台", "来源", "渠道", "Site"]
      case .link: ["链接", "网址", "原文", "Link", "URL"]
      case .title: ["标题", "主题", "Title"]
      case .time: ["时间", "日期", "发布时间", "Time", "Date"]
      case .text: ["正文", "内容", "文字", "诉求", "Text"]
      }
    }
  }

  private(set) var parts: [Label: String] = [:]

  /// The parts of a mail's own words; its subject gives the title where no line does.
  init(_ letter: Letter, saying text: String) {
    var texts: [String] = []
    for line in text.split(whereSeparator: \.isNewline).map(String.init) {
      if let (label, rest) = Self.labelled(line), label != .text, parts[label] == nil {
        parts[label] = rest
      } else if let (label, rest) = Self.labelled(line), label == .text {
        texts.append(rest)
      } else if parts[.link] == nil, WebAddress(line.trimmed) != nil {
        parts[.link] = line.trimmed
      } else {
        texts.append(line)
      }
    }
    parts[.text] = texts.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
    if parts[.title]?.isEmpty ?? true { parts[.title] = letter.entered }
  }

  private static func labelled(_ line: String) -> (Label, String)? {
    let line = line.trimmed
    guard let colon = line.firstIndex(where: { ":：".contains($0) }) else { return nil }
    let head = String(line[..<colon]).filter { !"【】[]*· \u{3000}".contains($0) }.lowercased()
    let label = Label.allCases.first { $0.words.contains { $0.lowercased() == head } }
    return label.map { ($0, String(line[line.index(after: colon)...]).trimmed) }
  }
}

extension Extractor {
  /// What an officer mailed in as an item of a feed (录入); nil where the mail says nothing.
  ///
  /// Where it was seen stands before the title, so that whoever is told knows it. Of who sent it there
  /// is nothing.
  package func item(
    of letter: Letter, saying text: String, to feed: Feed, foundAt: Instant
  ) -> Item? {
    let parts = MailedIn(letter, saying: text).parts
    let body = Privacy.scrubbed(parts[.text] ?? "")
    let own = Privacy.scrubbed((parts[.title] ?? "").onOneLine)
    let title = own.isEmpty ? String(body.prefix { $0 != "\n" }.prefix(40)) : own
    guard !title.isEmpty else { return nil }
    let place = Privacy.scrubbed((parts[.place] ?? "").onOneLine)
    let link = parts[.link].flatMap { WebAddress($0.trimmed) }
    let dates = DateReader(zone: zone, now: foundAt.wall)
    return Item(
      id: link?.itemID ?? WebAddress.id(of: "mail\n" + letter.id.rawValue), feed: feed.id,
      url: link?.readable.text ?? feed.url,
      title: place.isEmpty || place == feed.name ? title : "[\(place)] \(title)", body: body,
      published: parts[.time].map { dates.read($0) } ?? .absent, foundAt: foundAt, basis: .full,
      fingerprint: Fingerprinting.of(body))
  }
}
