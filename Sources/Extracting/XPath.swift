internal import Vocabulary

/// Selectors as XPath against the page as served.
enum XPath {
  /// The expression to compile for a selector, CSS translated, seen from a row where it is relative.
  static func of(_ selector: Selector, isRelative: Bool) throws(SelectorFault) -> String {
    switch selector.notation {
    case .path:
      throw SelectorFault(
        phrase: Phrase(zh: "取值路径只用于 JSON", en: "a path into JSON finds nothing on a page"))
    case .css: return bodyless(try CSS.xpath(selector.expression))
    case .xpath:
      let expression = selector.expression
      try XPathFunctions.check(expression)
      return bodyless(isRelative ? relative(expression) : expression)
    }
  }

  /// `//a` of a row means an `a` of that row; it would find the page's first link for each of them.
  private static func relative(_ expression: String) -> String {
    alternatives(expression).map { $0.hasPrefix("//") ? "." + $0 : $0 }.joined(separator: "|")
  }

  /// Adds to each path with a `tbody` step the same path through tables that have none, because
  /// browsers show a `tbody` where the page as served has no such thing.
  private static func bodyless(_ expression: String) -> String {
    guard expression.contains("tbody") else { return expression }
    let paths = alternatives(expression)
    return paths.flatMap { path in
      guard let first = path.first, "/.*@(".contains(first) || isPath(path) else { return [path] }
      let skipped = skippingBodies(path)
      return skipped == path ? [path] : [path, skipped]
    }.joined(separator: "|")
  }

  private static func isPath(_ path: String) -> Bool {
    let name = path.prefix { $0.isLetter || $0.isNumber || "-_:*".contains($0) }
    return path.dropFirst(name.count).first != "("
  }

  private static func skippingBodies(_ path: String) -> String {
    var steps = split(path, at: "/")
    for (index, step) in steps.enumerated() {
      let bare = step.hasPrefix("child::") ? String(step.dropFirst(7)) : step
      guard ["tbody", "tbody[1]", "tbody[last()]"].contains(bare) else { continue }
      let isAnywhere = index > 0 && steps[index - 1].isEmpty
      steps[index] = isAnywhere ? "table[not(tbody)]" : "self::table[not(tbody)]"
    }
    return steps.joined(separator: "/")
  }

  /// The parts of a union, `|` in predicates and quotations left alone.
  private static func alternatives(_ expression: String) -> [String] {
    split(expression, at: "|").map { part in
      String(part.drop { $0 == " " || $0 == "\n" || $0 == "\t" })
    }
  }

  private static func split(_ expression: String, at mark: Character) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    var quote: Character?
    for character in expression {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "[" || character == "(" {
        depth += 1
      } else if character == "]" || character == ")" {
        depth -= 1
      } else if character == mark, depth == 0 {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }
}
