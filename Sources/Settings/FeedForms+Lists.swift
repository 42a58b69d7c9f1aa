import Foundation
import Vocabulary
import Yams

extension Form where Result == Selector {
  /// A path into JSON, `data.list[*].title`.
  static func path(_ checks: Checks) -> Form {
    let expected = Phrase(zh: "取值路径，如 data.list", en: "a path such as data.list")
    return parsed(expected) { $0.isOneLine ? Selector(path: $0) : nil }.unless(checks.selector)
  }

  /// The same for what an item shows: nothing that tells who wrote.
  static func shownPath(_ checks: Checks) -> Form {
    path(checks).unless { checks.personal($0.expression) }
  }
}

extension Form where Result == RequestBody {
  /// The fields of a form, as a mapping.
  static var form: Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let fields = section.names.map { RequestBody.Field($0, section.read($0, .fieldValue) ?? "") }
      section.close()
      return .form(fields)
    }
  }

  /// JSON, as a mapping or list of YAML or as text.
  static var json: Form {
    let expected = Phrase(
      zh: " JSON，或一组“键: 值”", en: "JSON, or a section of keys that become JSON")
    return Form { value in
      if let text = value.bareText {
        let isJSON = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
        return isJSON ? .json(text) : value.refuse(expected: expected)
      }
      let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
      guard let object = JSONText.object(value.node),
        let bytes = try? JSONSerialization.data(withJSONObject: object, options: options)
      else { return value.refuse(expected: expected) }
      return .json(String(decoding: bytes, as: UTF8.self))
    }
  }
}

extension Form where Result == String {
  /// A value of a form, which may be empty.
  fileprivate static var fieldValue: Form {
    let expected = Phrase(zh: "一行文字", en: "one line of text")
    return parsed(expected) { $0.isEmpty || $0.isOneLine ? $0 : nil }
  }
}

/// YAML as JSON has it (RFC 8259).
private enum JSONText {
  /// A value of YAML as `JSONSerialization` takes it; nil where JSON has no such thing.
  static func object(_ node: Node) -> Any? {
    switch node {
    case .mapping(let mapping):
      var members: [String: Any] = [:]
      for (key, value) in mapping {
        guard let name = key.scalar?.string, let inner = object(value) else { return nil }
        members[name] = inner
      }
      return members
    case .sequence(let list):
      let elements = list.compactMap(object)
      return elements.count == list.count ? elements : nil
    case .scalar(let scalar): return scalarValue(scalar)
    case .alias: return nil
    }
  }

  private static func scalarValue(_ scalar: Node.Scalar) -> Any {
    guard scalar.style == .plain else { return scalar.string }
    switch scalar.string {
    case "", "~", "null": return NSNull()
    case "true": return true
    case "false": return false
    default: return Int(scalar.string).map { $0 as Any } ?? scalar.string
    }
  }
}

extension Form where Result == Paging {
  /// `page: {into: pageNo, first: 1, step: 1}`, or a `url` of its own with `{page}` in it.
  static var pageNumber: Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let first = section.read("first", .number(0...10_000)) ?? 1
      let step = section.read("step", .number(1...1_000)) ?? 1
      let place = section.placeOfMark(slot: "{page}")
      section.close()
      return place.map { Paging(.number(first: first, step: step), into: $0) }
    }
  }

  /// `cursor: {from: data.next, into: lastItem}`, or a `url` of its own with `{cursor}` in it.
  static func cursor(_ selector: Form<Selector>) -> Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let from = section.require("from", selector)
      let place = section.placeOfMark(slot: "{cursor}")
      section.close()
      guard let from, let place else { return nil }
      return Paging(.cursor(from), into: place)
    }
  }
}

extension Section {
  /// Where a page's mark goes: a parameter's name, or an address that has the slot.
  fileprivate func placeOfMark(slot: String) -> Paging.Place? {
    let (name, url) = (read("into", .text), read("url", .template(slot)))
    switch (name, url) {
    case (let name?, nil): return .parameter(name)
    case (nil, let url?): return .address(url)
    case (nil, nil) where isGiven("into") || isGiven("url"): return nil
    case (nil, nil), (_?, _?):
      findings.error(
        at: place,
        Phrase(
          zh: "into（参数名）和 url（带 \(slot) 的网址）要写一个，且只写一个",
          en: "write into, a parameter's name, or url, an address with \(slot) in it: one of them"))
      return nil
    }
  }
}

extension Form where Result == String {
  /// A web address in which a slot stands.
  fileprivate static func template(_ slot: String) -> Form {
    Form { value in
      let expected = Phrase(
        zh: "带 \(slot) 的网址", en: "a web address with \(slot) in it")
      guard let text = value.words(expected: expected) else { return nil }
      let filled = text.replacing(slot, with: "1")
      guard text.contains(slot), WebAddress.fault(in: filled, schemes: ["http", "https"]) == nil
      else { return value.refuse(expected: expected) }
      return text
    }
  }
}

extension Form where Result == [ExportFolder.Column: [String]] {
  /// The headings of an export's columns: one, or several of which the first that is there counts.
  static func columns(_ checks: Checks) -> Form {
    Form { value in
      guard let section = value.section() else { return nil }
      var columns: [ExportFolder.Column: [String]] = [:]
      for column in ExportFolder.Column.allCases {
        columns[column] = section.read(column.rawValue, .headings(checks))
      }
      section.close()
      guard columns[.title] != nil || columns[.body] != nil else {
        return value.refuse(
          Phrase(
            zh: "columns 里至少要写 title（标题）或 body（内容）的列名",
            en: "columns: title or body must have a heading"))
      }
      return columns
    }
  }
}

extension Form where Result == [String] {
  fileprivate static func headings(_ checks: Checks) -> Form {
    let heading = Form<String>.text.unless(checks.personal)
    return .scalar(heading.map { [$0] }, otherwise: .some(of: heading))
  }
}
