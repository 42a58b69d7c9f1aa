import Vocabulary
import Yams

/// One value of a file, with its place and the key it stands under (值).
struct Value {
  let node: Node
  /// The key, with the keys above it: `mail.from`.
  let key: String
  let file: String
  let findings: Findings
  /// Whether it is an element of a list in brackets, whose elements commas part.
  var isInBrackets = false

  var place: Place {
    let mark = node.mark
    return Place(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  /// A scalar's text as it stands, unchecked; nil for lists and sections.
  var bareText: String? { node.scalar?.string }

  /// Whether keys stand in it.
  var isSection: Bool { node.mapping != nil }

  /// Whether it is a scalar without quotes.
  var isPlain: Bool { node.scalar?.style == .plain }

  /// Whether nothing is written: `telephone:` with nothing after it.
  var isEmpty: Bool {
    isPlain && ["", "~", "null"].contains(bareText)
  }

  /// Reports the value and gives nothing, so that a form can end with it.
  func refuse<Result>(_ sentence: Phrase) -> Result? {
    findings.error(at: place, sentence)
    return nil
  }

  /// Reports that something else was expected.
  func refuse<Result>(expected: Phrase) -> Result? {
    let label = key.isEmpty ? Phrase.nothing : Phrase(zh: "“\(key)”", en: "\(key): ")
    return refuse(
      label
        + Phrase(
          zh: "应写\(expected.zh)，现为\(found.zh)", en: "expected \(expected.en), found \(found.en)"))
  }

  private var found: Phrase {
    switch node {
    case .scalar(let scalar) where scalar.string.isEmpty: Phrase(zh: "空", en: "nothing")
    case .scalar(let scalar):
      Phrase(zh: "“\(Shown.value(scalar.string))”", en: "\"\(Shown.value(scalar.string))\"")
    case .sequence: Phrase(zh: "列表", en: "a list")
    case .mapping: Phrase(zh: "一组“键: 值”", en: "a section of keys")
    case .alias: Phrase(zh: "别名", en: "an alias")
    }
  }

  /// The words of a scalar; nil, with a finding, for anything else.
  func words(expected: Phrase) -> String? {
    guard case .scalar(let scalar) = node, !isEmpty else { return refuse(expected: expected) }
    if isPlain, let slip = FullWidth.slip(in: scalar.string) {
      return refuse(slip)
    }
    return scalar.string
  }

  /// The elements of a list; nil, with a finding, for anything else.
  func elements() -> [Value]? {
    guard case .sequence(let list) = node else {
      return refuse(expected: Phrase(zh: "列表，如 [甲, 乙]", en: "a list, such as [one, two]"))
    }
    let isInBrackets = isInBrackets(list)
    return list.map {
      Value(
        node: $0, key: key, file: file, findings: findings, isInBrackets: isInBrackets)
    }
  }

  /// The composer does not keep a list's style: in brackets the first element touches the list's
  /// beginning, or two stand in one line.
  private func isInBrackets(_ list: Node.Sequence) -> Bool {
    guard let start = node.mark, let first = list.first?.mark else { return false }
    let touches = first.line == start.line && first.column == start.column + 1
    return touches || list.dropFirst().first?.mark?.line == first.line
  }

  /// The keys of a mapping; nil, with a finding, for anything else.
  func section() -> Section? {
    guard case .mapping(let mapping) = node else {
      return refuse(expected: Phrase(zh: "一组“键: 值”", en: "a section of keys"))
    }
    return Section(mapping, key: key, place: place, findings: findings)
  }
}
