internal import Vocabulary

/// CSS selectors as XPath 1.0: types, classes, ids, attributes, the four combinators, the usual
/// pseudo-classes, and `:contains(…)`.
struct CSS {
  private let input: [Character]
  private var index = 0

  /// The XPath of a group of selectors, seen from a node above what it selects.
  static func xpath(_ expression: String) throws(SelectorFault) -> String {
    var reader = CSS(input: Array(expression))
    return try reader.group()
  }

  private init(input: [Character]) { self.input = input }

  private mutating func group() throws(SelectorFault) -> String {
    var paths = [try path()]
    while peek == "," {
      index += 1
      paths.append(try path())
    }
    guard peek == nil else {
      throw fault(
        Phrase(zh: "这里的“\(input[index])”无法理解", en: "“\(input[index])” makes no sense here"))
    }
    return paths.joined(separator: "|")
  }

  private mutating func path() throws(SelectorFault) -> String {
    skipSpace()
    var path = "descendant::" + (try compound()).step
    while let combinator = nextCombinator() {
      let next = try compound()
      switch combinator {
      case ">": path += "/" + next.step
      case "+": path += "/following-sibling::*[1]" + next.asPredicate
      case "~": path += "/following-sibling::" + next.step
      default: path += "/descendant::" + next.step
      }
    }
    return path
  }

  /// The combinator before the next compound, nil where the path ends.
  private mutating func nextCombinator() -> Character? {
    let hadSpace = skipSpace()
    guard let next = peek, next != ",", next != ")" else { return nil }
    if next == ">" || next == "+" || next == "~" {
      index += 1
      skipSpace()
      return next
    }
    return hadSpace ? " " : nil
  }

  private mutating func compound() throws(SelectorFault) -> Compound {
    var compound = Compound()
    let start = index
    if peek == "*" {
      index += 1
    } else if let name = identifier() {
      compound.name = name.lowercased()
    }
    while let mark = peek, "#.[:".contains(mark) {
      index += 1
      compound.conditions.append(try condition(mark))
    }
    guard index > start else {
      throw fault(
        Phrase(
          zh: "这里应当是元素名、.class、#id 或 [属性]",
          en: "an element, .class, #id or [attribute] is expected here"))
    }
    return compound
  }

  private mutating func condition(_ mark: Character) throws(SelectorFault) -> String {
    switch mark {
    case "#": "@id=\(XPathText.literal(try name()))"
    case ".": XPathText.word(try name(), in: "@class")
    case "[": try attribute()
    default: try pseudo()
    }
  }

  private mutating func name() throws(SelectorFault) -> String {
    if let name = identifier() { return name }
    throw fault(Phrase(zh: "这里缺少名称", en: "a name is missing here"))
  }

  private mutating func attribute() throws(SelectorFault) -> String {
    skipSpace()
    let attribute = "@" + (try name()).lowercased()
    skipSpace()
    if take("]") { return attribute }
    let operation = String(input[index...].prefix { "~|^$*!=".contains($0) })
    index += operation.count
    skipSpace()
    let value = try self.value()
    skipSpace()
    guard take("]") else {
      throw fault(Phrase(zh: "方括号没有成对", en: "a square bracket is not closed"))
    }
    guard let test = XPathText.test(attribute, operation, value) else {
      throw fault(
        Phrase(zh: "没有“\(operation)”这种比较", en: "there is no comparison “\(operation)”"))
    }
    return test
  }

  private mutating func value() throws(SelectorFault) -> String {
    guard let quote = peek, quote == "\"" || quote == "'" else { return try name() }
    index += 1
    guard let end = input[index...].firstIndex(of: quote) else {
      throw fault(Phrase(zh: "引号没有成对", en: "a quotation is not closed"))
    }
    defer { index = end + 1 }
    return String(input[index..<end])
  }

  private mutating func pseudo() throws(SelectorFault) -> String {
    let start = index
    let name = try name().lowercased()
    if let plain = CSSPosition.plain[name] { return plain }
    guard take("(") else { throw unknown(name, at: start) }
    skipSpace()
    let test = try argument(of: name, at: start)
    skipSpace()
    guard take(")") else {
      throw fault(Phrase(zh: "括号没有成对", en: "a bracket is not closed"))
    }
    return test
  }

  private mutating func argument(of name: String, at start: Int) throws(SelectorFault) -> String {
    if name == "not" { return "not(\(try compound().asTest))" }
    if name == "has" { return try path() }
    if name == "contains" {
      return "contains(string(.), \(XPathText.literal(try value())))"
    }
    let end = input[index...].firstIndex(of: ")") ?? input.endIndex
    let formula = String(input[index..<end])
    guard let test = CSSPosition.test(name, formula) else { throw unknown(name, at: start) }
    index = end
    return test
  }

  private func unknown(_ name: String, at start: Int) -> SelectorFault {
    SelectorFault(
      css: String(input), column: start + 1,
      Phrase(
        zh: "不支持“:\(name)”，或括号里的写法不对；可以改用 XPath",
        en: "“:\(name)” is not supported, or not with this argument; use XPath instead"))
  }

  private func fault(_ what: Phrase) -> SelectorFault {
    SelectorFault(css: String(input), column: index + 1, what)
  }

  private var peek: Character? { index < input.count ? input[index] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard peek == character else { return false }
    index += 1
    return true
  }

  @discardableResult
  private mutating func skipSpace() -> Bool {
    let start = index
    while let next = peek, next.isWhitespace { index += 1 }
    return index > start
  }

  private mutating func identifier() -> String? {
    var name = ""
    while let next = peek {
      if next == "\\", index + 1 < input.count {
        name.append(input[index + 1])
        index += 2
      } else if next.isLetter || next.isNumber || next == "-" || next == "_" {
        name.append(next)
        index += 1
      } else {
        break
      }
    }
    return name.isEmpty ? nil : name
  }
}

/// One element's name and conditions.
private struct Compound {
  var name = "*"
  var conditions: [String] = []

  var step: String { name + conditions.map { "[\($0)]" }.joined() }
  var asPredicate: String { "[\(asTest)]" }
  var asTest: String {
    let own = name == "*" ? [] : ["self::\(name)"]
    return (own + conditions.map { "(\($0))" }).joined(separator: " and ")
  }
}
