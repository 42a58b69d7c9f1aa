/// Pseudo-classes of place as XPath predicates (Selectors Level 3, section 6.6.5).
enum CSSPosition {
  static let plain: [String: String] = [
    "first-child": "not(preceding-sibling::*)",
    "last-child": "not(following-sibling::*)",
    "only-child": "not(preceding-sibling::*) and not(following-sibling::*)",
    "first-of-type": "position()=1",
    "last-of-type": "position()=last()",
    "empty": "not(node())",
  ]

  /// `:nth-child(2n+1)` and its like; nil for what there is not.
  static func test(_ name: String, _ formula: String) -> String? {
    let counts = [
      "nth-child": "count(preceding-sibling::*)+1",
      "nth-last-child": "count(following-sibling::*)+1",
      "nth-of-type": "position()",
      "nth-last-of-type": "last()-position()+1",
    ]
    guard let count = counts[name], let (step, offset) = terms(of: formula) else { return nil }
    if step == 0 { return "\(count)=\(offset)" }
    let distance = "(\(count)-(\(offset)))"
    let side = step > 0 ? "\(count)>=\(offset)" : "\(count)<=\(offset)"
    return "\(side) and \(distance) mod \(abs(step))=0"
  }

  private static func terms(of formula: String) -> (step: Int, offset: Int)? {
    let text = formula.lowercased().filter { !$0.isWhitespace }
    if text == "odd" { return (2, 1) }
    if text == "even" { return (2, 0) }
    let parts = text.split(separator: "n", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first else { return nil }
    guard parts.count == 2 else { return Int(first).map { (0, $0) } }
    let signs = ["": 1, "+": 1, "-": -1]
    guard let step = signs[String(first)] ?? Int(first) else { return nil }
    if parts[1].isEmpty { return (step, 0) }
    return Int(parts[1]).map { (step, $0) }
  }
}

/// Texts and comparisons as XPath writes them.
enum XPathText {
  /// A string literal; XPath 1.0 knows no escapes, so both quotes together need `concat`.
  static func literal(_ text: String) -> String {
    if !text.contains("'") { return "'\(text)'" }
    if !text.contains("\"") { return "\"\(text)\"" }
    let parts = text.split(separator: "'", omittingEmptySubsequences: false).map { "'\($0)'" }
    return "concat(\(parts.joined(separator: ", \"'\", ")))"
  }

  /// Whether an attribute has a word among its words.
  static func word(_ word: String, in attribute: String) -> String {
    "contains(concat(' ', normalize-space(\(attribute)), ' '), \(literal(" \(word) ")))"
  }

  /// A CSS comparison of an attribute; nil for one there is not.
  static func test(_ attribute: String, _ operation: String, _ value: String) -> String? {
    let text = literal(value)
    switch operation {
    case "=": return "\(attribute)=\(text)"
    case "!=": return "not(\(attribute)=\(text))"
    case "~=": return word(value, in: attribute)
    case "|=": return "(\(attribute)=\(text) or starts-with(\(attribute), \(literal(value + "-"))))"
    case "^=": return value.isEmpty ? "false()" : "starts-with(\(attribute), \(text))"
    case "*=": return value.isEmpty ? "false()" : "contains(\(attribute), \(text))"
    case "$=":
      let start = "string-length(\(attribute))-\(value.unicodeScalars.count - 1)"
      return value.isEmpty ? "false()" : "substring(\(attribute), \(start))=\(text)"
    default: return nil
    }
  }
}
