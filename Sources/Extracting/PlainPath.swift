/// A selector as admins nearly always write them: elements below elements, by name and by what
/// their attributes say, perhaps one attribute at the end.
///
/// Such paths are followed on the tree itself (`PathWalk`), without the lists of nodes that libxml2
/// makes for every step of every row. All others are libxml2's.
struct PlainPath: Sendable {
  /// One element on the way.
  struct Step: Sendable {
    /// Anywhere below the element before it, not only right below it.
    var isDeep = false
    /// Nil for any element.
    var name: ElementName?
    /// Each of these holds.
    var conditions: [AttributeTest] = []
    /// With this step the path has arrived.
    var isLast = false
  }

  /// From the top of the page, wherever the selector is seen from.
  var isAbsolute = false
  /// The steps of all alternatives, one after another; each ends with its last.
  var steps: [Step] = []
  /// Where in `steps` an alternative begins.
  var starts: [Int] = []
  /// The attribute at the end, nil where elements are what is looked for.
  var attribute: [UInt8]?

  /// The path of an XPath expression; nil for one that says more than such paths can.
  init?(_ xpath: String) {
    var reader = PlainPathReader(xpath)
    guard let path = reader.path() else { return nil }
    self = path
  }

  init() {}
}

/// An element's name, quick to compare.
struct ElementName: Sendable {
  private let tag: Tag
  /// The name itself where its tag does not say all of it.
  private let rest: String?

  /// A name as HTML has it, in small letters.
  init(_ name: String) {
    tag = Tag(name)
    rest = name.utf8.count < 8 ? nil : name
  }

  /// Whether an element has this name, given its tag.
  func matches(_ tag: Tag, of node: Node) -> Bool {
    self.tag == tag && (rest.map { $0 == node.name } ?? true)
  }
}

/// What is asked of an element's attributes.
indirect enum AttributeTest: Sendable {
  case has([UInt8])
  case equals([UInt8], [UInt8])
  case contains([UInt8], [UInt8])
  /// One of its words, as CSS classes are.
  case hasWord([UInt8], [UInt8])
  case any([AttributeTest])
  case all([AttributeTest])

  /// Whether an element passes.
  func holds(for node: Node) -> Bool {
    switch self {
    case .has(let name): node.value(ofAttribute: name) != nil
    case .equals(let name, let text):
      node.value(ofAttribute: name).map { $0.elementsEqual(text) } ?? false
    case .contains(let name, let text):
      node.value(ofAttribute: name).map { AttributeTest.has(text, in: $0) } ?? false
    case .hasWord(let name, let word):
      node.value(ofAttribute: name).map { AttributeTest.hasWord(word, in: $0) } ?? false
    case .any(let tests): tests.contains { $0.holds(for: node) }
    case .all(let tests): tests.allSatisfy { $0.holds(for: node) }
    }
  }

  private static func has(_ text: [UInt8], in value: UnsafeBufferPointer<UInt8>) -> Bool {
    guard value.count >= text.count else { return false }
    return (0...(value.count - text.count)).contains { start in
      value[start..<(start + text.count)].elementsEqual(text)
    }
  }

  private static func hasWord(_ word: [UInt8], in value: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for index in 0...value.count where index == value.count || ASCII.isSpace(value[index]) {
      if value[start..<index].elementsEqual(word) { return true }
      start = index + 1
    }
    return false
  }
}
