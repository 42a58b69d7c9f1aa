internal import Foundation
internal import Vocabulary

/// The way from one page of a listing to the next, where no link leads there (翻页).
struct PageTurn {
  private let paging: Paging
  private let page: Page

  /// A turn from a page.
  init(_ paging: Paging, _ page: Page) {
    self.paging = paging
    self.page = page
  }

  /// What the next page is asked for with; nil where there is none. A page whose mark says nothing, or
  /// what the page itself was asked for with, is the last.
  func next(after cursor: String?) -> (url: String, body: RequestBody?)? {
    switch paging.mark {
    case .number(let first, let step): return turned(to: String(first + step * (page.number + 1)))
    case .cursor:
      guard let cursor, !cursor.isEmpty, cursor != "-1", cursor != "false" else { return nil }
      guard let next = turned(to: cursor) else { return nil }
      return next.url == page.requestedURL && next.body == page.requestBody ? nil : next
    }
  }

  private func turned(to mark: String) -> (url: String, body: RequestBody?)? {
    switch paging.place {
    case .address(let template):
      let filled = Paging.slots.reduce(template) {
        $0.replacing($1, with: RequestBody.escaped(mark))
      }
      return (filled, page.requestBody)
    case .parameter(let name):
      guard let body = page.requestBody else {
        return (Self.setting(name, to: mark, in: page.requestedURL), nil)
      }
      return Self.setting(name, to: mark, in: body).map { (page.requestedURL, $0) }
    }
  }

  /// An address with one parameter of its query set.
  private static func setting(_ name: String, to value: String, in url: String) -> String {
    let whole = url.prefix { $0 != "#" }
    let path = whole.prefix { $0 != "?" }
    let key = RequestBody.escaped(name)
    var isSet = false
    var pairs = whole.dropFirst(path.count).dropFirst().split(separator: "&").map { pair in
      let isIt = pair.prefix { $0 != "=" } == key
      defer { isSet = isSet || isIt }
      return isIt ? "\(key)=\(RequestBody.escaped(value))" : String(pair)
    }
    if !isSet { pairs.append("\(key)=\(RequestBody.escaped(value))") }
    return path + "?" + pairs.joined(separator: "&")
  }

  private static func setting(
    _ name: String, to value: String, in body: RequestBody
  ) -> RequestBody? {
    switch body {
    case .form(var fields):
      if let place = fields.firstIndex(where: { $0.name == name }) {
        fields[place].value = value
      } else {
        fields.append(RequestBody.Field(name, value))
      }
      return .form(fields)
    case .json(let text): return json(name, value, text).map(RequestBody.json)
    }
  }

  /// JSON with one member set, which may lie deeper: `query.page`. What was a number stays one.
  private static func json(_ name: String, _ value: String, _ text: String) -> String? {
    guard
      var members = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    else { return nil }
    set(name.split(separator: ".").map(String.init)[...], to: value, in: &members)
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? JSONSerialization.data(withJSONObject: members, options: options) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func set(
    _ path: ArraySlice<String>, to value: String, in members: inout [String: Any]
  ) {
    guard let key = path.first else { return }
    guard path.count > 1 else {
      let isText = members[key] is String
      members[key] = isText ? value : Int(value).map { $0 as Any } ?? value
      return
    }
    var inner = members[key] as? [String: Any] ?? [:]
    set(path.dropFirst(), to: value, in: &inner)
    members[key] = inner
  }
}

extension Reading {
  /// What older pages are asked for with; nil where there are none.
  func older() throws(Miss) -> (url: String, body: RequestBody?)? {
    guard let paging = feed.paging else { return try next().map { ($0, nil) } }
    switch paging.mark {
    case .number: return PageTurn(paging, page).next(after: nil)
    case .cursor(let selector): return PageTurn(paging, page).next(after: try text(selector) ?? "")
    }
  }
}
