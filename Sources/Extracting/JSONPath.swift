internal import Vocabulary

/// A path into JSON as an admin would guess it: `data.list`, `list[0].title`, `rows[*].tags[*]`, or
/// `$` for all of it (取值路径).
struct JSONPath: Hashable, Sendable {
  /// One step into a value.
  enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
    /// Every element of a list.
    case all
  }

  /// Deeper than any answer is.
  static let deepest = 32
  let steps: [Step]

  /// A path as a feed's file writes it, or what is wrong with it.
  init(_ written: String) throws(SelectorFault) {
    var reader = JSONPathReader(written)
    steps = try reader.steps()
  }

  /// The keys that it passes.
  var keys: [String] {
    steps.compactMap { step in
      if case .key(let key) = step { return key }
      return nil
    }
  }

  /// All that it leads to, in the order of the document.
  func find(in value: JSONValue) -> [JSONValue] {
    var found = [value]
    for step in steps { found = found.flatMap { $0.values(at: step) } }
    return found
  }

  /// The rows that it leads to: a list's elements, and not the list.
  func rows(in value: JSONValue) -> [JSONValue] {
    find(in: value).flatMap { found -> [JSONValue] in
      if case .list(let elements) = found { return elements }
      return found == .null ? [] : [found]
    }
  }
}

extension JSONValue {
  fileprivate func values(at step: JSONPath.Step) -> [JSONValue] {
    switch (step, self) {
    case (.key(let key), .object(let members)): members[key].map { [$0] } ?? []
    case (.index(let index), .list(let elements)):
      elements.indices.contains(index) ? [elements[index]] : []
    case (.all, .list(let elements)): elements
    case (.all, .object(let members)): members.sorted { $0.key < $1.key }.map(\.value)
    case (.key, _), (.index, _), (.all, _): []
    }
  }
}

/// Reads a path step by step.
private struct JSONPathReader {
  private var rest: Substring
  private let written: String

  init(_ written: String) {
    self.written = written
    rest = written[...]
  }

  mutating func steps() throws(SelectorFault) -> [JSONPath.Step] {
    var steps: [JSONPath.Step] = []
    if rest.first == "$" { rest = rest.dropFirst() }
    if steps.isEmpty, rest.first == "." { rest = rest.dropFirst() }
    guard !rest.isEmpty || written == "$" else { throw fault(.empty) }
    while !rest.isEmpty {
      steps.append(try step())
      guard steps.count <= JSONPath.deepest else { throw fault(.deep) }
      guard rest.first == "." else { continue }
      rest = rest.dropFirst()
      guard !rest.isEmpty else { throw fault(.dot) }
    }
    return steps
  }

  private mutating func step() throws(SelectorFault) -> JSONPath.Step {
    guard rest.first == "[" else { return try name() }
    guard let close = rest.firstIndex(of: "]") else { throw fault(.bracket) }
    let inside = rest[rest.index(after: rest.startIndex)..<close]
    rest = rest[rest.index(after: close)...]
    if inside == "*" || inside.isEmpty { return .all }
    if let index = Int(inside), index >= 0 { return .index(index) }
    guard let quote = inside.first, quote == "'" || quote == "\"", inside.count > 2,
      inside.last == quote
    else { throw fault(.inside) }
    return .key(String(inside.dropFirst().dropLast()))
  }

  private mutating func name() throws(SelectorFault) -> JSONPath.Step {
    let name = rest.prefix { $0 != "." && $0 != "[" }
    guard !name.isEmpty, !name.contains(where: { "]/@()'\" ".contains($0) }) else {
      throw fault(.name)
    }
    rest = rest[name.endIndex...]
    return name == "*" ? .all : .key(String(name))
  }

  private enum Flaw { case empty, deep, dot, bracket, inside, name }

  private func fault(_ flaw: Flaw) -> SelectorFault {
    let hint = Phrase(
      zh: "取值路径这样写：data.list、items[0].title、rows[*].name，整个答复写 $",
      en: "a path is written data.list, items[0].title or rows[*].name, and $ for all of it")
    let why: Phrase =
      switch flaw {
      case .empty: Phrase(zh: "路径是空的", en: "the path is empty")
      case .deep: Phrase(zh: "路径太长", en: "the path is too long")
      case .dot: Phrase(zh: "末尾多了一个点", en: "a dot at its end leads nowhere")
      case .bracket: Phrase(zh: "有 [ 没有 ]", en: "a [ without its ]")
      case .inside:
        Phrase(zh: "方括号里应是序号、* 或加引号的键", en: "in brackets stands a number, * or a quoted key")
      case .name: Phrase(zh: "路径里有不该有的符号", en: "a sign that no path has")
      }
    return SelectorFault(phrase: Phrase(zh: "\(why.zh)；\(hint.zh)", en: "\(why.en); \(hint.en)"))
  }
}
