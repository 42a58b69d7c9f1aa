internal import Vocabulary

/// What libxml2 only finds out when it evaluates: functions that there are not, brackets left open.
enum XPathFunctions {
  private static let known: Set<String> = [
    "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat",
    "starts-with", "contains", "substring-before", "substring-after", "substring", "string-length",
    "normalize-space", "translate", "boolean", "not", "true", "false", "lang", "number", "sum",
    "floor", "ceiling", "round", "node", "text", "comment", "processing-instruction", "and", "or",
    "div", "mod", "",
  ]

  /// Throws the first of these faults.
  static func check(_ expression: String) throws(SelectorFault) {
    var name = ""
    var open: [Character] = []
    var quote: Character?
    for (index, character) in expression.enumerated() {
      if let mark = quote {
        if character == mark { quote = nil }
        continue
      }
      switch character {
      case "'", "\"": quote = character
      case "(":
        guard known.contains(name) else { throw unknown(name, expression, at: index) }
        open.append(character)
      case "[": open.append(character)
      case ")", "]":
        guard open.popLast() == (character == ")" ? "(" : "[") else {
          throw unclosed(expression, at: index)
        }
      default: break
      }
      let isName = character.isLetter || character.isNumber || "-_.".contains(character)
      name = isName ? name + String(character) : ""
    }
    guard open.isEmpty else { throw unclosed(expression, at: expression.count) }
  }

  private static func unknown(_ name: String, _ expression: String, at index: Int) -> SelectorFault
  {
    SelectorFault(
      expression, column: index - name.count + 1,
      Phrase(
        zh: "XPath 1.0 没有函数 \(name)()", en: "XPath 1.0 has no function \(name)()"))
  }

  private static func unclosed(_ expression: String, at index: Int) -> SelectorFault {
    SelectorFault(
      expression, column: index + 1,
      Phrase(zh: "括号没有成对", en: "a bracket is not closed, or closes nothing"))
  }
}
