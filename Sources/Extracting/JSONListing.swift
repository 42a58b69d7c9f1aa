internal import Vocabulary

/// A list that is JSON as items or leads (接口列表).
struct JSONListing {
  private let page: Page
  private let feed: Feed
  private let origin: WebAddress
  private let dates: DateReader
  private let document: JSONValue
  private var rows: GivenRows

  /// The rows of an answer.
  static func extract(_ page: Page, of feed: Feed, _ dates: DateReader) throws(Miss) -> Extract {
    var listing = try JSONListing(page, feed, dates)
    try listing.readAll()
    return listing.rows.extract
  }

  private init(_ page: Page, _ feed: Feed, _ dates: DateReader) throws(Miss) {
    (self.page, self.feed, self.dates) = (page, feed, dates)
    let (bytes, charset) = page.bytes.withUnsafeBufferPointer { bytes in
      let guess = CharsetGuess(bytes, header: page.contentType, feed: feed.charset)
      return (Decoding.utf8(bytes, from: guess.charset), guess)
    }
    guard let origin = WebAddress(page.url) ?? WebAddress(feed.url) else {
      throw Misses.unreadable(page, Phrase(zh: "网址无法理解", en: "the address cannot be understood"))
    }
    guard let document = JSONValue.read(bytes) else { throw JSONMisses.noJSON(page, feed, bytes) }
    self.origin = origin
    self.document = document
    rows = GivenRows(feed, on: page, charset: charset.description)
  }

  private mutating func readAll() throws(Miss) {
    guard let items = feed.items else { return }
    let found = try path(items).rows(in: document)
    if found.isEmpty, !feed.mayBeEmpty { throw JSONMisses.nothing(page, items, in: document) }
    for (index, value) in found.enumerated() {
      rows.add(try row(value), number: index + 1)
    }
    if !found.isEmpty, rows.extract.items.isEmpty, rows.extract.leads.isEmpty, !feed.mayBeEmpty {
      throw JSONMisses.rowsWithout(page, count: found.count, first: found[0])
    }
    rows.goesOn(to: try next())
  }

  private func path(_ selector: Selector) throws(Miss) -> JSONPath {
    do throws(SelectorFault) {
      return try JSONPath(selector.expression)
    } catch {
      throw Misses.unreadable(page, error.phrase)
    }
  }

  private func row(_ value: JSONValue) throws(Miss) -> GivenRow {
    var row = GivenRow()
    row.title = Privacy.scrubbed(try text(feed.title, in: value).onOneLine)
    row.body = Privacy.scrubbed(try text(feed.body, in: value))
    row.link = try link(in: value)
    if let date = feed.date { row.published = try time(date, in: value) }
    row.answer = try answer(in: value)
    return row
  }

  /// The first text that says something; of a list all of them, a line each.
  private func text(_ selector: Selector?, in value: JSONValue) throws(Miss) -> String {
    guard let selector else { return "" }
    for found in try path(selector).find(in: value) {
      let text = found.scalars.map(Markup.plain).filter { !$0.isEmpty }.joined(separator: "\n")
      if !text.isEmpty { return text }
    }
    return ""
  }

  private func scalar(_ selector: Selector, in value: JSONValue) throws(Miss) -> String? {
    try path(selector).find(in: value).lazy.compactMap(\.scalar).first { !$0.isEmpty }
  }

  /// A path to an address, or an address with paths in it: `https://board.example/show?id={tid}`.
  private func link(in value: JSONValue) throws(Miss) -> WebAddress? {
    guard let selector = feed.link else { return nil }
    guard selector.expression.contains("{") else {
      return try scalar(selector, in: value).flatMap { WebAddress(link: $0, from: origin) }
    }
    var address = ""
    for part in LinkTemplate.parts(selector.expression) {
      switch part {
      case .text(let text): address += text
      case .path(let path):
        guard let found = try scalar(Selector(path: path), in: value) else { return nil }
        address += RequestBody.escaped(found)
      }
    }
    return WebAddress(link: address, from: origin)
  }

  private func time(_ selector: Selector, in value: JSONValue) throws(Miss) -> PublicationTime {
    guard let written = try scalar(selector, in: value) else { return .absent }
    // 1772445600.25: what comes after the point is less than anybody counts.
    let digits = written.prefix { $0.isASCII && $0.isNumber }
    let rest = written.dropFirst(digits.count)
    let isFraction =
      digits.count >= 10 && rest.first == "." && rest.dropFirst().allSatisfy(\.isNumber)
    return dates.read(isFraction ? String(digits) : written)
  }

  private func answer(in value: JSONValue) throws(Miss) -> Answer? {
    guard let places = feed.answer, feed.article == nil else { return nil }
    let body = Privacy.scrubbed(try text(places.body, in: value))
    guard !body.isEmpty else { return nil }
    let unit = Privacy.scrubbed(try text(places.unit, in: value).onOneLine)
    let published = try places.date.map { date throws(Miss) in try time(date, in: value) }
    return Answer(unit: unit.isEmpty ? nil : unit, body: body, published: published ?? .absent)
  }

  private func next() throws(Miss) -> (url: String, body: RequestBody?)? {
    if let selector = feed.next {
      guard let link = try scalar(selector, in: document),
        let address = WebAddress(link: link, from: origin), address.text != page.url
      else { return nil }
      return (address.text, page.requestBody)
    }
    guard let paging = feed.paging else { return nil }
    switch paging.mark {
    case .number: return PageTurn(paging, page).next(after: nil)
    case .cursor(let selector):
      return PageTurn(paging, page).next(after: try scalar(selector, in: document) ?? "")
    }
  }
}

/// An address with paths in braces (网址模板).
enum LinkTemplate {
  /// What stands between the braces, and what in them.
  enum Part: Equatable {
    case text(String)
    case path(String)
  }

  /// The parts of a template, in order.
  static func parts(_ template: String) -> [Part] {
    var parts: [Part] = []
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(.path(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }
}

/// What an answer that gave nothing is.
enum JSONMisses {
  /// The miss for an answer that is no JSON: a wall, mostly, or a page for people.
  static func noJSON(_ page: Page, _ feed: Feed, _ bytes: [UInt8]) -> Miss {
    let start = bytes.drop(while: ASCII.isSpace).first
    if start == UInt8(ascii: "<"), let document = Document(html: bytes),
      let blocked = Misses.blocked(document, page)
    {
      return blocked
    }
    let isPage = start == UInt8(ascii: "<")
    return Misses.unreadable(
      page,
      isPage
        ? Phrase(
          zh: "返回的是网页，不是 JSON：请核对接口网址和 method、form、body",
          en: "this is a web page and no JSON: check the address, method, form and body")
        : Phrase(
          zh: "返回的内容不是完整的 JSON，无法解析", en: "this is no JSON, or not the whole of it"))
  }

  /// The miss for a path that leads to no rows; what stands there instead is named by its keys.
  static func nothing(_ page: Page, _ items: Selector, in document: JSONValue) -> Miss {
    let keys = keys(of: document)
    return Miss(
      .nothingFound, url: page.url,
      reason: Phrase(
        zh: "按 items“\(items.expression)”在返回的 JSON 里没有找到任何行（最外层：\(keys.zh)）；"
          + "确属可能为空的，写 empty: true",
        en: "items “\(items.expression)” finds no rows in the JSON (outermost: \(keys.en)); if it "
          + "may be empty, write empty: true"))
  }

  /// The miss for rows without title, text and link.
  static func rowsWithout(_ page: Page, count: Int, first: JSONValue) -> Miss {
    let keys = keys(of: first)
    return Miss(
      .nothingFound, url: page.url,
      reason: Phrase(
        zh: "找到 \(count) 行，但没有一行有标题、内容或链接：请核对 title、text、link 的路径（行内：\(keys.zh)）",
        en:
          "\(count) rows were found, and none has a title, text or link: check their paths (a row "
          + "has: \(keys.en))"))
  }

  /// The names of what a value holds, and never what they stand for.
  private static func keys(of value: JSONValue) -> Phrase {
    switch value {
    case .object(let members):
      let keys = members.keys.sorted().prefix(12).joined(separator: ", ")
      return keys.isEmpty
        ? Phrase(zh: "空对象", en: "an empty object") : Phrase(zh: keys, en: keys)
    case .list(let elements):
      return Phrase(zh: "\(elements.count) 项的列表", en: "a list of \(elements.count)")
    case .null, .flag, .number, .text: return Phrase(zh: "单个值", en: "a single value")
    }
  }
}
