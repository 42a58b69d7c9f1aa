/// Reads the XPath of plain paths; whatever it does not know is not one.
struct PlainPathReader {
  /// A mark for each step is kept in the bits of one number.
  private static let mostSteps = 64
  private let text: [UInt8]
  private var index = 0
  private var found = PlainPath()

  /// A reader of an expression.
  init(_ xpath: String) { text = Array(xpath.utf8) }

  /// The path, nil where the expression says anything else.
  mutating func path() -> PlainPath? {
    repeat {
      guard alternative() else { return nil }
    } while take("|")
    guard index == text.count, found.steps.count <= PlainPathReader.mostSteps else { return nil }
    // The attributes of one element have an order of their own, which is left to libxml2.
    guard found.attribute == nil || found.starts.count == 1 else { return nil }
    return found
  }

  private mutating func alternative() -> Bool {
    skipSpace()
    let isAbsolute = peek == 0x2F
    guard found.starts.isEmpty || isAbsolute == found.isAbsolute else { return false }
    found.isAbsolute = isAbsolute
    found.starts.append(found.steps.count)
    // `./a` and `.//a`; a lone `.` is no path.
    if take("."), peek != 0x2F { return false }
    var isDeep = false
    if take("/") { isDeep = take("/") }
    repeat {
      if !isDeep, take("@") { return attribute() }
      guard step(isDeep: isDeep) else { return false }
      guard take("/") else { break }
      isDeep = take("/")
    } while true
    found.steps[found.steps.count - 1].isLast = true
    return true
  }

  private mutating func attribute() -> Bool {
    guard found.steps.count > (found.starts.last ?? 0), let name = name() else { return false }
    found.steps[found.steps.count - 1].isLast = true
    found.attribute = name
    return true
  }

  private mutating func step(isDeep: Bool) -> Bool {
    var step = PlainPath.Step(isDeep: isDeep)
    if !isDeep {
      step.isDeep = take("descendant::")
      if !step.isDeep { _ = take("child::") }
    }
    if !take("*") {
      guard let name = name() else { return false }
      step.name = ElementName(String(decoding: name, as: UTF8.self))
    }
    while take("[") {
      guard let condition = anyOf(), take("]") else { return false }
      step.conditions.append(condition)
    }
    found.steps.append(step)
    return true
  }

  private mutating func anyOf() -> AttributeTest? {
    var tests: [AttributeTest] = []
    repeat {
      guard let test = allOf() else { return nil }
      tests.append(test)
    } while take("or ")
    return tests.count == 1 ? tests[0] : .any(tests)
  }

  private mutating func allOf() -> AttributeTest? {
    var tests: [AttributeTest] = []
    repeat {
      guard let test = test() else { return nil }
      tests.append(test)
    } while take("and ")
    return tests.count == 1 ? tests[0] : .all(tests)
  }

  private mutating func test() -> AttributeTest? {
    if take("contains(") { return containment() }
    guard take("@"), let name = name() else { return nil }
    guard take("=") else { return .has(name) }
    return literal().map { .equals(name, $0) }
  }

  /// `contains(@a, 'x')`, and the word among words that CSS classes become.
  private mutating func containment() -> AttributeTest? {
    let isWord = take("concat(' ', normalize-space(")
    guard take("@"), let name = name() else { return nil }
    if isWord { guard take("), ' ')") else { return nil } }
    guard take(","), let text = literal(), take(")"), !text.isEmpty else { return nil }
    guard isWord else { return .contains(name, text) }
    let word = Array(text.dropFirst().dropLast())
    guard text.count > 2, text.first == 0x20, text.last == 0x20,
      !word.contains(where: ASCII.isSpace)
    else { return nil }
    return .hasWord(name, word)
  }

  private mutating func literal() -> [UInt8]? {
    skipSpace()
    guard let quote = peek, quote == 0x27 || quote == 0x22,
      let end = text[(index + 1)...].firstIndex(of: quote)
    else { return nil }
    defer { index = end + 1 }
    return Array(text[(index + 1)..<end])
  }

  /// A name in small letters, as all names on a page of HTML are; others libxml2 may look for.
  private mutating func name() -> [UInt8]? {
    skipSpace()
    let name = text[index...].prefix {
      (0x61...0x7A).contains($0) || ASCII.isDigit($0) || $0 == 0x2D || $0 == 0x5F
    }
    guard let first = name.first, (0x61...0x7A).contains(first) else { return nil }
    index = name.endIndex
    // A function or an axis is no name.
    return peek == 0x28 || peek == 0x3A ? nil : Array(name)
  }

  private var peek: UInt8? { index < text.count ? text[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek, ASCII.isSpace(byte) { index += 1 }
  }

  /// Takes what stands next, white space before it and after it left out.
  private mutating func take(_ word: StaticString) -> Bool {
    let start = index
    skipSpace()
    let end = index + word.utf8CodeUnitCount
    let isNext = word.withUTF8Buffer { end <= text.count && text[index..<end].elementsEqual($0) }
    index = isNext ? end : start
    if isNext { skipSpace() }
    return isNext
  }
}
